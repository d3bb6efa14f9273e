"""When a round takes applications, and which terms it may have: London's time, whole pence."""

from dataclasses import replace
from datetime import UTC, date, datetime
from types import SimpleNamespace

import pytest

from models.errors import Invalid
from models.rounds.rules import Terms, check_terms, in_london, phase_of, poll_problem, time_problem

OPENS = datetime(2027, 1, 4, 9, tzinfo=UTC)
CLOSES = datetime(2027, 3, 31, 16, tzinfo=UTC)  # 17:00 in London: summer time has begun
POLL = date(2027, 5, 6)
NOW, TODAY = datetime(2026, 11, 25, 12, tzinfo=UTC), date(2026, 11, 25)
TERMS = Terms(
    name="Local elections", code="LOCAL-27", opens_at=OPENS, closes_at=CLOSES, poll_on=POLL
)


def timed(**changed):
    values = {"published_at": NOW, "opens_at": OPENS, "closes_at": CLOSES, "late_allowed": False}
    return SimpleNamespace(**{**values, **changed})


@pytest.mark.parametrize(
    ("moment", "late_allowed", "phase"),
    [
        (datetime(2027, 1, 4, 8, 59, tzinfo=UTC), True, "announced"),
        (OPENS, False, "open"),
        (CLOSES, False, "open"),
        (datetime(2027, 3, 31, 16, 1, tzinfo=UTC), False, "closed"),
        (datetime(2027, 3, 31, 16, 1, tzinfo=UTC), True, "late"),
    ],
)
def test_a_round_opens_and_closes_by_itself(moment, late_allowed, phase):
    assert phase_of(timed(late_allowed=late_allowed), moment).key == phase


def test_a_round_that_is_being_prepared_takes_none():
    assert phase_of(timed(published_at=None), OPENS).key == "planned"
    assert "still being prepared" in time_problem(timed(published_at=None), OPENS, "Late")


def test_the_times_are_said_as_london_has_them():
    later = datetime(2027, 4, 2, 9, tzinfo=UTC)
    assert "31 March 2027, 17:00" in time_problem(timed(), later, None)
    assert "4 January 2027, 09:00" in time_problem(timed(), NOW, None)
    assert in_london(CLOSES) == "31 March 2027, 17:00"


def test_after_the_closing_a_reason_opens_the_late_route_where_there_is_one():
    later = datetime(2027, 4, 2, 9, tzinfo=UTC)
    assert time_problem(timed(), later, "The candidate was chosen yesterday.") is not None
    assert "Say why you are late" in time_problem(timed(late_allowed=True), later, "  ")
    assert time_problem(timed(late_allowed=True), later, "Chosen yesterday.") is None
    assert time_problem(timed(), OPENS, None) is None


def test_an_application_is_for_the_poll_of_its_round():
    assert poll_problem(POLL, POLL) is None
    assert poll_problem(POLL, None) is None
    assert poll_problem(None, POLL) is None
    assert "6 May 2027" in poll_problem(date(2027, 6, 1), POLL)


def test_good_terms_are_taken():
    assert check_terms(TERMS, now=NOW, today=TODAY) is TERMS
    check_terms(replace(TERMS, fast_track=True, poll_on=None), now=NOW, today=TODAY)


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"name": " "}, "name"),
        ({"code": "local 27"}, "code"),
        ({"code": "X"}, "code"),
        ({"closes_at": OPENS}, "closes_at"),
        ({"opens_at": datetime(2026, 1, 1, tzinfo=UTC), "closes_at": NOW}, "closes_at"),
        ({"closes_at": datetime(2027, 5, 6, 23, 30, tzinfo=UTC)}, "closes_at"),
        ({"poll_on": None}, "poll_on"),
        ({"poll_on": date(2026, 11, 24)}, "poll_on"),
        ({"max_grant_p": 0}, "max_grant"),
        ({"max_grant_p": -1}, "max_grant"),
        ({"max_grant_p": 10**12 + 1}, "max_grant"),
        ({"scores_needed": 6}, "scores_needed"),
        ({"scores_needed": -1}, "scores_needed"),
        ({"spread_flag": 0}, "spread_flag"),
    ],
)
def test_terms_that_no_round_can_have_are_refused_at_their_field(changed, field):
    with pytest.raises(Invalid) as refusal:
        check_terms(replace(TERMS, **changed), now=NOW, today=TODAY)
    assert refusal.value.field == field


def test_what_has_passed_since_may_stay():
    later, day = datetime(2027, 6, 1, tzinfo=UTC), date(2027, 6, 1)
    check_terms(replace(TERMS, name="Renamed"), now=later, today=day, old=TERMS)
    moved = replace(TERMS, closes_at=datetime(2027, 4, 30, tzinfo=UTC))
    with pytest.raises(Invalid, match="has passed"):
        check_terms(moved, now=later, today=day, old=TERMS)
