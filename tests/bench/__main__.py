"""`make bench`: what the pages cost on a large union of 50,000 people and 2,000 applications.

Parts, each on its own with --only: the queries of every page; the CPU and p95 of the main pages
beside bare Flask pages measured in the same run; the workbooks and 200 awards at once; and the
search among 300,000 people. Prints tables and, with --json FILE, writes them too.
"""

import argparse
import sys
import tempfile
import time
from pathlib import Path
from types import SimpleNamespace

from flask import Flask
from flask.testing import FlaskClient

import migrations
from app import create_app
from app.settings import Settings
from models import clock
from models.accounts import start_session
from models.base import db, will_write
from tests.bench import money, pages, queries, search, show, union
from tests.cast import add_cast, load_cast

PARTS = ("queries", "pages", "money", "search")


def arguments() -> argparse.Namespace:
    """What was asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=40)
    parser.add_argument("--json", type=Path)
    parser.add_argument("--database-url", default="", help="PostgreSQL; default: a new SQLite file")
    parser.add_argument("--only", default=",".join(PARTS), help=f"of {', '.join(PARTS)}")
    asked = parser.parse_args()
    asked.parts = asked.only.split(",")
    unknown = set(asked.parts) - set(PARTS)
    if unknown:
        parser.error(f"there is no part {', '.join(sorted(unknown))}")
    return asked


def main() -> int:
    asked = arguments()
    with tempfile.TemporaryDirectory() as folder:
        return run(Settings(data=folder, database_url=asked.database_url, log_level="error"), asked)


def run(settings: Settings, asked: argparse.Namespace) -> int:
    app = create_app(settings)
    app.testing = True
    with app.app_context():
        with db.engine.begin() as connection:
            migrations.upgrade(connection)
        add_cast()
        db.session.commit()
        start = time.perf_counter()
        own = union.fill()
        print(f"Filled the union in {time.perf_counter() - start:.1f} s")
        clients = {name: client_of(app, name) for name in queries.READERS}
        db.session.remove()
    rows, found, faults = measure_all(app, clients, own, asked)
    show.table(rows, asked.rounds)
    if found:
        show.queries(found)
    for fault in faults:
        print(f"FAULT: {fault}")
    if asked.json:
        show.keep(asked.json, rows, found, faults)
    return 1 if faults else 0


def client_of(app: Flask, name: str) -> FlaskClient:
    """A browser in which somebody of the cast is signed in."""
    token = start_session(getattr(load_cast(), name), hours=12)
    db.session.commit()
    client = app.test_client()
    with client.session_transaction() as session:
        session["token"], session["seen"] = token, int(clock.now().timestamp())
    return client


def measure_all(
    app: Flask, clients: dict[str, FlaskClient], own: SimpleNamespace, asked: argparse.Namespace
) -> tuple[list[dict[str, object]], list[queries.Counted], list[str]]:
    """The parts that were asked for, in an order in which none disturbs the next."""
    rows: list[dict[str, object]] = []
    found: list[queries.Counted] = []
    faults: list[str] = []
    with app.app_context():
        engine = db.engine
    if "queries" in asked.parts:
        found, faults = queries.count_all(app, engine, clients, own)
    if "pages" in asked.parts:
        rows += pages.rows_of(engine, clients["alice"], asked.rounds, faults)
    if "money" in asked.parts:
        rows += money.workbooks(clients, faults)
        with app.app_context():
            rows += money.batch_of_awards(faults)
    if "search" in asked.parts:
        with app.app_context():
            will_write.set(True)
            more, lost = search.measure(max(2, asked.rounds // 10))
        rows, faults = rows + more, faults + lost
    return rows, found, faults


if __name__ == "__main__":
    sys.exit(main())
