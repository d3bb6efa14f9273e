"""Delegates as a workbook: one row for each term that the reader's list shows, and the CLPs."""

from collections.abc import Mapping, Sequence
from itertools import groupby
from typing import Any

from models import clock
from models.accounts import Actor
from models.base import db
from models.councillors import offices_in_words
from models.delegates import DelegateFilters, DelegateLine, delegate_lines, rules
from models.delegates.workflow import STATUSES
from models.query_args import Given
from reports.councillors import contact_points
from reports.sheet import Book, Column, Filled, Sheet, book

FILTERS = ("region", "clp", "status", "state", "sort")

DELEGATES = Sheet(
    "Delegates",
    (
        Column("name", "Name", width=26, data_class="personal"),
        Column("clp", "CLP", width=28, data_class="special"),
        Column("gss", "Constituency code", width=14),
        Column("branch", "Appointing branch", width=24, data_class="special"),
        Column("region", "Region", width=28),
        Column("status", "Status", width=14, data_class="special"),
        Column("starts_on", "Since", "day", 14),
        Column("certified_on", "Certified", "day", 14),
        Column("ends_on", "Annual meeting", "day", 16),
        Column("ended_on", "Ended", "day", 14),
        Column("why", "Why", width=28, data_class="special"),
        Column("offices", "Offices", width=36),
        Column("email", "E-mail", width=30, data_class="personal"),
        Column("mobile", "Mobile", width=16, data_class="personal"),
        Column("last_contacted_at", "Last contact", "moment", 18),
    ),
)
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


def build(reader: Actor, filters: dict[str, str]) -> Book:
    """Every term that the reader's list shows under these filters, in the same order."""
    asked = filters.get("sort", "name")
    query = delegate_lines(
        reader,
        filters_of(filters),
        sort=asked.removeprefix("-"),
        descending=asked.startswith("-"),
    )
    lines = [DelegateLine(*row) for row in db.session.execute(query)]
    return book(
        "Delegates",
        [Filled(DELEGATES, _rows(lines)), Filled(CLPS, _by_clp(lines))],
        rows=len(lines),
    )


def filters_of(arguments: Mapping[str, str] | Given) -> DelegateFilters:
    """The list's filters from the address; what makes no sense there is left out."""
    given = Given.of(arguments)
    status = given.key("status")
    return DelegateFilters(
        region=given.key("region"),
        constituency_id=given.id("clp"),
        status=status,
        # Whoever asks for a status means all who have it, also where that ends a term.
        state=given.key("state") or ("any" if status else "current"),
    )


def delegate_row(line: DelegateLine) -> dict[str, Any]:
    """What every sheet that lists delegates says of one."""
    term = line.term
    return {
        "name": line.person.name,
        "clp": line.clp,
        "branch": line.branch.name if line.branch is not None else None,
        "region": line.region.name if line.region is not None else None,
        "status": STATUSES[term.status],
        "ends_on": term.ends_on,
        "last_contacted_at": line.person.last_contacted_at,
    }


def _rows(lines: Sequence[DelegateLine]) -> list[Mapping[str, Any]]:
    points = contact_points()
    offices = offices_in_words({line.person.id for line in lines})
    return [
        {
            **delegate_row(line),
            "gss": line.constituency.gss,
            "starts_on": line.term.starts_on,
            "certified_on": line.term.certified_on,
            "ended_on": line.term.ended_on,
            "why": line.term.why,
            "offices": offices.get(line.person.id),
            "email": points.get((line.person.id, "email")),
            "mobile": points.get((line.person.id, "mobile")),
        }
        for line in lines
    ]


def _by_clp(lines: Sequence[DelegateLine]) -> list[Mapping[str, Any]]:
    """Each CLP with its open terms among these lines."""
    today = clock.today()
    ordered = sorted(
        (line for line in lines if line.term.ended_on is None),
        key=lambda line: (line.constituency.name_key, line.constituency.id),
    )
    found: list[Mapping[str, Any]] = []
    for _, group in groupby(ordered, key=lambda line: line.constituency.id):
        here = list(group)
        found.append(
            {
                "clp": here[0].clp,
                "open": len(here),
                "nominated": sum(line.term.status == "nominated" for line in here),
                "soon": sum(rules.ends_soon(line.term.ends_on, today) for line in here),
                "over": sum(rules.is_over(line.term.ends_on, today) for line in here),
            }
        )
    return found
