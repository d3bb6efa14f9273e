"""Payments as a workbook for everybody who reads funding: no bank details, and what came back."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from models.accounts.permits import Actor
from models.base import db
from models.funding.queries.lists import visible_to
from models.funding.tables import Application
from models.payments.queries.lists import Filters, payments_for
from models.payments.tables import Payment, Refund
from models.payments.workflow import STATUSES, TRIGGERS
from models.query_args import Given
from reports.sheet import Book, Column, Filled, Sheet, book

FILTERS = ("text", "status", "region")
EVERYTHING = 1_000_000

PAYMENTS = Sheet(
    "Payments",
    (
        Column("reference", "Payment", width=20),
        Column("application", "Application", width=16),
        Column("candidate", "Candidate", width=26, data_class="special"),
        Column("region", "Region", width=28),
        Column("payee", "Payee", width=28, data_class="special"),
        Column("amount_p", "Amount", "pounds", 14, total=True),
        Column("status", "State", width=20),
        Column("waits_for", "Waits for", width=28),
        Column("due_on", "Due on", "day", 14),
        Column("released_at", "Released", "moment", 18),
        Column("batch", "Batch", width=16),
        Column("paid_on", "Paid on", "day", 14),
    ),
)
REFUNDS = Sheet(
    "Money back",
    (
        Column("application", "Application", width=16),
        Column("asked_at", "Asked", "moment", 18),
        Column("amount_p", "Asked back", "pounds", 14, total=True),
        Column("returned_p", "Returned", "pounds", 14, total=True),
        Column("written_off_p", "Written off", "pounds", 14, total=True),
        Column("open_p", "Still to come", "pounds", 14, total=True),
        Column("due_on", "Due on", "day", 14),
        Column("reason", "Reason", width=60, data_class="special"),
    ),
)


def build(reader: Actor, filters: dict[str, str]) -> Book:
    """Every payment that the reader's list shows under these filters, newest first."""
    found, total = payments_for(reader, filters_of(filters), size=EVERYTHING)
    sheets = (
        Filled(PAYMENTS, [_payment(one) for one in found]),
        Filled(REFUNDS, [_refund(one) for one in _refunds(reader)]),
    )
    return book("Payments", sheets, rows=total)


def filters_of(arguments: Mapping[str, str] | Given) -> Filters:
    """The list's filters from the address; what makes no sense there is left out."""
    given = Given.of(arguments)
    return Filters(
        status=given.key("status"), region_id=given.id("region"), text=given.text("text")
    )


def _payment(one: Payment) -> dict[str, Any]:
    application = one.application
    return {
        "reference": one.reference,
        "application": application.reference,
        "candidate": application.candidate_name,
        "region": application.region.name,
        "payee": one.payee.name if one.payee else None,
        "amount_p": one.amount_p,
        "status": STATUSES[one.status].label,
        "waits_for": TRIGGERS[one.waits_for],
        "due_on": one.due_on,
        "released_at": one.released_at,
        "batch": one.batch.reference if one.batch else None,
        "paid_on": one.paid_on,
    }


def _refunds(reader: Actor) -> list[Refund]:
    return list(
        db.session.scalars(
            select(Refund)
            .join(Application, Application.id == Refund.application_id)
            .where(visible_to(reader))
            .options(joinedload(Refund.application))
            .order_by(Refund.id.desc())
        )
    )


def _refund(one: Refund) -> dict[str, Any]:
    return {
        "application": one.application.reference,
        "asked_at": one.asked_at,
        "amount_p": one.amount_p,
        "returned_p": one.returned_p,
        "written_off_p": one.written_off_p,
        "open_p": one.open_p,
        "due_on": one.due_on,
        "reason": one.reason,
    }
