"""The worker process: takes the lock, recovers what a stopped worker left, sweeps the outbox."""

import logging
import os
import signal
import sys
import threading
from types import FrameType

import sqlalchemy as sa
from dbos import DBOS, DBOSConfig, DBOSPortableJSONSerializer
from flask import Flask

import migrations
from app import mail
from app.jobs import mark
from app.jobs.daily import Daily
from app.jobs.duplicates import Patrol
from app.jobs.edge import reading
from app.jobs.lock import Lock, lock_for
from app.jobs.sweeper import Stale, Sweeper
from app.jobs.workflows import bench
from app.private import keep_private
from app.settings import BadSettings, Settings
from models.base import db

# Fixed: recovery looks for exactly these. The default version is a hash of the code, so that
# work begun before an upgrade would never be taken up again.
VERSION = "1"
EXECUTOR = "worker"
EVERY_SECONDS = 0.5

log = logging.getLogger("hustings.jobs")


def run(app: Flask, stop: threading.Event) -> int:
    """Work until `stop` is set; returns the exit code (1: start me again)."""
    settings: Settings = app.config["SETTINGS"]
    mail.check(settings)
    _require_schema(app)
    lock = lock_for(settings)
    if not _wait_for(lock, stop, app):
        return 0
    mark.look(app)
    bench.bind(app)
    _launch(settings, app)
    log.info("worker ready")
    try:
        return _work(Sweeper(app), Patrol(app), lock, stop)
    finally:
        DBOS.destroy(workflow_completion_timeout_sec=5 if bench.rows else 0)


def stop_on_signals(stop: threading.Event) -> None:
    """SIGTERM and SIGINT end the worker after the step it is at."""

    def ask(_number: int, _frame: FrameType | None) -> None:
        stop.set()
        bench.changed.set()

    signal.signal(signal.SIGTERM, ask)
    signal.signal(signal.SIGINT, ask)


def stop_with_parent(stop: threading.Event) -> None:
    """End when whoever started us is gone: our standard input is a pipe that it holds."""
    pipe = sys.stdin.fileno()

    def watch() -> None:
        # Not through sys.stdin: Python dies of a thread that still reads from it at the end.
        while os.read(pipe, 4096):
            pass
        stop.set()
        bench.changed.set()

    threading.Thread(target=watch, daemon=True).start()


def _require_schema(app: Flask) -> None:
    with reading(app):
        if migrations.current(db.session.connection()) != migrations.HEAD:
            raise BadSettings("The database is not up to date: run `hustings init` first.")


def _wait_for(lock: Lock, stop: threading.Event, app: Flask) -> bool:
    said = False
    while not stop.is_set():
        if lock.take():
            return True
        if not said:
            log.info("another worker is at work; standing by")
            said = True
        mark.follow(app)
        stop.wait(1)
    return False


def _launch(settings: Settings, app: Flask) -> None:
    if settings.url.startswith("sqlite"):
        keep_private(settings.folder / "jobs.db")
    config: DBOSConfig = {
        "name": "hustings",
        "system_database_url": jobs_url(settings),
        "application_version": VERSION,
        "executor_id": EXECUTOR,
        "serializer": DBOSPortableJSONSerializer(),
        "log_level": "WARNING",
    }
    if not settings.url.startswith("sqlite"):
        config["dbos_system_schema"] = _jobs_schema(app)
        config["sys_db_pool_size"] = 10
    DBOS(config=config)
    DBOS.launch()


def jobs_url(settings: Settings) -> str:
    """Where DBOS keeps its own tables: a file beside the database, or a schema of the server."""
    if settings.url.startswith("sqlite"):
        return f"sqlite:///{settings.folder / 'jobs.db'}"
    return settings.url


def _jobs_schema(app: Flask) -> str:
    with reading(app):
        ours = db.session.execute(sa.text("select current_schema()")).scalar_one()
    return "hustings_jobs" if ours == "public" else f"{ours}_jobs"


def _work(sweeper: Sweeper, patrol: Patrol, lock: Lock, stop: threading.Event) -> int:
    daily = Daily(sweeper.app)
    while not stop.is_set():
        bench.changed.clear()
        try:
            sweeper.sweep()
            daily.run()
            patrol.turn()
        except Stale as stale:
            log.warning("work is stale", extra={"job": str(stale)})
            return 1
        except sa.exc.OperationalError:
            # The database is away for a moment. Our lock may be gone with it.
            log.warning("the database does not answer")
            return 1
        if not lock.held():
            log.warning("the worker's lock is lost")
            return 1
        bench.changed.wait(EVERY_SECONDS)
    return 0
