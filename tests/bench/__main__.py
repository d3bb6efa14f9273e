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
import time
from pathlib import Path

from flask import Flask
from flask.testing import FlaskClient

import migrations
from app import create_app
from app.settings import Settings
from models import clock
from models.accounts import start_session
from models.base import db, will_write
from tests.bench import addresses, beside, data, money, queries, search, show, union
from tests.cast import add_cast, load_cast

PARTS = ("queries", "pages", "money", "search")
MANY = 50_000  # offices, where it is measured how pages grow


def arguments() -> argparse.Namespace:
    """What was asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=10)
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
        small = filled(settings_of(folder, "small", asked.database_url))
        large = None
        if "pages" in asked.parts and asked.grows:
            large = filled(settings_of(folder, "large"), MANY)
        return run(small, large, asked)


def settings_of(folder: str, name: str, database_url: str = "") -> Settings:
    """A data folder of its own."""
    data_folder = Path(folder) / name
    data_folder.mkdir()
    return Settings(data=str(data_folder), database_url=database_url, log_level="error")


def filled(settings: Settings, councillors: int = data.COUNCILLORS) -> beside.Union:
    """The product on a new database that holds the large union."""
    app = create_app(settings)
    app.testing = True
    addresses.listen(app)
    start = time.perf_counter()
    with app.app_context():
        with db.engine.begin() as connection:
            migrations.upgrade(connection)
        add_cast()
        db.session.commit()
        own = union.fill(councillors)
        clients = {name: client_of(app, name) for name in queries.READERS}
        db.session.remove()
    print(f"Filled a union of {councillors:,} offices in {time.perf_counter() - start:.1f} s")
    return beside.Union(app, own, clients)


def run(small: beside.Union, large: beside.Union | None, asked: argparse.Namespace) -> int:
    beside_us, rows, found, faults = measure_all(small, large, asked)
    show.beside(beside_us, asked.rounds)
    show.table(rows)
    show.queries(found)
    for fault in faults:
        print(f"FAULT: {fault}")
    if asked.json:
        show.keep(asked.json, beside_us + rows, found, faults)
    return 1 if faults else 0


def client_of(app: Flask, name: str) -> FlaskClient:
    """A browser in which somebody of the cast is signed in."""
    token = start_session(getattr(load_cast(), name), hours=12)
    db.session.commit()
    client = app.test_client()
    with client.session_transaction() as session:
        session["token"], session["seen"] = token, int(clock.now().timestamp())
    return client


Rows = list[dict[str, object]]


def measure_all(
    small: beside.Union, large: beside.Union | None, asked: argparse.Namespace
) -> tuple[Rows, Rows, list[queries.Counted], list[str]]:
    """The parts that were asked for, in an order in which none disturbs the next."""
    beside_us: Rows = []
    rows: Rows = []
    found: list[queries.Counted] = []
    faults: list[str] = []
    app, clients = small.app, small.clients
    if "queries" in asked.parts:
        with app.app_context():
            engine = db.engine
        found, faults = queries.count_all(app, engine, clients, small.own)
    if "pages" in asked.parts:
        beside_us = beside.measure(small, large, asked.rounds, faults)
    if "money" in asked.parts:
        rows += money.workbooks(clients, faults)
        with app.app_context():
            rows += money.batch_of_awards(faults)
    if "search" in asked.parts:
        with app.app_context():
            will_write.set(True)
            more, lost = search.measure(max(2, asked.rounds // 3))
        rows, faults = rows + more, faults + lost
    return beside_us, rows, found, faults


if __name__ == "__main__":
    sys.exit(main())
