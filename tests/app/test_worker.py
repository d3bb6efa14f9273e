"""The worker: long work in chunks, work that breaks off, mail without a server, one at a time."""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

import pytest
from flask import Flask

from app.jobs import registry, worker
from app.jobs.lock import lock_for
from app.jobs.supervisor import Supervisor
from app.jobs.sweeper import Due, Sweeper
from models import jobs, outbox
from models.base import db
from models.errors import Refused
from models.outbox import OutboxRow

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("worker")]


def one(payload, number: int) -> bool:
    """Long work for these tests: writes one row a piece, in three pieces."""
    if payload.get("refuse"):
        raise Refused("Ann Ash may not.")
    if payload.get("break"):
        raise RuntimeError("Ann Ash broke it")
    done = db.session.query(OutboxRow).filter(OutboxRow.kind == "piece").count()
    if done < 3:
        outbox.post("piece", {}, key=f"piece {done}")
    return done + 1 < 3


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
        worker.bench.changed.set()
        thread.join(20)
    assert not thread.is_alive()


def post(app: Flask, kind: str, payload: dict, key: str) -> str:
    with app.app_context():
        row_id = outbox.post(kind, payload, key=key).id
        db.session.commit()
    return row_id


def fate(app: Flask, row_id: str) -> OutboxRow:
    """The row, once it is no longer untouched."""
    until = time.monotonic() + 60  # a busy machine takes long to make DBOS its tables
    while True:
        with app.app_context():
            row = db.session.get(OutboxRow, row_id)
            db.session.remove()
        if row.state != "waiting" or row.attempts or time.monotonic() > until:
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


def test_two_workers_never_work_at_once(fresh_database):
    settings = fresh_database.config["SETTINGS"]
    first, second = lock_for(settings), lock_for(settings)
    assert first.take()
    assert first.held()
    assert not second.take()


def test_each_try_is_a_workflow_of_its_own():
    assert Due("a", "mail", 0).run == "a"
    assert Due("a", "mail", 2).run == "a.2"


@pytest.mark.parametrize(
    ("status", "state"),
    [("ERROR", "waiting"), ("SUCCESS", "uncertain"), ("MAX_RECOVERY_ATTEMPTS_EXCEEDED", "failed")],
)
def test_a_workflow_that_ended_without_its_last_step_is_seen(fresh_database, status, state):
    row_id = post(fresh_database, "mail", {}, "a")
    Sweeper(fresh_database)._settle(Due(row_id, "mail", 0), status)
    assert fate(fresh_database, row_id).state == state


def test_a_row_that_ended_well_meanwhile_stays_as_it_is(fresh_database):
    row_id = post(fresh_database, "mail", {}, "a")
    with fresh_database.app_context():
        jobs.settle(jobs.locked(row_id), jobs.Outcome("done"))
        db.session.commit()
    Sweeper(fresh_database)._settle(Due(row_id, "mail", 0), "SUCCESS")
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
