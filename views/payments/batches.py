"""Batches: what goes to the bank together, and the two files of each."""

from typing import Any

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from wtforms import SelectChoice

from models import clock
from models.accounts.roles import Permit
from models.money import in_pounds
from models.payments.actions.batches import make_batch
from models.payments.payees.rules import masked
from models.payments.queries.batches import (
    batch_for,
    batches_for,
    not_waiting_for,
    payments_in,
    sendable_for,
)
from models.payments.queries.one import cases_of
from models.payments.rules import next_bank_day
from models.payments.workflow import step_named, verdict
from reports.payments.bank_file import bank_file
from reports.payments.batch import batch_book
from reports.workbook import write
from views.guards import keeps_register, needs, reader
from views.pages import PAGE_SIZE, Page, page_number, render_form, submitted
from views.payments.counter import XLSX, bp, handed_over, parts, status_words
from views.payments.forms import BatchForm

MOST_SAID = 10


@bp.get("/batches")
@needs(Permit.PAYMENTS_MAKE)
def batches() -> ResponseReturnValue:
    """Every batch, newest first."""
    number = page_number()
    rows, total = batches_for(reader(), page=number, size=PAGE_SIZE)
    return render_template(
        "payments/batches.html", page=Page(rows, number, total, PAGE_SIZE), parts=parts()
    )


@bp.route("/batches/new", methods=["GET", "POST"])
@needs(Permit.PAYMENTS_MAKE)
def new_batch() -> ResponseReturnValue:
    """Choose released payments and send them to the bank."""
    sendable = sendable_for(reader())
    cases, step = cases_of(sendable), step_named("export")
    held = [
        (one, answer.because)
        for one in sendable
        if not (answer := verdict(step, cases[one.id], reader())).allowed
    ]
    stopped = {one.id for one, _because in held}
    free = [one for one in sendable if one.id not in stopped]
    form: Any = BatchForm()
    form.payments.choices = [
        SelectChoice(one.id, f"{one.reference}: {in_pounds(one.amount_p)} to {one.payee.name}")
        for one in free
        if one.payee is not None
    ]
    if not form.is_submitted():
        form.payments.data = [one.id for one in free]
        form.pay_on.data = next_bank_day(clock.today())
    elif gone := set(form.payments.data or ()) - form.payments.offered:
        form.payments.gone = not_waiting_for(reader(), gone)[:MOST_SAID]
    batch = submitted(
        form,
        lambda: make_batch(
            form.payments.data or [],
            pay_on=form.pay_on.data,
            by=reader(),
            key=form.seen()["key"],
        ),
    )
    if batch is None:
        total_p = sum(one.amount_p for one in free)
        return render_form("payments/new_batch.html", form, free=free, held=held, total_p=total_p)
    flash(f"{batch.reference} is ready: take the file for the bank.", "ok")
    return redirect(url_for("payments.batch", batch_id=batch.id))


@bp.get("/batches/<int:batch_id>")
@needs(Permit.PAYMENTS_MAKE)
def batch(batch_id: int) -> ResponseReturnValue:
    """One batch: its payments, and its files."""
    found = batch_for(reader(), batch_id)
    return render_template(
        "payments/batch.html",
        batch=found,
        rows=payments_in(found),
        masked=masked,
        status_words=status_words,
    )


@bp.get("/batches/<int:batch_id>/bank.csv")
@needs(Permit.PAYMENTS_MAKE)
@keeps_register
def batch_for_bank(batch_id: int) -> ResponseReturnValue:
    """The file for the bank."""
    found = batch_for(reader(), batch_id)
    return handed_over(
        bank_file(found, reader=reader()),
        name=f"{found.reference}-bank.csv",
        media_type="text/csv; charset=utf-8",
        report="bank-file",
        rows=found.payments,
        subject=found.reference,
    )


@bp.get("/batches/<int:batch_id>/batch.xlsx")
@needs(Permit.PAYMENTS_MAKE)
@keeps_register
def batch_for_finance(batch_id: int) -> ResponseReturnValue:
    """The workbook for finance."""
    found = batch_for(reader(), batch_id)
    return handed_over(
        write(batch_book(found)),
        name=f"{found.reference}.xlsx",
        media_type=XLSX,
        report="payment-batch",
        rows=found.payments,
        subject=found.reference,
    )
