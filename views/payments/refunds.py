"""Money that comes back: asked, received, given up by two people."""

from collections.abc import Callable
from typing import Any

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from models.accounts.roles import Permit
from models.payments.refunds import actions as refunds
from models.payments.refunds.queries import refund_for, write_off_for, write_offs_waiting_for
from views.guards import needs, reader
from views.pages import submitted
from views.payments.awards import award_for, page_of
from views.payments.counter import bp
from views.payments.forms import AnswerForm, ReceiptForm, RefundForm, WriteOffForm


@bp.post("/of/<int:application_id>/refunds")
@needs(Permit.PAYMENTS_RELEASE)
def ask_refund(application_id: int) -> ResponseReturnValue:
    """Ask for money of an award back."""
    application = award_for(application_id)
    form: Any = RefundForm(prefix="refund-")

    def do() -> Any:
        return refunds.ask_refund(
            application,
            amount_p=form.amount.data,
            reason=form.reason.data,
            due_on=form.due_on.data,
            by=reader(),
            key=form.seen()["key"],
        )

    return _done(application_id, form, ("refund", 0), do, "The refund is asked for.")


@bp.post("/refunds/<int:refund_id>/receive")
@needs(Permit.PAYMENTS_MAKE)
def receive_refund(refund_id: int) -> ResponseReturnValue:
    """Book money that came back."""
    refund = refund_for(reader(), refund_id)
    form: Any = ReceiptForm(prefix=f"receipt-{refund_id}-")

    def do() -> Any:
        return refunds.receive_refund(
            refund,
            amount_p=form.amount.data,
            received_on=form.received_on.data,
            reference=form.reference.data,
            by=reader(),
            key=form.seen()["key"] or f"refund-{refund_id}",
        )

    words = "The money is back in its budget head."
    return _done(refund.application_id, form, ("receipt", refund_id), do, words)


@bp.post("/refunds/<int:refund_id>/write-off")
@needs(Permit.PAYMENTS_MAKE)
def ask_write_off(refund_id: int) -> ResponseReturnValue:
    """Propose to give money up."""
    refund = refund_for(reader(), refund_id)
    form: Any = WriteOffForm(prefix=f"writeoff-{refund_id}-")

    def do() -> Any:
        return refunds.ask_write_off(
            refund,
            amount_p=form.amount.data,
            reason=form.reason.data,
            by=reader(),
            key=form.seen()["key"],
        )

    words = "The national political officer is asked to approve it."
    return _done(refund.application_id, form, ("writeoff", refund_id), do, words)


@bp.get("/write-offs")
@needs(Permit.WRITE_OFF)
def write_offs() -> ResponseReturnValue:
    """The write-offs that wait for an answer."""
    return render_template("payments/write_offs.html", rows=write_offs_waiting_for(reader()))


@bp.post("/write-offs/<int:write_off_id>/decide")
@needs(Permit.WRITE_OFF)
def decide_write_off(write_off_id: int) -> ResponseReturnValue:
    """Approve or refuse a write-off."""
    wish = write_off_for(reader(), write_off_id)
    form: Any = AnswerForm(prefix=f"answer-{write_off_id}-")

    def do() -> Any:
        return refunds.decide_write_off(
            wish, approve=form.approve.data == "yes", answer=form.answer.data, by=reader()
        )

    words = "The write-off is decided."
    return _done(wish.refund.application_id, form, ("answer", write_off_id), do, words)


def _done(
    application_id: int, form: Any, about: tuple[str, int], act: Callable[[], Any], words: str
) -> ResponseReturnValue:
    if submitted(form, act) is None:
        name, subject = about
        return page_of(award_for(application_id), form, name=name, subject=subject), 422
    flash(words, "ok")
    return redirect(url_for("payments.of_award", application_id=application_id))
