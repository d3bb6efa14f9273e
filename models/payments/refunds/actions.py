"""Asking money back, booking what came, and giving up what will not come."""

from datetime import date

from models import audit, clock
from models.accounts.permits import require
from models.accounts.roles import Permit
from models.accounts.tables import User
from models.base import db
from models.budget.actions.money import give_back
from models.budget.queries.nodes import paid_and_back, paid_of
from models.days import said_day
from models.errors import Conflict, Invalid, Refused
from models.funding.references import checks
from models.funding.references.actions import claim
from models.funding.tables import Application
from models.money import in_pounds
from models.payments import rules
from models.payments.actions.steps import REPEATED, hold_application
from models.payments.queries.one import first_paid_on
from models.payments.refunds import queries
from models.payments.tables import Refund, RefundReceipt, WriteOff


def ask_refund(
    application: Application,
    *,
    amount_p: int,
    reason: str,
    by: User,
    due_on: date | None = None,
    key: str | None = None,
) -> Refund:
    """Ask for money of an award back: at most what was paid and is neither back nor asked for."""
    require(by, Permit.PAYMENTS_RELEASE, regions=[application.region_id])
    said = rules.check_words(reason, ask="Say why it is asked back.", field="reason")
    earlier = queries.refund_with_key(key)
    if earlier is not None:
        if (earlier.application_id, earlier.amount_p) != (application.id, amount_p):
            raise Conflict(REPEATED)
        return earlier
    hold_application(application)
    award = application.award
    if award is None or not paid_of(award):
        raise Refused("Nothing of this award was paid, so nothing can come back.")
    if due_on is not None and due_on < clock.today():
        raise Invalid("This day is past. Give a day to come, or none.", field="due_on")
    _check_part(amount_p, _could_come_back_p(application), "could still come back")
    refund = Refund(
        application_id=application.id,
        amount_p=amount_p,
        reason=said,
        due_on=due_on,
        asked_by_id=by.id,
        idem=key,
    )
    db.session.add(refund)
    db.session.flush()
    audit.record("refund.asked", refund, by=by, after={"amount_p": amount_p, "reason": said})
    return refund


def _could_come_back_p(application: Application) -> int:
    award = application.award
    paid_p, back_p = paid_and_back([award])[award.id] if award is not None else (0, 0)
    gone_p = queries.written_off_p(application)
    return paid_p - back_p - gone_p - queries.asked_back_p(application)


def _check_part(amount_p: int, most_p: int, words: str) -> None:
    if amount_p < 1:
        raise Invalid("Enter an amount of more than nothing.", field="amount")
    if amount_p > most_p:
        raise Invalid(
            f"{in_pounds(most_p)} {words}; you entered {in_pounds(amount_p)}.", field="amount"
        )


def _check_still_open(wish: WriteOff) -> None:
    if wish.amount_p > wish.refund.open_p:
        raise Refused(
            f"{in_pounds(wish.refund.open_p)} is still to come back since this write-off of "
            f"{in_pounds(wish.amount_p)} was asked for. Refuse it, and let it be asked for again."
        )


def receive_refund(
    refund: Refund, *, amount_p: int, received_on: date, reference: str, by: User, key: str
) -> RefundReceipt:
    """Book money that came back, all or part of it: it is free again in its budget head."""
    require(by, Permit.PAYMENTS_MAKE, regions=[refund.application.region_id])
    earlier = queries.receipt_with_key(key)
    if earlier is not None:
        if (earlier.refund_id, earlier.amount_p) != (refund.id, amount_p):
            raise Conflict(REPEATED)
        return earlier
    _hold(refund)
    _check_part(amount_p, refund.open_p, "is still to come back")
    said = rules.check_words(
        reference, ask="Enter the reference on the bank statement.", field="reference", most=60
    )
    checks.check(said, application=refund.application)
    _check_received(refund.application, received_on)
    if refund.application.award is None:
        raise Refused("There is no award.")
    entry = give_back(
        award=refund.application.award, amount_p=amount_p, by=by, key=f"refund:{refund.id}:{key}"
    )
    claim(said, application=refund.application, entry=entry, by=by)
    receipt = RefundReceipt(
        refund_id=refund.id,
        amount_p=amount_p,
        received_on=received_on,
        reference=said,
        by_id=by.id,
        entry_id=entry.id,
        idem=key,
    )
    refund.returned_p += amount_p
    db.session.add(receipt)
    db.session.flush()
    audit.record("refund.received", refund, by=by, after={"amount_p": amount_p})
    return receipt


def _check_received(application: Application, received_on: date) -> None:
    if received_on > clock.today():
        raise Invalid("The money cannot have come in the future.", field="received_on")
    paid_on = first_paid_on(application)
    if paid_on is not None and received_on < paid_on:
        raise Invalid(
            f"Money cannot come back before it was paid: the first payment was on "
            f"{said_day(paid_on)}.",
            field="received_on",
        )


def ask_write_off(
    refund: Refund, *, amount_p: int, reason: str, by: User, key: str | None = None
) -> WriteOff:
    """Propose to give up money that will not come back; somebody else decides."""
    require(by, Permit.PAYMENTS_MAKE, regions=[refund.application.region_id])
    said = rules.check_words(reason, ask="Say why it cannot come back.", field="reason")
    earlier = queries.write_off_with_key(key)
    if earlier is not None:
        if (earlier.refund_id, earlier.amount_p) != (refund.id, amount_p):
            raise Conflict(REPEATED)
        return earlier
    _hold(refund)
    _check_part(amount_p, refund.open_p, "is still to come back")
    if queries.open_write_off(refund) is not None:
        raise Refused("A write-off of this refund waits for its answer already.")
    wish = WriteOff(
        refund_id=refund.id, amount_p=amount_p, reason=said, asked_by_id=by.id, idem=key
    )
    db.session.add(wish)
    db.session.flush()
    audit.record("write_off.asked", wish, by=by, after={"amount_p": amount_p, "reason": said})
    return wish


def decide_write_off(wish: WriteOff, *, approve: bool, answer: str, by: User) -> WriteOff:
    """Approve or refuse a write-off. Not by whoever asked for it. The ledger keeps the payment."""
    require(by, Permit.WRITE_OFF, regions=[wish.refund.application.region_id])
    _hold(wish.refund)
    db.session.refresh(wish)
    if wish.approved is not None:
        if (wish.approved, wish.decided_by_id) == (approve, by.id):
            return wish
        raise Refused("This write-off is decided already.")
    if wish.asked_by_id == by.id:
        raise Refused("You asked for this write-off, so somebody else must decide on it.")
    said = rules.check_words(answer, ask="Give the reason.", field="answer")
    if approve:
        _check_still_open(wish)
        wish.refund.written_off_p += wish.amount_p
    wish.approved, wish.answer = approve, said
    wish.decided_by_id, wish.decided_at = by.id, clock.now()
    db.session.flush()
    audit.record("write_off.decided", wish, by=by, after={"approved": approve, "reason": said})
    return wish


def _hold(refund: Refund) -> None:
    hold_application(refund.application)
    db.session.refresh(refund, with_for_update={"key_share": True, "of": Refund})
