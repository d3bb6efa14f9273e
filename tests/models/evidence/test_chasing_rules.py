"""Which reminder goes on which day, and which does not."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from models.elections.figures import FIGURES
from models.elections.rules import FigureBook
from models.evidence.chasing import Chase, reminders_due
from models.evidence.due import days_after

DAYS = days_after(date(2027, 5, 6), post="councillor", nation="England", book=FigureBook(FIGURES))
CHASE = Chase(days=DAYS, standing=True, register_by=date(2027, 6, 4))
# Bills in by 28 May, paid by 4 June, return and report by 11 June.


def kinds(day, **changed):
    return [one.kind for one in reminders_due(replace(CHASE, **changed), day)]


@pytest.mark.parametrize(
    ("day", "wanted"),
    [
        (date(2027, 5, 20), []),
        (date(2027, 5, 21), ["bills", "register"]),
        (date(2027, 5, 28), ["bills", "paid", "register"]),
        (date(2027, 5, 29), ["paid", "register"]),
        (date(2027, 6, 4), ["paid", "return", "report", "register"]),
        (date(2027, 6, 5), ["return", "report", "register-late"]),
        (date(2027, 6, 12), ["report-late", "register-late"]),
        (date(2027, 6, 25), ["report-late", "report-very-late", "register-late"]),
        (date(2027, 9, 1), []),
    ],
)
def test_each_reminder_has_its_day_and_none_comes_long_after(day, wanted):
    assert kinds(day) == wanted


def test_what_went_already_or_is_in_is_not_asked_for():
    day = date(2027, 6, 5)
    assert kinds(day, had=frozenset({"return", "register-late"})) == ["report"]
    assert kinds(day, report_in=True) == ["return", "register-late"]
    assert kinds(day, return_noted=True) == ["report", "register-late"]
    assert kinds(day, registered=True) == ["return", "report"]


def test_nobody_is_chased_for_an_award_that_does_not_stand_or_was_for_nobody():
    assert kinds(date(2027, 6, 5), standing=False) == []
    assert kinds(date(2027, 6, 5), not_nominated=True) == []


def test_over_the_whole_summer_each_kind_goes_once():
    had: list[str] = []
    for number in range(150):
        day = date(2027, 5, 1) + timedelta(days=number)
        had += kinds(day, had=frozenset(had))
    assert sorted(had) == sorted(set(had))
    assert len(had) == 8
