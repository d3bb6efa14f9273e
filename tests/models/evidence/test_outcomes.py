"""What became of the candidate: who may say so, what cannot be, and the 28 days that follow."""

from dataclasses import replace
from datetime import date

import pytest

from models.audit import AuditEntry
from models.base import db
from models.errors import Invalid, NotAllowed, NotFound, Refused
from models.evidence.actions.outcomes import note_registered, record_outcome
from models.evidence.queries.outcomes import outcome_for, outcomes_by_application
from models.evidence.rules import Result, registered_problem, result_problem
from tests.funding_factories import make_submitted
from tests.models.evidence.conftest import POLL

WON = Result(nominated=True, elected=True, votes=1_204, on=date(2027, 5, 7), source="The council")
TODAY = date(2027, 5, 10)


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"nominated": None}, "nominated"),
        ({"nominated": False}, "nominated"),
        ({"on": None}, "on"),
        ({"on": date(2027, 5, 11)}, "on"),
        ({"on": date(2027, 5, 5)}, "on"),
        ({"source": "  "}, "source"),
        ({"votes": -1}, "votes"),
        ({"votes": 10**9}, "votes"),
        ({"elected": False, "took_office_on": date(2027, 5, 10)}, "took_office_on"),
        ({"took_office_on": date(2027, 5, 6)}, "took_office_on"),
    ],
)
def test_a_result_that_cannot_be_is_refused_at_its_field(changed, field):
    problem = result_problem(replace(WON, **changed), poll_on=POLL, today=TODAY)
    assert problem is not None
    assert problem.field == field


def test_a_result_that_can_be_has_no_problem():
    assert result_problem(WON, poll_on=POLL, today=TODAY) is None


def test_the_nomination_is_known_before_the_poll():
    listed = replace(WON, elected=None, votes=None, on=date(2027, 4, 9))
    assert result_problem(listed, poll_on=POLL, today=TODAY) is None


def test_the_register_is_filled_in_between_the_result_and_today():
    judge = {"result_on": date(2027, 5, 7), "today": TODAY}
    assert registered_problem(None, **judge)
    assert registered_problem(date(2027, 5, 6), **judge)
    assert registered_problem(date(2027, 5, 11), **judge)
    assert registered_problem(date(2027, 5, 8), **judge) is None


def test_whoever_is_elected_has_28_days_for_the_register(cast, awarded, after_poll):
    outcome = record_outcome(awarded, WON, by=cast.bob)
    assert outcome.register_by == date(2027, 6, 4)
    took = replace(WON, took_office_on=date(2027, 5, 10))
    record_outcome(awarded, took, by=cast.bob)
    assert outcome.register_by == date(2027, 6, 7)


def test_a_corrected_result_takes_the_register_back(cast, awarded, after_poll):
    outcome = record_outcome(awarded, WON, by=cast.bob)
    note_registered(outcome, registered_on=date(2027, 5, 9), by=cast.bob)
    record_outcome(awarded, replace(WON, elected=False), by=cast.alice)
    assert (outcome.register_by, outcome.registered_on) == (None, None)
    with pytest.raises(Refused):
        note_registered(outcome, registered_on=date(2027, 5, 9), by=cast.bob)


def test_a_result_recorded_twice_is_one_row_and_says_who_corrected_it(cast, awarded, after_poll):
    first = record_outcome(awarded, WON, by=cast.bob)
    again = record_outcome(awarded, replace(WON, votes=1_205), by=cast.alice)
    assert again is first
    assert (again.votes, again.recorded_by_id) == (1_205, cast.alice.id)
    db.session.commit()
    events = db.session.query(AuditEntry).filter_by(event="evidence.outcome").all()
    assert [entry.after["votes"] for entry in events] == [1_204, 1_205]


def test_only_the_region_and_the_office_record_a_result(cast, awarded, after_poll):
    with pytest.raises(NotFound):
        record_outcome(awarded, WON, by=cast.eve)
    for outsider in (cast.dan, cast.terry, cast.grace):
        with pytest.raises(NotAllowed):
            record_outcome(awarded, WON, by=outsider)


def test_there_is_no_result_of_what_was_never_awarded(cast, fund, nwi, after_poll):
    submitted = make_submitted(by=cast.bob, region=nwi)
    with pytest.raises(Refused):
        record_outcome(submitted, WON, by=cast.bob)


def test_a_result_that_cannot_be_changes_nothing(cast, awarded, after_poll):
    with pytest.raises(Invalid) as refusal:
        record_outcome(awarded, replace(WON, nominated=False), by=cast.bob)
    assert refusal.value.field == "nominated"
    with pytest.raises(NotFound):
        outcome_for(cast.bob, awarded.id)


def test_another_region_knows_nothing_of_it(cast, awarded, after_poll):
    record_outcome(awarded, WON, by=cast.bob)
    assert set(outcomes_by_application(cast.bob)) == {awarded.id}
    assert outcomes_by_application(cast.eve) == {}
    assert outcomes_by_application(cast.alice, [awarded.id + 1]) == {}
    with pytest.raises(NotFound):
        outcome_for(cast.eve, awarded.id)
