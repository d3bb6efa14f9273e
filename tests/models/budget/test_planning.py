"""The plan: months of the fund's period, never above what is allocated."""

from datetime import date

import pytest

from models.base import db
from models.budget.planning import rules
from models.budget.planning.actions import set_plan
from models.budget.planning.queries import plan_of
from models.budget.queries.tree import leaf_for
from models.errors import Invalid, NotAllowed
from tests.budgets import make_fund

APRIL, MAY = date(2026, 4, 1), date(2026, 5, 1)


@pytest.fixture
def fund(cast):
    return make_fund(cast.alice)


def test_the_months_of_a_period_are_counted_over_the_new_year():
    found = rules.months(date(2026, 11, 20), date(2027, 2, 1))
    assert found == [date(2026, 11, 1), date(2026, 12, 1), date(2027, 1, 1), date(2027, 2, 1)]
    assert rules.months(MAY, APRIL) == []


def test_an_equal_spread_loses_no_penny():
    assert rules.spread(100, 3) == [34, 33, 33]
    assert rules.spread(100, 0) == []


def test_a_plan_is_set_and_changed(fund, cast):
    set_plan(node=fund.node, plan={APRIL: 100_00, MAY: 50_00}, by=cast.alice)
    set_plan(node=fund.node, plan={APRIL: 0, MAY: 60_00}, by=cast.alice)
    db.session.commit()
    assert plan_of(fund.node) == {MAY: 60_00}


def test_a_plan_stays_within_the_period_and_the_cap(fund, cast):
    for plan, words in (
        ({date(2027, 4, 1): 1}, "not in the fund's period"),
        ({APRIL: -1}, "below"),
        ({APRIL: 200_000_00, MAY: 50_000_01}, "is allocated"),
    ):
        with pytest.raises(Invalid, match=words):
            set_plan(node=fund.node, plan=plan, by=cast.alice)
    assert plan_of(fund.node) == {}


def test_a_region_has_no_plan_and_only_who_sets_the_budget_plans(fund, cast):
    leaf = leaf_for(fund, "PRINT", "NWI")
    with pytest.raises(Invalid):
        set_plan(node=leaf, plan={APRIL: 1}, by=cast.alice)
    for user in (cast.olive, cast.bob, cast.carol):
        with pytest.raises(NotAllowed):
            set_plan(node=fund.node, plan={APRIL: 1}, by=user)
