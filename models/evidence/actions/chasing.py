"""Chasing: the worker looks once a day, and what is due goes out as one e-mail for each award.

The worker has no actor: it carries out what the award's own days ask for. The reminder's row and
its e-mail are written in one transaction, and a kind goes once for an award, so nothing comes
twice however often a piece of the day's work is repeated.
"""

from datetime import date, datetime, time

from models import clock, outbox
from models.base import db
from models.evidence.chasing import Due, reminders_due
from models.evidence.queries.chasing import chases, is_posted
from models.evidence.tables import Reminder
from models.funding.tables import Application
from models.outbox import OutboxRow

KIND = "chase"
AT = time(7)
AT_ONCE = 50
WORDS = """\
{reference} needs something:

{lines}

Sign in to Hustings to see it, or to give the candidate a link to the spending report.
"""


def ask_for_chasing() -> OutboxRow | None:
    """Put today's look into the outbox, for seven o'clock; None where it is there already."""
    today = clock.today()
    key = f"{KIND}:{today}"
    if is_posted(key):
        return None
    row = outbox.post(KIND, {"day": today.isoformat()}, key=key)
    row.not_before = datetime.combine(today, AT, clock.LONDON)
    db.session.flush()
    return row


def chase_some(day: date) -> bool:
    """Remind of the next awards that need it on this day; True while there are more.

    What was reminded of says so itself, so a repeated piece changes nothing.
    """
    reminded = 0
    for application, chase in chases():
        due = reminders_due(chase, day)
        submitter = application.submitted_by
        if not due or submitter is None or not submitter.is_active:
            continue  # whoever has left is not written to; the work queue shows it all the same
        if reminded == AT_ONCE:
            return True
        _remind(application, due, to=submitter.email)
        reminded += 1
    return False


def _remind(application: Application, due: tuple[Due, ...], *, to: str) -> None:
    """One e-mail with all that is due. It names no candidate: others' systems see it pass."""
    kinds = "+".join(one.kind for one in due)
    row = outbox.post_mail(
        to=to,
        subject=f"{application.reference}: a reminder",
        text=WORDS.format(
            reference=application.reference, lines="\n".join(f"- {one.words}" for one in due)
        ),
        key=f"remind:{application.id}:{kinds}",
    )
    for one in due:
        db.session.add(
            Reminder(application_id=application.id, kind=one.kind, due_on=one.day, outbox_id=row.id)
        )
    db.session.flush()
