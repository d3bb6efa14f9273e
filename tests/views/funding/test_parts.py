"""The region answers a round's form part by part; what is wrong is said at its question."""

import io

import pytest

from models.attachments.tables import Attachment
from models.base import db
from models.funding.tables import Application
from tests.dom import parse
from tests.round_factories import (
    CANDIDATE_ANSWERS,
    PDF,
    answer,
    close,
    make_round,
    make_round_draft,
)


@pytest.fixture
def open_round(cast, fund):
    return make_round(by=cast.alice, fund=fund)


@pytest.fixture
def draft(cast, open_round):
    return make_round_draft(by=cast.bob, region=cast.regions["NWI"], round_=open_round)


@pytest.fixture
def bob(sign_in, cast):
    return sign_in(cast.bob)


def path(draft, part="s1", more=""):
    return f"/funding/{draft.id}/parts/{part}{more}"


def sent(**changed):
    given = {
        "key": "form-1",
        "asked": "q1,q2,q4",
        "q1": "More doors.",
        "q2": "No",
        "do": "continue",
    }
    return {**given, **changed}


def stored(draft):
    db.session.expire_all()
    return db.session.get(Application, draft.id).sheet


def test_the_draft_s_page_lists_the_tasks(bob, draft):
    page = parse(bob.get(f"/funding/{draft.id}").text)
    tasks = page.by_id("tasks")
    for words in ("Candidate, contest and costs", "The campaign", "About you", "Not started"):
        assert words in tasks.text


def test_from_the_costs_on_it_goes_part_by_part_to_the_check(bob, draft):
    answered = bob.post(path(draft), data=sent())
    assert answered.location.endswith("/parts/s2")
    last = {"asked": "q5,q6", "do": "continue", **CANDIDATE_ANSWERS}
    answered = bob.post(path(draft, "s2"), data=last)
    assert answered.location.endswith("/check")
    page = parse(bob.get(answered.location).text)
    assert "More doors." in page.text
    assert "15 January 2026" in page.text
    bob.post(f"/funding/{draft.id}/submit", data={"key": "k"})
    assert "More doors." in parse(bob.get(f"/funding/{draft.id}").text).text
    db.session.expire_all()
    assert db.session.get(Application, draft.id).status == "endorsed"


def test_a_further_question_appears_when_its_condition_holds(bob, draft):
    answered = bob.post(path(draft), data=sent(q2="Yes"))
    assert answered.location.endswith("/parts/s1#q3")
    assert parse(bob.get(path(draft)).text).by_id("q3")["value"] == ""
    done = bob.post(path(draft), data=sent(q2="Yes", q3="1,200.50", asked="q1,q2,q3,q4"))
    assert done.location.endswith("/parts/s2")
    assert stored(draft).answers["q3"] == 1_200_50


@pytest.mark.parametrize("typed", ["£1,2O0", "-20", "12.345", "1000000000000", "about 50", "1,20"])
def test_an_amount_that_is_none_is_said_at_its_question_and_nothing_is_stored(bob, draft, typed):
    answered = bob.post(path(draft), data=sent(q2="Yes", q3=typed, asked="q1,q2,q3,q4"))
    page = parse(answered.text)
    assert answered.status_code == 422
    assert page.by_id("q3-error").text
    assert page.by_id("q3")["value"] == typed
    assert stored(draft).answers == {}


@pytest.mark.parametrize("typed", ["2099-01-01", "yesterday", "2026-13-01"])
def test_a_day_that_cannot_be_is_said_at_its_question(bob, draft, typed):
    given = {"asked": "q5,q6", "q5": "Buses.", "q6": typed, "do": "continue"}
    answered = bob.post(path(draft, "s2"), data=given)
    assert answered.status_code == 422
    assert parse(answered.text).by_id("q6-error").text
    assert stored(draft).answers == {}


def test_what_is_missing_is_said_at_its_question(bob, draft):
    answered = bob.post(path(draft), data=sent(q1="", q2=""))
    page = parse(answered.text)
    assert answered.status_code == 422
    assert "Write an answer" in page.by_id("q1-error").text
    assert "Choose yes or no" in page.text


def test_an_answer_that_was_not_offered_is_refused(bob, draft):
    answered = bob.post(path(draft), data=sent(q2="Maybe"))
    assert answered.status_code == 422
    assert stored(draft).answers == {}


def test_a_draft_keeps_what_is_not_understood_and_shows_it_again(bob, draft):
    bob.post(path(draft), data=sent(q2="Yes", q3="about 50", asked="q1,q2,q3,q4", do="draft"))
    assert stored(draft).typed == {"q3": "about 50"}
    assert parse(bob.get(path(draft)).text).by_id("q3")["value"] == "about 50"


def test_what_is_typed_saves_itself(bob, draft):
    answered = bob.post(path(draft, more="/autosave"), data=sent(q1="Half a sen"))
    assert answered.text.startswith("Saved ")
    assert stored(draft).answers == {"q1": "Half a sen", "q2": "No"}
    bob.post(path(draft, more="/autosave"), data=sent(q1="Half a sentence."))
    assert stored(draft).answers["q1"] == "Half a sentence."


def test_somebody_else_s_change_is_not_overwritten_unseen(bob, sign_in, cast, draft):
    mark = parse(bob.get(path(draft)).text).by_id("seen_mark")["value"]
    sign_in(cast.olive).post(path(draft), data=sent(key="form-2", q1="Olive's words."))
    answered = bob.post(path(draft), data=sent(seen_mark=mark))
    assert answered.status_code == 422
    assert "Somebody changed these answers" in answered.text
    assert stored(draft).answers["q1"] == "Olive's words."


def test_a_file_is_kept_and_handed_out(bob, draft):
    bob.post(path(draft), data=sent(q4=(io.BytesIO(PDF), "quote.pdf")))
    (kept,) = stored(draft).files
    assert "quote.pdf" in parse(bob.get(path(draft)).text).text
    assert bob.get(f"/attachments/{kept.attachment_id}").data == PDF
    bob.post(path(draft), data=sent(do="remove-q4"))
    assert stored(draft).files == []


@pytest.mark.parametrize(
    ("name", "content"),
    [("quote.pdf", b"MZ\x90\x00"), ("quote.png", PDF), ("quote.pdf", b""), ("a.html", b"<html>")],
)
def test_a_file_that_lies_is_said_at_its_question_and_not_kept(bob, draft, name, content):
    answered = bob.post(path(draft), data=sent(q4=(io.BytesIO(content), name)))
    assert answered.status_code == 422
    assert name in parse(answered.text).by_id("q4-error").text
    assert db.session.query(Attachment).count() == 0
    assert stored(draft).answers == {}


def test_another_region_finds_nothing(sign_in, cast, draft):
    eve = sign_in(cast.eve)
    for method, more in (("get", ""), ("post", ""), ("post", "/autosave")):
        assert getattr(eve, method)(path(draft, more=more)).status_code == 404


def test_a_round_is_chosen_where_there_are_several(bob, cast, fund, open_round):
    make_round(by=cast.alice, fund=fund, code="BY-99", fast_track=True, poll_on=None)
    assert bob.post("/funding/new", data={"key": "a"}).status_code == 422
    answered = bob.post("/funding/new", data={"key": "b", "round": str(open_round.id)})
    assert answered.status_code == 302
    assert db.session.query(Application).one().round.id == open_round.id


def test_the_only_round_need_not_be_chosen(bob, open_round):
    assert bob.post("/funding/new", data={"key": "a"}).status_code == 302


def test_a_closed_round_asks_why_and_takes_it_with_the_reason(bob, cast, fund):
    round_ = close(make_round(by=cast.alice, fund=fund, late_allowed=True))
    answered = bob.post("/funding/new", data={"key": "a"})
    assert answered.status_code == 422
    assert "Say why you are late" in parse(answered.text).by_id("late_reason-error").text
    given = {"key": "b", "late_reason": "Selected yesterday."}
    assert bob.post("/funding/new", data=given).status_code == 302
    assert db.session.query(Application).one().sheet.late_reason == "Selected yesterday."
    assert round_.late_allowed


def test_where_nothing_is_open_nothing_is_started(bob, open_round):
    close(open_round)
    answered = bob.post("/funding/new", data={"key": "a"})
    assert answered.status_code == 422
    assert db.session.query(Application).count() == 0


def test_the_pages_ask_few_questions_of_the_database(bob, cast, draft, queries):
    answer(draft, by=cast.bob)
    for more in ("", "/parts/s1", "/check", "/edit"):
        queries.statements.clear()
        assert bob.get(f"/funding/{draft.id}{more}").status_code == 200
        assert len(queries.statements) <= 16, more
