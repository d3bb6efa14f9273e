"""The pure rules of contacts and follow-ups."""

from datetime import UTC, date, datetime, timedelta

import pytest

from models.contacts import rules
from models.errors import Invalid

NOW = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)
GOOD = {"at": NOW, "now": NOW, "channel": "phone", "summary": "Housing motion", "outcome": None}


def field_refused(**changed):
    with pytest.raises(Invalid) as caught:
        rules.check_contact(**{**GOOD, **changed})
    return caught.value.field


def test_a_usual_contact_passes():
    rules.check_contact(**GOOD)
    rules.check_contact(**{**GOOD, "at": NOW + timedelta(minutes=4), "outcome": "spoke"})


def test_each_fault_names_its_field():
    assert field_refused(at=NOW + timedelta(minutes=6)) == "at"
    assert field_refused(channel="pigeon") == "channel"
    assert field_refused(summary=" \n ") == "summary"
    assert field_refused(summary="x" * 4001) == "summary"
    assert field_refused(outcome="married") == "outcome"


def test_one_to_fifty_people():
    rules.check_people({1})
    rules.check_people(range(50))
    for wrong in (set(), range(51)):
        with pytest.raises(Invalid):
            rules.check_people(wrong)


@pytest.mark.parametrize(
    ("choice", "today", "expected"),
    [
        ("tomorrow", date(2026, 12, 31), date(2027, 1, 1)),
        ("week", date(2026, 11, 27), date(2026, 12, 4)),
        ("month", date(2027, 1, 31), date(2027, 2, 28)),
        ("month", date(2026, 12, 15), date(2027, 1, 15)),
    ],
)
def test_quick_choices_of_a_due_date(choice, today, expected):
    assert rules.due_after(choice, today) == expected


@pytest.mark.parametrize(
    ("days", "label", "tone"),
    [
        (-5, "Overdue 5 days", "bad"),
        (-1, "Overdue 1 day", "bad"),
        (0, "Due today", "bad"),
        (1, "Due tomorrow", "warning"),
        (3, "3 days left", "warning"),
        (7, "7 days left", "warning"),
        (8, "Due 28 Nov 2026", "neutral"),
    ],
)
def test_how_a_due_date_is_said(days, label, tone):
    today = date(2026, 11, 20)
    assert rules.due_label("open", today + timedelta(days=days), today) == (label, tone)


def test_a_closed_follow_up_is_never_overdue():
    assert rules.due_label("done", date(2020, 1, 1), date(2026, 1, 1)) == ("Done", "ok")
    assert rules.due_label("cancelled", date(2020, 1, 1), date(2026, 1, 1))[0] == "Cancelled"


def test_a_promise_needs_words_and_a_day_to_come():
    today = date(2026, 11, 20)
    rules.check_follow_up(what="Send the briefing", due_on=today, today=today)
    for what, due_on, field in (
        (" ", today, "what"),
        ("x" * 201, today, "what"),
        ("Ring", today - timedelta(days=1), "due_on"),
        ("Ring", date(2040, 1, 1), "due_on"),
    ):
        with pytest.raises(Invalid) as caught:
            rules.check_follow_up(what=what, due_on=due_on, today=today)
        assert caught.value.field == field


def test_who_may_change_a_contact():
    both = {"author_id": 1, "region_id": 7}
    assert rules.may_change(**both, reader_id=1, regions=frozenset())
    assert rules.may_change(**both, reader_id=2, regions=frozenset({7}))
    assert rules.may_change(**both, reader_id=2, regions=None)
    assert not rules.may_change(**both, reader_id=2, regions=frozenset({8}))
    national = {"author_id": 1, "region_id": None}
    assert not rules.may_change(**national, reader_id=2, regions=frozenset({7}))
