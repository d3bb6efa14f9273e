"""A batch as finance keeps it: who is paid what, for which award, under the batch's reference."""

from typing import Any

from models.payments.payees.rules import masked
from models.payments.queries.batches import payments_in
from models.payments.tables import Payment, PaymentBatch
from models.payments.workflow import STATUSES
from reports.sheet import Book, Column, Filled, Sheet, book

BATCH = Sheet(
    "Batch",
    (
        Column("batch", "Batch", width=16),
        Column("reference", "Payment", width=20),
        Column("application", "Application", width=16),
        Column("candidate", "Candidate", width=26, data_class="special"),
        Column("region", "Region", width=28),
        Column("payee", "Payee", width=28, data_class="special"),
        Column("account", "Account", width=12, data_class="bank"),
        Column("amount_p", "Amount", "pounds", 14, total=True),
        Column("pay_on", "Pay on", "day", 14),
        Column("status", "State", width=20),
        Column("paid_on", "Paid on", "day", 14),
        Column("released_by", "Released by", width=22, data_class="personal"),
    ),
)


def batch_book(batch: PaymentBatch) -> Book:
    """The batch as a workbook; the caller has let its reader see the batch."""
    rows = [_row(batch, payment) for payment in payments_in(batch)]
    cover = (
        ("Batch", batch.reference),
        ("Sent by", batch.made_by.name),
        ("Payments", f"{batch.payments:,}"),
    )
    return book(f"Payment batch {batch.reference}", [Filled(BATCH, rows)], cover=cover)


def _row(batch: PaymentBatch, payment: Payment) -> dict[str, Any]:
    application = payment.application
    return {
        "batch": batch.reference,
        "reference": payment.reference,
        "application": application.reference,
        "candidate": application.candidate_name,
        "region": application.region.name,
        "payee": payment.payee.name if payment.payee else None,
        "account": masked(payment.account.tail) if payment.account else None,
        "amount_p": payment.amount_p,
        "pay_on": batch.pay_on,
        "status": STATUSES[payment.status].label,
        "paid_on": payment.paid_on,
        "released_by": payment.released_by.name if payment.released_by else None,
    }
