"""The forecast's arithmetic, by hand."""

from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.forecast import rules
from models.forecast.rules import Asked, Contest, History, Spent, Stage

HALF = Stage("submitted", Fraction(1, 2))
MONTHS = [date(2026, month, 1) for month in (9, 10, 11, 12)]


def asked(stage, pounds, region="NW"):
    return Asked(stage, pounds * 100, {"all": "All", "region": region})


def spent(committed=0, paid=0, returned=0, region="NW"):
    return Spent(committed * 100, paid * 100, returned * 100, {"all": "All", "region": region})


def test_without_a_history_the_stated_default_counts():
    odds = rules.odds_of(HALF, History())
    assert (odds.chance, odds.share) == (Fraction(1, 2), Fraction(9, 10))


def test_a_short_history_moves_the_default_little_and_a_long_one_decides_it():
    short = rules.odds_of(HALF, History(ended=2, awarded=2, asked_p=200, given_p=200))
    assert short.chance == Fraction(7, 12)
    long = rules.odds_of(HALF, History(ended=990, awarded=990, asked_p=100, given_p=50))
    assert long.chance == Fraction(995, 1000)
    assert long.share == Fraction(504, 1000)


@given(st.integers(0, 500), st.integers(0, 500), st.integers(1, 10**9), st.integers(0, 10**9))
def test_odds_are_never_outside_nought_and_one(awarded, failed, asked_p, given_p):
    history = History(awarded + failed, awarded, asked_p, min(asked_p, given_p))
    odds = rules.odds_of(HALF, history)
    assert 0 <= odds.weight <= odds.chance <= 1


def test_what_waits_is_weighted_by_its_stage():
    odds = rules.all_odds({})
    waits = [asked("submitted", 1_000), asked("recommended", 1_000)]
    assert rules.expected_p(waits, odds) == 450_00 + 765_00


def test_every_stage_has_odds_in_their_order():
    assert list(rules.all_odds({})) == list(rules.STAGES)


def test_the_lines_by_region_add_up_to_the_whole():
    odds = rules.all_odds({})
    used = [spent(committed=100), spent(paid=200, returned=50, region="SO")]
    waits = [asked("submitted", 1_000, "SO")]
    caps = {"NW": 500_00, "SO": 400_00}
    north, south = rules.lines_by("region", used, waits, odds, caps)
    assert (north.used_p, north.forecast_p, north.left_p) == (100_00, 100_00, 400_00)
    assert (south.used_p, south.expected_p, south.available_p) == (150_00, 450_00, 250_00)
    assert south.left_p == -200_00
    [whole] = rules.lines_by("all", used, waits, odds, {"All": 900_00})
    assert whole.forecast_p == north.forecast_p + south.forecast_p


def test_a_grouping_without_caps_is_in_the_order_of_its_money():
    used = [spent(committed=1, region="A"), spent(committed=5, region="B")]
    lines = rules.lines_by("region", used, [], rules.all_odds({}))
    assert [(line.name, line.left_p) for line in lines] == [("B", None), ("A", None)]


def test_the_burn_down_shows_the_plan_the_fact_and_what_is_expected():
    points = rules.burn_down(
        MONTHS,
        cap_p=1_000,
        plan={MONTHS[0]: 100, MONTHS[2]: 300},
        used={date(2026, 8, 1): 50, MONTHS[0]: 150, MONTHS[1]: -20},
        today=date(2026, 10, 20),
        expected_p=301,
    )
    assert [point.plan_p for point in points] == [900, 900, 600, 600]
    assert [point.actual_p for point in points] == [800, 820, None, None]
    assert [point.expected_p for point in points] == [None, 820, 670, 519]


def test_after_the_last_month_everything_that_waits_is_taken_off_at_once():
    points = rules.burn_down(
        MONTHS, cap_p=100, plan={}, used={}, today=date(2026, 12, 5), expected_p=30
    )
    assert (points[-1].plan_p, points[-1].actual_p, points[-1].expected_p) == (None, 100, 70)


def test_a_win_costs_what_every_contest_with_a_result_cost():
    contests = [
        Contest("North", "a", 300, True),
        Contest("North", "b", 500, False),
        Contest("North", "c", 100, None),
        Contest("South", "d", 50, None),
    ]
    north, south, together = rules.costs_of(contests)
    assert (north.contests, north.per_contest_p) == (3, 300)
    assert (north.known, north.won, north.per_win_p) == (2, 1, 800)
    assert (south.per_contest_p, south.per_win_p) == (50, None)
    assert (together.name, together.used_p, together.per_win_p) == ("Together", 950, 800)
    assert rules.costs_of([]) == []


def test_two_candidates_of_one_contest_are_one_contest():
    contests = [Contest("North", "a", 100, True), Contest("North", "a", 100, True)]
    [north, _] = rules.costs_of(contests)
    assert (north.contests, north.won, north.per_win_p) == (1, 1, 200)


def test_a_line_without_a_cap_has_nothing_left_to_say():
    line = rules.Line("x", committed_p=5)
    assert (line.available_p, line.left_p) == (None, None)


@pytest.mark.parametrize("key", rules.STAGES)
def test_every_default_is_a_chance(key):
    assert 0 < rules.STAGES[key].usual < 1
