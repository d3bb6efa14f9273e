"""Commitments by head and region, with the five figures and the forecast beside them."""

from typing import Any

from models.accounts.permits import Actor
from models.budget.queries.periods import shown_fund
from models.budget.queries.tree import fund_by_code
from models.budget.tables import Fund
from models.forecast.queries import forecast_for
from models.forecast.rules import Line
from reports import budget
from reports.frames import pivot
from reports.sheet import Book, Chart, Column, Filled, Sheet, book

FILTERS = ("fund",)

FIVE = (
    Column("cap_p", "Allocated", "pounds", 16, total=True),
    Column("committed_p", "Committed", "pounds", 16, total=True),
    Column("paid_p", "Paid", "pounds", 16, total=True),
    Column("returned_p", "Returned", "pounds", 16, total=True),
    Column("available_p", "Available", "pounds", 16, total=True),
)
FIGURES = Sheet(
    "Five figures",
    (Column("head", "Budget head", width=34), Column("region", "Region", width=34), *FIVE),
)
AHEAD = (
    Column("asked_p", "Waiting", "pounds", 16, total=True),
    Column("expected_p", "Expected of it", "pounds", 16, total=True),
    Column("forecast_p", "Used then", "pounds", 16, total=True),
)
GROUPS = {
    "region": ("Forecast by region", "Region", (*FIVE, *AHEAD)),
    "head": ("Forecast by head", "Budget head", (*FIVE, *AHEAD)),
    "unit": ("By recipient", "Party unit or class", (*FIVE[1:4], *AHEAD)),
    "category": ("By category of s.72", "Category under section 72", (*FIVE[1:4], *AHEAD)),
}


def build(reader: Actor, filters: dict[str, str]) -> Book:
    """What one fund (`fund` is its code; default: the one that runs) has promised and not paid.

    The figures are those of the budget page, the forecast that of the forecast page.
    """
    fund = fund_by_code(filters.get("fund", "")) or shown_fund()
    leaves = budget.leaves(reader, budget.nodes_of(fund))
    sheets = [_pivot(leaves), Filled(FIGURES, leaves)]
    if fund is not None:
        sheets += _forecast(reader, fund)
    return book("Commitments by head and region", sheets)


def _pivot(leaves: list[dict[str, Any]]) -> Filled:
    names, rows = pivot(leaves, down="region", across="head", figure="committed_p")
    columns = [Column("region", "Region", width=34)]
    columns += [Column(name, name, "pounds", 18, total=True) for name in names]
    columns += [Column("together", "Together", "pounds", 18, total=True)]
    filled = [{**row, "together": sum(row[name] for name in names)} for row in rows]
    chart = Chart("Committed and not paid, by region and head", "region", tuple(names))
    return Filled(Sheet("Commitments", tuple(columns)), filled, chart if names else None)


def _forecast(reader: Actor, fund: Fund) -> list[Filled]:
    found = forecast_for(reader, fund)
    if found is None:
        return []
    return [
        Filled(
            Sheet(name, (Column("name", label, width=40), *columns)),
            [_line(line) for line in found.by(group)],
        )
        for group, (name, label, columns) in GROUPS.items()
    ]


def _line(line: Line) -> dict[str, Any]:
    keys = ("cap_p", "committed_p", "paid_p", "returned_p", "available_p")
    ahead = ("name", "asked_p", "expected_p", "forecast_p")
    return {key: getattr(line, key) for key in (*ahead, *keys)}
