"""How fresh the office's facts are: what is due, and the score of each region."""

from typing import Any

from models.accounts.permits import Actor
from models.freshness.queries.queue import QueueFilter, queue_for
from models.freshness.queries.scores import scores_today
from models.query_args import Given
from reports.sheet import Book, Chart, Column, Filled, Sheet, book

FILTERS = ("kind", "region")
MOST = 50_000

DUE = Sheet(
    "Due to be checked",
    (
        Column("name", "Name", width=26, data_class="personal"),
        Column("office", "Office", width=36),
        Column("kind", "Kind of fact", width=24),
        Column("value", "What we hold", width=34, data_class="personal"),
        Column("verified_on", "Last found true", "day", 16),
        Column("source", "Source", width=28),
        Column("lost", "Lost, of 100", "number", 12),
        Column("dead", "Found dead", width=20),
        Column("weights", "Why first", width=40),
    ),
)
SCORES = Sheet(
    "Scores",
    (
        Column("region", "Region", width=30),
        Column("facts", "Facts held", "number", 12, total=True),
        Column("fresh", "Fresh", "number", 12, total=True),
        Column("stale", "Due", "number", 12, total=True),
        Column("share", "Fresh, of 100", "number", 14),
    ),
)


def build(reader: Actor, filters: dict[str, str]) -> Book:
    """Every fact that is due for this reader, in the queue's order, and each region's score."""
    given = Given.of(filters)
    wanted = QueueFilter(given.key("kind"), given.id("region"))
    rows, _total = queue_for(reader, wanted, size=MOST)
    chart = Chart("Fresh and due facts by region", "region", ("fresh", "stale"))
    return book(
        "Freshness",
        [Filled(SCORES, _scores(reader), chart), Filled(DUE, [_row(row) for row in rows])],
        rows=len(rows),
    )


def _scores(reader: Actor) -> list[dict[str, Any]]:
    return [
        {
            "region": score.region.name,
            "facts": score.facts,
            "fresh": score.fresh,
            "stale": score.facts - score.fresh,
            "share": score.share,
        }
        for score in scores_today(reader)
    ]


def _row(row: Any) -> dict[str, Any]:
    return {
        "name": row.person.name,
        "office": row.office,
        "kind": row.kind.label,
        "value": row.value,
        "verified_on": row.verified_on,
        "source": row.source,
        "lost": row.lost,
        "dead": row.dead,
        "weights": ", ".join(row.weights),
    }
