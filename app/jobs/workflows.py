"""The durable workflows. Their names and the order of their steps never change: what a stopped
worker left half done is taken up by name and step number. Changed work gets a new name
(`chunks.2`), and the old one stays until nothing of it is left.

DBOS is given ids and verdicts only; what the work is about stays in our own database.
"""

import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from dbos import DBOS
from flask import Flask

from app.jobs import mailing, registry
from app.jobs.edge import give_way, reading, transaction
from models import jobs
from models.errors import DomainError
from models.jobs import Outcome

log = logging.getLogger("hustings.jobs")


class Bench:
    """What is being worked on in this process, and the app it is done for."""

    def __init__(self) -> None:
        self.app: Flask | None = None
        self.rows: set[str] = set()
        self.changed = threading.Event()

    def bind(self, app: Flask) -> None:
        """The app whose outbox this process carries out."""
        self.app = app

    @property
    def flask(self) -> Flask:
        """The app; set before any workflow runs."""
        if self.app is None:
            raise RuntimeError("bind() comes before any work")
        return self.app

    @contextmanager
    def holding(self, row_id: str) -> Iterator[None]:
        """While inside, the sweeper leaves this row alone."""
        self.rows.add(row_id)
        try:
            yield
        finally:
            self.rows.discard(row_id)
            self.changed.set()


bench = Bench()


@DBOS.workflow(name="mail.1")
def send_mail(row_id: str) -> None:
    """One try to send one e-mail."""
    with bench.holding(row_id):
        verdict, because = deliver(row_id)
        finish(row_id, verdict, because)


@DBOS.workflow(name="chunks.1")
def do_chunks(row_id: str, kind: str) -> None:
    """Long work, piece by piece; each piece is a step and a transaction of its own."""
    with bench.holding(row_id):
        number = 0
        verdict = "more"
        while verdict == "more":
            verdict = do_one(row_id, kind, number)
            number += 1
        because = None if verdict == "done" else "It was refused half way; see its own page."
        finish(row_id, verdict, because)


@DBOS.step(name="deliver")
def deliver(row_id: str) -> tuple[str, str | None]:
    """The e-mail's verdict, and a sentence about it without personal data."""
    outcome = mailing.deliver(bench.flask, row_id)
    return outcome.verdict, outcome.because


@DBOS.step(name="one")
def do_one(row_id: str, kind: str, number: int) -> str:
    """One piece in one transaction: `more`, `done`, or `failed` where a rule refused it."""
    more = False
    try:
        if kind in registry.WHOLE:
            with reading(bench.flask):
                payload = dict(jobs.locked(row_id).payload)
            registry.whole_of(kind)(bench.flask, payload)
        else:
            one = registry.chunk_of(kind)
            with transaction(bench.flask):
                more = one(jobs.locked(row_id).payload, number)
            if more:
                give_way(bench.flask)
    except DomainError as refusal:
        log.warning("work refused", extra={"job": row_id, "error": type(refusal).__name__})
        return "failed"
    return "more" if more else "done"


@DBOS.step(name="finish", retries_allowed=True, max_attempts=5)
def finish(row_id: str, verdict: str, because: str | None) -> None:
    """The last step: the outbox row says what came of it."""
    with transaction(bench.flask):
        row = jobs.locked(row_id)
        outcome = jobs.settle(row, Outcome(verdict, because))  # type: ignore[arg-type]
    log.info("work ended", extra={"job": row_id, "verdict": outcome.verdict})
