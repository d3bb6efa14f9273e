"""`make bench`: the search itself on 300,000 invented people, and forty hard searches in it.

By itself: `python -m tests.bench.search`, with a new SQLite file or on a new PostgreSQL database.
What is held is the time of the statements, fetching included; the whole call stands beside it.
"""

import argparse
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

import sqlalchemy as sa
from sqlalchemy.engine.cursor import FullyBufferedCursorFetchStrategy

import migrations
from app import create_app
from app.settings import Settings
from models.accounts.permits import Actor
from models.base import db, is_sqlite, will_write
from models.people.queries.people import find_people
from tests.cast import add_cast, load_cast
from tests.register import HARD, WANTED, fill, ids_of_wanted, settle

PEOPLE = 300_000
MOST_MS = 10.0
FOUND, AMONG = 38, 5
# What people type beside the hard ones: one letter after another, and plain names.
TYPED = (
    "s",
    "sm",
    "smi",
    "smith",
    "smith j",
    "john sm",
    "john smith",
    "david jones",
    "mohammed khan",
    "patel p",
    "siân",
    "o'brien",
    "00012345",
    "000123",
    "david.jones.",
    "susan.taylor@post",
    "macdonald fiona",
    "nobody zzyzx",
)


class Asked(NamedTuple):
    """One search: the milliseconds of its statements and of the whole call, and how many."""

    sql: float
    whole: float
    statements: int
    typed: str


class Clock:
    """Adds up the time that statements take, from sending them until all their rows are here."""

    def __init__(self) -> None:
        self.started, self.seconds, self.statements = 0.0, 0.0, 0

    def start(self, *_about: Any) -> None:
        """Before a statement is sent."""
        self.started = time.perf_counter()

    def stop(self, _c: Any, cursor: Any, _sql: Any, _given: Any, context: Any, _many: Any) -> None:
        """After it: SQLite finds most rows only as they are fetched, so that they are fetched."""
        if cursor.description:
            rows = FullyBufferedCursorFetchStrategy(cursor, initial_buffer=cursor.fetchall())
            context.cursor_fetch_strategy = rows
        self.seconds += time.perf_counter() - self.started
        self.statements += 1


@contextmanager
def clocked() -> Iterator[Clock]:
    """A clock on every statement of the database, for as long as it is held."""
    clock, engine = Clock(), db.engine
    sa.event.listen(engine, "before_cursor_execute", clock.start)
    sa.event.listen(engine, "after_cursor_execute", clock.stop)
    try:
        yield clock
    finally:
        sa.event.remove(engine, "before_cursor_execute", clock.start)
        sa.event.remove(engine, "after_cursor_execute", clock.stop)


def rank_of(reader: Actor, typed: str, person_id: int) -> int | None:
    """At which place the search names a person, from 1; None beyond the first few."""
    ids = [one.id for one in find_people(reader, typed)]
    return ids.index(person_id) + 1 if person_id in ids[:AMONG] else None


def ranks(reader: Actor, wanted: list[int]) -> list[tuple[str, str, int | None]]:
    """Each hard search: what is typed, who is meant, and at which place they stand."""
    return [
        (typed, " ".join(WANTED[who][:2]), rank_of(reader, typed, wanted[who]))
        for typed, who in HARD
    ]


def timed(reader: Actor, rounds: int) -> list[Asked]:
    """Every search asked several times, each time by a session that knows nobody."""
    asked = [*TYPED, *(typed for typed, _who in HARD)]
    for typed in asked:
        find_people(reader, typed)  # the statements are made up once
    found = []
    with clocked() as clock:
        for typed in asked * rounds:
            db.session.expunge_all()
            clock.seconds, clock.statements = 0.0, 0
            start = time.perf_counter()
            find_people(reader, typed)
            whole = time.perf_counter() - start
            found.append(Asked(clock.seconds * 1000, whole * 1000, clock.statements, typed))
    return found


def p95(values: list[float]) -> float:
    """The value that nineteen of twenty do not exceed."""
    return statistics.quantiles(values, n=20)[-1]


def measure(
    rounds: int, people: int = PEOPLE, *, each: bool = False
) -> tuple[list[dict], list[str]]:
    """Fill the register, then measure as the national office and as a region."""
    start = time.perf_counter()
    wanted = fill(people)
    settle()
    print(f"Filled a register of {people:,} in {time.perf_counter() - start:.1f} s")
    return measure_filled(rounds, wanted, each=each)


def measure_filled(rounds: int, wanted: list[int], *, each: bool) -> tuple[list[dict], list[str]]:
    """The same for a register that is filled already; prints `each` search if asked."""
    cast, table, faults = load_cast(), [], []
    readers = (("national", cast.alice), ("region", cast.bob))
    # Asked here, as a request does at its start: between the searches the session is emptied.
    assert [reader.region_ids is None for _who, reader in readers] == [True, False]
    for who, reader in readers:
        times = timed(reader, rounds)
        if each:
            show_each(who, times)
        sql, whole = p95([one.sql for one in times]), p95([one.whole for one in times])
        slowest = max(times)
        print(
            f"search, {who}: statements p95 {sql:.2f} ms, whole call p95 {whole:.2f} ms; "
            f"slowest {slowest.sql:.2f} ms ({slowest.typed})"
        )
        row = {"page": f"search, {who}: statements", "p95_ms": round(sql, 2)}
        table.append({**row, "slowest": slowest.typed})
        if sql > MOST_MS:
            faults.append(f"search, {who}: p95 {sql:.1f} ms (slowest: {slowest.typed})")
    found = ranks(cast.alice, wanted)
    if each:
        show_ranks(found)
    lost = [f"{typed} ({who})" for typed, who, rank in found if rank is None]
    print(f"Hard searches: {len(HARD) - len(lost)} of {len(HARD)}; not found: {lost or 'none'}")
    if len(HARD) - len(lost) < FOUND:
        faults.append(f"hard searches: {len(lost)} not found")
    return table, faults


def show_each(who: str, times: list[Asked]) -> None:
    """The median of each search, the slowest first."""
    print(f"\n{who:30}{'sql ms':>9}{'whole ms':>10}{'statements':>12}")
    by_text: dict[str, list[Asked]] = {}
    for one in times:
        by_text.setdefault(one.typed, []).append(one)
    middle = {
        typed: (
            statistics.median(one.sql for one in many),
            statistics.median(one.whole for one in many),
        )
        for typed, many in by_text.items()
    }
    for typed, (sql, whole) in sorted(middle.items(), key=lambda pair: pair[1], reverse=True):
        print(f"{typed:30}{sql:>9.2f}{whole:>10.2f}{by_text[typed][0].statements:>12}")


def show_ranks(found: list[tuple[str, str, int | None]]) -> None:
    """The table of the hard searches."""
    for typed, who, rank in found:
        print(f"{typed:30}{who:35}{rank or '-':>3}")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=PEOPLE)
    parser.add_argument("--rounds", type=int, default=10)
    parser.add_argument("--database-url", default="", help="PostgreSQL; default: a new SQLite file")
    parser.add_argument("--keep", type=Path, help="a folder that keeps the SQLite file, filled")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings(
            data=str(asked.keep or folder), database_url=asked.database_url, log_level="error"
        )
        return run(settings, asked)


def run(settings: Settings, asked: argparse.Namespace) -> int:
    app = create_app(settings)
    with app.app_context():
        will_write.set(True)
        is_new = not sa.inspect(db.engine).has_table("person")
        if is_new:
            with db.engine.begin() as connection:
                migrations.upgrade(connection)
            add_cast()
            db.session.commit()
            _table, faults = measure(asked.rounds, asked.people, each=True)
        else:
            _table, faults = measure_filled(asked.rounds, ids_of_wanted(), each=True)
        name = "SQLite" if is_sqlite(db.engine) else "PostgreSQL"
    load = os.getloadavg()[0]
    print(f"{name}, {asked.people:,} people, {os.cpu_count()} cores, load {load:.1f}")
    for fault in faults:
        print(f"FAULT: {fault}")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
