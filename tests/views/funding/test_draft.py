"""Drafting as a region: save, return, check, submit; bad input keeps what was typed."""

from datetime import UTC, datetime, time

import pytest

from models.base import db
from models.funding.actions.draft import start_draft
from models.funding.queries.one import answers_of
from models.funding.tables import Application
from tests.budgets import NEXT_YEAR
from tests.dom import parse
from tests.factories import make_person
from tests.funding_factories import make_contest, make_draft, make_fund, make_submitted
from tests.round_factories import make_round


@pytest.fixture
def bob(sign_in, cast):
    return sign_in(cast.bob)


def sent(application, **changed):
    """The edit form as a browser sends it for this application."""
    fields = {
        "version": str(application.version),
        "key": "form-1",
        "person": f"{application.person.name} (#{application.person.id})",
        "post": "councillor",
        "council": application.council.name,
        "ward": application.ward.name,
        "poll_on": "2099-05-07",
        "lines-0-what": "Leaflets",
        "lines-0-amount": "300",
        "amount": "300.00",
        "purpose": "Leaflets for every door.",
        "do": "continue",
    }
    return {**fields, **{name.replace("__", "-"): value for name, value in changed.items()}}


def stored(application):
    db.session.expire_all()
    return answers_of(application)


def test_a_region_starts_an_application_for_a_person(bob, cast, fund, nwi):
    person = make_person("Priya Kaur", region=nwi)
    start = bob.get(f"/funding/new?person={person.id}")
    assert parse(start.text).by_id("person")["value"] == f"Priya Kaur (#{person.id})"
    answer = bob.post("/funding/new", data={"person": f"Priya Kaur (#{person.id})", "key": "k"})
    assert answer.status_code == 302
    assert answer.headers["Location"].endswith("/edit")
    again = bob.post("/funding/new", data={"person": "Priya Kaur", "key": "k"})
    assert again.headers["Location"] == answer.headers["Location"]


def test_a_national_officer_says_which_region(sign_in, cast, fund, nwi):
    alice = sign_in(cast.alice)
    missing = alice.post("/funding/new", data={})
    assert missing.status_code == 422
    assert "Choose the region that applies." in missing.text
    assert alice.post("/funding/new", data={"region": str(nwi.id)}).status_code == 302


def test_a_region_cannot_start_for_another_one(bob, cast, fund):
    foreign = str(cast.regions["SO"].id)
    answer = bob.post("/funding/new", data={"region": foreign}, follow_redirects=True)
    assert "Southern" not in answer.text


def test_a_name_that_several_share_is_asked_about(bob, fund, nwi):
    first, second = (make_person("Sam Smith", region=nwi) for _ in range(2))
    answer = bob.post("/funding/new", data={"person": "Sam Smith"})
    assert answer.status_code == 422
    assert f"Sam Smith (#{first.id}), Sam Smith (#{second.id})" in answer.text


def test_nobody_of_another_region_is_found(bob, cast, fund):
    person = make_person("Tom Canary", region=cast.regions["SO"])
    for text in ("Tom Canary", f"Tom Canary (#{person.id})"):
        assert bob.post("/funding/new", data={"person": text}).status_code == 422
    assert bob.get(f"/funding/new?person={person.id}").status_code == 404


def test_continue_leads_to_the_check_page_and_submit_to_the_national_office(bob, draft):
    answer = bob.post(
        f"/funding/{draft.id}/edit",
        data=sent(draft, lines__1__what="Adverts", lines__1__amount="20.50", amount=""),
    )
    assert answer.headers["Location"].endswith("/check"), answer.text
    check = bob.get(answer.headers["Location"])
    assert "£320.50" in check.text
    version = parse(check.text).one("form", "h-form").one("input", name="version")["value"]
    done = bob.post(
        f"/funding/{draft.id}/submit", data={"key": "s1", "version": version}, follow_redirects=True
    )
    assert "is submitted to the national office" in done.text
    assert "With the national office" in done.text
    db.session.expire_all()
    assert (draft.status, draft.requested_p) == ("endorsed", 320_50)


def test_save_draft_keeps_half_an_answer(bob, draft):
    data = {"do": "draft", "purpose": "Only this", "version": str(draft.version), "key": "a"}
    assert bob.post(f"/funding/{draft.id}/edit", data=data).status_code == 302
    answers = stored(draft)
    assert (answers.purpose, answers.person_id, answers.lines) == ("Only this", None, ())


def test_save_draft_keeps_what_is_not_understood_as_it_was_typed(bob, draft):
    data = sent(draft, do="draft", amount="about 300", person="Somebody Else", lines__0__amount="x")
    assert bob.post(f"/funding/{draft.id}/edit", data=data).status_code == 302
    form = parse(bob.get(f"/funding/{draft.id}/edit").text)
    assert form.by_id("amount")["value"] == "about 300"
    assert form.by_id("person")["value"] == "Somebody Else"
    assert form.by_id("lines-0-amount")["value"] == "x"
    assert form.by_id("lines-0-what")["value"] == "Leaflets"


def test_autosave_keeps_what_is_typed_and_says_when(bob, draft):
    data = sent(draft, purpose="While I type", amount="3oo")
    for _ in range(2):
        answer = bob.post(
            f"/funding/{draft.id}/autosave", data=data, headers={"HX-Request": "true"}
        )
        assert answer.status_code == 200
        assert answer.text.startswith("Saved ")
    assert stored(draft).purpose == "While I type"
    assert draft.typed["amount"] == ["3oo"]
    fine = bob.post(f"/funding/{draft.id}/edit", data=sent(draft, version="1"))
    assert fine.status_code == 302, "its own autosaves are no conflict"
    assert stored(draft).requested_p == 300_00
    assert draft.typed is None


def test_bad_input_answers_422_and_keeps_everything(bob, draft):
    data = sent(
        draft, amount="twelve", person="Nobody Here", poll_on="2099-13-01", lines__1__what="Adverts"
    )
    answer = bob.post(f"/funding/{draft.id}/edit", data=data)
    assert answer.status_code == 422
    page = parse(answer.text)
    assert page.by_id("amount")["value"] == "twelve"
    assert page.by_id("person")["value"] == "Nobody Here"
    assert page.by_id("purpose").text == "Leaflets for every door."
    wrong = {link["href"] for link in page.one("div", "h-errors").all("a")}
    assert wrong == {"#person", "#poll_on", "#amount", "#lines-1-amount"}
    for target in wrong:
        assert page.by_id(target[1:])["aria-invalid"] == "true"


def test_what_is_missing_is_said_beside_what_is_not_understood(bob, draft):
    data = sent(draft, ward="Abby", amount="900", lines__0__amount="900", purpose="")
    page = parse(bob.post(f"/funding/{draft.id}/edit", data=data).text)
    links = [link["href"] for link in page.one("div", "h-errors").all("a")]
    assert links == ["#ward", "#amount", "#purpose"]


def test_everything_that_is_missing_is_listed_with_its_field(bob, cast, fund, nwi):
    empty = start_draft(region_id=nwi.id, by=cast.bob)
    db.session.commit()
    answer = bob.post(f"/funding/{empty.id}/edit", data={"do": "continue", "post": "councillor"})
    assert answer.status_code == 422
    links = [link["href"] for link in parse(answer.text).one("div", "h-errors").all("a")]
    assert set(links) == {
        "#person",
        "#council",
        "#ward",
        "#poll_on",
        "#lines-0-what",
        "#amount",
        "#purpose",
    }
    check = bob.get(f"/funding/{empty.id}/check")
    assert "Not ready to submit" in check.text
    refused = bob.post(f"/funding/{empty.id}/submit", data={})
    assert refused.status_code == 422
    assert "7 things are missing or wrong" in refused.text


def test_an_amount_over_the_highest_grant_is_refused_at_the_field(bob, draft):
    answer = bob.post(
        f"/funding/{draft.id}/edit", data=sent(draft, lines__0__amount="900", amount="900")
    )
    page = parse(answer.text)
    assert answer.status_code == 422
    assert "£500.00" in page.by_id("amount-error").text


def test_a_ward_that_is_not_listed_is_added_only_on_purpose(bob, draft):
    answer = bob.post(f"/funding/{draft.id}/edit", data=sent(draft, ward="Abby"))
    assert answer.status_code == 422
    assert "Did you mean Abbey?" in answer.text
    (only,) = parse(answer.text).one("div", "h-errors").all("a")
    assert only["href"] == "#ward", "nothing else is wrong, and the ward is said once"
    assert parse(answer.text).by_id("new_ward")["type"] == "checkbox"
    data = sent(draft, ward="Old Town", new_ward="y")
    assert bob.post(f"/funding/{draft.id}/edit", data=data).status_code == 302
    db.session.expire_all()
    assert draft.ward.name == "Old Town"
    assert draft.ward.council_id == draft.council_id


def test_another_line_works_without_scripts(bob, draft):
    answer = bob.post(f"/funding/{draft.id}/edit", data=sent(draft, do="add-line"))
    assert answer.status_code == 302
    before = len(parse(bob.get(f"/funding/{draft.id}/edit").text).all("legend"))
    after = len(parse(bob.get(answer.headers["Location"]).text).all("legend"))
    assert after >= before


def test_a_stale_form_says_so_and_loses_nothing(bob, sign_in, cast, draft):
    seen = draft.version
    alice = sign_in(cast.alice)
    theirs = sent(draft, do="draft", purpose="Alice was here", key="alice")
    assert alice.post(f"/funding/{draft.id}/edit", data=theirs).status_code == 302
    mine = sent(draft, version=str(seen), purpose="Bob was here", key="bob")
    answer = bob.post(f"/funding/{draft.id}/edit", data=mine)
    assert answer.status_code == 422
    assert "Somebody changed this application since you opened it" in answer.text
    page = parse(answer.text)
    assert page.by_id("purpose").text == "Bob was here"
    assert stored(draft).purpose == "Alice was here"
    again = {**mine, "version": page.one("input", name="version")["value"]}
    assert bob.post(f"/funding/{draft.id}/edit", data=again).status_code == 302
    assert stored(draft).purpose == "Bob was here"


@pytest.mark.parametrize("what", ["", "/edit", "/check"])
def test_another_region_finds_no_such_page(sign_in, cast, draft, what):
    assert sign_in(cast.eve).get(f"/funding/{draft.id}{what}").status_code == 404


@pytest.mark.parametrize("what", ["edit", "autosave", "submit", "withdraw"])
def test_another_region_cannot_change_it(sign_in, cast, draft, what):
    answer = sign_in(cast.eve).post(f"/funding/{draft.id}/{what}", data={})
    assert answer.status_code == 404
    assert stored(draft).purpose


def test_a_submitted_application_has_no_form_any_more(bob, cast, fund, nwi):
    submitted = make_submitted(by=cast.bob, region=nwi)
    for what in ("edit", "check"):
        answer = bob.get(f"/funding/{submitted.id}/{what}", follow_redirects=True)
        assert "cannot be changed now" in answer.text
        assert "With the national office" in answer.text
    refused = bob.post(f"/funding/{submitted.id}/edit", data={"purpose": "x", "do": "draft"})
    assert refused.status_code == 409


def test_a_second_live_application_is_refused_with_the_first_ones_reference(bob, cast, fund, nwi):
    contest = make_contest(nwi)
    first = make_submitted(by=cast.bob, region=nwi, contest=contest)
    second = make_draft(by=cast.bob, region=nwi, contest=contest)
    answer = bob.post(f"/funding/{second.id}/submit", data={"key": "x"})
    assert answer.status_code == 422
    assert f"{first.reference} already asks for this candidate and contest" in answer.text


def test_a_new_application_goes_on_in_this_years_round_after_the_next_fund_was_planned(
    sign_in, cast, fund, nwi
):
    round_ = make_round(by=cast.alice, fund=fund)
    make_fund(by=cast.alice, **NEXT_YEAR)
    bob = sign_in(cast.bob)
    page = parse(bob.get("/funding/new").text)
    key = page.one("input", name="key")["value"]
    bob.post("/funding/new", data={"key": key, "person": ""})
    made = db.session.query(Application).one()
    assert (made.fund, made.round) == (fund, round_)


def test_the_round_of_a_planned_fund_may_be_chosen_beside_the_fund_that_runs(
    sign_in, cast, fund, nwi
):
    planned = make_fund(by=cast.alice, **NEXT_YEAR)
    closes_at = datetime.combine(NEXT_YEAR["starts_on"], time(17), UTC)
    round_ = make_round(by=cast.alice, fund=planned, closes_at=closes_at)
    bob = sign_in(cast.bob)
    page = parse(bob.get("/funding/new").text)
    assert [box["value"] for box in page.all("input", name="round")] == ["none", str(round_.id)]
    for chosen, whose in (("none", fund), (str(round_.id), planned)):
        key = parse(bob.get("/funding/new").text).one("input", name="key")["value"]
        bob.post("/funding/new", data={"key": key, "person": "", "round": chosen})
        made = db.session.query(Application).order_by(Application.id.desc()).first()
        assert made.fund is whose
