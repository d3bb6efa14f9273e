"""The decision page: award, ask, decline, withdraw, pay, by whom and by whom not."""

from datetime import UTC, date, datetime

import pytest

from models import clock
from models.base import db
from models.funding.tables import Application
from tests.cast import load_cast
from tests.dom import parse
from tests.funding_factories import (
    first_leaf,
    make_awarded,
    make_contest,
    make_draft,
    make_fund,
    make_submitted,
)
from tests.law import load_law
from tests.payment_factories import make_payable


def award_data(application, amount="300.00", **changed):
    fields = {
        "amount": amount,
        "node": str(first_leaf(application).id),
        "key": "k1",
        "legal_class": "party-unit",
        "s72_category": "a",
        "recipient": "Ambridge CLP",
        **changed,
    }
    return {f"award-{name}": value for name, value in fields.items()}


def state(application):
    db.session.expire_all()
    return application.status


def test_the_page_shows_the_money_before_and_after(sign_in, cast, submitted):
    page = parse(sign_in(cast.alice).get(f"/funding/{submitted.id}").text)
    words = page.by_id("budget").text
    assert "£5,000.00" in words
    assert "£4,700.00" in words
    assert page.by_id("award-amount")["value"] == "300.00"


def test_the_national_office_awards_in_part_with_a_reason(sign_in, cast, submitted):
    alice = sign_in(cast.alice)
    answer = alice.post(f"/funding/{submitted.id}/award", data=award_data(submitted, "200"))
    assert answer.status_code == 422
    assert "Say why you award less than was asked." in answer.text
    assert parse(answer.text).by_id("award-amount")["value"] == "200"
    data = award_data(submitted, "200", reason="The rest is paid locally.")
    done = alice.post(f"/funding/{submitted.id}/award", data=data, follow_redirects=True)
    assert "Awarded: £200.00" in done.text
    assert state(submitted) == "awarded"
    assert submitted.awarded_p == 200_00


def test_a_double_click_awards_once_and_says_the_same(sign_in, cast, submitted):
    alice = sign_in(cast.alice)
    data = award_data(submitted)
    answers = [alice.post(f"/funding/{submitted.id}/award", data=data) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [302, 302]
    assert state(submitted) == "awarded"
    assert submitted.award.committed_p == 300_00


def test_the_second_of_two_officers_is_told(sign_in, cast, submitted):
    for officer, key, status in ((cast.alice, "a", 302), (cast.olive, "o", 422)):
        data = award_data(submitted, key=key)
        answer = sign_in(officer).post(f"/funding/{submitted.id}/award", data=data)
        assert answer.status_code == status
    assert "“awarded”" in answer.text


def test_an_award_over_what_is_left_names_the_figures(sign_in, cast, nwi):
    make_fund(by=cast.alice, share_p=250_00)
    submitted = make_submitted(by=cast.bob, region=nwi)
    answer = sign_in(cast.alice).post(f"/funding/{submitted.id}/award", data=award_data(submitted))
    assert answer.status_code == 422
    assert "£250.00 left in Print, North West &amp; Irish" in answer.text
    assert state(submitted) == "endorsed"


def test_a_head_of_another_region_is_no_choice(sign_in, cast, submitted):
    other = make_submitted(
        by=cast.eve, region=cast.regions["SO"], contest=make_contest(cast.regions["SO"])
    )
    data = award_data(submitted, node=str(first_leaf(other).id))
    answer = sign_in(cast.alice).post(f"/funding/{submitted.id}/award", data=data)
    assert answer.status_code == 422
    assert state(submitted) == "endorsed"


def test_what_i_drafted_has_a_refused_button_with_its_reason(sign_in, cast, fund, nwi):
    own = make_draft(by=cast.alice, region=nwi)
    alice = sign_in(cast.alice)
    alice.post(f"/funding/{own.id}/submit", data={})
    assert state(own) == "endorsed"
    page = parse(alice.get(f"/funding/{own.id}").text)
    refused = [button.text for button in page.all("button", aria_disabled="true")]
    assert refused == ["Award", "Recommend", "Decline"]
    assert "somebody else must decide on it" in page.text
    answer = alice.post(f"/funding/{own.id}/award", data=award_data(own))
    assert answer.status_code == 422
    assert state(own) == "endorsed"


@pytest.mark.parametrize("step", ["award", "decline", "return"])
def test_a_region_may_not_decide(sign_in, cast, submitted, step):
    assert sign_in(cast.bob).post(f"/funding/{submitted.id}/{step}", data={}).status_code == 403


def test_a_region_sees_its_own_figures_and_its_own_words(sign_in, cast, submitted):
    page = parse(sign_in(cast.bob).get(f"/funding/{submitted.id}").text)
    assert "With the national office" in page.text
    assert "£250,000" not in page.text
    assert [form.get("action") for form in page.all("form", "h-form")] == [
        f"/funding/{submitted.id}/withdraw"
    ]


def test_asking_for_changes_needs_a_reason_and_shows_it_to_the_region(sign_in, cast, submitted):
    alice = sign_in(cast.alice)
    missing = alice.post(f"/funding/{submitted.id}/return", data={"return-reason": " "})
    assert missing.status_code == 422
    assert "#return-reason" in missing.text
    alice.post(f"/funding/{submitted.id}/return", data={"return-reason": "Which ward, please?"})
    bob = sign_in(cast.bob)
    for page in ("", "/edit", "/check"):
        answer = bob.get(f"/funding/{submitted.id}{page}")
        assert answer.status_code == 200
    assert "Which ward, please?" in bob.get(f"/funding/{submitted.id}/edit").text


def test_declining_needs_a_reason(sign_in, cast, submitted):
    alice = sign_in(cast.alice)
    assert alice.post(f"/funding/{submitted.id}/decline", data={}).status_code == 422
    data = {"decline-reason": "Not a target."}
    assert alice.post(f"/funding/{submitted.id}/decline", data=data).status_code == 302
    assert state(submitted) == "declined"


def test_a_region_withdraws_an_award_and_its_money_is_free(sign_in, cast, awarded):
    sign_in(cast.bob).post(f"/funding/{awarded.id}/withdraw", data={"withdraw-key": "w"})
    assert state(awarded) == "withdrawn"
    assert awarded.award.committed_p == 0


def test_finance_marks_it_paid(sign_in, cast, awarded):
    make_payable(cast, awarded)
    carol = sign_in(cast.carol)
    page = carol.get(f"/funding/{awarded.id}")
    assert "Mark as paid £300.00" in page.text
    assert "/people/" not in page.text
    for no_day in ({"pay-paid_on": "soon"}, {"pay-paid_on": ""}, {}):
        missing = carol.post(f"/funding/{awarded.id}/pay", data={"pay-reference": "B", **no_day})
        assert missing.status_code == 422
    data = {
        "pay-paid_on": clock.today().isoformat(),
        "pay-reference": "BACS 7",
        "pay-key": "p",
    }
    for _ in range(2):
        assert carol.post(f"/funding/{awarded.id}/pay", data=data).status_code == 302
    assert state(awarded) == "paid"
    assert awarded.award.paid_p == 300_00
    assert "BACS 7" in carol.get(f"/funding/{awarded.id}").text


def test_finance_does_not_see_what_is_not_awarded(sign_in, cast, submitted):
    carol = sign_in(cast.carol)
    assert carol.get(f"/funding/{submitted.id}").status_code == 404
    assert carol.post(f"/funding/{submitted.id}/pay", data={}).status_code == 404


def test_an_auditor_reads_and_has_no_button(sign_in, cast, submitted):
    page = parse(sign_in(cast.grace).get(f"/funding/{submitted.id}").text)
    assert page.all("form", "h-form") == []


def test_the_page_takes_few_queries(sign_in, cast, submitted, queries):
    browser = sign_in(cast.alice)
    db.session.expire_all()
    queries.statements.clear()
    assert browser.get(f"/funding/{submitted.id}").status_code == 200
    assert len(queries) <= 12, queries.statements


def test_the_page_of_an_award_takes_few_queries(sign_in, cast, fund, nwi, queries):
    """Awarded long ago and not paid: the law's days and what was kept at the award are read too."""
    load_law(by=cast.alice)
    fund.ends_on = date(2027, 12, 31)
    with clock.set_to(datetime(2027, 4, 12, 9, tzinfo=UTC)):
        made = make_awarded(by=cast.bob, region=nwi, officer=cast.alice, poll_on=date(2027, 5, 6))
    with clock.set_to(datetime(2027, 6, 10, 9, tzinfo=UTC)):
        browser, address = sign_in(cast.alice), f"/funding/{made.id}"
        db.session.expire_all()
        queries.statements.clear()
        page = browser.get(address)
        assert len(queries) <= 15, queries.statements
    assert "Eligibility when it was awarded" in page.text


def test_the_whole_road_with_nothing_remembered_between_requests(sign_in, cast, fund, nwi):
    """As it really is: every request loads the application afresh, with what its page joins."""
    draft = make_draft(by=cast.bob, region=nwi)
    node, today = first_leaf(draft).id, clock.today().isoformat()
    bob, alice, carol = (sign_in(who) for who in (cast.bob, cast.alice, cast.carol))
    road = (
        (bob, "autosave", {"key": "a", "version": str(draft.version), "purpose": "Leaflets"}),
        (bob, "edit", {"do": "draft", "key": "a", "version": "1"}),
        (bob, "withdraw", {"withdraw-key": "w"}),
    )
    at = f"/funding/{draft.id}"
    for browser, step, data in road:
        db.session.expunge_all()
        assert browser.post(f"{at}/{step}", data=data).status_code in (200, 302), step
    db.session.expunge_all()
    whole = make_submitted(by=db.session.merge(cast.bob), region=db.session.merge(nwi))
    at = f"/funding/{whole.id}"
    road = (
        (alice, "return", {"return-reason": "Which ward?"}),
        (bob, "submit", {"key": "s"}),
        (alice, "award", award_data(whole, "300", node=str(node), key="x")),
        (carol, "pay", {"pay-paid_on": today, "pay-reference": "BACS", "pay-key": "p"}),
    )
    for browser, step, data in road:
        db.session.expunge_all()
        if step == "pay":
            make_payable(load_cast(), db.session.get_one(Application, int(at.split("/")[-1])))
            db.session.expunge_all()
        assert browser.post(f"{at}/{step}", data=data).status_code == 302, step
