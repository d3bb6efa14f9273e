"""Taking in what the bank paid, and settling what does not fit."""

from collections.abc import Sequence
from dataclasses import replace

from models import audit, clock
from models.accounts.permits import Actor, require
from models.accounts.roles import Permit
from models.accounts.tables import User
from models.base import db, one_at_a_time
from models.errors import DomainError, Refused
from models.payments import rules, workflow
from models.payments.actions.law import answer_to_law
from models.payments.actions.paying import book, mark_failed, payer_of, reverse
from models.payments.actions.plan import add_tranche
from models.payments.actions.steps import finish, hold
from models.payments.paid_files import queries
from models.payments.paid_files.matching import GivenRow, Known, Match, key_of, match_all
from models.payments.queries.batches import payments_by_id
from models.payments.queries.one import case_of
from models.payments.rules import Tranche
from models.payments.tables import PaidFile, PaidRow, Payment

NOT_THERE = "The payment is not there any more."
OWN_RELEASE = (
    "Whoever brought this file released this payment: somebody else in finance settles this row, "
    "or brings the file in."
)
LOOK = "Look at it. If it was paid, mark the payment as paid on its own page."


def take_in(*, name: str, sha256: str, rows: Sequence[GivenRow], by: Actor) -> PaidFile:
    """Match a file's rows with the payments; those that fit are paid and matched, once.

    The same file again judges only the rows that did not fit before.
    """
    require(by, Permit.PAID_FILES)
    one_at_a_time("paid file", sha256)
    file = queries.file_with_hash(sha256)
    if file is None:
        file = PaidFile(name=name[:200], sha256=sha256, rows=len(rows), by_id=by.id)
        db.session.add(file)
        db.session.flush()
        for row in rows:
            db.session.add(_stored(file, row))
        db.session.flush()
    fresh = [
        row
        for row in queries.rows_of(file, only_matched=False)
        if row.settled_at is None and row.verdict != "matched"
    ]
    _judge(fresh, {row.number: row for row in rows}, by=by)
    counts = vars(queries.tally_of(file))
    audit.record("paid_file.taken_in", file, by=by, after=counts)
    return file


def _stored(file: PaidFile, row: GivenRow) -> PaidRow:
    return PaidRow(
        file_id=file.id,
        number=row.number,
        reference=row.reference[:200],
        amount_p=row.amount_p,
        paid_on=row.paid_on,
        verdict="unknown",
        because=row.fault,
    )


def _judge(stored: list[PaidRow], read: dict[int, GivenRow], *, by: Actor) -> None:
    known = queries.known_payments()
    given = [_as_read(one, read.get(one.number)) for one in stored]
    today = clock.today()
    first = match_all(given, known, today)
    ids = {match.payment_id for match in first if match.payment_id is not None}
    payments = {one.id: one for one in payments_by_id(ids)}
    hold(list(payments.values()))
    # Somebody may have moved a payment between our look and the lock: judge what is held.
    held = {key_of(one.reference): _known(one) for one in payments.values()}
    for row, match in zip(stored, match_all(given, {**known, **held}, today), strict=True):
        _keep(row, match, payments, by=by)
    db.session.flush()


def _as_read(stored: PaidRow, read: GivenRow | None) -> GivenRow:
    """A stored row, with what was read of it this time and is not stored."""
    given = GivenRow(stored.number, stored.reference, stored.amount_p, stored.paid_on)
    return replace(given, fault=read.fault, aside=read.aside) if read is not None else given


def _known(payment: Payment) -> Known:
    pay_on = payment.batch.pay_on if payment.batch is not None else None
    return Known(
        payment.id, payment.reference, payment.amount_p, payment.status, pay_on, payment.paid_on
    )


def _keep(row: PaidRow, match: Match, payments: dict[int, Payment], *, by: Actor) -> None:
    verdict, because = match.verdict, match.because
    row.payment_id = match.payment_id
    if verdict == "matched" and match.payment_id is not None:
        payment = payments[match.payment_id]
        try:
            with db.session.begin_nested():
                if _own_release(payment, by):
                    verdict, because = "look", OWN_RELEASE
                else:
                    _apply(row, payment, by=by)
        except DomainError as refusal:
            verdict, because = "differing", refusal.message
    row.verdict, row.because = verdict, because


def _own_release(payment: Payment, by: Actor) -> str | None:
    """Why this person may not say that the bank paid it, where something of it is still to do."""
    if payment.status not in ("exported", "paid"):
        return None
    step = workflow.step_named("match")
    return workflow.judged(step, case_of(payment), by).because


def _apply(row: PaidRow, payment: Payment, *, by: Actor) -> None:
    """What a matched row does: the payment is paid, and known to be."""
    if payment.status == "exported":
        _pay(row, payment, by=by)
    if payment.status == "paid":
        finish(payment, workflow.step_named("match"), by=by, reason=f"Row {row.number}")


def _pay(row: PaidRow, payment: Payment, *, by: Actor, answer: str | None = None) -> None:
    """After the law's last day for bills a row waits until somebody settles it with an answer."""
    payer = payer_of(payment, by=by)
    step = workflow.step_named("pay")
    verdict = workflow.judged(step, case_of(payment), payer)
    if not verdict.allowed:
        raise Refused(verdict.because or "")
    pay_on = payment.batch.pay_on if payment.batch is not None else clock.today()
    paid_on = row.paid_on or min(pay_on, clock.today())
    words = answer_to_law(payment, on=paid_on, answer=answer, by=by)
    book(payment, paid_on=paid_on, payer=payer, by=by, answer=words)


def settle(row: PaidRow, *, take: bool, reason: str, by: User) -> PaidRow:
    """Settle a row that did not fit: take what the file says, or leave it with a reason.

    Taking another day pays the payment on that day. Taking a smaller amount pays that much and
    plans the rest as a new tranche; a larger one is never taken: it was not released. Where the day
    is after the law's last day for bills, the reason is the answer to the law. Taking a row that
    came back marks its payment as failed, or reverses it where it counts as paid already. Nobody
    says of a payment that they released that the bank paid it.
    """
    require(by, Permit.PAYMENTS_MAKE)
    said = rules.check_words(reason, ask="Say what you found out.", field="reason")
    if row.payment is not None:
        hold([row.payment])
    db.session.refresh(row, with_for_update={"key_share": True, "of": PaidRow})
    if row.settled_at is not None:
        if row.settled_by_id == by.id and row.settled == said:
            return row
        raise Refused("Somebody settled this row already.")
    if row.verdict == "matched":
        raise Refused("This row fits: there is nothing to settle.")
    because = can_settle(row, by)
    if because:
        raise Refused(because)
    if take:
        _take(row, by=by, reason=said)
    row.settled, row.settled_by_id, row.settled_at = said, by.id, clock.now()
    db.session.flush()
    audit.record("paid_row.settled", row, by=by, after={"taken": take, "reason": said})
    return row


def waits_for_another(row: PaidRow) -> bool:
    """Whether the row fits, and only whoever brought its file may not say so."""
    return row.verdict == "look" and row.because == OWN_RELEASE


def can_settle(row: PaidRow, by: User) -> str | None:
    """Why this person cannot settle the row at all, not even by leaving it, or None."""
    if row.payment is None or not waits_for_another(row):
        return None
    return _own_release(row.payment, by)


def can_take(row: PaidRow, by: User) -> str | None:
    """Why this person cannot take over what the file says, or None."""
    payment = row.payment
    if payment is None:
        return "No payment has this reference."
    if row.verdict == "look" and not waits_for_another(row):
        return LOOK
    if row.verdict == "returned":
        return None if step_back(row) else _not_now(payment, "so nothing of it can come back")
    return _own_release(payment, by) or _not_to_pay(row, payment)


def _not_to_pay(row: PaidRow, payment: Payment) -> str | None:
    if payment.status == "paid" and waits_for_another(row):
        return None  # by hand, since its file came
    if payment.status != "exported":
        return _not_now(payment, "not on its way to the bank")
    return _not_as_given(row, payment)


def _not_now(payment: Payment, words: str) -> str:
    return f"The payment is “{workflow.STATUSES[payment.status].label.lower()}” now, {words}."


def _not_as_given(row: PaidRow, payment: Payment) -> str | None:
    if row.amount_p is None or row.amount_p < 1:
        return "The file gives no amount that could be paid."
    if row.amount_p > payment.amount_p:
        return "The bank paid more than was released. Ask for the difference back, then correct it."
    if row.paid_on is not None and row.paid_on > clock.today():
        return "The day in the file is in the future."
    return None


def step_back(row: PaidRow) -> str | None:
    """The step by which the payment of a row that came back follows it: "fail" or "reverse".

    None where the row did not come back, or its payment is neither on its way nor paid.
    """
    if row.verdict != "returned" or row.payment is None:
        return None
    if row.payment.status == "exported":
        return "fail"
    return "reverse" if row.payment.status in workflow.PAID else None


def _take(row: PaidRow, *, by: User, reason: str) -> None:
    because = can_take(row, by)
    payment = row.payment
    if because or payment is None:
        raise Refused(because or NOT_THERE)
    back = step_back(row)
    if back is not None:
        take_back = mark_failed if back == "fail" else reverse
        take_back(payment, reason=reason, by=by)
        return
    if payment.status == "paid":
        _apply(row, payment, by=by)
        return
    rest_p = payment.amount_p - (row.amount_p or 0)
    if rest_p:
        before, after = audit.changes(payment, {"amount_p": row.amount_p})
        audit.record("payment.paid_in_part", payment, by=by, before=before, after=after)
        add_tranche(payment.application, Tranche(rest_p, payment.payee_id), by=by)
    _pay(row, payment, by=by, answer=reason)
    finish(payment, workflow.step_named("match"), by=by, reason=f"Row {row.number}")
