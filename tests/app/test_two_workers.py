"""Two workers on PostgreSQL share the queue; one is killed after the other, and nothing is lost."""

import random
import signal
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from models import outbox
from models.base import db
from models.outbox import OutboxRow
from tests.app.test_worker_kills import COMMAND, LONG, SEED, environment, postbox, states
from tests.conftest import DATABASES

__all__ = ["postbox"]  # the fixture, found by its name

ROUNDS = 20 if LONG else 4
LETTERS = 40
DEADLINE = 180

pytestmark = [
    pytest.mark.slow,
    pytest.mark.xdist_group("worker"),
    pytest.mark.skipif("postgresql" not in DATABASES, reason="SQLite has one worker"),
    pytest.mark.parametrize("fresh_database", ["postgresql"], indirect=True),
]


class Worker:
    """One worker process, and what it says."""

    def __init__(self, surroundings: dict[str, str], log: Path) -> None:
        self.log = log
        with log.open("wb") as out:
            self.process = subprocess.Popen(COMMAND, env=surroundings, stdout=out, stderr=out)
        until(lambda: self.said("worker ready"))

    def said(self, words: str) -> int:
        """How often it said so."""
        return self.log.read_text().count(words)

    def kill(self) -> None:
        """It is gone at once, wherever it is."""
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()


def until(what: Callable[[], object]) -> None:
    """Wait until it is so; fails the test where that takes far too long."""
    last = time.monotonic() + DEADLINE
    while not what():
        assert time.monotonic() < last, "it never happened"
        time.sleep(0.02)


def test_two_workers_share_the_letters_and_each_goes_once_whoever_is_killed(
    fresh_database, postbox, tmp_path
):
    box, port = postbox
    app, chance = fresh_database, random.Random(SEED)
    surroundings = environment(app.config["SETTINGS"], port)
    in_the_middle = 0

    def start() -> Worker:
        names = (tmp_path / f"worker-{number}.log" for number in range(ROUNDS + 2))
        return Worker(surroundings, next(name for name in names if not name.exists()))

    def write_letters(turn: int) -> None:
        with app.app_context():
            for number in range(LETTERS):
                outbox.post_mail(
                    to=f"m{number}@example.org", subject="S", text="T", key=f"{turn} {number}"
                )
            db.session.commit()

    pair = [start(), start()]
    try:
        for turn in range(ROUNDS):
            before = [worker.said("work ended") for worker in pair]
            write_letters(turn)
            for worker, ended in zip(pair, before, strict=True):
                until(lambda worker=worker, ended=ended: worker.said("work ended") > ended)
            time.sleep(chance.uniform(0, 0.1))
            in_the_middle += states(app)["waiting"] > 0
            pair[turn % 2].kill()
            until(lambda: not states(app)["waiting"])
            pair[turn % 2] = start()
    finally:
        for worker in pair:
            worker.kill()

    ended = states(app)
    result = {"seed": SEED, "in_the_middle": in_the_middle, "arrived": len(box.taken), **ended}
    print(result)
    assert set(box.taken.values()) == {1}, result
    assert ended["done"] + ended["uncertain"] == ROUNDS * LETTERS, result
    with app.app_context():
        done = {row.id for row in db.session.query(OutboxRow).filter_by(kind="mail", state="done")}
        db.session.remove()
    assert done <= {name.strip("<>").split("@")[0] for name in box.taken}, result
    assert in_the_middle, result
