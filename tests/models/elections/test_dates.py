"""Days that follow from a poll; pure."""

import json
from datetime import date
from pathlib import Path

import pytest

from models.elections.dates import is_working, money_dates, next_working, notice_date, register_by
from models.elections.figures import FIGURES
from models.elections.holidays import HOLIDAYS, LAST_DAY
from models.elections.rules import FigureBook

BOOK = FigureBook(FIGURES)
DATA = Path(__file__).parents[4] / "shared" / "data" / "elections" / "bank-holidays.json"


@pytest.mark.parametrize(
    ("nation", "poll", "notice"),
    [
        ("England", "2027-05-06", "2027-03-31"),
        ("Wales", "2027-05-06", "2027-03-31"),
        ("Scotland", "2027-05-06", "2027-03-24"),
        ("Northern Ireland", "2027-05-06", "2027-03-31"),
        ("England", "2028-05-04", "2028-03-27"),
    ],
)
def test_the_notice_of_election_is_due_as_published(nation, poll, notice):
    found = notice_date(date.fromisoformat(poll), nation, BOOK)
    assert found.on == date.fromisoformat(notice)
    assert not found.provisional


@pytest.mark.parametrize(
    ("poll", "days"),
    [
        ("2027-05-06", ["2027-05-28", "2027-06-04", "2027-06-11"]),
        ("2028-05-04", ["2028-05-26", "2028-06-02", "2028-06-09"]),
    ],
)
def test_bills_and_the_return_are_due_as_published(poll, days):
    found = money_dates(date.fromisoformat(poll), "England", BOOK)
    assert [each.on.isoformat() for each in found] == days
    assert not any(each.provisional for each in found)


def test_past_the_last_bank_holiday_everything_is_provisional():
    assert notice_date(date(2029, 5, 3), "England", BOOK).provisional
    assert all(each.provisional for each in money_dates(date(2029, 5, 3), "England", BOOK))


def test_a_day_that_is_no_working_day_rolls_to_the_next_one():
    assert next_working(date(2027, 5, 29), "England") == date(2027, 6, 1)
    assert next_working(date(2026, 12, 24), "England") == date(2026, 12, 29)
    assert is_working(date(2027, 3, 29), "Scotland")
    assert not is_working(date(2027, 3, 29), "England")


def test_a_new_councillor_registers_within_28_days_in_england():
    assert register_by(date(2027, 5, 10), "England", BOOK) == date(2027, 6, 7)
    assert register_by(date(2027, 5, 10), "Wales", BOOK) is None


@pytest.mark.skipif(not DATA.exists(), reason="the published bank holidays are not beside us")
def test_our_table_is_the_published_one():
    published = json.loads(DATA.read_text(encoding="utf-8"))
    divisions = {
        "England": "england-and-wales",
        "Wales": "england-and-wales",
        "Scotland": "scotland",
        "Northern Ireland": "northern-ireland",
    }
    for nation, division in divisions.items():
        days = {date.fromisoformat(each["date"]) for each in published[division]["events"]}
        assert HOLIDAYS[nation] == {day for day in days if day.year >= 2024}
        assert max(days) == LAST_DAY
