"""Sending payments to the bank together, and the layout of the bank's file."""

from collections.abc import Iterable
from datetime import date

from sqlalchemy import text

from models import audit, clock
from models.accounts.permits import require
from models.accounts.roles import Permit
from models.accounts.tables import User
from models.base import db, one_at_a_time
from models.errors import Conflict, Invalid, Refused
from models.payments import layout as layouts
from models.payments import rules, workflow
from models.payments.actions.steps import REPEATED, finish, hold
from models.payments.layout import Layout
from models.payments.payees.queries import current_accounts
from models.payments.queries.batches import batch_with_key, current_layout, payments_by_id, sent_in
from models.payments.queries.one import cases_of
from models.payments.tables import BankLayout, Payment, PaymentBatch

NEXT_NUMBER = text(
    "insert into payment_batch_number (year, last) values (:year, 1) "
    "on conflict (year) do update set last = payment_batch_number.last + 1 returning last"
)
MOST_PAYMENTS = 500


def make_batch(
    payment_ids: Iterable[int], *, pay_on: date, by: User, key: str | None = None
) -> PaymentBatch:
    """Send released payments to the bank, all or none, under one batch reference.

    Refused, naming the payment, where one cannot go: whoever approved or released it, or wrote the
    application, does not pay it. The bank's file is written from the batch as often as needed.
    """
    require(by, Permit.PAYMENTS_MAKE)
    ids = sorted(set(payment_ids))
    earlier = batch_with_key(key)
    if earlier is not None:
        same = sorted(sent_in(earlier)) == ids and earlier.made_by_id == by.id
        if not same or earlier.pay_on != pay_on:
            raise Conflict(REPEATED)
        return earlier
    if not ids:
        raise Invalid("Choose at least one payment.", field="payments")
    if len(ids) > MOST_PAYMENTS:
        raise Invalid(f"A batch has at most {MOST_PAYMENTS} payments.", field="payments")
    rules.check_pay_day(pay_on, today=clock.today())
    payments = payments_by_id(ids)
    if len(payments) != len(ids):
        raise Invalid("A payment is not there any more. Reload the page.", field="payments")
    hold(payments)
    _check(payments, by=by)
    batch = _batch(payments, pay_on=pay_on, by=by, key=key)
    accounts = current_accounts({one.payee_id for one in payments if one.payee_id is not None})
    step = workflow.step_named("export")
    for payment in payments:
        payment.batch_id = batch.id
        payment.account_id = accounts[payment.payee_id or 0].id
        finish(payment, step, by=by, reason=batch.reference)
    return batch


def _check(payments: list[Payment], *, by: User) -> None:
    step = workflow.step_named("export")
    cases = cases_of(payments)
    for payment in payments:
        answer = workflow.verdict(step, cases[payment.id], by)
        if not answer.allowed:
            raise Refused(f"{payment.reference}: {answer.because}", field="payments")


def _batch(payments: list[Payment], *, pay_on: date, by: User, key: str | None) -> PaymentBatch:
    year = clock.today().year
    number = db.session.execute(NEXT_NUMBER, {"year": year}).scalar_one()
    batch = PaymentBatch(
        reference=f"PB-{year}-{number:03d}",
        pay_on=pay_on,
        payments=len(payments),
        total_p=sum(payment.amount_p for payment in payments),
        layout=current_layout().stored(),
        made_by_id=by.id,
        idem=key,
    )
    db.session.add(batch)
    db.session.flush()
    after = {"payments": [one.reference for one in payments], "total_p": batch.total_p}
    audit.record("batch.made", batch, by=by, after=after)
    return batch


def set_layout(layout: Layout, *, by: User) -> Layout:
    """Say how the file for the bank is laid out from the next batch on."""
    require(by, Permit.PAYMENTS_MAKE)
    one_at_a_time("bank layout")
    layouts.check_layout(layout)
    before = current_layout()
    if before == layout:
        return layout
    row = BankLayout(layout=layout.stored(), set_by_id=by.id)
    db.session.add(row)
    db.session.flush()
    audit.record("bank_layout.set", row, by=by, before=before.stored(), after=layout.stored())
    return layout
