"""`make bench`: prints what was measured, and writes it as JSON."""

import json
import os
import platform
from collections.abc import Sequence
from pathlib import Path

from tests.bench.queries import MOST_QUERIES, Counted

# What a row may tell, under which head, and how wide.
COLUMNS = (
    ("queries", "queries", 8),
    ("cpu_ms", "CPU ms", 9),
    ("times", "times", 8),
    ("p95_ms", "p95 ms", 9),
    ("once_ms", "once ms", 9),
    ("bytes", "bytes", 10),
)
WIDTH = 34


def machine() -> str:
    """What it was measured on."""
    return f"{os.cpu_count()} cores, Python {platform.python_version()}"


def table(rows: Sequence[dict[str, object]], rounds: int) -> None:
    """The pages, workbooks and searches, a line each."""
    print(f"\n{machine()}. Pages: {rounds} rounds, median CPU, p95 of the wall clock; times is CPU")
    print("against the bare Flask page. Workbooks and awards: the one time that they were asked.\n")
    print(f"{'page':{WIDTH}}" + "".join(f"{head:>{width}}" for _key, head, width in COLUMNS))
    for row in rows:
        cells = "".join(f"{row.get(key, '')!s:>{width}}" for key, _head, width in COLUMNS)
        print(f"{row['page']:{WIDTH}}{cells}")


def queries(found: Sequence[Counted]) -> None:
    """Every page with the queries it ran, and the time of its first call."""
    print(f"\nQueries of every page (at most {MOST_QUERIES}); ms of the first call\n")
    for one in sorted(found, key=lambda one: (-one.queries, one.asked.path)):
        print(f"{one.queries:>4}{one.ms:>8}  {one.asked.reader:6} {one.asked.path} {one.why}")
    most = max(one.queries for one in found)
    print(f"{len(found)} pages; the most queries of one page: {most}")


def keep(
    path: Path, rows: Sequence[dict[str, object]], found: Sequence[Counted], faults: Sequence[str]
) -> None:
    """All of it in one file."""
    pages = [{"path": one.asked.path, "queries": one.queries, "ms": one.ms} for one in found]
    whole = {"machine": machine(), "pages": rows, "queries": pages, "faults": faults}
    path.write_text(json.dumps(whole, indent=1, default=str))
