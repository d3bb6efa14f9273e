"""Whom to chase: every award that stands and is not closed, with what went out about it."""

from collections import defaultdict
from collections.abc import Iterator

from sqlalchemy import exists, select
from sqlalchemy.orm import joinedload

from models.base import db
from models.elections.queries import figure_book
from models.evidence import due
from models.evidence.chasing import Chase
from models.evidence.tables import Outcome, Reminder, SpendingReport
from models.funding.queries.lists import with_names
from models.funding.tables import Application
from models.outbox import OutboxRow

IN = ("submitted", "accepted")


def is_posted(key: str) -> bool:
    """True if work with this key stands in the outbox, done or not."""
    return bool(db.session.scalar(select(exists().where(OutboxRow.dedupe_key == key))))


def chases() -> Iterator[tuple[Application, Chase]]:
    """Each award that may need a reminder, whoever asks: for the worker, in a fixed order.

    A report is chased once the award is paid; the register also after it is closed.
    """
    had = defaultdict(set)
    for application_id, kind in db.session.execute(
        select(Reminder.application_id, Reminder.kind).order_by(Reminder.id)
    ):
        had[application_id].add(kind)
    book = figure_book()
    rows = db.session.execute(
        select(Application, Outcome, SpendingReport)
        .outerjoin(Outcome, Outcome.application_id == Application.id)
        .outerjoin(SpendingReport, SpendingReport.application_id == Application.id)
        .where(Application.status.in_(("paid", "closed")))
        .options(*with_names(), joinedload(Application.submitted_by))
        .order_by(Application.id)
    ).all()
    for application, outcome, report in rows:
        council = application.council
        days = due.days_after(
            application.poll_on,
            post=application.post,
            nation=council.nation if council else "England",
            book=book,
        )
        closed = application.status == "closed"
        yield (
            application,
            Chase(
                days=days,
                standing=True,
                not_nominated=outcome is not None and outcome.nominated is False,
                report_in=closed or (report is not None and report.status in IN),
                return_noted=closed or (report is not None and report.return_on is not None),
                register_by=outcome.register_by if outcome else None,
                registered=outcome is not None and outcome.registered_on is not None,
                had=frozenset(had[application.id]),
            ),
        )
