"""The region's word, and the way from there to a decision, on both databases."""

import pytest

from models.base import db
from models.errors import Conflict, Invalid, NotAllowed, NotFound, Refused
from models.funding.actions import decide
from models.funding.actions.decide import ask_for_changes, decline
from models.funding.actions.draft import submit
from models.funding.actions.endorse import endorse, not_endorse, send_back, take_on
from models.funding.actions.refer import recommend
from models.funding.queries.one import steps_of
from tests.funding_factories import (
    CODING,
    first_leaf,
    make_contest,
    make_draft,
    make_submitted,
)


@pytest.fixture
def waiting(cast, draft, monkeypatch):
    """Submitted, and waiting for its region's word: submission does not endorse it."""
    monkeypatch.setattr(
        "models.funding.actions.endorse.submission_endorses", lambda _application: False
    )
    submit(draft, by=cast.bob)
    db.session.commit()
    return draft


def steps(application):
    return [step.step for step in reversed(steps_of(application))]


def test_a_regions_submission_is_its_endorsement_and_both_stand_in_the_history(cast, draft):
    submit(draft, by=cast.bob, key="click")
    db.session.commit()
    assert draft.status == "endorsed"
    assert steps(draft) == ["draft", "submit", "endorse"]
    assert {step.by_id for step in steps_of(draft)} == {cast.bob.id}
    submit(draft, by=cast.bob, key="click")
    assert steps(draft) == ["draft", "submit", "endorse"]


def test_where_submission_does_not_endorse_the_region_does(cast, waiting):
    assert waiting.status == "submitted"
    with pytest.raises(Refused, match="waiting for endorsement"):
        decline(waiting, reason="No.", by=cast.alice)
    endorse(waiting, by=cast.bob)
    assert (waiting.status, steps(waiting)[-1]) == ("endorsed", "endorse")


@pytest.mark.parametrize("who", ["carol", "dan", "nora", "terry", "grace"])
def test_nobody_else_speaks_for_the_region(cast, waiting, who):
    for act in (endorse, send_back, not_endorse):
        with pytest.raises(NotAllowed):
            act(waiting, reason="So.", by=getattr(cast, who))


def test_another_region_cannot_endorse_it(cast, waiting):
    with pytest.raises(NotFound):
        endorse(waiting, by=cast.eve)
    assert waiting.status == "submitted"


def test_a_region_sends_it_back_saying_what_to_change(cast, waiting):
    with pytest.raises(Invalid):
        send_back(waiting, reason=" ", by=cast.bob)
    send_back(waiting, reason="Which ward?", by=cast.bob)
    assert waiting.status == "returned"
    assert steps_of(waiting)[0].reason == "Which ward?"


def test_what_is_not_endorsed_makes_room_and_can_be_taken_on_with_a_reason(cast, waiting):
    not_endorse(waiting, reason="Not our candidate.", by=cast.bob)
    with pytest.raises(Invalid):
        take_on(waiting, reason="", by=cast.alice)
    take_on(waiting, reason="The panel thinks otherwise.", by=cast.alice)
    assert waiting.status == "endorsed"


def test_it_is_not_taken_on_beside_a_second_one(cast, nwi, waiting):
    not_endorse(waiting, reason="The other form is right.", by=cast.bob)
    contest = make_contest(nwi)
    contest.person, contest.council, contest.ward = waiting.person, waiting.council, waiting.ward
    second = make_submitted(by=cast.bob, region=nwi, contest=contest)
    with pytest.raises(Conflict, match=second.reference):
        take_on(waiting, reason="Both, please.", by=cast.alice)
    assert waiting.status == "not_endorsed"


def test_who_recommends_does_not_decide_and_the_three_amounts_stay_apart(cast, submitted):
    with pytest.raises(Invalid):
        recommend(submitted, amount_p=200_00, reason="", by=cast.olive)
    recommend(submitted, amount_p=200_00, reason="Without the van.", by=cast.olive)
    award = {"node": first_leaf(submitted), "coding": CODING, "reason": "Less again."}
    with pytest.raises(Refused, match="somebody else must take the next step"):
        decide.award(submitted, amount_p=100_00, by=cast.olive, **award)
    decide.award(submitted, amount_p=100_00, by=cast.alice, **award)
    amounts = (submitted.requested_p, submitted.recommended_p, submitted.awarded_p)
    assert amounts == (300_00, 200_00, 100_00)


@pytest.mark.parametrize("who", ["bob", "carol", "dan", "grace"])
def test_only_assessors_recommend(cast, submitted, who):
    with pytest.raises(NotAllowed):
        recommend(submitted, amount_p=1_00, reason="So.", by=getattr(cast, who))


def test_nobody_recommends_what_they_wrote(cast, fund, nwi):
    own = make_draft(by=cast.olive, region=nwi)
    submit(own, by=cast.bob)
    with pytest.raises(Refused, match="You wrote or submitted"):
        recommend(own, amount_p=300_00, reason="Good.", by=cast.olive)


def test_what_comes_back_is_recommended_anew(cast, submitted):
    recommend(submitted, amount_p=200_00, reason="Without the van.", by=cast.olive)
    ask_for_changes(submitted, reason="Which ward?", by=cast.olive)
    submit(submitted, by=cast.bob)
    assert (submitted.status, submitted.recommended_p, submitted.handled_by_ids) == (
        "endorsed",
        None,
        [],
    )
