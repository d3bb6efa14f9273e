"""A worker killed at any moment loses nothing and doubles nothing.

The short form runs with the other tests; `make fault` runs the long one. The seed is printed, so
that a failing run can be repeated with HUSTINGS_FAULT_SEED.
"""

import asyncio
import json
import os
import random
import signal
import socket
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from aiosmtpd.controller import Controller
from flask import Flask

from app.settings import Settings
from models import outbox
from models.base import db
from models.outbox import OutboxRow

LONG = os.environ.get("HUSTINGS_FAULT") == "long"
MAILS = 200 if LONG else 60
KILLS = 30 if LONG else 6
# Generous: a busy machine takes half a minute to start a worker.
DEADLINE = 900 if LONG else 300
SEED = int(os.environ.get("HUSTINGS_FAULT_SEED", random.randrange(10**6)))
COMMAND = [sys.executable, "-P", "-c", "from app.cli import main; main()", "worker"]

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("worker")]


class Postbox:
    """A mail server on this machine that counts what it took, slowly enough to be caught."""

    def __init__(self) -> None:
        self.taken: Counter[str] = Counter()

    async def handle_DATA(self, _server, _session, envelope) -> str:  # noqa: N802
        await asyncio.sleep(0.02)
        lines = envelope.content.decode().splitlines()
        self.taken.update(x.split(":", 1)[1].strip() for x in lines if x.startswith("Message-ID"))
        return "250 Taken"


@pytest.fixture
def postbox() -> Iterator[tuple[Postbox, int]]:
    handler = Postbox()
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    controller = Controller(handler, hostname="127.0.0.1", port=port)
    controller.start()
    yield handler, port
    controller.stop()


def environment(settings: Settings, port: int) -> dict[str, str]:
    return os.environ | {
        "HUSTINGS_DATA": settings.data,
        "HUSTINGS_DATABASE_URL": settings.database_url,
        "HUSTINGS_SECRET_KEY": settings.secret_key,
        "HUSTINGS_SMTP_HOST": "127.0.0.1",
        "HUSTINGS_SMTP_PORT": str(port),
        "HUSTINGS_SMTP_TLS": "none",
        "HUSTINGS_MAIL_FROM": "office@example.org",
    }


def states(app: Flask) -> Counter[str]:
    """How many e-mails of the outbox are in which state; a worker posts work of its own beside."""
    with app.app_context():
        mails = db.session.query(OutboxRow).filter_by(kind="mail")
        found = Counter(row.state for row in mails)
        db.session.remove()
    return found


class Murder:
    """Starts workers and kills them with -9, at times drawn from the seed.

    `left` counts what is still to do; when it changes, a worker is in the middle of it.
    """

    def __init__(self, surroundings: dict[str, str], log: Path, left: Callable[[], int]) -> None:
        self.surroundings = surroundings
        self.log = log
        self.left = left
        self.chance = random.Random(SEED)

    def start(self) -> subprocess.Popen[bytes]:
        with self.log.open("ab") as log:
            return subprocess.Popen(COMMAND, env=self.surroundings, stdout=log, stderr=log)

    def at_work(self) -> None:
        """Wait until this worker has done something, so that a kill finds it in the middle."""
        before, until = self.left(), time.monotonic() + 120
        while before and self.left() == before and time.monotonic() < until:
            time.sleep(0.02)

    def kill(self, times: int) -> int:
        """Kill that many workers; returns how many were killed while there was work left."""
        in_the_middle = 0
        for _ in range(times):
            worker = self.start()
            self.at_work()
            time.sleep(self.chance.uniform(0, 0.15))
            in_the_middle += self.left() > 0
            worker.send_signal(signal.SIGKILL)
            worker.wait()
        return in_the_middle

    def let_finish(self) -> float:
        """Let one worker live until nothing is left; returns the seconds until it did something."""
        began, worker = time.monotonic(), self.start()
        self.at_work()
        resumed = time.monotonic() - began
        try:
            while self.left() and time.monotonic() - began < DEADLINE:
                time.sleep(0.2)
        finally:
            worker.terminate()
            worker.wait(60)
        return resumed


def test_every_mail_is_sent_once_or_shown_as_uncertain(fresh_database, postbox, tmp_path):
    box, port = postbox
    with fresh_database.app_context():
        for number in range(MAILS):
            outbox.post_mail(
                to=f"member{number}@example.org",
                subject=f"Letter {number}",
                text="Good day",
                key=f"letter {number}",
            )
        db.session.commit()
        ids = {row.id for row in db.session.query(OutboxRow)}
    surroundings = environment(fresh_database.config["SETTINGS"], port)
    murder = Murder(
        surroundings, tmp_path / "worker.log", left=lambda: states(fresh_database)["waiting"]
    )

    in_the_middle = murder.kill(KILLS)
    resumed = murder.let_finish()

    ended = states(fresh_database)
    result = {
        "seed": SEED,
        "database": fresh_database.config["SETTINGS"].url.split(":")[0],
        "mails": MAILS,
        "kills": KILLS,
        "in_the_middle": in_the_middle,
        "arrived": len(box.taken),
        "doubled": sum(count > 1 for count in box.taken.values()),
        "resumed_after": round(resumed, 1),
        **ended,
    }
    print(json.dumps(result))
    assert set(box.taken.values()) <= {1}, result
    assert ended["done"] + ended["uncertain"] == MAILS, result
    with fresh_database.app_context():
        mails = db.session.query(OutboxRow).filter_by(kind="mail")
        rows = {row.id: row.state for row in mails}
        db.session.remove()
    arrived = {name.strip("<>").split("@")[0] for name in box.taken}
    assert rows.keys() == ids
    assert {key for key, state in rows.items() if state == "done"} <= arrived, result
    assert arrived <= ids
