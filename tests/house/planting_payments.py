"""Payments of each region for the authorisation walk: what only finance may see is planted too."""

from datetime import date
from types import SimpleNamespace
from typing import Any

import sqlalchemy as sa

from models import clock
from models.accounts.tables import User
from models.base import db
from models.budget.tables import LedgerEntry
from models.funding.references.tables import BankReference
from models.payments.layout import Layout
from models.payments.sealing import Details, seal
from models.payments.tables import (
    Condition,
    PaidFile,
    PaidRow,
    Payee,
    PayeeAccount,
    Payment,
    PaymentBatch,
    PaymentStep,
    Refund,
    RefundReceipt,
    WriteOff,
)

DAY = date(2026, 11, 2)
# A number that stands in no other place, for the test that no page shows it.
SECRET_NUMBER = "70839264"


def plant_payments(garden: Any, rows: SimpleNamespace) -> None:
    """A payee with a confirmed and a waiting account, one payment sent, one to release."""
    label, carol = rows.label, garden.cast.carol
    frank = _other_finance()
    rows.payee = garden.put(
        Payee, label, kind="party-unit", name_key=f"payee {label.lower()}", added_by_id=carol.id
    )
    details = seal(rows.payee.id, Details("204567", SECRET_NUMBER))
    account = {"payee_id": rows.payee.id, "sealed": details, "tail": "9264"}
    confirmed = garden.put(
        PayeeAccount, label, **account, entered_by_id=carol.id, confirmed_by_id=frank.id,
        confirmed_at=clock.now(),
    )  # fmt: skip
    rows.account = garden.put(PayeeAccount, label, **account, entered_by_id=frank.id)
    rows.condition = garden.put(
        Condition, label, application_id=rows.awarded.id, set_by_id=garden.cast.alice.id
    )
    rows.payment_batch = garden.put(
        PaymentBatch, label, reference=f"PB-{label}", pay_on=DAY, payments=1, total_p=100,
        layout=Layout().stored(), made_by_id=carol.id,
    )  # fmt: skip
    common = {"application_id": rows.awarded.id, "payee_id": rows.payee.id}
    rows.sent = garden.put(
        Payment, label, **common, number=1, reference=f"EF-{label}-3-P1", amount_p=100,
        status="exported", batch_id=rows.payment_batch.id, account_id=confirmed.id,
    )  # fmt: skip
    rows.payment = garden.put(
        Payment, label, **common, number=2, reference=f"EF-{label}-3-P2", amount_p=49_900,
        status="released", released_by_id=frank.id,
    )  # fmt: skip
    garden.put(
        PaymentStep, label, payment_id=rows.payment.id, step="release", from_status="scheduled",
        to_status="released", by_id=frank.id,
    )  # fmt: skip
    rows.paid_file = garden.put(
        PaidFile, label, sha256=label.rjust(64, "0"), rows=1, by_id=carol.id
    )
    rows.paid_row = garden.put(
        PaidRow, label, file_id=rows.paid_file.id, number=2, verdict="differing",
        payment_id=rows.sent.id, settled=None,
    )  # fmt: skip
    garden.tell("paid_row.settled")
    _refund(garden, rows)


def _other_finance() -> User:
    found = db.session.scalars(sa.select(User).where(User.email == "frank@example.org")).first()
    if found is None:
        found = User(email="frank@example.org", name="Frank Fir", role="finance")
        db.session.add(found)
        db.session.flush()
    return found


def _refund(garden: Any, rows: SimpleNamespace) -> None:
    """Money asked back, a receipt, and a wish to give up the rest."""
    label, carol = rows.label, garden.cast.carol
    entry = db.session.scalars(
        sa.select(LedgerEntry).where(LedgerEntry.award_id == rows.awarded.award_id)
    ).first()
    rows.refund = garden.put(
        Refund, label, application_id=rows.awarded.id, amount_p=100, asked_by_id=carol.id
    )
    garden.put(
        RefundReceipt, label, refund_id=rows.refund.id, amount_p=50, received_on=DAY,
        by_id=carol.id, entry_id=entry.id, idem=f"walk-{label}",
    )  # fmt: skip
    garden.put(BankReference, label, application_id=rows.awarded.id, entry_id=entry.id, ended=False)
    rows.write_off = garden.put(
        WriteOff, label, refund_id=rows.refund.id, amount_p=50, asked_by_id=carol.id, answer=None
    )
    garden.tell("write_off.answer")
