"""One piece of work of the outbox, from taking it up to writing down what came of it.

Every step may be repeated without harm. A worker that is killed leaves a row that waits, and
whoever takes it up does again what was not committed, and nothing else.
"""

import logging
from threading import Event

from flask import Flask

from app.jobs import mailing, registry
from app.jobs.edge import give_way, reading, transaction
from models.errors import DomainError
from models.jobs import queries as jobs
from models.jobs.actions import begin, settle
from models.jobs.rules import Outcome
from models.outbox import OutboxRow

log = logging.getLogger("hustings.jobs")


def carry_out(app: Flask, row_id: str, stop: Event) -> None:
    """Carry out this row, unless somebody else was quicker.

    Once `stop` is set, long work ends after the piece that it is at, and is taken up another time.
    """
    with transaction(app):
        row = jobs.locked(row_id)
        if not begin(row):
            return
        kind = row.kind
    outcome = _tried(app, row_id, kind, stop)
    if outcome is not None:
        with transaction(app):
            _settle(jobs.locked(row_id), outcome)


def _tried(app: Flask, row_id: str, kind: str, stop: Event) -> Outcome | None:
    """What came of one try; None where that is written down, or it was to stop half way."""
    try:
        if kind == registry.MAIL:
            return mailing.deliver(app, row_id)
        if kind in registry.WHOLE:
            with reading(app):
                payload = dict(jobs.locked(row_id).payload)
            registry.whole_of(kind)(app, payload)
            return Outcome("done")
        _do_pieces(app, row_id, kind, stop)
        return None
    except DomainError as refusal:
        log.warning("work refused", extra={"job": row_id, "error": type(refusal).__name__})
        return Outcome("failed", "It was refused half way; see its own page.")
    except Exception:
        log.exception("work broke off", extra={"job": row_id})
        return Outcome("later", "It stopped with an error; the log says which.")


def _do_pieces(app: Flask, row_id: str, kind: str, stop: Event) -> None:
    """Each piece is a transaction, and the last of them says that the work is done."""
    one = registry.chunk_of(kind)
    while not stop.is_set():
        with transaction(app):
            row = jobs.locked(row_id)
            more = one(row.payload)
            if not more:
                _settle(row, Outcome("done"))
        if not more:
            return
        give_way(app)


def _settle(row: OutboxRow, outcome: Outcome) -> None:
    verdict = settle(row, outcome).verdict
    log.info("work ended", extra={"job": row.id, "verdict": verdict})
