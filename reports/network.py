"""The Network by region and council: known, verified, contacted, joined; and its growth."""

from itertools import groupby
from typing import Any

from models.accounts.permits import Actor
from models.freshness.queries.scores import coverage_for, network_growth, regions_seen
from reports.sheet import Book, Chart, Column, Filled, Sheet, book

COUNTS = (
    Column("known", "Councillors known", "number", 18, total=True),
    Column("verified", "Office verified", "number", 16, total=True),
    Column("contacted", "Contacted in 90 days", "number", 20, total=True),
    Column("joined", "Joined the Network", "number", 18, total=True),
)
REGIONS = Sheet("Regions", (Column("region", "Region", width=30), *COUNTS))
COUNCILS = Sheet(
    "Councils",
    (
        Column("region", "Region", width=30),
        Column("council", "Council", width=30),
        Column("code", "Code", width=10),
        *COUNTS,
    ),
)
GROWTH = Sheet(
    "Growth", (Column("day", "Day", "day", 14), Column("joined", "In the Network", "number", 16))
)
KEYS = ("known", "verified", "contacted", "joined")


def build(reader: Actor, _filters: dict[str, str]) -> Book:
    """Coverage as the page shows it, for the councils of this reader's regions."""
    names = {region.id: region.name for region in regions_seen(reader)}
    councils = [
        {
            "region": names.get(cover.region_id or 0, "Not mapped"),
            "council": cover.council.name,
            "code": cover.council.code,
            **{key: getattr(cover, key) for key in KEYS},
        }
        for cover in coverage_for(reader)
    ]
    growth = [{"day": day, "joined": joined} for day, joined in network_growth(reader)]
    chart = Chart("Known and contacted by region", "region", ("contacted", "known"))
    return book(
        "Network by region and council",
        [
            Filled(REGIONS, _by_region(councils), chart),
            Filled(COUNCILS, councils),
            Filled(GROWTH, growth),
        ],
        rows=len(councils),
    )


def _by_region(councils: list[dict[str, Any]]) -> list[dict[str, Any]]:
    ordered = sorted(councils, key=lambda row: str(row["region"]))
    return [
        {"region": region, **_sums(list(rows))}
        for region, rows in groupby(ordered, key=lambda row: row["region"])
    ]


def _sums(rows: list[dict[str, Any]]) -> dict[str, int]:
    return {key: sum(row[key] for row in rows) for key in KEYS}
