"""Delegates as a workbook: one row for each term that the reader's list shows, and the CLPs."""

from collections.abc import Mapping, Sequence
from itertools import groupby
from typing import Any

from models import clock
from models.delegates import rules
from models.delegates.list import DELEGATES
from reports.listed import workbook_of
from reports.sheet import Column, Filled, Sheet

CLPS = Sheet(
    "CLPs",
    (
        Column("clp", "CLP", width=28),
        Column("open", "Open terms", "number", 14, total=True),
        Column("nominated", "Of these only nominated", "number", 22, total=True),
        Column("soon", "End within 60 days", "number", 20, total=True),
        Column("over", "Annual meeting passed", "number", 22, total=True),
    ),
)


def _by_clp(lines: Sequence[Any]) -> list[Mapping[str, Any]]:
    """Each CLP with its open terms among these lines."""
    today = clock.today()
    ordered = sorted(
        (line for line in lines if line.ended_on is None),
        key=lambda line: (line.clp.casefold(), line.constituency_id),
    )
    found: list[Mapping[str, Any]] = []
    for _, group in groupby(ordered, key=lambda line: line.constituency_id):
        here = list(group)
        found.append(
            {
                "clp": here[0].clp,
                "open": len(here),
                "nominated": sum(line.status == "nominated" for line in here),
                "soon": sum(rules.ends_soon(line.ends_on, today) for line in here),
                "over": sum(rules.is_over(line.ends_on, today) for line in here),
            }
        )
    return found


def _clps(lines: Sequence[Any]) -> list[Filled]:
    return [Filled(CLPS, _by_clp(lines))]


build = workbook_of(DELEGATES, "Delegates", beside=_clps)
