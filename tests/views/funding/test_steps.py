"""The steps on an application's page: the region's word, recommending, passing up, reducing."""

import pytest

from models.base import db
from models.budget.limits.actions import add_limit, end_limit
from models.budget.limits.queries import limits
from models.budget.queries.periods import current_fund
from models.funding.actions.decide import ask_for_changes
from models.funding.actions.draft import submit
from tests.dom import parse
from tests.funding_factories import make_draft

STEPS = ("endorse", "send-back", "not-endorse", "take-on", "recommend", "refer", "reduce", "lapse")
REGIONAL = ("endorse", "send-back", "not-endorse")


def post(browser, application, step, **fields):
    data = {f"{step}-{name}": value for name, value in fields.items()}
    return browser.post(f"/funding/{application.id}/{step}", data=data)


def test_a_region_endorses_what_waits_for_its_word(sign_in, cast, to_endorse, state):
    bob = sign_in(cast.bob)
    page = bob.get(f"/funding/{to_endorse.id}")
    assert "Do not endorse" in page.text
    for _ in range(2):
        assert post(bob, to_endorse, "endorse", key="once").status_code == 302
    assert state(to_endorse) == "endorsed"


@pytest.mark.parametrize(
    ("step", "status"), [("send-back", "returned"), ("not-endorse", "not_endorsed")]
)
def test_a_regions_no_needs_a_reason(sign_in, cast, to_endorse, state, step, status):
    bob = sign_in(cast.bob)
    answer = post(bob, to_endorse, step, reason=" ")
    assert answer.status_code == 422
    assert f"#{step}-reason" in answer.text
    assert state(to_endorse) == "submitted"
    assert post(bob, to_endorse, step, reason="Not selected yet.").status_code == 302
    assert state(to_endorse) == status


def test_the_office_takes_on_what_was_not_endorsed_with_a_reason(sign_in, cast, to_endorse, state):
    post(sign_in(cast.bob), to_endorse, "not-endorse", reason="Not our candidate.")
    alice = sign_in(cast.alice)
    assert "Not our candidate." in alice.get(f"/funding/{to_endorse.id}").text
    assert post(alice, to_endorse, "take-on", reason="").status_code == 422
    assert post(alice, to_endorse, "take-on", reason="The panel agrees.").status_code == 302
    assert state(to_endorse) == "endorsed"


@pytest.mark.parametrize("step", REGIONAL)
def test_another_regions_application_is_not_there(sign_in, cast, to_endorse, state, step):
    assert post(sign_in(cast.eve), to_endorse, step, reason="Ours.").status_code == 404
    assert state(to_endorse) == "submitted"


@pytest.mark.parametrize("step", STEPS)
@pytest.mark.parametrize("who", ["dan", "carol", "terry", "grace"])
def test_other_roles_take_none_of_these_steps(sign_in, cast, to_endorse, state, who, step):
    assert post(sign_in(getattr(cast, who)), to_endorse, step, reason="So.").status_code == 403
    assert state(to_endorse) == "submitted"


@pytest.mark.parametrize("step", ["take-on", "recommend", "refer", "reduce", "lapse"])
def test_a_region_takes_none_of_the_offices_steps(sign_in, cast, submitted, step):
    assert post(sign_in(cast.bob), submitted, step, reason="So.").status_code == 403


def test_recommending_says_how_much_and_why(sign_in, cast, submitted, state):
    olive = sign_in(cast.olive)
    wrong = post(olive, submitted, "recommend", amount="2OO", reason="Without the van.")
    assert wrong.status_code == 422
    page = parse(wrong.text)
    assert page.by_id("recommend-amount")["value"] == "2OO"
    assert "Without the van." in page.by_id("recommend-reason").text
    missing = post(olive, submitted, "recommend", amount="200", reason=" ")
    assert missing.status_code == 422
    assert parse(missing.text).by_id("recommend-amount")["value"] == "200"
    done = post(olive, submitted, "recommend", amount="200", reason="Without the van.")
    assert done.status_code == 302
    assert state(submitted) == "recommended"
    assert submitted.recommended_p == 200_00


def test_who_recommended_is_told_that_another_decides(sign_in, cast, submitted):
    olive = sign_in(cast.olive)
    post(olive, submitted, "recommend", amount="300", reason="A close seat.")
    page = olive.get(f"/funding/{submitted.id}")
    assert "somebody else must take the next step" in page.text


def test_nobody_recommends_before_the_round_has_its_scores(sign_in, cast, to_score, state):
    answer = post(sign_in(cast.olive), to_score, "recommend", amount="300", reason="So.")
    assert answer.status_code == 422
    assert state(to_score) == "endorsed"


@pytest.fixture
def small_limit(cast, submitted):
    """Olive may award up to £100 by herself; the application asks for £300."""
    for limit in limits():
        end_limit(limit, by=cast.alice)
    add_limit(
        amount_p=100_00, starts_on=current_fund().starts_on, user_id=cast.olive.id,
        by=cast.alice,
    )  # fmt: skip
    db.session.commit()


def test_what_is_above_ones_limit_is_approved_and_passed_up(
    sign_in, cast, submitted, small_limit, state
):
    olive = sign_in(cast.olive)
    page = olive.get(f"/funding/{submitted.id}").text
    assert "Approve and pass up" in page
    assert "£100" in page
    short = post(olive, submitted, "refer", amount="200", reason=" ")
    assert short.status_code == 422
    assert parse(short.text).by_id("refer-amount")["value"] == "200"
    assert post(olive, submitted, "refer", amount="300").status_code == 302
    assert state(submitted) == "referred"
    assert "somebody else must" in olive.get(f"/funding/{submitted.id}").text


def test_within_ones_limit_nothing_is_passed_up(sign_in, cast, submitted):
    alice = sign_in(cast.alice)
    assert "Approve and pass up" not in alice.get(f"/funding/{submitted.id}").text


def test_an_award_is_made_smaller_with_a_reason(sign_in, cast, awarded, state):
    alice = sign_in(cast.alice)
    for fields in (
        {"amount": "200", "reason": " "},
        {"amount": "400", "reason": "More."},
        {"amount": "0", "reason": "Nothing."},
        {"amount": "", "reason": "Nothing."},
    ):
        answer = post(alice, awarded, "reduce", **fields)
        assert answer.status_code == 422, fields
        assert parse(answer.text).by_id("reduce-amount").get("value", "") == fields["amount"]
    done = post(alice, awarded, "reduce", amount="200", reason="Cheaper print.", key="once")
    assert done.status_code == 302
    assert state(awarded) == "awarded"
    assert awarded.awarded_p == 200_00
    assert awarded.award.committed_p == 200_00


def test_it_lapses_with_a_reason_and_its_money_is_free(sign_in, cast, awarded, state):
    alice = sign_in(cast.alice)
    assert post(alice, awarded, "lapse", reason="").status_code == 422
    assert post(alice, awarded, "lapse", reason="Not nominated.").status_code == 302
    assert state(awarded) == "lapsed"
    assert awarded.award.committed_p == 0


def test_a_step_of_another_state_is_refused_in_words(sign_in, cast, fund, nwi, state):
    draft = make_draft(by=cast.bob, region=nwi)
    answer = post(sign_in(cast.alice), draft, "recommend", amount="300", reason="So.")
    assert answer.status_code == 422
    assert state(draft) == "draft"


def test_an_old_page_is_told_that_it_is_old(sign_in, cast, submitted, state):
    seen = str(submitted.version)
    ask_for_changes(submitted, reason="Which ward?", by=cast.alice)
    submit(submitted, by=cast.bob)
    db.session.commit()
    answer = post(
        sign_in(cast.olive), submitted, "recommend", amount="300", reason="So.", version=seen
    )
    assert answer.status_code in (409, 422)
    assert state(submitted) == "endorsed"
