"""Batches, what can go into the next one, and the layout of the file for the bank."""

from collections.abc import Iterable

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from models.accounts.permits import Actor, require
from models.accounts.roles import Permit
from models.base import db
from models.errors import NotFound
from models.payments.layout import Layout, layout_of
from models.payments.queries.one import around
from models.payments.tables import BankLayout, Payment, PaymentBatch, PaymentStep
from models.payments.workflow import PAID, STATUSES


def batches_for(reader: Actor, *, page: int = 1, size: int = 50) -> tuple[list[PaymentBatch], int]:
    """One page of the batches, newest first, and how many there are in all."""
    require(reader, Permit.PAYMENTS_MAKE)
    total = db.session.scalar(select(func.count()).select_from(PaymentBatch)) or 0
    rows = db.session.scalars(
        select(PaymentBatch)
        .options(joinedload(PaymentBatch.made_by))
        .order_by(PaymentBatch.id.desc())
        .limit(size)
        .offset((page - 1) * size)
    )
    return list(rows), total


def batch_for(reader: Actor, batch_id: int) -> PaymentBatch:
    """One batch; NotFound where there is none."""
    require(reader, Permit.PAYMENTS_MAKE)
    found = db.session.scalars(
        select(PaymentBatch)
        .where(PaymentBatch.id == batch_id)
        .options(joinedload(PaymentBatch.made_by))
    ).one_or_none()
    if found is None:
        raise NotFound("There is no such batch.")
    return found


def batch_with_key(key: str | None) -> PaymentBatch | None:
    """The batch that was made with this key, if one was."""
    if key is None:
        return None
    return db.session.scalars(select(PaymentBatch).where(PaymentBatch.idem == key)).one_or_none()


def payments_in(batch: PaymentBatch) -> list[Payment]:
    """The payments of a batch that were not scheduled anew since, with their accounts."""
    return list(
        db.session.scalars(
            select(Payment)
            .where(Payment.batch_id == batch.id)
            .options(*around(), joinedload(Payment.account))
            .order_by(Payment.id)
        )
    )


def sendable_for(reader: Actor) -> list[Payment]:
    """Every released payment, for the next batch, the oldest release first."""
    require(reader, Permit.PAYMENTS_MAKE)
    return list(
        db.session.scalars(
            select(Payment)
            .where(Payment.status == "released")
            .options(*around())
            .order_by(Payment.released_at, Payment.id)
        )
    )


def payments_by_id(ids: Iterable[int]) -> list[Payment]:
    """These payments in the order in which they are locked: by application, then by id."""
    return list(
        db.session.scalars(
            select(Payment)
            .where(Payment.id.in_(list(ids)))
            .options(*around())
            .order_by(Payment.application_id, Payment.id)
        )
    )


def not_waiting_for(reader: Actor, ids: Iterable[int]) -> list[str]:
    """A sentence for each of these payments that waits for no batch, in their order."""
    require(reader, Permit.PAYMENTS_MAKE)
    return [_where(one) for one in payments_by_id(ids) if one.status != "released"]


def _where(payment: Payment) -> str:
    if payment.status in ("exported", *PAID) and payment.batch is not None:
        return f"{payment.reference} is already in batch {payment.batch.reference}."
    now = STATUSES[payment.status].label.lower()
    return f"{payment.reference} is “{now}” now and waits for no batch."


def current_layout() -> Layout:
    """The layout for the bank as finance set it last; the usual one where nobody did."""
    stored = db.session.scalars(select(BankLayout).order_by(BankLayout.id.desc()).limit(1)).first()
    return layout_of(stored.layout if stored is not None else None)


def layout_row() -> BankLayout | None:
    """Who set the layout, and when; None where nobody did."""
    return db.session.scalars(
        select(BankLayout)
        .options(joinedload(BankLayout.set_by))
        .order_by(BankLayout.id.desc())
        .limit(1)
    ).first()


def sent_in(batch: PaymentBatch) -> list[int]:
    """The ids of every payment that went out with a batch, failed ones too."""
    return list(
        db.session.scalars(
            select(PaymentStep.payment_id)
            .where(PaymentStep.step == "export", PaymentStep.reason == batch.reference)
            .order_by(PaymentStep.payment_id)
        )
    )
