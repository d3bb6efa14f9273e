"""`make bench`: prints what was measured, and writes it as JSON."""

import json
import os
import platform
from collections.abc import Sequence
from pathlib import Path

from tests.bench.queries import MOST_QUERIES, Counted

# What a row may tell, under which head, and how wide.
ONCE = (
    ("cpu_ms", "CPU ms", 9),
    ("p95_ms", "p95 ms", 9),
    ("once_ms", "once ms", 9),
    ("bytes", "bytes", 10),
)
BESIDE = (
    ("queries", "queries", 8),
    ("cold", "cold", 8),
    ("warm", "warm", 8),
    ("least", "least", 8),
    ("most", "most", 8),
    ("wall", "wall", 8),
    ("kb", "kB", 6),
    ("django", "× Dj", 7),
    ("flask-admin", "× FA", 7),
    ("growth", "growth", 8),
    ("bar", "bar", 8),
    ("verdict", "", 7),
)
LEGEND = """
Milliseconds of the server's CPU, medians: cold just after somebody wrote, warm once more; least,
most and wall (the clock) of the warm ones. × Dj and × FA: the dearer of cold and warm against the
page of its kind of the Django admin and of the Flask-Admin. Growth: against itself, with ten times
as many offices.
"""
WIDTH = 44
Columns = Sequence[tuple[str, str, int]]
Rows = Sequence[dict[str, object]]


def machine() -> str:
    """What it was measured on."""
    load = os.getloadavg()[0]
    return f"{os.cpu_count()} cores, load {load:.1f}, Python {platform.python_version()}"


def beside(rows: Rows, rounds: int) -> None:
    """The pages and those of the rivals."""
    if rows:
        print(f"\n{machine()}; {rounds} rounds\n{LEGEND}")
        _table(rows, BESIDE)


def table(rows: Rows) -> None:
    """The workbooks, the awards and the searches, a line each."""
    if rows:
        print("\nWorkbooks and awards: the one time that they were asked.\n")
        _table(rows, ONCE)


def _table(rows: Rows, columns: Columns) -> None:
    print(f"{'':{WIDTH}}" + "".join(f"{head:>{width}}" for _key, head, width in columns))
    for row in rows:
        cells = "".join(f"{row.get(key, '')!s:>{width}}" for key, _head, width in columns)
        print(f"{row['page']:{WIDTH}}{cells}")


def queries(found: Sequence[Counted]) -> None:
    """Every page with the queries it ran, and the time of its first call."""
    if not found:
        return
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
