"""The steps of the worker, and what a person may do about work that did not go through.

The worker's steps have no actor: they carry out what somebody was permitted to ask for.
"""

from datetime import datetime
from types import SimpleNamespace
from typing import Any

from models import audit, clock, outbox
from models.accounts.permits import Actor, require
from models.accounts.roles import Permit
from models.base import db, hold_row, one_at_a_time
from models.errors import Refused
from models.jobs import queries
from models.jobs.rules import MOST_BEGINNINGS, Outcome, after_tries, wait_after
from models.jobs.tables import Message, SendCount
from models.outbox import OutboxRow

# What holds a person's address, and is nobody's business once it is done.
EMPTIED = ("mail", "reset")


def message_for(row: OutboxRow, *, domain: str) -> Message:
    """The e-mail of this row, made from its payload the first time it is asked for."""
    message = queries.message_of(row.id)
    if message is None:
        payload = row.payload
        message = Message(
            outbox_id=row.id,
            message_id=f"<{row.id}@{domain}>",
            to=payload["to"],
            subject=payload["subject"],
            text=payload["text"],
        )
        db.session.add(message)
        db.session.flush()
    return message


def begin_sending(message: Message) -> int:
    """Note that the mail server is about to be given this; commit before it is.

    Returns how many letters were begun so far, this one among them.
    """
    message.state = "sending"
    message.sending_at = clock.now()
    return count_sending()


def count_sending(*, at_least: int = 0) -> int:
    """Count one letter more, and never fewer than `at_least`; returns the new number."""
    count = db.session.get_one(SendCount, 1, with_for_update=True, populate_existing=True)
    count.number = max(count.number, at_least) + 1
    db.session.flush()
    return count.number


def doubt_waiting(*, because: str, domain: str, until: datetime | None = None) -> int:
    """Let every letter that waits be uncertain; with `until` those that were written by then.

    For a database that was put back: a person decides, nothing is sent by itself. Returns how many.
    """
    rows = queries.waiting_letters(until=until)
    for row in rows:
        if row.kind == "mail":
            message = message_for(row, domain=domain)
            message.state, message.because = "uncertain", because
        row.state, row.because, row.finished_at = "uncertain", because, clock.now()
    if rows:
        subject = SimpleNamespace(__tablename__="outbox", id=None)
        audit.record("outbox.doubted", subject, by=None, after={"letters": len(rows)})
    db.session.flush()
    return len(rows)


def note_outcome(message: Message, outcome: Outcome) -> None:
    """Write down what the mail server said. What was sent is not kept."""
    message.state = {"done": "sent", "later": "waiting"}.get(outcome.verdict, outcome.verdict)
    message.because = outcome.because
    if outcome.verdict == "done":
        message.sent_at = clock.now()
        message.text = None
    db.session.flush()


def post_again(kind: str, payload: dict[str, Any], *, key: str) -> None:
    """Ask for work that comes again and again: one row, which waits anew for each new payload.

    Where it still waits from the last time, it is done once, for the newest payload.
    """
    one_at_a_time("outbox", key)
    row = queries.by_key(key)
    if row is None:
        outbox.post(kind, payload, key=key)
    elif row.payload != payload:
        row.payload = payload
        if row.state != "waiting":
            _wait_anew(row)
        db.session.flush()


def _wait_anew(row: OutboxRow) -> None:
    row.state, row.because, row.finished_at = "waiting", None, None
    row.not_before, row.attempts = clock.now(), 0


def begin(row: OutboxRow) -> bool:
    """Take up work that is due, and count one try more; False where there is nothing to do."""
    if row.state != "waiting" or row.not_before > clock.now():
        return False
    if row.attempts >= MOST_BEGINNINGS:
        settle(row, Outcome("failed", "It was begun again and again without coming to an end."))
        return False
    row.attempts += 1
    db.session.flush()
    return True


def settle(row: OutboxRow, outcome: Outcome) -> Outcome:
    """The last step: write down what came of the work, or when to try again.

    A row that is no longer waiting stays as it is, so that a repeated step changes nothing.
    """
    if row.state != "waiting":
        return outcome
    outcome = after_tries(outcome, row.attempts)
    row.because = outcome.because
    if outcome.verdict == "later":
        row.not_before = clock.now() + wait_after(row.attempts)
    else:
        row.state = outcome.verdict
        row.finished_at = clock.now()
    if outcome.verdict == "done" and row.kind in EMPTIED:
        row.payload = {}
    db.session.flush()
    return outcome


def retry(row: OutboxRow, *, by: Actor) -> OutboxRow:
    """Put failed or uncertain work back; an uncertain e-mail may then arrive twice."""
    require(by, Permit.JOBS_RETRY)
    hold_row(row)
    if row.state not in ("failed", "uncertain"):
        raise Refused("Only failed or uncertain work can be tried again.")
    _note("outbox.retried", row, by=by, after={"state": "waiting"})
    message = queries.message_of(row.id)
    if message is not None:
        message.state, message.because = "waiting", None
    _wait_anew(row)
    db.session.flush()
    return row


def mark_sent(row: OutboxRow, *, by: Actor) -> OutboxRow:
    """Somebody has made sure that an uncertain e-mail did arrive."""
    require(by, Permit.JOBS_RETRY)
    hold_row(row)
    message = queries.message_of(row.id)
    if row.state != "uncertain" or message is None:
        raise Refused("Only an uncertain e-mail can be marked as sent.")
    _note("outbox.marked_sent", row, by=by, after={"state": "done"})
    note_outcome(message, Outcome("done"))
    row.state, row.because, row.finished_at = "done", None, clock.now()
    row.payload = {}
    db.session.flush()
    return row


def _note(what: str, row: OutboxRow, *, by: Actor, after: dict[str, Any]) -> None:
    # The audit numbers its subjects; an outbox row has a text for its id, so it goes beside.
    subject = SimpleNamespace(__tablename__="outbox", id=None)
    before = {"outbox": row.id, "state": row.state, "because": row.because}
    audit.record(what, subject, by=by, before=before, after=after)
