from datetime import UTC, date, datetime, timedelta, timezone
from itertools import pairwise
from types import SimpleNamespace

import pytest
import time_machine

from app import charts, filters


@pytest.mark.parametrize(
    ("pence", "full", "short"),
    [
        (0, "£0.00", "£0"),
        (5, "£0.05", "£0.05"),
        (124_000, "£1,240.00", "£1,240"),
        (124_050, "£1,240.50", "£1,240.50"),
        (25_000_000, "£250,000.00", "£250,000"),
        (-640_001, "−£6,400.01", "−£6,400.01"),
        (None, "", ""),
    ],
)
def test_pence_are_shown_as_pounds(pence, full, short):
    assert filters.pounds(pence) == full
    assert filters.pounds_short(pence) == short


def test_the_edge_of_a_chart_says_thousands_and_millions_shortly():
    shown = [filters.pounds_axis(pence) for pence in (0, 5_000, 250_000, 15_000_000, 250_000_000)]
    assert shown == ["£0", "£50", "£2.5k", "£150k", "£2.5m"]


def test_days_are_written_in_full_or_short():
    assert filters.day(date(2026, 5, 4)) == "4 May 2026"
    assert filters.day_short(date(2025, 12, 4)) == "4 Dec 2025"
    assert filters.day(None) == filters.day_short(None) == filters.when(None) == ""


def test_a_moment_late_in_a_summer_evening_falls_on_the_next_day_in_london():
    assert filters.day(datetime(2026, 6, 30, 23, 30, tzinfo=UTC)) == "1 July 2026"


@time_machine.travel(datetime(2026, 11, 22, 12, 0, tzinfo=UTC), tick=False)
def test_moments_of_today_and_yesterday_are_said_so():
    assert filters.when(datetime(2026, 11, 22, 9, 40, tzinfo=UTC)) == "Today, 09:40"
    assert filters.when(datetime(2026, 11, 21, 23, 59, tzinfo=UTC)) == "Yesterday, 23:59"
    assert filters.when(datetime(2026, 11, 18, 14, 2, tzinfo=UTC)) == "18 Nov 2026, 14:02"


@time_machine.travel(datetime(2026, 7, 1, 23, 30, tzinfo=UTC), tick=False)
def test_in_summer_today_begins_an_hour_before_midnight_utc():
    assert filters.when(datetime(2026, 7, 1, 23, 5, tzinfo=UTC)) == "Today, 00:05"
    assert filters.when(datetime(2026, 7, 1, 22, 55, tzinfo=UTC)) == "Yesterday, 23:55"


def test_a_moment_in_another_zone_is_shown_in_london():
    tokyo = timezone(timedelta(hours=9))
    moment = datetime(2026, 1, 2, 8, 0, tzinfo=tokyo)
    assert filters.when(moment) == "1 Jan 2026, 23:00"


def test_a_moment_without_a_zone_is_refused():
    with pytest.raises(ValueError, match="zone"):
        filters.when(datetime(2026, 1, 1))  # noqa: DTZ001 the mistake to be caught


@pytest.mark.parametrize(
    ("name", "letters"),
    [
        ("Eilidh MacLeod", "EM"),
        ("Mary Anne O’Brien", "MO"),
        ("Cher", "C"),
        ("", "?"),
        (None, "?"),
    ],
)
def test_initials_are_the_first_letters_of_first_and_last_word(name, letters):

    assert filters.initials(name) == letters


def test_a_count_agrees_with_its_word():
    assert filters.plural(1, "councillor") == "1 councillor"
    assert filters.plural(0, "councillor") == "0 councillors"
    assert filters.plural(1240, "person", "people") == "1,240 people"


@pytest.mark.parametrize(
    ("number", "pages", "shown"),
    [
        (1, 1, [1]),
        (1, 3, [1, 2, 3]),
        (7, 20, [1, None, 6, 7, 8, None, 20]),
        (20, 20, [1, None, 19, 20]),
    ],
)
def test_the_pager_shows_the_ends_and_the_neighbours(number, pages, shown):
    assert filters.page_numbers(SimpleNamespace(number=number, pages=pages)) == shown


def test_the_steps_of_a_chart_are_round_and_reach_its_top():
    for top in (1, 3, 9, 48_200, 96_400_00, 25_000_000):
        steps = charts.nice_steps(top)
        assert steps[-1] == 0
        assert steps[0] >= top
        assert len({a - b for a, b in pairwise(steps)}) == 1
        assert len(steps) <= 7


def test_a_gap_in_a_line_draws_neither_dot_nor_piece():
    points = [{"label": str(n), "values": [value]} for n, value in enumerate([1, None, 3, 4])]
    line = charts.line_layout(points, ["Paid"])["lines"][0]
    assert len(line["dots"]) == 3
    assert len(line["pieces"]) == 1
