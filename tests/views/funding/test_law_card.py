"""“What the law says”: beside the form, on the page, at the award; with and without scripts."""

import pytest

from models.base import db
from tests.dom import parse
from tests.factories import make_person
from tests.funding_factories import (
    first_leaf,
    make_awarded,
    make_contest,
    make_draft,
    make_fund,
    make_submitted,
)
from tests.law import load_law


@pytest.fixture
def law(cast):
    load_law(cast.alice)
    make_fund(by=cast.alice)


@pytest.fixture
def submitted(cast, law, nwi):
    return make_submitted(by=cast.bob, region=nwi, electorate=7_500, joint=1)


def award(browser, application, **values):
    fields = {
        "amount": "300",
        "node": str(first_leaf(application).id),
        "legal_class": "candidate",
        "s72_category": "c",
        "key": "k",
        **values,
    }
    data = {f"award-{name}": value for name, value in fields.items()}
    return browser.post(f"/funding/{application.id}/award", data=data)


def test_the_form_has_the_card_beside_it_and_asks_what_is_missing(sign_in, cast, law, nwi):
    draft = make_draft(by=cast.bob, region=nwi)
    page = parse(sign_in(cast.bob).get(f"/funding/{draft.id}/edit").text)
    card = page.by_id("law").text
    assert "How many electors are there?" in card
    assert "More than £50.00 is a donation" in card
    assert page.by_id("law-said")["hx-post"] == f"/funding/{draft.id}/law/draft"
    for trigger in page.by_id("law-said")["hx-trigger"].split(", "):
        assert page.by_id(trigger.removeprefix("change from:#"))


def test_the_card_follows_the_form_as_it_is_filled(sign_in, cast, law, nwi):
    draft = make_draft(by=cast.bob, region=nwi)
    bob = sign_in(cast.bob)
    data = {
        "person": f"Priya Kaur (#{draft.person_id})",
        "post": "councillor",
        "council": draft.council.name,
        "ward": "Abbey",
        "poll_on": "2099-05-07",
        "amount": "200",
        "electorate": "7,500",
        "joint": "2",
    }
    answer = bob.post(f"/funding/{draft.id}/law/draft", data=data)
    assert answer.status_code == 200
    assert "£1,170.00 for 7,500 electors" in answer.text
    assert "£970.00, after £200.00 here" in answer.text
    assert "<html" not in answer.text
    for wrong in ("7,5O0", "-1", "7500.125", "1000000000000", "0"):
        answer = bob.post(f"/funding/{draft.id}/law/draft", data={**data, "electorate": wrong})
        assert answer.status_code == 200
        assert "How many electors are there?" in answer.text
    db.session.expire_all()
    assert draft.law is None, "nothing is written"


def test_electorate_and_joint_candidates_are_kept_and_shown_again(sign_in, cast, law, nwi):
    draft = make_draft(by=cast.bob, region=nwi)
    bob = sign_in(cast.bob)
    data = {"do": "draft", "electorate": "7500", "joint": "2", "key": "a"}
    assert bob.post(f"/funding/{draft.id}/edit", data=data).status_code == 302
    page = parse(bob.get(f"/funding/{draft.id}/edit").text)
    assert page.by_id("electorate")["value"] == "7500"
    assert page.one("option", value="2").get("selected") is not None
    check = bob.get(f"/funding/{draft.id}/check").text
    assert "Yes, with one other" in check
    assert "7500" in check


@pytest.mark.parametrize("text", ["7,5O0", "-1", "7500.125", "1000000000000", "0"])
def test_a_senseless_electorate_is_said_at_its_field(sign_in, cast, law, nwi, text):
    draft = make_draft(by=cast.bob, region=nwi)
    data = {"do": "continue", "electorate": text, "post": "councillor"}
    answer = sign_in(cast.bob).post(f"/funding/{draft.id}/edit", data=data)
    assert answer.status_code == 422
    page = parse(answer.text)
    assert page.by_id("electorate")["aria-invalid"] == "true"
    assert page.by_id("electorate")["value"] == text


def test_the_decision_page_shows_the_limit_and_what_is_left(sign_in, cast, submitted):
    page = parse(sign_in(cast.alice).get(f"/funding/{submitted.id}").text)
    words = page.by_id("law-said").text
    assert "£1,560.00 for 7,500 electors" in words
    assert "£1,260.00, after £300.00 here" in words
    assert "£87.50 without authority" in words
    assert "checked on 31 May 2026" in words
    for trigger in page.by_id("law-said")["hx-trigger"].split(", "):
        assert page.by_id(trigger.removeprefix("change from:#"))


@pytest.mark.parametrize("who", ["bob", "grace"])
def test_who_does_not_decide_reads_the_same_card(sign_in, cast, submitted, who):
    page = parse(sign_in(getattr(cast, who)).get(f"/funding/{submitted.id}").text)
    assert "£1,560.00 for 7,500 electors" in page.by_id("law").text


def test_the_card_follows_the_award_as_it_is_filled(sign_in, cast, submitted):
    alice = sign_in(cast.alice)
    data = {"award-amount": "300", "award-legal_class": "s75", "award-electorate": "7500"}
    answer = alice.post(f"/funding/{submitted.id}/law/award", data=data)
    assert "£212.50 above the permitted £87.50" in answer.text
    data = {**data, "award-legal_class": "candidate", "award-amount": "£1,2O0"}
    assert alice.post(f"/funding/{submitted.id}/law/award", data=data).status_code == 200
    assert sign_in(cast.bob).post(f"/funding/{submitted.id}/law/award").status_code == 403
    assert sign_in(cast.eve).post(f"/funding/{submitted.id}/law/draft").status_code == 404


def test_without_class_and_category_nothing_is_awarded(sign_in, cast, submitted):
    answer = award(sign_in(cast.alice), submitted, legal_class="", s72_category="")
    assert answer.status_code == 422
    links = [link["href"] for link in parse(answer.text).one("div", "h-errors").all("a")]
    assert links == ["#award-legal_class", "#award-s72_category"]


def test_a_warning_is_answered_and_the_answer_stands_on_the_page(sign_in, cast, submitted):
    alice = sign_in(cast.alice)
    asked = award(alice, submitted)
    assert asked.status_code == 422
    page = parse(asked.text)
    (link,) = page.one("div", "h-errors").all("a")
    assert link["href"] == "#award-answer_over_threshold"
    assert page.by_id("award-answer_over_threshold")
    assert page.by_id("award-amount")["value"] == "300"
    assert award(alice, submitted, answer_over_threshold="Letter sent.").status_code == 302
    done = alice.get(f"/funding/{submitted.id}").text
    for words in ("Letter sent.", "Gift to a candidate", "(c) Registration of electors"):
        assert words in done


def test_own_campaigning_needs_the_agents_authority(sign_in, cast, submitted):
    alice = sign_in(cast.alice)
    own = {"legal_class": "s75", "s72_category": "f"}
    refused = award(alice, submitted, **own)
    assert refused.status_code == 422
    assert "£212.50 above the permitted £87.50" in refused.text
    assert parse(refused.text).by_id("award-authority")["aria-invalid"] == "true"
    half = award(alice, submitted, **own, authority="J. Agent")
    assert parse(half.text).by_id("award-authority_on")["aria-invalid"] == "true"
    given = {"authority": "J. Agent, in the file", "authority_on": "2026-01-05"}
    assert award(alice, submitted, **own, **given).status_code == 302
    assert "J. Agent, in the file" in alice.get(f"/funding/{submitted.id}").text


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"amount": "£1,2O0"}, "amount"),
        ({"amount": "-5"}, "amount"),
        ({"amount": "1.234"}, "amount"),
        ({"amount": "1000000000000"}, "amount"),
        ({"electorate": "7,5O0"}, "electorate"),
        ({"electorate": "-7500"}, "electorate"),
        ({"authority_on": "2026-02-30"}, "authority_on"),
    ],
)
def test_bad_input_is_said_at_its_field_and_nothing_is_awarded(
    sign_in, cast, submitted, values, field
):
    answer = award(sign_in(cast.alice), submitted, **values)
    assert answer.status_code == 422
    page = parse(answer.text)
    assert page.by_id(f"award-{field}")["aria-invalid"] == "true"
    assert page.by_id(f"award-{field}")["value"] == values[field]
    db.session.expire_all()
    assert submitted.status == "endorsed"


def test_the_decision_page_still_takes_few_queries(sign_in, cast, submitted, queries):
    alice = sign_in(cast.alice)
    db.session.expire_all()
    queries.statements.clear()
    assert alice.get(f"/funding/{submitted.id}").status_code == 200
    assert len(queries) <= 12, queries.statements


def test_finance_sees_class_and_category_of_what_it_pays(sign_in, cast, law, nwi):
    awarded = make_awarded(by=cast.bob, region=nwi, officer=cast.alice)
    text = sign_in(cast.carol).get(f"/funding/{awarded.id}").text
    assert "Cash gift to a party unit" in text
    assert "Ambridge CLP" in text


def test_more_applications_of_the_same_contest_take_no_more_queries(
    sign_in, cast, law, nwi, queries
):
    contest = make_contest(nwi)
    first = make_submitted(by=cast.bob, region=nwi, contest=contest)
    browser = sign_in(cast.alice)
    counts = []
    for _ in range(2):
        queries.statements.clear()
        assert browser.get(f"/funding/{first.id}").status_code == 200
        counts.append(len(queries))
        for name in ("Sam West", "Ravi Lal", "Mo Field"):
            contest.person = make_person(name, region=nwi)
            make_submitted(by=cast.bob, region=nwi, contest=contest)
    assert counts[0] == counts[1] <= 12
