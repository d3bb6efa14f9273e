"""The queue of duplicates as a workbook: one row for each pair that the reader may see."""

from models.accounts.permits import Actor
from models.merging.matching import REASONS
from models.merging.queries.pairs import PairLine, all_open
from reports.sheet import Book, Column, Filled, Sheet, book

PAIRS = Sheet(
    "Duplicates",
    (
        Column("score", "Score", "number", 8),
        Column("low_id", "Record", "number", 10),
        Column("low", "Name", width=26, data_class="personal"),
        Column("low_region", "Home region", width=24),
        Column("high_id", "Other record", "number", 12),
        Column("high", "Name there", width=26, data_class="personal"),
        Column("high_region", "Home region there", width=24),
        Column("why", "Why", width=60),
        Column("found_at", "Found", "moment", 18),
    ),
)


def build(reader: Actor, _filters: dict[str, str]) -> Book:
    """Every pair that waits for this reader, the likeliest first."""
    return book("Duplicates", [Filled(PAIRS, [_row(line) for line in all_open(reader)])])


def _row(line: PairLine) -> dict[str, object]:
    return {
        "score": line.pair.score,
        "low_id": line.low.id,
        "low": line.low.full_name,
        "low_region": line.low.home_region.name if line.low.home_region else None,
        "high_id": line.high.id,
        "high": line.high.full_name,
        "high_region": line.high.home_region.name if line.high.home_region else None,
        "why": "; ".join(REASONS.get(code, code) for code, _ in line.pair.reasons),
        "found_at": line.pair.found_at,
    }
