"""Reading refunds, what came of them, and wishes to write money off."""

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from models.accounts.permits import Actor, require
from models.accounts.roles import Permit
from models.base import db
from models.errors import NotFound
from models.funding.queries.lists import visible_to
from models.funding.tables import Application
from models.payments.tables import Refund, RefundReceipt, WriteOff


def refunds_of(application: Application) -> list[Refund]:
    """What was asked back of an award, newest first."""
    return list(
        db.session.scalars(
            select(Refund)
            .where(Refund.application_id == application.id)
            .options(joinedload(Refund.asked_by))
            .order_by(Refund.id.desc())
        )
    )


def receipts_of(application: Application) -> list[RefundReceipt]:
    """What came back of an award, newest first."""
    return list(
        db.session.scalars(
            select(RefundReceipt)
            .join(Refund, Refund.id == RefundReceipt.refund_id)
            .where(Refund.application_id == application.id)
            .options(joinedload(RefundReceipt.by))
            .order_by(RefundReceipt.id.desc())
        )
    )


def write_offs_of(application: Application) -> list[WriteOff]:
    """Every wish to write money of an award off, newest first."""
    return list(
        db.session.scalars(
            select(WriteOff)
            .join(Refund, Refund.id == WriteOff.refund_id)
            .where(Refund.application_id == application.id)
            .options(joinedload(WriteOff.asked_by), joinedload(WriteOff.decided_by))
            .order_by(WriteOff.id.desc())
        )
    )


def refund_for(reader: Actor, refund_id: int) -> Refund:
    """One refund with its application; NotFound where this person may not read it."""
    found = db.session.scalars(
        select(Refund)
        .join(Application, Application.id == Refund.application_id)
        .where(Refund.id == refund_id, visible_to(reader))
        .options(joinedload(Refund.application).joinedload(Application.award))
    ).one_or_none()
    if found is None:
        raise NotFound("There is no such refund, or it is not in your region.")
    return found


def write_off_for(reader: Actor, write_off_id: int) -> WriteOff:
    """One wish to write money off; NotFound where this person may not read it."""
    found = db.session.scalars(
        select(WriteOff)
        .join(Refund, Refund.id == WriteOff.refund_id)
        .join(Application, Application.id == Refund.application_id)
        .where(WriteOff.id == write_off_id, visible_to(reader))
        .options(joinedload(WriteOff.refund).joinedload(Refund.application))
    ).one_or_none()
    if found is None:
        raise NotFound("There is no such write-off, or it is not in your region.")
    return found


def write_offs_waiting_for(reader: Actor) -> list[WriteOff]:
    """The wishes that wait for an answer, oldest first."""
    require(reader, Permit.WRITE_OFF)
    return list(
        db.session.scalars(
            select(WriteOff)
            .where(WriteOff.approved.is_(None))
            .options(
                joinedload(WriteOff.refund).joinedload(Refund.application),
                joinedload(WriteOff.asked_by),
            )
            .order_by(WriteOff.id)
        )
    )


def asked_back_p(application: Application) -> int:
    """What is asked back of an award and neither returned nor written off, in pence."""
    still = func.sum(Refund.amount_p - Refund.returned_p - Refund.written_off_p)
    found = db.session.scalar(select(still).where(Refund.application_id == application.id))
    return int(found or 0)


def written_off_p(application: Application) -> int:
    """What of an award was given up, in pence."""
    found = db.session.scalar(
        select(func.sum(Refund.written_off_p)).where(Refund.application_id == application.id)
    )
    return int(found or 0)


def refund_with_key(key: str | None) -> Refund | None:
    """The refund that was asked with this key, if one was."""
    if key is None:
        return None
    return db.session.scalars(select(Refund).where(Refund.idem == key)).one_or_none()


def receipt_with_key(key: str) -> RefundReceipt | None:
    """The receipt that was written with this key, if one was."""
    return db.session.scalars(select(RefundReceipt).where(RefundReceipt.idem == key)).one_or_none()


def write_off_with_key(key: str | None) -> WriteOff | None:
    """The wish that was made with this key, if one was."""
    if key is None:
        return None
    return db.session.scalars(select(WriteOff).where(WriteOff.idem == key)).one_or_none()


def open_write_off(refund: Refund) -> WriteOff | None:
    """The wish for this refund that waits for its answer, if there is one."""
    return db.session.scalars(
        select(WriteOff).where(WriteOff.refund_id == refund.id, WriteOff.approved.is_(None))
    ).one_or_none()
