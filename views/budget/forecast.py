"""How a fund is expected to end, and the plan that it is measured against."""

from datetime import date
from itertools import islice
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from models.accounts.permits import may
from models.accounts.roles import Permit
from models.budget.planning import rules as planning
from models.budget.planning.actions import set_plan
from models.budget.planning.queries import plan_of
from models.budget.planning.rules import spread
from models.budget.queries.nodes import node_by_id
from models.budget.queries.tree import places_of
from models.budget.tables import BudgetNode, Fund
from models.days import said_day
from models.errors import NotFound
from models.forecast.queries import Forecast, burn_down_for, costs_for, forecast_for, polls_of
from models.forecast.rules import STAGES, USUAL_SHARE, WEIGHT, Line, Point
from models.funding.workflow import STATUSES
from views.asked import asked
from views.budget.counter import asked_fund, bp
from views.budget.forms import plan_form
from views.guards import needs, reader
from views.pages import here, render_form, submitted

GROUPS = {
    "region": ("Region", "by region"),
    "head": ("Head", "by head"),
    "unit": ("Recipient", "by party unit"),
    "category": ("Category", "by category of section 72"),
}
SERIES = ["By the plan", "In fact", "Expected"]
MOST_ROWS = 40


@bp.get("/forecast", endpoint="forecast")
@needs(Permit.BUDGET_READ)
def show_forecast() -> ResponseReturnValue:
    """What waits weighted by its odds, the burn-down, and what a contest and a win cost."""
    fund = asked_fund()
    found = forecast_for(reader(), fund)
    if found is None:
        raise NotFound("There is no such fund.")
    head_id, polls = asked().id("head"), polls_of(reader(), fund)
    poll_on = asked().day("poll") or (polls[0] if polls else None)
    points = burn_down_for(reader(), found, head_id=head_id, poll_on=poll_on)
    return render_template(
        "budget/forecast.html",
        fund=fund,
        forecast=found,
        tree=found.tree,
        node_id=head_id or fund.node_id,
        heads=_heads(found, head_id),
        polls=_polls(polls, poll_on),
        last_day=said_day(poll_on or fund.ends_on),
        **_lines(points),
        **_grouped(found),
        odds=_odds(found),
        weight=WEIGHT,
        usual_share=float(USUAL_SHARE),
        **_costs(fund),
        may_plan=may(reader(), Permit.BUDGET_SET),
    )


@bp.route("/plan", methods=["GET", "POST"])
@needs(Permit.BUDGET_SET)
def plan() -> ResponseReturnValue:
    """What is meant to be awarded month by month, of the whole fund or of one head."""
    fund = asked_fund()
    node = _planned_node(fund)
    stored = plan_of(node)
    months = planning.months(fund.starts_on, fund.ends_on)
    form = plan_form(months, stored)
    if "spread" in request.form:
        form.fill(spread(node.cap_p, len(months)))
    elif submitted(form, lambda: _saved(node, form.plan)) is not None:
        flash("The plan was saved.")
        return redirect(url_for("budget.forecast", fund=fund.node.code))
    names = [(fund.node_id, "Whole fund"), *_head_names(fund)]
    return render_form(
        "budget/plan.html",
        form,
        fund=fund,
        node=node,
        place=dict(names)[node.id],
        planned_p=sum(stored.values()),
        tabs=[
            {"label": name, "href": here(node=node_id), "current": node_id == node.id}
            for node_id, name in names
        ],
    )


def _saved(node: BudgetNode, wanted: dict[date, int]) -> bool:
    set_plan(node=node, plan=wanted, by=reader())
    return True


def _planned_node(fund: Fund) -> BudgetNode:
    node_id = asked().id("node") or fund.node_id
    if node_id not in (fund.node_id, *(each for each, _ in _head_names(fund))):
        raise NotFound("There is no such head in this fund.")
    return node_by_id(node_id)


def _head_names(fund: Fund) -> list[tuple[int, str]]:
    return [(each.node_id, each.name) for each in places_of(fund) if each.level == "head"]


def _heads(found: Forecast, head_id: int | None) -> list[dict[str, Any]]:
    every = [(None, "Whole fund"), *((one.node_id, one.figures.name) for one in found.tree.heads)]
    return [
        {"label": name, "href": here(head=node_id), "current": node_id == head_id}
        for node_id, name in every
    ]


def _polls(polls: list[date], shown: date | None) -> list[dict[str, Any]]:
    return [
        {"label": said_day(each), "href": here(poll=each.isoformat()), "current": each == shown}
        for each in sorted(polls[:6])
    ]


def _lines(points: list[Point]) -> dict[str, Any]:
    planned = any(point.plan_p is not None for point in points)
    rows = [
        {
            "label": f"{point.month:%b %y}",
            "values": [point.plan_p, point.actual_p, point.expected_p][0 if planned else 1 :],
        }
        for point in points
    ]
    # A line below nothing has no place on the plot; the table and the figures say it.
    for row in rows:
        row["values"] = [None if value is None else max(value, 0) for value in row["values"]]
    return {"points": rows, "series": SERIES[0 if planned else 1 :], "planned": planned}


def _grouped(found: Forecast) -> dict[str, Any]:
    group = asked().one_of("by", GROUPS) or "region"
    label, words = GROUPS[group]
    lines = found.by(group)
    shown = lines[:MOST_ROWS]
    return {
        "groups": [
            {"label": name, "href": here(by=key), "current": key == group}
            for key, (name, _) in GROUPS.items()
        ],
        "group_label": label,
        "group_words": words,
        "capped": group in ("region", "head"),
        "lines": shown,
        "more": len(lines) - len(shown),
        "bars": [_bar(line) for line in islice(shown, 12)],
    }


def _bar(line: Line) -> dict[str, Any]:
    return {"label": line.name, "values": [max(line.used_p, 0), line.expected_p]}


def _odds(found: Forecast) -> list[dict[str, Any]]:
    return [
        {
            "label": STATUSES[line.name].label,
            "odds": found.odds[line.name],
            "usual": float(STAGES[line.name].usual),
            "line": line,
        }
        for line in found.stages
    ]


def _costs(fund: Fund) -> dict[str, Any]:
    costs = costs_for(reader(), fund)
    return {
        "costs": costs,
        "cost_bars": [
            {"label": one.name, "values": [max(one.per_contest_p or 0, 0)]} for one in costs[:-1]
        ],
    }
