"""The national office plans a round, builds its form without scripts, and opens it."""

from datetime import date

import pytest

from models.base import db
from models.rounds.actions.planning import publish_round
from models.rounds.forms import Condition
from models.rounds.queries import form_in_use, newest_form, phase_now
from models.rounds.standard import STANDARD
from models.rounds.tables import Round
from tests.dom import parse
from tests.funding_factories import make_fund
from tests.round_factories import make_round, make_round_draft

TERMS = {
    "name": "Local elections, first round",
    "code": "local-99",
    "election": "Local elections 2099",
    "poll_on": "2099-05-07",
    "opens_at": "2026-01-05T09:00",
    "closes_at": "2099-03-27T17:00",
    "late_allowed": "y",
    "max_grant": "400",
    "scores_needed": "2",
    "spread_flag": "25",
}


@pytest.fixture
def fund(cast):
    return make_fund(by=cast.alice, ends_on=date(2099, 12, 31))


@pytest.fixture
def alice(sign_in, cast):
    return sign_in(cast.alice)


@pytest.fixture
def planned(cast, fund):
    return make_round(by=cast.alice, fund=fund, published=False)


def newest(round_id):
    db.session.expire_all()
    return newest_form(db.session.get(Round, round_id))


def test_a_round_is_planned_then_opened(alice, fund):
    answer = alice.post("/rounds/new", data=TERMS, follow_redirects=True)
    assert "Local elections, first round is planned" in answer.text
    round_ = db.session.query(Round).one()
    assert (round_.code, round_.max_grant_p, round_.scores_needed) == ("LOCAL-99", 40_000, 2)
    # Summer time has not begun on that day: London's 17:00 is 17:00 UTC.
    assert round_.closes_at.isoformat() == "2099-03-27T17:00:00+00:00"
    assert not round_.submission_endorses
    assert newest_form(round_).form == STANDARD
    usual = {"lines-0-label": "Chance of winning", "lines-0-weight": "100"}
    alice.post(f"/rounds/{round_.id}/criteria", data=usual)
    alice.post(f"/rounds/{round_.id}/open", follow_redirects=True)
    assert phase_now(round_).key == "open"


@pytest.mark.parametrize(
    ("field", "typed", "words"),
    [
        ("max_grant", "£1,2O0", "has a letter among its digits"),
        ("max_grant", "-5", "less than nothing"),
        ("max_grant", "1.234", "more than two decimals"),
        ("max_grant", "1000000000000", "more than any amount"),
        ("max_grant", "0", "more than nothing"),
        ("poll_on", "2020-05-07", "This poll is over"),
        ("poll_on", "7 May", "Enter a date"),
        ("closes_at", "2020-01-01T00:00", "closes after it opens"),
        ("closes_at", "2026-01-06T00:00", "has passed"),
        ("code", "a b", "A code has"),
        ("scores_needed", "9", "at most 5 scores"),
        ("name", "", "Give the round a name"),
    ],
)
def test_bad_terms_are_said_at_the_field_and_nothing_is_stored(alice, fund, field, typed, words):
    answer = alice.post("/rounds/new", data={**TERMS, field: typed})
    page = parse(answer.text)
    assert answer.status_code == 422
    assert words in page.by_id(f"{field}-error").text
    assert page.by_id(field)["value"] == typed
    assert db.session.query(Round).count() == 0


def test_scores_that_come_too_late_are_said_at_the_field(alice, cast, fund):
    round_ = make_round(by=cast.alice, fund=fund)
    answer = alice.post(f"/rounds/{round_.id}/edit", data={**TERMS, "scores_needed": "2"})
    assert answer.status_code == 422
    said = parse(answer.text).by_id("scores_needed-error").text
    assert "Set what this round is scored by first" in said


def test_without_a_fund_the_page_says_what_to_do(alice, database):
    answer = alice.post("/rounds/new", data=TERMS)
    assert answer.status_code == 422
    assert "set one up in the budget" in answer.text


def test_the_form_is_built_in_single_steps(alice, planned):
    path = f"/rounds/{planned.id}/form"
    alice.post(f"{path}/sections/new", data={"title": "Costs", "help": "", "who": "region"})
    asked = {"label": "Which?", "kind": "choice", "choices": "Print\n\nDigital\n", "required": "y"}
    alice.post(f"{path}/sections/s3/questions/new", data=asked)
    waits = {"label": "Printer?", "kind": "text", "show_if": "q7=Print"}
    alice.post(f"{path}/sections/s3/questions/new", data=waits)
    form = newest(planned.id).form
    assert form.question("q7").choices == ("Print", "Digital")
    assert form.question("q8").show_if == Condition("q7", "Print")
    assert not form.question("q8").required
    assert "If “Which?” is Print" in parse(alice.get(path).text).text
    alice.post(f"{path}/remove", data={"key": "q8"})
    alice.post(f"{path}/move", data={"key": "s3", "way": "up"})
    form = newest(planned.id).form
    assert [section.key for section in form.sections] == ["s1", "s3", "s2"]
    assert [question.key for question in form.section("s3").questions] == ["q7"]


def test_a_question_is_opened_as_it_stands_and_changed(alice, planned):
    path = f"/rounds/{planned.id}/form/questions/q3"
    page = parse(alice.get(path).text)
    assert page.by_id("label")["value"] == "How much do they pay?"
    changed = {"label": "How much?", "kind": "money", "show_if": "q2=Yes", "required": "y"}
    answer = alice.post(path, data=changed)
    assert answer.location.endswith("/form#q3")
    assert newest(planned.id).form.question("q3").label == "How much?"


@pytest.mark.parametrize(
    ("changed", "field", "words"),
    [
        ({"label": ""}, "label", "Write the question"),
        ({"kind": "choice", "choices": "One"}, "choices", "at least two"),
        ({"show_if": "q99=Yes"}, "show_if", "above it"),
    ],
)
def test_a_question_that_cannot_be_is_said_at_its_field(alice, planned, changed, field, words):
    given = {"label": "What?", "kind": "text", "show_if": "", **changed}
    answer = alice.post(f"/rounds/{planned.id}/form/questions/q3", data=given)
    assert answer.status_code == 422
    assert words in parse(answer.text).by_id(f"{field}-error").text
    assert newest(planned.id).form.question("q3").label == "How much do they pay?"


def test_what_others_wait_for_is_not_removed(alice, planned):
    answer = alice.post(f"/rounds/{planned.id}/form/remove", data={"key": "q2"})
    assert answer.status_code == 422
    assert "How much do they pay?" in answer.text
    assert len(newest(planned.id).form.questions) == 6


def test_the_preview_shows_every_question(alice, planned):
    page = parse(alice.get(f"/rounds/{planned.id}/form/preview").text)
    for question in newest(planned.id).form.questions:
        assert question.label in page.text


def test_a_frozen_form_says_so_and_its_next_version_is_put_to_use(alice, cast, planned):
    publish_round(planned, by=cast.alice)
    make_round_draft(by=cast.bob, region=cast.regions["NWI"], round_=planned)
    path = f"/rounds/{planned.id}/form"
    assert "Your first change begins version 2" in parse(alice.get(path).text).text
    alice.post(f"{path}/remove", data={"key": "q4"})
    assert "New applications still answer version 1" in parse(alice.get(path).text).text
    alice.post(f"{path}/use")
    newest(planned.id)
    assert form_in_use(db.session.get(Round, planned.id)).number == 2


def test_regions_read_what_is_open_and_change_nothing(sign_in, cast, planned):
    bob = sign_in(cast.bob)
    assert bob.get(f"/rounds/{planned.id}").status_code == 404
    publish_round(planned, by=cast.alice)
    db.session.commit()
    page = bob.get(f"/rounds/{planned.id}/form").text
    assert "Add a question" not in page
    assert bob.post(f"/rounds/{planned.id}/form/remove", data={"key": "q4"}).status_code == 403
    assert bob.get("/rounds/new").status_code == 403
    assert bob.get(f"/rounds/{planned.id}").status_code == 200


def test_the_pages_ask_few_questions_of_the_database(alice, planned, queries):
    for path in ("", f"/{planned.id}", f"/{planned.id}/form", f"/{planned.id}/form/preview"):
        queries.statements.clear()
        assert alice.get(f"/rounds{path}").status_code == 200
        assert len(queries.statements) <= 12
