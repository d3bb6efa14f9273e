"""Assessing on the page: first one's interests, then points with reasons, then what was agreed."""

import pytest

from models.base import db
from models.funding.assessing.actions import declare_interest
from models.funding.assessing.queries.scores import assessment_of, criteria_of, notes_of
from tests.dom import parse


def at(application, step="assessment"):
    return f"/funding/{application.id}/{step}"


def points(application, *given, **changed):
    numbers = [one.id for one in criteria_of(application.round.id)]
    return {
        **{f"points_{number}": str(one) for number, one in zip(numbers, given, strict=True)},
        **{f"reason_{number}": "As the form says." for number in numbers},
        **changed,
    }


def test_nothing_is_shown_before_an_interest_is_declared(sign_in, cast, to_score):
    page = sign_in(cast.alice).get(at(to_score))
    assert page.status_code == 200
    assert "First: do you have an interest in it?" in page.text
    assert not parse(page.text).all("section", id="scoring")
    assert "Save my scores" not in page.text


def test_declaring_none_opens_the_scores(sign_in, cast, to_score):
    done = sign_in(cast.alice).post(
        at(to_score, "interest"), data={"answer": "none"}, follow_redirects=True
    )
    assert "Declared." in done.text
    assert "Save my scores" in done.text


def test_an_interest_ends_ones_part_in_it_and_says_why(sign_in, cast, declared):
    alice = sign_in(cast.alice)
    done = alice.post(at(declared, "interest"), data={"answer": "branch"}, follow_redirects=True)
    assert "You take no part in this one" in done.text
    assert "Save my scores" not in done.text
    assert alice.post(at(declared, "scores"), data=points(declared, 3, 3)).status_code == 422
    assert assessment_of(declared).sheets == ()


def test_another_interest_is_said_in_words_and_what_was_chosen_is_kept(sign_in, cast, to_score):
    alice = sign_in(cast.alice)
    assert alice.post(at(to_score, "interest"), data={}).status_code == 422
    wrong = alice.post(at(to_score, "interest"), data={"answer": "other", "detail": " "})
    assert wrong.status_code == 422
    page = parse(wrong.text)
    assert "Say what it is." in page.one("div", "h-errors").text
    chosen = [
        box["value"] for box in page.all("input", name="answer") if "checked" in box.attributes
    ]
    assert chosen == ["other"]


def test_two_scores_far_apart_are_flagged_and_talked_about(sign_in, cast, declared):
    for who, given in ((cast.alice, (5, 5)), (cast.olive, (1, 2))):
        answer = sign_in(who).post(at(declared, "scores"), data=points(declared, *given))
        assert answer.status_code == 302
    alice = sign_in(cast.alice)
    page = alice.get(at(declared))
    assert "The scores lie 72 points apart" in page.text
    assert "2 scores of 2 needed" in page.text
    assert alice.post(at(declared, "moderation"), data={"note": " "}).status_code == 422
    done = alice.post(
        at(declared, "moderation"),
        data={"note": "Olive had an old margin."},
        follow_redirects=True,
    )
    assert "Olive had an old margin." in done.text
    assert [note.by_id for note in notes_of(declared)] == [cast.alice.id]


def test_half_a_score_is_refused_and_kept(sign_in, cast, declared):
    first, second = (one.id for one in criteria_of(declared.round.id))
    data = points(declared, 4, 2, **{f"points_{second}": "", f"reason_{first}": "A close seat."})
    answer = sign_in(cast.alice).post(at(declared, "scores"), data=data)
    assert answer.status_code == 422
    page = parse(answer.text)
    assert f"#points_{second}" in str(page.one("div", "h-errors").all("a")[0]["href"])
    assert "A close seat." in answer.text
    assert assessment_of(declared).sheets == ()


def test_points_off_the_scale_are_refused(sign_in, cast, declared):
    answer = sign_in(cast.alice).post(at(declared, "scores"), data=points(declared, 6, 2))
    assert answer.status_code == 422
    assert assessment_of(declared).sheets == ()


def test_a_second_scoring_starts_from_the_first(sign_in, cast, declared):
    alice = sign_in(cast.alice)
    alice.post(at(declared, "scores"), data=points(declared, 4, 2))
    page = alice.get(at(declared))
    assert "Score it again" in page.text
    number = criteria_of(declared.round.id)[0].id
    options = parse(page.text).by_id(f"points_{number}").all("option")
    chosen = [option["value"] for option in options if "selected" in option.attributes]
    assert chosen == ["4"]


@pytest.mark.parametrize("who", ["bob", "dan", "carol", "terry", "grace"])
def test_only_assessors_assess(sign_in, cast, to_score, who):
    browser = sign_in(getattr(cast, who))
    assert browser.get(at(to_score)).status_code == 403
    for step in ("interest", "scores", "moderation"):
        assert browser.post(at(to_score, step), data={"answer": "none"}).status_code == 403


def test_an_application_that_is_not_there_is_not_found(sign_in, cast, to_score):
    alice = sign_in(cast.alice)
    assert alice.get("/funding/999999/assessment").status_code == 404
    for step in ("interest", "scores", "moderation"):
        assert alice.post(f"/funding/999999/{step}", data={}).status_code == 404


def test_outside_a_round_there_is_nothing_to_score(sign_in, cast, submitted):
    declare_interest(submitted, answer="none", by=cast.alice)
    db.session.commit()
    alice = sign_in(cast.alice)
    page = alice.get(at(submitted))
    assert page.status_code == 200
    assert "Save my scores" not in page.text
    assert alice.post(at(submitted, "scores"), data={}).status_code == 422


def test_the_page_takes_few_queries(sign_in, cast, declared, queries):
    for who in (cast.alice, cast.olive):
        sign_in(who).post(at(declared, "scores"), data=points(declared, 4, 2))
    alice = sign_in(cast.alice)
    db.session.expire_all()
    queries.statements.clear()
    assert alice.get(at(declared)).status_code == 200
    assert len(queries) <= 12, queries.statements


def test_whoever_decides_reads_the_interest_and_lifts_it_with_a_reason(sign_in, cast, declared):
    own = declare_interest(declared, answer="branch", detail="the Felpersham branch", by=cast.olive)
    db.session.commit()
    alice, home = sign_in(cast.alice), f"/funding/{declared.id}"
    card = parse(alice.get(home).text).one("section", id="interests").text
    assert "Olive Oak" in card
    assert "We hold office in the same branch" in card
    assert "the Felpersham branch" in card
    lift = f"/funding/interests/{own.id}/lift"
    bare = alice.post(lift, data={})
    assert bare.status_code == 422
    assert "Say why it stands in the way no more." in bare.text
    olive = sign_in(cast.olive)
    assert "Lift this interest" not in olive.get(home).text
    refused = olive.post(lift, data={f"lift-{own.id}-reason": "It was nothing"})
    assert "You declared this interest yourself" in refused.text
    for user in (cast.bob, cast.carol, cast.grace):
        assert sign_in(user).post(lift, data={}).status_code == 403
        assert "the Felpersham branch" not in sign_in(user).get(home).text
    alice.post(lift, data={f"lift-{own.id}-reason": "Another branch"})
    assert "Lifted by Alice Ash: Another branch" in alice.get(home).text
    assert "Save my scores" in olive.get(at(declared)).text


def test_after_an_interest_none_is_not_declared_again(sign_in, cast, declared):
    olive = sign_in(cast.olive)
    olive.post(at(declared, "interest"), data={"answer": "branch"})
    page = olive.post(at(declared, "interest"), data={"answer": "none"})
    assert page.status_code == 422
    assert "Somebody else lifts it, with a reason" in page.text
    assert "Save my scores" not in olive.get(at(declared)).text
    home = olive.get(f"/funding/{declared.id}").text
    assert f"/funding/{declared.id}/lapse" not in home
    for step in ("lapse", "withdraw", "return"):
        done = olive.post(f"/funding/{declared.id}/{step}", data={f"{step}-reason": "Over"})
        assert "You declared an interest" in done.text, step
    db.session.refresh(declared)
    assert declared.status == "endorsed"
