"""Release, pay, fail, schedule again, reverse: each step of one payment, with its money."""

from datetime import date

from models import audit, clock
from models.accounts.permits import Actor, may
from models.accounts.roles import Permit
from models.accounts.tables import User
from models.budget.actions import money
from models.errors import Refused
from models.funding.actions.settle import reopen, settle
from models.funding.references.actions import claim, give_up
from models.payments import rules, workflow
from models.payments.actions.law import answer_to_law
from models.payments.actions.plan import add_tranche
from models.payments.actions.steps import begin, finish
from models.payments.rules import Tranche
from models.payments.tables import Payment


def release(
    payment: Payment,
    *,
    by: User,
    answer: str | None = None,
    key: str | None = None,
    version: int | None = None,
) -> Payment:
    """Free a tranche for the next batch: its trigger came, its conditions are met.

    After the last day for bills `by` answers to the law; the answer stands in the history.
    """
    step = begin(payment, "release", by=by, key=key, version=version)
    if step is None:
        return payment
    said = answer_to_law(payment, on=clock.today(), answer=answer, by=by)
    payment.released_by_id, payment.released_at = by.id, clock.now()
    finish(payment, step, by=by, key=key, reason=said)
    return payment


def hold_back(
    payment: Payment,
    *,
    reason: str,
    by: User,
    key: str | None = None,
    version: int | None = None,
) -> Payment:
    """Take a release back, saying why, before the payment goes to the bank."""
    step = begin(payment, "hold", by=by, key=key, version=version, reason=reason)
    if step is None:
        return payment
    payment.released_by_id = payment.released_at = None
    finish(payment, step, by=by, key=key, reason=reason)
    return payment


def mark_sent_paid(
    payment: Payment,
    *,
    paid_on: date,
    by: User,
    answer: str | None = None,
    key: str | None = None,
    version: int | None = None,
) -> Payment:
    """Record by hand that a payment sent to the bank was paid, where no paid file says it.

    `answer` is asked for as at a release, where the release was early enough and this is not.
    """
    step = begin(payment, "pay", by=by, key=key, version=version)
    if step is None:
        return payment
    _check_day(payment, paid_on)
    said = answer_to_law(payment, on=paid_on, answer=answer, by=by)
    book(payment, paid_on=paid_on, payer=by, by=by, key=key, answer=said)
    return payment


def _check_day(payment: Payment, paid_on: date) -> None:
    if payment.batch is None:
        raise Refused("This payment was not sent to the bank.")
    since = clock.london_day(payment.batch.made_at)
    rules.check_paid_day(paid_on, since=since, today=clock.today())


def payer_of(payment: Payment, *, by: Actor) -> Actor:
    """Whose payment it is in the ledger: whoever sent the batch, as long as they may pay.

    Who brings the bank's file only confirms what another person did.
    """
    sent_by = payment.batch.made_by if payment.batch is not None else None
    if sent_by is not None and may(sent_by, Permit.FUNDING_PAY):
        return sent_by
    return by


def book(
    payment: Payment,
    *,
    paid_on: date,
    payer: Actor,
    by: Actor,
    key: str | None = None,
    answer: str | None = None,
) -> Payment:
    """Put a sent payment into the ledger and, where it was the last, its application to rest.

    The caller holds the payment and has judged the step.
    """
    application = payment.application
    if application.award is None:
        raise Refused("There is no award to pay.")
    if not isinstance(payer, User):
        raise Refused("Whoever sent the batch may not pay any more: act as somebody of finance.")
    entry = money.pay(
        award=application.award,
        amount_p=payment.amount_p,
        by=payer,
        key=f"payment:{payment.id}:pay",
    )
    payment.entry_id, payment.paid_on, payment.paid_by_id = entry.id, paid_on, payer.id
    finish(payment, workflow.step_named("pay"), by=by, key=key, reason=answer)
    claim(payment.reference, application=application, entry=entry, by=payer)
    if application.award.committed_p == 0:
        settle(application, paid_on=paid_on, reference=payment.reference, by=payer)
    return payment


def mark_failed(
    payment: Payment,
    *,
    reason: str,
    by: User,
    key: str | None = None,
    version: int | None = None,
) -> Payment:
    """The bank did not pay it: nothing moves in the ledger, and it can be scheduled again."""
    step = begin(payment, "fail", by=by, key=key, version=version, reason=reason)
    if step is None:
        return payment
    finish(payment, step, by=by, key=key, reason=reason)
    return payment


def schedule_again(
    payment: Payment, *, by: User, key: str | None = None, version: int | None = None
) -> Payment:
    """A failed payment waits for its release again; the account may be mended in between."""
    step = begin(payment, "again", by=by, key=key, version=version)
    if step is None:
        return payment
    audit.record("payment.unsent", payment, by=by, before={"batch_id": payment.batch_id})
    payment.batch_id = payment.account_id = None
    payment.released_by_id = payment.released_at = None
    finish(payment, step, by=by, key=key)
    return payment


def reverse(
    payment: Payment,
    *,
    reason: str,
    by: User,
    key: str | None = None,
    version: int | None = None,
) -> Payment:
    """Take a paid payment back by a mirror row in the ledger: its money is committed again.

    For what was never paid in truth; money that came back is a refund. A new tranche takes its
    place, to be released and paid like any other.
    """
    step = begin(payment, "reverse", by=by, key=key, version=version, reason=reason)
    if step is None:
        return payment
    if payment.entry is None:
        raise Refused("This payment has no row in the ledger to take back.")
    application = payment.application
    if application.status == "paid":
        reopen(application, reason=reason, by=by)
    elif application.status != "awarded":
        raise Refused("The application is closed. Record money that came back as a refund.")
    money.reverse(entry=payment.entry, by=by, key=f"payment:{payment.id}:reverse", reason=reason)
    give_up(payment.entry, by=by)
    finish(payment, step, by=by, key=key, reason=reason)
    add_tranche(application, Tranche(payment.amount_p, payment.payee_id), by=by)
    return payment
