"""The payments of one award: its tranches, its conditions, and money that comes back."""

from typing import Any

from flask import flash, render_template, url_for
from flask.typing import ResponseReturnValue

from models.accounts.roles import Permit
from models.attachments.queries import attachments_with
from models.budget.queries.nodes import paid_of
from models.days import said_day
from models.errors import NotFound
from models.funding.queries.one import application_for
from models.funding.tables import Application
from models.payments.actions import plan as payments
from models.payments.actions.plan import to_plan_p
from models.payments.payees.queries import payee_choices
from models.payments.queries.one import conditions_of, payments_of
from models.payments.refunds.queries import receipts_of, refunds_of, write_offs_of
from models.payments.tables import Payment
from models.payments.workflow import OPEN, PAID, TRIGGERS
from views.guards import needs, reader
from views.pages import render_form, submitted
from views.payments.counter import bp, status_words, to_award
from views.payments.forms import (
    AnswerForm,
    ConditionForm,
    EvidenceForm,
    NominationForm,
    PlanForm,
    ReasonForm,
    ReceiptForm,
    RefundForm,
    WriteOffForm,
)

FORMS: dict[str, type[Any]] = {
    "condition": ConditionForm,
    "evidence": EvidenceForm,
    "drop": ReasonForm,
    "nomination": NominationForm,
    "refund": RefundForm,
    "receipt": ReceiptForm,
    "writeoff": WriteOffForm,
    "answer": AnswerForm,
}


@bp.get("/of/<int:application_id>")
@needs(Permit.FUNDING_READ)
def of_award(application_id: int) -> ResponseReturnValue:
    """The tranches of an award, what stands in their way, and what came back."""
    return page_of(award_for(application_id))


def award_for(application_id: int) -> Application:
    """The awarded application; not found where nothing was awarded."""
    application = application_for(reader(), application_id)
    if application.award is None:
        raise NotFound("Nothing was awarded on this application, so there is nothing to pay.")
    return application


def page_of(
    application: Application, failed: Any = None, *, name: str = "", subject: int = 0
) -> str:
    """The award's page; a form that was refused stays as it was typed.

    `subject` is the condition, refund or write-off that the refused form is about.
    """
    user = reader()
    permits = user.permits
    award = application.award
    tranches = payments_of(application)
    conditions = conditions_of(application)

    def form_of(kind: str, of: int = 0) -> Any:
        if (kind, of) == (name, subject):
            return failed
        return FORMS[kind](prefix=f"{kind}-{of}-" if of else f"{kind}-", formdata=None)

    return render_template(
        "payments/of_award.html",
        application=application,
        tranches=tranches,
        conditions=conditions,
        files=attachments_with([one.attachment_id for one in conditions]),
        refunds=refunds_of(application),
        receipts=receipts_of(application) if Permit.PAYMENTS_MAKE in permits else [],
        write_offs=write_offs_of(application),
        status_words=status_words,
        waits_words=waits_words,
        form=failed,
        form_of=form_of,
        open_kind=(name, subject),
        unplanned_p=_unplanned_p(application, tranches),
        may={
            "plan": Permit.PAYMENTS_RELEASE in permits and application.status == "awarded",
            "condition": Permit.FUNDING_DECIDE in permits and application.status == "awarded",
            "evidence": Permit.EVIDENCE_WRITE in permits,
            "meet": Permit.PAYMENTS_RELEASE in permits,
            "refund": Permit.PAYMENTS_RELEASE in permits
            and award is not None
            and paid_of(award) > 0,
            "receive": Permit.PAYMENTS_MAKE in permits,
            "decide": Permit.WRITE_OFF in permits,
        },
        waits_for_nomination=any(
            one.waits_for == "nomination" and one.nominated_on is None and one.status in OPEN
            for one in tranches
        ),
    )


def waits_words(payment: Payment) -> str:
    """What a tranche waits for, in words."""
    if payment.waits_for == "date" and payment.due_on is not None:
        return f"On {said_day(payment.due_on)}"
    if payment.waits_for == "nomination" and payment.nominated_on is not None:
        return f"Nominated on {said_day(payment.nominated_on)}"
    return TRIGGERS[payment.waits_for]


def _unplanned_p(application: Application, tranches: list[Payment]) -> int:
    """What of the award no live tranche covers; below nothing where they come to too much."""
    award = application.award
    whole_p = award.committed_p + paid_of(award) if award is not None else 0
    return whole_p - sum(one.amount_p for one in tranches if one.status in (*OPEN, *PAID))


@bp.route("/of/<int:application_id>/plan", methods=["GET", "POST"])
@needs(Permit.PAYMENTS_RELEASE)
def plan(application_id: int) -> ResponseReturnValue:
    """In which tranches what is left of an award is paid."""
    application = award_for(application_id)
    there = payments_of(application)
    form = PlanForm()
    if not form.is_submitted():
        for payment in there:
            if payment.status == "scheduled":
                form.tranches.append_entry(_stored(payment))
    conditions = [(one.id, one.what) for one in conditions_of(application)]
    form.offer(payee_choices(reader()), conditions)
    if submitted(form, lambda: payments.plan(application, form.planned(), by=reader())) is None:
        return render_form(
            "payments/plan.html",
            form,
            application=application,
            to_plan_p=to_plan_p(application, there),
            back=url_for("payments.of_award", application_id=application.id),
        )
    flash(f"{application.reference}: the payments are planned.", "ok")
    return to_award(application)


def _stored(payment: Payment) -> dict[str, Any]:
    return {
        "amount": payment.amount_p,
        "payee": str(payment.payee_id) if payment.payee_id else None,
        "waits_for": payment.waits_for if payment.waits_for != "award" else None,
        "due_on": payment.due_on,
        "condition": str(payment.condition_id) if payment.condition_id else None,
    }
