"""One e-mail of the outbox: “sending” is committed before the mail server is given it."""

from flask import Flask

from app import mail
from app.jobs import attachments, mark
from app.jobs.edge import reading, transaction
from models.errors import DomainError
from models.freshness.actions.checking import note_bounce
from models.jobs import queries as jobs
from models.jobs.actions import begin_sending, message_for, note_outcome
from models.jobs.rules import Outcome
from models.jobs.tables import Message
from models.outbox import OutboxRow

CUT_SHORT = Outcome(
    "uncertain", "The worker was stopped while sending this: it may have arrived or not."
)


def deliver(app: Flask, row_id: str) -> Outcome:
    """Send the e-mail of this row once, and note what came of it.

    Safe to repeat: what was sent stays sent, and what was being sent becomes uncertain.
    """
    settings = app.config["SETTINGS"]
    with transaction(app):
        row = jobs.locked(row_id)
        message = message_for(row, domain=mail.domain(settings))
        known = _known(message)
        if known is CUT_SHORT:
            note_outcome(message, known)
        if known is not None:
            return known
    try:
        # In a reading transaction: a PDF takes its time, and others want to write.
        with reading(app):
            row = jobs.locked(row_id)
            letter = _letter(row, message_for(row, domain=mail.domain(settings)))
    except DomainError:
        return _not_made(app, row_id)
    outcome = mail.send(letter, settings, before_data=lambda: _claim(app, row_id))
    with transaction(app):
        message = message_for(jobs.locked(row_id), domain=mail.domain(settings))
        note_outcome(message, outcome)
        if outcome.verdict == "failed":
            note_bounce(letter.to)
    return outcome


def _not_made(app: Flask, row_id: str) -> Outcome:
    outcome = Outcome("failed", "What was to go with it could not be made.")
    with transaction(app):
        note_outcome(message_for(jobs.locked(row_id), domain=""), outcome)
    return outcome


def _letter(row: OutboxRow, message: Message) -> mail.Letter:
    """The letter with what is attached, made afresh at each try: the same rows, the same file."""
    return mail.Letter(
        message.message_id,
        message.to,
        message.subject,
        message.text or "",
        attachments.made(row.payload.get("attach")),
    )


def _known(message: Message) -> Outcome | None:
    """What an earlier run of this step came to, if there was one."""
    if message.state == "sending":
        return CUT_SHORT
    if message.state == "sent":
        return Outcome("done")
    if message.state in ("failed", "uncertain"):
        return Outcome("failed" if message.state == "failed" else "uncertain", message.because)
    return None


def _claim(app: Flask, row_id: str) -> bool:
    """Commit “sending”; False where somebody else already did."""
    with transaction(app):
        message = message_for(jobs.locked(row_id), domain="")
        if message.state != "waiting":
            return False
        number = begin_sending(message)
    # The database says so first, then the folder, then the letter goes: see app/jobs/mark.py.
    mark.write(app, number)
    return True
