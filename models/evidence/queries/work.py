"""The work queue "What is missing": every award that stands, and what is not in of it yet."""

from collections import Counter
from dataclasses import dataclass
from datetime import date

from sqlalchemy import and_, exists, func, select
from sqlalchemy.orm import joinedload

from models import clock
from models.accounts.permits import Actor, may
from models.accounts.roles import Permit
from models.base import db
from models.elections.queries import figure_book
from models.elections.rules import FigureBook
from models.evidence import due
from models.evidence.missing import KINDS, Case, Missing, missing_of
from models.evidence.tables import AwardLetter, Outcome, Receipt, SpendingReport
from models.funding.queries.lists import visible_to, with_names
from models.funding.tables import Application
from models.funding.workflow import GRANTED

# Who can do something about each kind; the others see it, but it is not asked of them.
WHOSE = {"letter": Permit.FUNDING_DECIDE, "judge": Permit.EVIDENCE_ACCEPT}


@dataclass(frozen=True)
class WorkRow:
    """One thing to do about one award."""

    application: Application
    missing: Missing
    amount_p: int


def work_for(
    reader: Actor, *, kind: str | None = None, region_id: int | None = None
) -> list[WorkRow]:
    """What is missing of the awards that this person may read, the most urgent first."""
    rows = [row for row in _all(reader, region_id) if kind in (None, row.missing.kind)]
    return sorted(rows, key=_urgency)


def work_counts(rows: list[WorkRow]) -> dict[str, int]:
    """How many of each kind there are among these; each kind is there."""
    counted = Counter(row.missing.kind for row in rows)
    return {kind: counted[kind] for kind in KINDS}


def asked_of(reader: Actor, limit: int = 5) -> list[WorkRow]:
    """What this person can do something about, the most urgent first: for the home page."""
    if not may(reader, Permit.EVIDENCE_WRITE):
        return []
    rows = [row for row in work_for(reader) if _can_do(reader, row)]
    return rows[:limit]


def _can_do(reader: Actor, row: WorkRow) -> bool:
    return may(reader, WHOSE.get(row.missing.kind, Permit.EVIDENCE_WRITE))


def _urgency(row: WorkRow) -> tuple[bool, bool, date, int, int]:
    day, order = row.missing.due_on, list(KINDS).index(row.missing.kind)
    return (not row.missing.overdue, day is None, day or date.min, order, row.application.id)


def _all(reader: Actor, region_id: int | None) -> list[WorkRow]:
    awards = _awards(reader, region_id)
    if not awards:
        return []
    book, today = figure_book(), clock.today()
    found = []
    for application, outcome, report, sent, papers in awards:
        case = case_of(application, outcome, report, sent=sent, papers=papers, book=book)
        found += [
            WorkRow(application, missing, application.awarded_p or 0)
            for missing in missing_of(case, today)
        ]
    return found


def _awards(
    reader: Actor, region_id: int | None
) -> list[tuple[Application, Outcome | None, SpendingReport | None, bool, int]]:
    sent = exists().where(
        AwardLetter.application_id == Application.id, AwardLetter.outbox_id.is_not(None)
    )
    papers = (
        select(func.count())
        .select_from(Receipt)
        .where(Receipt.report_id == SpendingReport.id, Receipt.attachment_id.is_(None))
        .scalar_subquery()
    )
    wanted = (
        select(Application, Outcome, SpendingReport, sent, papers)
        .outerjoin(Outcome, Outcome.application_id == Application.id)
        .outerjoin(SpendingReport, SpendingReport.application_id == Application.id)
        .where(and_(visible_to(reader), Application.status.in_(GRANTED)))
        .options(*with_names(), joinedload(Application.award))
        .order_by(Application.id)
    )
    if region_id is not None:
        wanted = wanted.where(Application.region_id == region_id)
    return [
        (application, outcome, report, bool(was_sent), int(without or 0))
        for application, outcome, report, was_sent, without in db.session.execute(wanted)
    ]


def case_of(
    application: Application,
    outcome: Outcome | None,
    report: SpendingReport | None,
    *,
    sent: bool,
    papers: int,
    book: FigureBook,
) -> Case:
    """The award as the pure rules see it."""
    council = application.council
    days = due.days_after(
        application.poll_on,
        post=application.post,
        nation=council.nation if council else "England",
        book=book,
    )
    decided = application.decided_at
    return Case(
        status=application.status,
        awarded_on=clock.london_day(decided) if decided else None,
        poll_on=application.poll_on,
        letter_sent=sent,
        result_known=outcome is not None and (outcome.elected is not None or not outcome.nominated),
        not_nominated=outcome is not None and outcome.nominated is False,
        register_by=outcome.register_by if outcome else None,
        registered=outcome is not None and outcome.registered_on is not None,
        report_due=report.due_on if report and report.due_on else days.report,
        return_due=days.returned.on if days.returned else None,
        report_status=report.status if report else None,
        papers_missing=papers,
        return_noted=report is not None and report.return_on is not None,
    )
