"""The worker: long work in chunks, work that breaks off, mail without a server, who holds what."""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

import pytest
import sqlalchemy as sa
from flask import Flask

from app.jobs import registry, worker
from app.jobs.carrying import carry_out
from app.jobs.holding import holds_for
from app.jobs.supervisor import Supervisor
from models import outbox
from models.base import db
from models.errors import Refused
from models.jobs import queries as jobs
from models.jobs.actions import settle
from models.jobs.rules import Outcome
from models.outbox import OutboxRow
from tests.conftest import DATABASES

POSTGRESQL = [name for name in DATABASES if name == "postgresql"]

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("worker")]


def one(payload) -> bool:
    """Long work for these tests: writes one row a piece, in three pieces."""
    if payload.get("refuse"):
        raise Refused("Ann Ash may not.")
    if payload.get("break"):
        raise RuntimeError("Ann Ash broke it")
    done = db.session.query(OutboxRow).filter(OutboxRow.kind == "piece").count()
    if done < 3:
        outbox.post("piece", {}, key=f"piece {done}")
    return done + 1 < 3


def soon(what) -> bool:
    """True once it is; a server hears a moment later that a connection is closed."""
    until = time.monotonic() + 20
    while not what() and time.monotonic() < until:
        time.sleep(0.05)
    return time.monotonic() < until


@contextmanager
def working(app: Flask) -> Iterator[None]:
    """A worker in a thread of this process."""
    stop = threading.Event()
    thread = threading.Thread(target=worker.run, args=(app, stop))
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join(20)
    assert not thread.is_alive()


def post(app: Flask, kind: str, payload: dict, key: str) -> str:
    with app.app_context():
        row_id = outbox.post(kind, payload, key=key).id
        db.session.commit()
    return row_id


def fate(app: Flask, row_id: str) -> OutboxRow:
    """The row, once something has come of it."""
    until = time.monotonic() + 60
    while True:
        with app.app_context():
            row = db.session.get(OutboxRow, row_id)
            db.session.remove()
        if row.state != "waiting" or row.because or time.monotonic() > until:
            return row
        time.sleep(0.05)


@pytest.fixture
def pieces(monkeypatch):
    monkeypatch.setitem(registry.CHUNKED, "long", "tests.app.test_worker:one")


def test_the_worker_carries_out_what_the_outbox_asks_for(fresh_database, pieces):
    whole = post(fresh_database, "long", {}, "a")
    refused = post(fresh_database, "long", {"refuse": True}, "b")
    broken = post(fresh_database, "long", {"break": True}, "c")
    letter = post(fresh_database, "mail", {"to": "a@b.org", "subject": "S", "text": "T"}, "d")
    with working(fresh_database):
        assert fate(fresh_database, whole).state == "done"
        assert fate(fresh_database, refused).state == "failed"
        again = fate(fresh_database, broken)
        assert (again.state, again.attempts) == ("waiting", 1)
        for row in (fate(fresh_database, refused), again):
            assert "Ash" not in row.because
    with fresh_database.app_context():
        assert db.session.query(OutboxRow).filter(OutboxRow.kind == "piece").count() == 3
        # No mail server is set up: the letter waits, untouched.
        untouched = db.session.get(OutboxRow, letter)
        assert (untouched.state, untouched.attempts) == ("waiting", 0)
        db.session.remove()


@pytest.fixture
def two(fresh_database):
    """What two processes may hold."""
    settings = fresh_database.config["SETTINGS"]
    both = holds_for(settings), holds_for(settings)
    yield both
    for one in both:
        one.end()


@pytest.mark.parametrize("fresh_database", ["sqlite"], indirect=True)
def test_with_sqlite_a_second_worker_stands_by_until_the_first_has_ended(two):
    first, second = two
    assert first.begin()
    assert not second.begin()
    first.end()
    assert second.begin()


@pytest.mark.parametrize("fresh_database", POSTGRESQL, indirect=True)
def test_with_postgresql_two_workers_never_hold_the_same_row(two):
    first, second = two
    assert first.begin()
    assert not second.begin(), "not before the first lets others in"
    first.let_others_in()
    assert second.begin()
    assert first.take("a")
    assert not second.take("a")
    assert second.take("b")
    first.give_back("a")
    assert second.take("a")
    second.end()
    assert soon(lambda: first.take("a"))
    assert first.take("b")


def test_nobody_is_alone_while_a_worker_works(two):
    first, second = two
    assert first.begin()
    first.let_others_in()
    assert not (second.begin() and second.alone)
    first.end()
    assert soon(lambda: second.begin() and second.alone)


@pytest.mark.parametrize("fresh_database", POSTGRESQL, indirect=True)
def test_a_worker_whose_holds_are_gone_ends_to_be_started_again(fresh_database, monkeypatch):
    connections, codes = [], []

    def remembered(settings):
        holds = holds_for(settings)
        connections.append(holds.server.execute(sa.text("select pg_backend_pid()")).scalar_one())
        return holds

    monkeypatch.setattr(worker, "holds_for", remembered)
    stop = threading.Event()
    done = post(fresh_database, "chase", {"day": "2026-05-07"}, "a")
    thread = threading.Thread(target=lambda: codes.append(worker.run(fresh_database, stop)))
    thread.start()
    fate(fresh_database, done)
    with fresh_database.app_context():
        db.session.execute(sa.text("select pg_terminate_backend(:pid)"), {"pid": connections[0]})
        db.session.remove()
    thread.join(60)
    stop.set()
    assert codes == [1]


def test_work_that_ended_meanwhile_is_not_begun_again(fresh_database, pieces):
    row_id = post(fresh_database, "long", {"break": True}, "a")
    with fresh_database.app_context():
        settle(jobs.locked(row_id), Outcome("done"))
        db.session.commit()
    carry_out(fresh_database, row_id, threading.Event())
    row = fate(fresh_database, row_id)
    assert (row.state, row.attempts) == ("done", 0)


def test_work_that_is_to_stop_half_way_waits_to_be_taken_up_again(fresh_database, pieces):
    row_id = post(fresh_database, "long", {}, "a")
    stop = threading.Event()
    stop.set()
    carry_out(fresh_database, row_id, stop)
    with fresh_database.app_context():
        assert db.session.get(OutboxRow, row_id).state == "waiting"
        db.session.remove()
    carry_out(fresh_database, row_id, threading.Event())
    assert fate(fresh_database, row_id).state == "done"


def test_a_worker_that_died_is_started_again(tmp_path):
    import sys

    ran = tmp_path / "ran"
    code = f"open({str(ran)!r}, 'a').write('x')"
    supervisor = Supervisor((sys.executable, "-c", code))
    supervisor.start()
    until = time.monotonic() + 10
    while (not ran.exists() or len(ran.read_text()) < 2) and time.monotonic() < until:
        time.sleep(0.05)
    supervisor.stop()
    assert len(ran.read_text()) >= 2
    assert not supervisor.thread.is_alive()


def test_a_worker_that_hangs_is_ended_with_the_server(monkeypatch):
    import sys

    monkeypatch.setattr("app.jobs.supervisor.GRACE_SECONDS", 1)
    code = "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); time.sleep(60)"
    supervisor = Supervisor((sys.executable, "-c", code))
    supervisor.start()
    until = time.monotonic() + 5
    while supervisor.child is None and time.monotonic() < until:
        time.sleep(0.05)
    time.sleep(0.3)
    supervisor.stop()
    assert supervisor.child.poll() is not None


def test_kinds_without_a_mail_server_leave_mail_out(fresh_database):
    assert "mail" not in registry.kinds_ready(fresh_database)
    settings = fresh_database.config["SETTINGS"]
    fresh_database.config["SETTINGS"] = replace(settings, smtp_host="127.0.0.1")
    assert "mail" in registry.kinds_ready(fresh_database)
