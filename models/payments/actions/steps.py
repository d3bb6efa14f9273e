"""How a step of a payment is taken: the same way for every step of the table in workflow.py.

Lock order: applications by id, then payments by id, then the award and the budget's nodes.
"""

from collections.abc import Sequence

from sqlalchemy import insert

from models import audit
from models.accounts.permits import Actor, require
from models.base import db
from models.errors import Conflict, Invalid, Refused
from models.funding.tables import Application
from models.payments import workflow
from models.payments.queries.one import case_of, step_with_key
from models.payments.tables import Payment, PaymentStep
from models.payments.workflow import Step

CHANGED = "Somebody changed this payment since you opened it. Look at it as it is now."
REPEATED = "This was already done with other details. Reload the page to see how things stand."


def begin(
    payment: Payment,
    name: str,
    *,
    by: Actor,
    key: str | None = None,
    version: int | None = None,
    reason: str | None = None,
) -> Step | None:
    """The step, permitted and possible now; None where this very click was taken before."""
    step = workflow.step_named(name)
    require(by, step.permit, regions=[payment.application.region_id])
    hold([payment])
    if is_repeat(payment, step, by=by, key=key):
        return None
    check(payment, step, by=by)
    if version is not None and payment.version != version:
        raise Conflict(CHANGED)
    if step.reason and not (reason or "").strip():
        raise Invalid("Give the reason.", field="reason")
    return step


def check(payment: Payment, step: Step, *, by: Actor) -> None:
    """Raise Refused, in words, unless this person may take the step now."""
    answer = workflow.verdict(step, case_of(payment), by)
    if not answer.allowed:
        raise Refused(answer.because or "")


def hold(payments: Sequence[Payment]) -> None:
    """Lock these payments and their applications, and read them afresh."""
    db.session.flush()
    applications = {one.application_id: one.application for one in payments}
    for _id, application in sorted(applications.items()):
        hold_application(application)
    for payment in sorted(payments, key=lambda one: one.id):
        db.session.refresh(payment, with_for_update={"key_share": True, "of": Payment})


def hold_application(application: Application) -> None:
    """Lock an application and read it afresh: whoever moves its money holds it."""
    db.session.flush()
    db.session.refresh(application, with_for_update={"key_share": True, "of": Application})


def is_repeat(payment: Payment, step: Step, *, by: Actor, key: str | None) -> bool:
    """True where this step was taken with this key; Conflict where the key did something else."""
    earlier = step_with_key(key)
    if earlier is None:
        return False
    if (earlier.payment_id, earlier.step, earlier.by_id) != (payment.id, step.name, by.id):
        raise Conflict(REPEATED)
    return True


def finish(
    payment: Payment,
    step: Step,
    *,
    by: Actor,
    key: str | None = None,
    reason: str | None = None,
) -> None:
    """Move the payment to the step's state, with its row in the history and in the audit."""
    finish_all([payment], step, by=by, key=key, reason=reason)


def finish_all(
    payments: Sequence[Payment],
    step: Step,
    *,
    by: Actor,
    key: str | None = None,
    reason: str | None = None,
) -> None:
    """The same for many, in as many statements as for one; a key belongs to one payment only."""
    said = (reason or "").strip() or None
    rows = [
        {
            "payment_id": payment.id,
            "step": step.name,
            "from_status": payment.status if step.from_ else None,
            "to_status": step.to,
            "by_id": by.id,
            "reason": said,
            "idem": key,
        }
        for payment in payments
    ]
    for payment in payments:
        payment.status = step.to
    db.session.flush()
    if rows:
        db.session.execute(insert(PaymentStep), rows)
    for payment, row in zip(payments, rows, strict=True):
        audit.record(
            f"payment.{step.name}",
            payment,
            by=by,
            before={"status": row["from_status"]},
            after={"status": step.to, "amount_p": payment.amount_p, "reason": said},
        )


def cancel_all(payments: Sequence[Payment], *, by: Actor, reason: str) -> None:
    """Cancel these payments as the consequence of something else."""
    finish_all(payments, workflow.step_named("cancel"), by=by, reason=reason)
