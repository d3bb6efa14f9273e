"""How a fact ages: a half in each half-life, and due after one."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.errors import Invalid
from models.freshness import rules

TODAY = date(2026, 11, 25)


@pytest.mark.parametrize(
    ("age", "lost"), [(0, 0), (182, 29), (365, 50), (730, 75), (3650, 100), (None, 100)]
)
def test_a_fact_loses_half_of_its_worth_in_each_half_life(age, lost):
    assert rules.lost(age, 365) == lost


def test_a_day_in_the_future_has_lost_nothing():
    assert rules.lost(-3, 365) == 0


@given(age=st.integers(0, 4000), half_life=st.integers(rules.SHORTEST, rules.LONGEST))
def test_the_steps_of_the_query_never_say_more_than_the_rule_and_agree_on_what_is_due(
    age, half_life
):
    day = TODAY - timedelta(days=age)
    stepped = next((lost for until, lost in rules.steps(TODAY, half_life) if day <= until), 0)
    assert stepped <= rules.lost(age, half_life)
    assert (stepped >= rules.DUE) == (age >= half_life)


@given(st.integers(0, 500), st.integers(0, 500))
def test_the_score_is_a_share_of_a_hundred(facts, fresh):
    fresh = min(fresh, facts)
    share = rules.share_fresh(facts, fresh)
    assert share is None if facts == 0 else 0 <= share <= 100


@pytest.mark.parametrize("days", [None, 0, -5, 6, 3651])
def test_a_half_life_that_makes_no_sense_is_refused(days):
    with pytest.raises(Invalid, match="between 7 and 3,650"):
        rules.check_days(days)
