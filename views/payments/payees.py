"""Payees and their accounts: entered by one person, entered again by another."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from models.accounts.roles import Permit
from models.payments.payees import actions as payees_actions
from models.payments.payees.actions import add_payee
from models.payments.payees.queries import account_for, others_with_details, payee_for, payees_for
from models.payments.payees.rules import KINDS, masked
from models.payments.tables import Payee
from views.asked import asked
from views.forms import BaseForm
from views.guards import needs, reader
from views.pages import PAGE_SIZE, Page, page_number, render_form, submitted
from views.payments.counter import bp, parts
from views.payments.forms import AccountForm, ConfirmForm, PayeeForm


@bp.get("/payees")
@needs(Permit.PAYMENTS_MAKE)
def payees() -> ResponseReturnValue:
    """Everybody who can be paid."""
    number, text = page_number(), asked().text("q", most=100) or ""
    rows, total = payees_for(reader(), text=text, page=number, size=PAGE_SIZE)
    return render_template(
        "payments/payees.html",
        page=Page(rows, number, total, PAGE_SIZE),
        parts=parts(),
        kinds=KINDS,
        masked=masked,
        account_words=account_words,
    )


def account_words(payee: Payee) -> tuple[str, str, str | None]:
    """The state of a payee's account in words, its tone, and its last digits."""
    live = [one for one in payee.accounts if one.ended_at is None]
    waiting = next((one for one in live if one.confirmed_at is None), None)
    current = next((one for one in live if one.confirmed_at is not None), None)
    if waiting is not None:
        return "Waits for confirmation", "warning", current.tail if current else waiting.tail
    if current is not None:
        return "Confirmed", "ok", current.tail
    return "No account yet", "neutral", None


@bp.route("/payees/new", methods=["GET", "POST"])
@needs(Permit.PAYEES_WRITE)
def new_payee() -> ResponseReturnValue:
    """Add a payee."""
    form = PayeeForm()
    payee = submitted(
        form,
        lambda: add_payee(
            name=form.name.data,
            kind=form.kind.data,
            email=form.email.data,
            by=reader(),
            key=form.seen()["key"],
        ),
    )
    if payee is None:
        return render_form("payments/new_payee.html", form)
    flash(f"{payee.name} is added. Enter the account next.", "ok")
    return redirect(url_for("payments.payee", payee_id=payee.id))


@bp.get("/payees/<int:payee_id>")
@needs(Permit.PAYMENTS_MAKE)
def payee(payee_id: int) -> ResponseReturnValue:
    """A payee with every account they had."""
    found = payee_for(reader(), payee_id)
    live = [one for one in found.accounts if one.ended_at is None]
    waiting = next((one for one in live if one.confirmed_at is None), None)
    return render_template(
        "payments/payee.html",
        payee=found,
        kind=KINDS[found.kind],
        masked=masked,
        waiting=waiting,
        mine=waiting is not None and waiting.entered_by_id == reader().id,
        shared=others_with_details(live[-1], reader=reader()) if live else [],
        state=account_words(found),
    )


@bp.post("/payees/<int:payee_id>/retire")
@needs(Permit.PAYEES_WRITE)
def retire_payee(payee_id: int) -> ResponseReturnValue:
    """Take a payee out of use."""
    found = payee_for(reader(), payee_id)
    if BaseForm().validate_on_submit():
        payees_actions.retire_payee(found, by=reader())
        flash(f"{found.name} is retired.", "ok")
    return redirect(url_for("payments.payees"))


@bp.route("/payees/<int:payee_id>/account", methods=["GET", "POST"])
@needs(Permit.PAYEES_WRITE)
def enter_account(payee_id: int) -> ResponseReturnValue:
    """Enter a payee's account."""
    found = payee_for(reader(), payee_id)
    form = AccountForm()
    if not form.is_submitted():
        form.holder.data = found.name[:60]
    account = submitted(
        form,
        lambda: payees_actions.enter_account(
            found,
            sort_code=form.sort_code.data,
            number=form.number.data,
            holder=form.holder.data,
            by=reader(),
            key=form.seen()["key"],
        ),
    )
    if account is None:
        return render_form("payments/account.html", form, payee=found)
    flash("The account is entered. Somebody else in finance must confirm it.", "ok")
    return redirect(url_for("payments.payee", payee_id=payee_id))


@bp.route("/accounts/<int:account_id>/confirm", methods=["GET", "POST"])
@needs(Permit.PAYEES_CONFIRM)
def confirm_account(account_id: int) -> ResponseReturnValue:
    """Enter an account again, from the payee's own word."""
    account = account_for(reader(), account_id)
    payee_id = account.payee_id
    form = ConfirmForm()
    done = submitted(
        form,
        lambda: payees_actions.confirm_account(
            account,
            sort_code=form.sort_code.data,
            number=form.number.data,
            checked_how=form.checked_how.data,
            by=reader(),
        ),
    )
    if done is None:
        return render_form("payments/confirm.html", form, account=account_for(reader(), account_id))
    flash("The account is confirmed and in use.", "ok")
    return redirect(url_for("payments.payee", payee_id=payee_id))


@bp.post("/accounts/<int:account_id>/reject")
@needs(Permit.PAYEES_CONFIRM)
def reject_account(account_id: int) -> ResponseReturnValue:
    """Put a wrong entry aside."""
    account = account_for(reader(), account_id)
    if BaseForm().validate_on_submit():
        payees_actions.reject_account(account, by=reader())
        flash("The entry is put aside. Enter the right account.", "ok")
    return redirect(url_for("payments.payee", payee_id=account.payee_id))
