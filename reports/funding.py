"""Funding applications as a workbook: the applications, their cost lines and their steps."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from models.accounts.permits import Actor
from models.base import db
from models.budget.queries.nodes import paid_and_back
from models.budget.tables import Award
from models.evidence.queries.outcomes import outcomes_by_application
from models.evidence.tables import Outcome
from models.funding.coding import CATEGORIES, CLASSES
from models.funding.queries.lists import Filters, applications_for
from models.funding.tables import Application, ApplicationLaw, ApplicationStep, CostLine
from models.funding.workflow import BY_NAME, STATUSES
from models.query_args import Given
from models.rounds.tables import AnswerSheet, Round
from reports.sheet import Book, Column, Filled, Sheet, book

FILTERS = ("text", "status", "region", "council", "poll_on", "round")
EVERYTHING = 1_000_000

APPLICATIONS = Sheet(
    "Applications",
    (
        Column("reference", "Reference", width=16),
        Column("status", "Status", width=20),
        Column("candidate", "Candidate", width=26, data_class="special"),
        Column("region", "Region", width=30),
        Column("council", "Council", width=26),
        Column("area", "Ward or constituency", width=26),
        Column("poll_on", "Polling day", "day", 14),
        Column("requested_p", "Requested", "pounds", 14, total=True),
        Column("recommended_p", "Recommended", "pounds", 14, total=True),
        Column("awarded_p", "Awarded", "pounds", 14, total=True),
        Column("committed_p", "Committed", "pounds", 14, total=True),
        Column("paid_p", "Paid", "pounds", 14, total=True),
        Column("returned_p", "Returned", "pounds", 14, total=True),
        Column("legal_class", "Legal class", width=30),
        Column("s72", "Section 72", width=30),
        Column("recipient", "Paid to", width=26),
        Column("round", "Round", width=24),
        Column("nominated", "Nominated", width=12),
        Column("elected", "Elected", width=12),
        Column("submitted_at", "Submitted", "moment", 18),
        Column("decided_at", "Decided", "moment", 18),
        Column("paid_on", "Paid on", "day", 14),
        Column("purpose", "Purpose", width=60),
    ),
)
LINES = Sheet(
    "Cost lines",
    (
        Column("reference", "Reference", width=16),
        Column("what", "What for", width=50),
        Column("amount_p", "Amount", "pounds", 14, total=True),
    ),
)
STEPS = Sheet(
    "Steps",
    (
        Column("reference", "Reference", width=16),
        Column("at", "When", "moment", 18),
        Column("step", "Step", width=24),
        Column("by", "By", width=24, data_class="personal"),
        Column("amount_p", "Amount", "pounds", 14),
        Column("reason", "Reason", width=60, data_class="special"),
    ),
)


def build(reader: Actor, filters: dict[str, str]) -> Book:
    """Every application that the reader's list shows under these filters, newest first."""
    found, total = applications_for(reader, filters_of(filters), size=EVERYTHING)
    awards = {award.id: award for award in db.session.scalars(select(Award))}
    paid = paid_and_back(awards.values())
    rounds, outcomes = _rounds(), outcomes_by_application(reader)
    references = {application.id: application.reference for application in found}
    sheets = (
        Filled(APPLICATIONS, [_application(one, awards, paid, rounds, outcomes) for one in found]),
        Filled(LINES, _lines(references)),
        Filled(STEPS, _steps(references)),
    )
    return book("Funding applications", sheets, rows=total)


def filters_of(arguments: Mapping[str, str] | Given) -> Filters:
    """The list's filters from the address; what makes no sense there is left out."""
    given = Given.of(arguments)
    return Filters(
        status=given.key("status"),
        region_id=given.id("region"),
        council_id=given.id("council"),
        poll_on=given.day("poll_on"),
        text=given.text("text"),
        round=given.key("round"),
    )


def _rounds() -> dict[int, str]:
    """The name of each application's round, by the application's id."""
    rows = db.session.execute(
        select(AnswerSheet.application_id, Round.name).join(Round, Round.id == AnswerSheet.round_id)
    )
    return {row.application_id: row.name for row in rows}


def _result(outcome: Outcome | None) -> dict[str, str | None]:
    """What became of the candidate, in words; nothing where it is not known yet."""
    words = {True: "Yes", False: "No", None: None}
    return {
        "nominated": words[outcome.nominated] if outcome else None,
        "elected": words[outcome.elected] if outcome else None,
    }


def _application(
    one: Application,
    awards: dict[int, Award],
    paid: dict[int, tuple[int, int]],
    rounds: dict[int, str],
    outcomes: dict[int, Outcome],
) -> dict[str, Any]:
    award = awards.get(one.award_id or 0)
    paid_p, returned_p = paid.get(one.award_id or 0, (None, None))
    area = one.constituency or one.ward
    return {
        "reference": one.reference,
        "status": STATUSES[one.status].label,
        "candidate": one.person.name if one.person else None,
        "region": one.region.name,
        "council": one.council.name if one.council else None,
        "area": area.name if area else None,
        "poll_on": one.poll_on,
        "requested_p": one.requested_p,
        "recommended_p": one.recommended_p,
        "awarded_p": one.awarded_p,
        "committed_p": award.committed_p if award else None,
        "paid_p": paid_p,
        "returned_p": returned_p,
        "round": rounds.get(one.id),
        **_result(outcomes.get(one.id)),
        **in_law(one.law),
        "submitted_at": one.submitted_at,
        "decided_at": one.decided_at,
        "paid_on": one.paid_on,
        "purpose": one.purpose,
    }


def in_law(law: ApplicationLaw | None) -> dict[str, Any]:
    """What an award is in law, in words: its class, its category, and whom it went to."""
    known = CLASSES.get(law.legal_class or "") if law else None
    category = law.s72_category if law else None
    return {
        "legal_class": known.label if known else None,
        "s72": f"({category}) {CATEGORIES[category]}" if category else None,
        "recipient": law.recipient if law else None,
    }


def _lines(references: dict[int, str]) -> list[dict[str, Any]]:
    rows = db.session.scalars(
        select(CostLine).order_by(CostLine.application_id.desc(), CostLine.position)
    )
    return [
        {"reference": references[row.application_id], "what": row.what, "amount_p": row.amount_p}
        for row in rows
        if row.application_id in references
    ]


def _steps(references: dict[int, str]) -> list[dict[str, Any]]:
    rows: Sequence[ApplicationStep] = db.session.scalars(
        select(ApplicationStep)
        .options(joinedload(ApplicationStep.by))
        .order_by(ApplicationStep.application_id.desc(), ApplicationStep.id)
    ).all()
    return [
        {
            "reference": references[row.application_id],
            "at": row.at,
            "step": BY_NAME[row.step].done,
            "by": row.by.name,
            "amount_p": row.amount_p,
            "reason": row.reason,
        }
        for row in rows
        if row.application_id in references
    ]
