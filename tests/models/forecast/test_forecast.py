"""The forecast from what is stored: the same sums as the budget page, and a region's own alone."""

from datetime import date, timedelta

import pytest

from models import clock
from models.base import db
from models.budget.planning.actions import set_plan
from models.budget.queries.tree import tree_for
from models.errors import NotAllowed
from models.evidence.actions.outcomes import record_outcome
from models.evidence.rules import Result
from models.forecast.queries import GROUPS, burn_down_for, costs_for, forecast_for, polls_of
from models.funding.actions.decide import decline
from tests.funding_factories import POLL, make_awarded, make_contest, make_fund, make_submitted
from tests.payment_factories import pay_outright


@pytest.fixture
def fund(cast):
    return make_fund(by=cast.alice)


@pytest.fixture
def filled(fund, cast):
    """£300.00 paid and £200.00 waiting in NWI, £100.00 committed and £400.00 waiting in SO."""
    nwi, so = cast.regions["NWI"], cast.regions["SO"]
    paid = make_awarded(by=cast.bob, region=nwi, officer=cast.alice)
    pay_outright(cast, paid, reference="B1")
    make_submitted(by=cast.bob, region=nwi, amount_p=200_00)
    make_awarded(by=cast.eve, region=so, officer=cast.alice, amount_p=100_00)
    make_submitted(by=cast.eve, region=so, amount_p=400_00)
    declined = make_submitted(by=cast.eve, region=so, amount_p=50_00)
    decline(declined, reason="Not this year", by=cast.alice)
    db.session.commit()
    return paid


def test_the_whole_is_the_budget_pages_figures_and_what_waits(filled, fund, cast):
    found = forecast_for(cast.alice, fund)
    tree = tree_for(cast.alice, fund)
    for figure in ("cap_p", "committed_p", "paid_p", "returned_p", "available_p"):
        assert getattr(found.whole, figure) == getattr(tree.figures, figure), figure
    assert found.whole.asked_p == 600_00
    # Two of three ended with an award, drawn toward 6 in 10 by ten more.
    odds = found.odds["endorsed"]
    assert (odds.history.ended, odds.history.awarded) == (3, 2)
    assert odds.chance * 13 == 8
    assert found.whole.expected_p == round(600_00 * odds.weight)


@pytest.mark.parametrize("group", GROUPS)
def test_every_grouping_adds_up_to_the_whole(filled, fund, cast, group):
    found = forecast_for(cast.alice, fund)
    lines = found.by(group)
    for figure in ("committed_p", "paid_p", "returned_p", "asked_p"):
        total = sum(getattr(line, figure) for line in lines)
        assert total == getattr(found.whole, figure), figure


def test_the_groups_have_their_names(filled, fund, cast):
    found = forecast_for(cast.alice, fund)
    names = {group: {line.name for line in found.by(group) if line.forecast_p} for group in GROUPS}
    assert names["region"] == {"North West & Irish", "Southern"}
    assert names["head"] == {"Print", "No head yet"}
    assert names["unit"] == {"Ambridge CLP", "Not coded yet"}
    assert names["category"] == {"(a) Party funds or expenses", "Not coded yet"}


def test_a_region_sees_its_own_money_and_its_own_history(filled, fund, cast):
    found = forecast_for(cast.bob, fund)
    assert (found.whole.cap_p, found.whole.paid_p, found.whole.asked_p) == (
        10_000_00,
        300_00,
        200_00,
    )
    assert found.odds["endorsed"].history.ended == 1
    assert [line.name for line in found.by("region")] == ["North West & Irish"]
    points = burn_down_for(cast.bob, found)
    assert {point.actual_p for point in points} <= {None, 10_000_00, 9_700_00}


def test_who_may_not_see_the_budget_sees_no_forecast(fund, cast):
    for user in (cast.dan, cast.terry):
        with pytest.raises(NotAllowed):
            forecast_for(user, fund)


def test_the_burn_down_ends_where_the_forecast_does(filled, fund, cast):
    set_plan(node=fund.node, plan={date(2026, 4, 1): 1_000_00}, by=cast.alice)
    found = forecast_for(cast.alice, fund)
    points = burn_down_for(cast.alice, found)
    assert points[0].plan_p == 249_000_00
    shown = [point for point in points if point.actual_p is not None]
    assert shown[-1].actual_p == found.whole.available_p
    assert points[-1].expected_p == found.whole.left_p


def test_the_burn_down_of_a_head_is_that_heads_alone(filled, fund, cast):
    found = forecast_for(cast.alice, fund)
    digital = next(head for head in found.tree.heads if head.figures.name == "Digital")
    points = burn_down_for(cast.alice, found, head_id=digital.node_id)
    assert {point.actual_p for point in points} <= {None, digital.figures.cap_p}


def test_the_polls_are_those_of_the_applications(filled, fund, cast):
    assert polls_of(cast.alice, fund) == [POLL]


def test_what_a_win_cost_is_known_once_results_are_in(filled, fund, cast):
    before = costs_for(cast.alice, fund)
    assert [(row.name, row.contests, row.per_win_p) for row in before] == [
        ("North West & Irish", 1, None),
        ("Southern", 1, None),
        ("Together", 2, None),
    ]
    with clock.set_to(clock.now() + timedelta(days=27_000)):
        record_outcome(filled, RESULT, by=cast.alice)
    [north, _, together] = costs_for(cast.alice, fund)
    assert (north.won, north.per_win_p, together.per_win_p) == (1, 300_00, 300_00)


RESULT = Result(nominated=True, elected=True, votes=900, on=POLL, source="Council")


def test_a_contest_that_two_candidates_share_is_counted_once(fund, cast):
    region = cast.regions["NWI"]
    contest = make_contest(region)
    make_awarded(by=cast.bob, region=region, officer=cast.alice, contest=contest)
    other = make_contest(region, name="Omar Reed")
    other.council, other.ward = contest.council, contest.ward
    make_awarded(by=cast.bob, region=region, officer=cast.alice, contest=other)
    [row, _] = costs_for(cast.alice, fund)
    assert (row.contests, row.used_p, row.per_contest_p) == (1, 600_00, 600_00)
