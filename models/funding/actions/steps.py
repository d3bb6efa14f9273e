"""How a step is taken: the same way for every step of the table in workflow.py."""

from models import audit
from models.accounts.permits import require
from models.accounts.tables import User
from models.base import db
from models.errors import Conflict, Invalid, Refused
from models.funding import neighbours, workflow
from models.funding.queries.cases import case_of
from models.funding.queries.one import step_with_key
from models.funding.tables import Application, ApplicationStep
from models.funding.workflow import Step

CHANGED = (
    "Somebody changed this application since you opened it. What you typed is still here: "
    "look at the application as it is now, then save again if yours should replace it."
)
REPEATED = "This was already done with other details. Reload the page to see how things stand."


def begin(
    application: Application,
    name: str,
    *,
    by: User,
    key: str | None,
    version: int | None,
    amount_p: int | None = None,
) -> Step | None:
    """The step, permitted and possible now; None where this very click was taken before."""
    step = workflow.step_named(name)
    require(by, step.permit, regions=[application.region_id])
    hold(application)
    if _is_repeat(application, step, by=by, key=key, amount_p=amount_p):
        return None
    answer = workflow.verdict(step, case_of(application, asker=by), by)
    if not answer.allowed:
        raise Refused(answer.because or "")
    if version is not None and application.version != version:
        raise Conflict(CHANGED)
    return step


def hold(application: Application) -> None:
    """Lock the application and read it afresh: of two at once, the second sees the first's work."""
    db.session.flush()
    # Of itself alone: what the page had joined to it may be missing, and cannot be locked.
    db.session.refresh(application, with_for_update={"key_share": True, "of": Application})


def _is_repeat(
    application: Application, step: Step, *, by: User, key: str | None, amount_p: int | None
) -> bool:
    earlier = step_with_key(key)
    if earlier is None:
        return False
    same = (earlier.application_id, earlier.step, earlier.by_id) == (
        application.id,
        step.name,
        by.id,
    )
    if not same or (amount_p is not None and earlier.amount_p != amount_p):
        raise Conflict(REPEATED)
    return True


def said(step: Step, reason: str | None, *, in_part: bool = False) -> str | None:
    """The reason as it is kept, trimmed; raises Invalid where the step needs one and has none."""
    reason = (reason or "").strip() or None
    if reason is None and workflow.reason_needed(step, in_part=in_part):
        words = "Say why you award less than was asked." if in_part else "Give the reason."
        raise Invalid(words, field="reason")
    return reason


def finish(
    application: Application,
    step: Step,
    *,
    by: User,
    key: str | None,
    reason: str | None = None,
    amount_p: int | None = None,
) -> ApplicationStep:
    """Move the application to the step's state, with its row in the history and in the audit."""
    before = application.status
    application.status = step.to
    application.edited_with = None
    taken = add_step(application, step, before, by=by, key=key, reason=reason, amount_p=amount_p)
    audit.record(
        f"funding.{step.name}",
        application,
        by=by,
        before={"status": before},
        after={"status": step.to, "reason": reason, "amount_p": amount_p},
    )
    neighbours.tell(application, taken, by=by)
    return taken


def add_step(
    application: Application,
    step: Step,
    before: str | None,
    *,
    by: User,
    key: str | None,
    reason: str | None = None,
    amount_p: int | None = None,
) -> ApplicationStep:
    """One row of the history, flushed; a key used before is a refusal of the database."""
    taken = ApplicationStep(
        application_id=application.id,
        step=step.name,
        from_status=before,
        to_status=step.to,
        by_id=by.id,
        reason=reason,
        amount_p=amount_p,
        idem=key,
    )
    db.session.add(taken)
    db.session.flush()
    return taken
