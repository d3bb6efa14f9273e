"""What waits in payments for one reader, as counts: rows of the work queue."""

from dataclasses import dataclass

from sqlalchemy import ColumnElement, Select, and_, func, select

from models import clock
from models.accounts.permits import may
from models.accounts.roles import Permit
from models.accounts.tables import User
from models.base import db
from models.funding.tables import Application
from models.payments.tables import PaidRow, Payee, PayeeAccount, Payment, WriteOff


@dataclass(frozen=True)
class Work:
    """How much waits: payments to release, to send, failed; accounts, differences, write-offs.

    `release_p` and `send_p` are what these payments add up to, in pence.
    """

    release: int = 0
    release_p: int = 0
    send: int = 0
    send_p: int = 0
    failed: int = 0
    accounts: int = 0
    differences: int = 0
    write_offs: int = 0


def work_for(user: User) -> Work:
    """What this person can do about payments now; nobody is asked to do what they may not."""
    wanted: dict[str, Select[int]] = {}
    if may(user, Permit.PAYMENTS_RELEASE):
        ready = and_(Payment.status == "scheduled", Application.status == "awarded", _due(user))
        wanted["release"], wanted["release_p"] = _count(ready), _sum(ready)
    if may(user, Permit.PAYMENTS_MAKE):
        mine = and_(Payment.status == "released", Payment.released_by_id != user.id)
        wanted["send"], wanted["send_p"] = _count(mine), _sum(mine)
        wanted["failed"] = _count(Payment.status == "failed")
        wanted["differences"] = select(func.count(PaidRow.id)).where(
            PaidRow.verdict != "matched", PaidRow.settled_at.is_(None)
        )
    if may(user, Permit.PAYEES_CONFIRM):
        wanted["accounts"] = (
            select(func.count(PayeeAccount.id))
            .join(Payee, Payee.id == PayeeAccount.payee_id)
            .where(
                PayeeAccount.confirmed_at.is_(None),
                PayeeAccount.ended_at.is_(None),
                PayeeAccount.entered_by_id != user.id,
            )
        )
    if may(user, Permit.WRITE_OFF):
        wanted["write_offs"] = select(func.count(WriteOff.id)).where(
            WriteOff.approved.is_(None), WriteOff.asked_by_id != user.id
        )
    if not wanted:
        return Work()
    row = db.session.execute(
        select(*(query.scalar_subquery().label(name) for name, query in wanted.items()))
    ).one()
    return Work(**{name: int(value or 0) for name, value in row._mapping.items()})


def _due(user: User) -> ColumnElement[bool]:
    """Payments somebody can look at now: not the approver, and not before their day."""
    return and_(
        Application.decided_by_id != user.id,
        Payment.payee_id.is_not(None),
        func.coalesce(Payment.due_on, clock.today()) <= clock.today(),
    )


def _count(condition: ColumnElement[bool]) -> Select[int]:
    return select(func.count(Payment.id)).join(Application).where(condition)


def _sum(condition: ColumnElement[bool]) -> Select[int]:
    return select(func.sum(Payment.amount_p)).join(Application).where(condition)
