"""One payment's page, and the steps taken there."""

from collections.abc import Callable
from typing import Any

from flask import flash, render_template
from flask.typing import ResponseReturnValue

from models import clock
from models.accounts.roles import Permit
from models.funding.queries.law import payment_warning
from models.payments.actions import paying
from models.payments.actions.paying import hold_back, mark_failed, mark_sent_paid, schedule_again
from models.payments.payees.rules import masked
from models.payments.queries.one import offers_for, payment_for, steps_of
from models.payments.tables import Payment
from models.payments.workflow import TRIGGERS, step_named
from views.forms import SafeForm
from views.guards import needs, reader
from views.pages import submitted
from views.payments.counter import bp, status_words, to_payment
from views.payments.forms import PaidForm, ReasonForm, ReleaseForm, StepForm

FORMS: dict[str, type[SafeForm]] = {
    "release": ReleaseForm,
    "hold": ReasonForm,
    "pay": PaidForm,
    "fail": ReasonForm,
    "again": StepForm,
    "reverse": ReasonForm,
}


@bp.get("/<int:payment_id>")
@needs(Permit.FUNDING_READ)
def show(payment_id: int) -> ResponseReturnValue:
    """The payment: facts, what can be done now, what was done."""
    return _page(payment_for(reader(), payment_id))


@bp.post("/<int:payment_id>/release")
@needs(Permit.PAYMENTS_RELEASE)
def release(payment_id: int) -> ResponseReturnValue:
    """Free it for the next batch."""
    return _take(
        payment_id,
        "release",
        lambda payment, form: paying.release(
            payment, answer=form.answer.data, by=reader(), **form.seen()
        ),
    )


@bp.post("/<int:payment_id>/hold")
@needs(Permit.PAYMENTS_RELEASE)
def hold(payment_id: int) -> ResponseReturnValue:
    """Take its release back."""
    return _take(
        payment_id,
        "hold",
        lambda payment, form: hold_back(
            payment, reason=form.reason.data, by=reader(), **form.seen()
        ),
    )


@bp.post("/<int:payment_id>/pay")
@needs(Permit.PAYMENTS_MAKE)
def pay(payment_id: int) -> ResponseReturnValue:
    """Record by hand that the bank paid it."""
    return _take(
        payment_id,
        "pay",
        lambda payment, form: mark_sent_paid(
            payment,
            paid_on=form.paid_on.data,
            answer=form.answer.data,
            by=reader(),
            **form.seen(),
        ),
    )


@bp.post("/<int:payment_id>/fail")
@needs(Permit.PAYMENTS_MAKE)
def fail(payment_id: int) -> ResponseReturnValue:
    """Record that the bank did not pay it."""
    return _take(
        payment_id,
        "fail",
        lambda payment, form: mark_failed(
            payment, reason=form.reason.data, by=reader(), **form.seen()
        ),
    )


@bp.post("/<int:payment_id>/again")
@needs(Permit.PAYMENTS_MAKE)
def again(payment_id: int) -> ResponseReturnValue:
    """Schedule a failed payment anew."""
    return _take(
        payment_id,
        "again",
        lambda payment, form: schedule_again(payment, by=reader(), **form.seen()),
    )


@bp.post("/<int:payment_id>/reverse")
@needs(Permit.PAYMENTS_MAKE)
def reverse(payment_id: int) -> ResponseReturnValue:
    """Take a paid payment back."""
    return _take(
        payment_id,
        "reverse",
        lambda payment, form: paying.reverse(
            payment, reason=form.reason.data, by=reader(), **form.seen()
        ),
    )


def _take(
    payment_id: int, name: str, act: Callable[[Payment, Any], Payment]
) -> ResponseReturnValue:
    payment = payment_for(reader(), payment_id)
    form = FORMS[name](prefix=f"{name}-")
    if submitted(form, lambda: act(payment, form)) is None:
        return _page(payment_for(reader(), payment_id), name, form), 422
    flash(f"{payment.reference}: {step_named(name).done.lower()}.", "ok")
    return to_payment(payment)


def _page(payment: Payment, failed_step: str | None = None, failed: SafeForm | None = None) -> str:
    """The page; a step that was refused keeps its form with what was typed and what is wrong."""
    user = reader()
    steps = [
        (step, verdict, failed if step.name == failed_step else _fresh(step.name, payment))
        for step, verdict in offers_for(user, payment)
    ]
    account = payment.account if Permit.PAYMENTS_MAKE in user.permits else None
    return render_template(
        "payments/show.html",
        payment=payment,
        status=status_words(payment),
        waits_for=TRIGGERS[payment.waits_for],
        account=masked(account.tail) if account else None,
        sees_bank=Permit.PAYMENTS_MAKE in user.permits,
        steps=steps,
        form=failed,
        failed_step=failed_step,
        history=steps_of(payment),
        step_named=step_named,
        late=payment_warning(payment.application, clock.today()),
    )


def _fresh(name: str, payment: Payment) -> SafeForm:
    form = FORMS[name](prefix=f"{name}-", formdata=None)
    form.version.data = str(payment.version)
    return form
