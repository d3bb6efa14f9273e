"""The worker process: it asks for what comes again by itself, and carries out what is due."""

import logging
import os
import signal
import sys
import threading
from datetime import date
from time import monotonic
from types import FrameType

from flask import Flask
from sqlalchemy.exc import InterfaceError, OperationalError

import migrations
from app import mail
from app.jobs import daily, duplicates, mark
from app.jobs.edge import reading, transaction
from app.jobs.hands import Hands
from app.jobs.holding import Holds, holds_for
from app.settings import BadSettings
from models import clock
from models.base import db

EVERY_SECONDS = 0.5
LOOK_EVERY_SECONDS = 60
LAST_SECONDS = 5

log = logging.getLogger("hustings.jobs")


def run(app: Flask, stop: threading.Event) -> int:
    """Work until `stop` is set; returns the exit code (1: start me again)."""
    mail.check(app.config["SETTINGS"])
    require_schema(app)
    holds = holds_for(app.config["SETTINGS"])
    try:
        return _work(app, holds, stop) if _begun(holds, stop) else 0
    except (OperationalError, InterfaceError):
        # The database is away for a moment, and what we held is gone with it.
        log.warning("the database does not answer")
        return 1
    finally:
        holds.end()


def stop_on_signals(stop: threading.Event) -> None:
    """SIGTERM and SIGINT end the worker after the pieces that it is at."""

    def ask(_number: int, _frame: FrameType | None) -> None:
        stop.set()

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

    threading.Thread(target=watch, daemon=True).start()


class Rounds:
    """What this worker asks for by itself. Another one asks for the same, and it is done once."""

    def __init__(self) -> None:
        self.day: date | None = None
        self.next_look = monotonic() + LOOK_EVERY_SECONDS

    def turn(self, app: Flask) -> None:
        """Ask for the tasks of a day that has begun and, once a minute, for a look at changes."""
        today = clock.today()
        if self.day != today:
            with transaction(app):
                daily.ask_for(today)
            self.day = today
        if monotonic() >= self.next_look:
            with transaction(app):
                duplicates.ask_for_changed()
            self.next_look = monotonic() + LOOK_EVERY_SECONDS


def require_schema(app: Flask) -> None:
    """Raise BadSettings where the database is not of this version."""
    with reading(app):
        if migrations.current(db.session.connection()) != migrations.HEAD:
            raise BadSettings("The database is not up to date: run `hustings init` first.")


def _begun(holds: Holds, stop: threading.Event) -> bool:
    said = False
    while not stop.is_set():
        if holds.begin():
            return True
        if not said:
            log.info("another worker is at work; standing by")
            said = True
        stop.wait(1)
    return False


def _work(app: Flask, holds: Holds, stop: threading.Event) -> int:
    mark.look(app, beside=not holds.alone)
    holds.let_others_in()
    log.info("worker ready")
    hands, rounds = Hands(app, holds, stop), Rounds()
    try:
        while not stop.is_set():
            holds.check()
            mark.look(app)
            rounds.turn(app)
            hands.fill()
            hands.wait(EVERY_SECONDS)
    finally:
        hands.finish(LAST_SECONDS)
    return 0
