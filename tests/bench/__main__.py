"""`make bench`: what the pages cost on a large union of 50,000 people and 2,000 applications.

Parts, each on its own with --only: the queries of every page; the CPU of the lists and of the main
pages beside a Django admin and a Flask-Admin in the same run; the workbooks and 200 awards at once;
and the search among 300,000 people. BENCH=quick leaves out how pages grow with 50,000 offices.
Prints tables and, with --json FILE, writes them too.
"""

import argparse
import os
import sys
import tempfile
from pathlib import Path

from app.settings import Settings
from models.base import will_write
from tests.bench import beside, money, queries, search, show, union
from tests.bench.union import Union

PARTS = ("queries", "pages", "money", "search")
SEARCHES = 4  # times that each is asked
MANY = 50_000  # offices, where it is measured how pages grow


def arguments() -> argparse.Namespace:
    """What was asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--json", type=Path)
    parser.add_argument("--database-url", default="", help="PostgreSQL; default: a new SQLite file")
    parser.add_argument("--only", default=",".join(PARTS), help=f"of {', '.join(PARTS)}")
    asked = parser.parse_args()
    asked.parts = asked.only.split(",")
    # The growth is measured on SQLite: one database of PostgreSQL's is given, not two.
    asked.grows = os.environ.get("BENCH") != "quick" and not asked.database_url
    unknown = set(asked.parts) - set(PARTS)
    if unknown:
        parser.error(f"there is no part {', '.join(sorted(unknown))}")
    return asked


def main() -> int:
    asked = arguments()
    with tempfile.TemporaryDirectory() as folder:
        small = union.filled(settings_of(folder, "small", asked.database_url))
        large = None
        if "pages" in asked.parts and asked.grows:
            large = union.filled(settings_of(folder, "large"), MANY)
        return run(small, large, asked)


def settings_of(folder: str, name: str, database_url: str = "") -> Settings:
    """A data folder of its own."""
    data_folder = Path(folder) / name
    data_folder.mkdir()
    return Settings(data=str(data_folder), database_url=database_url, log_level="error")


def run(small: Union, large: Union | None, asked: argparse.Namespace) -> int:
    beside_us, rows, found, faults = measure_all(small, large, asked)
    show.beside(beside_us, asked.rounds)
    show.table(rows)
    show.queries(found)
    for fault in faults:
        print(f"FAULT: {fault}")
    if asked.json:
        show.keep(asked.json, beside_us + rows, found, faults)
    return 1 if faults else 0


Rows = list[dict[str, object]]


def measure_all(
    small: Union, large: Union | None, asked: argparse.Namespace
) -> tuple[Rows, Rows, list[queries.Counted], list[str]]:
    """The parts that were asked for, in an order in which none disturbs the next."""
    beside_us: Rows = []
    rows: Rows = []
    found: list[queries.Counted] = []
    faults: list[str] = []
    if "queries" in asked.parts:
        found, faults = queries.count_all(small)
    if "pages" in asked.parts:
        beside_us = beside.measure(small, large, asked.rounds, faults)
    if "money" in asked.parts:
        rows += money.workbooks(small.clients, faults)
        with small.app.app_context():
            rows += money.batch_of_awards(faults)
    if "search" in asked.parts:
        with small.app.app_context():
            will_write.set(True)
            more, lost = search.measure(SEARCHES)
        rows, faults = rows + more, faults + lost
    return beside_us, rows, found, faults


if __name__ == "__main__":
    sys.exit(main())
