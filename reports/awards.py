"""Awards and payments as a workbook: by region with a chart, every award, every payment.

A reader who is held to regions gets what was awarded out of those regions' parts alone. No bank
detail leaves with it.
"""

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import aliased, joinedload

from models.accounts.permits import Actor
from models.base import db
from models.budget.queries.periods import shown_fund
from models.budget.queries.tree import fund_by_code
from models.funding.queries.lists import visible_to
from models.funding.tables import Application
from models.payments.tables import Payment, PaymentBatch
from models.payments.workflow import STATUSES, TRIGGERS
from models.people.tables import Person
from reports import budget
from reports.sheet import Book, Column, Filled, Sheet, book

FILTERS = ("fund",)

PAYMENTS = Sheet(
    "Payments",
    (
        Column("reference", "Payment", width=20),
        Column("application", "Application", width=16),
        Column("candidate", "Candidate", width=28, data_class="special"),
        Column("amount_p", "Amount", "pounds", 14, total=True),
        Column("status", "State", width=18),
        Column("waits_for", "Waits for", width=28),
        Column("due_on", "Due", "day", 14),
        Column("batch", "Batch", width=16),
        Column("paid_on", "Paid on", "day", 14),
    ),
)


def build(reader: Actor, filters: dict[str, str]) -> Book:
    """The awards of one fund (`fund` is its code; default: the one that runs) for this reader."""
    fund = fund_by_code(filters.get("fund", "")) or shown_fund()
    nodes = budget.nodes_of(fund)
    regions = budget.by_region(budget.leaves(reader, nodes))
    sheets = (
        Filled(budget.AWARDS, budget.award_rows(reader, nodes)),
        Filled(budget.SUMMARY, regions, budget.chart()),
        Filled(PAYMENTS, _payments(reader, fund.id if fund else None)),
    )
    return book("Awards and payments", sheets)


def _payments(reader: Actor, fund_id: int | None) -> list[dict[str, Any]]:
    batch = aliased(PaymentBatch)
    rows = db.session.execute(
        select(Payment, Application.reference, Person, batch.reference)
        .join(Application, Application.id == Payment.application_id)
        .outerjoin(Person, Person.id == Application.person_id)
        .outerjoin(batch, batch.id == Payment.batch_id)
        .where(Application.fund_id == fund_id, visible_to(reader))
        .options(joinedload(Payment.condition))
        .order_by(Payment.id)
    )
    return [_payment(*row) for row in rows]


def _payment(
    payment: Payment, application: str, person: Person | None, batch: str | None
) -> dict[str, Any]:
    return {
        "reference": payment.reference,
        "application": application,
        "candidate": person.name if person else None,
        "amount_p": payment.amount_p,
        "status": STATUSES[payment.status].label,
        "waits_for": TRIGGERS[payment.waits_for],
        "due_on": payment.due_on,
        "batch": batch,
        "paid_on": payment.paid_on,
    }
