"""Planning the tranches of an award, and the conditions they wait for."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import insert

from models import audit, clock
from models.accounts.permits import require
from models.accounts.roles import Permit
from models.accounts.tables import User
from models.base import db
from models.errors import Conflict, Invalid, Refused
from models.funding.tables import Application
from models.payments import rules, workflow
from models.payments.actions.steps import REPEATED, cancel_all, finish_all, hold_application
from models.payments.payees.queries import payee_choices
from models.payments.queries.one import (
    condition_with_key,
    conditions_of,
    last_numbers,
    payments_of,
    payments_with_references,
    writers_of,
)
from models.payments.rules import Tranche
from models.payments.tables import Condition, Payment


def plan(application: Application, tranches: Sequence[Tranche], *, by: User) -> list[Payment]:
    """Say in which tranches the rest of an award is paid; what was released or paid stays.

    Their sum must be what is left to plan. The same plan again changes nothing.
    """
    require(by, Permit.PAYMENTS_RELEASE, regions=[application.region_id])
    hold_application(application)
    if application.status != "awarded" or application.award is None:
        raise Refused("Only an award that stands and is not paid can be planned.")
    there = payments_of(application)
    planned = [one for one in there if one.status == "scheduled"]
    conditions = frozenset(one.id for one in conditions_of(application))
    rules.check_plan(tranches, to_pay_p=to_plan_p(application, there), condition_ids=conditions)
    _check_payees(tranches, by=by)
    for payment, tranche in zip(planned, tranches, strict=False):
        _change(payment, tranche, by=by)
    cancel_all(planned[len(tranches) :], by=by, reason="Planned anew")
    for tranche in tranches[len(planned) :]:
        add_tranche(application, tranche, by=by)
    return payments_of(application)


def to_plan_p(application: Application, there: Sequence[Payment]) -> int:
    """What of the award is neither paid nor on its way, in pence."""
    committed_p = application.award.committed_p if application.award is not None else 0
    moving = (one for one in there if one.status in workflow.OPEN and one.status != "scheduled")
    return committed_p - sum(one.amount_p for one in moving)


def _check_payees(tranches: Sequence[Tranche], *, by: User) -> None:
    known = {payee.id for payee in payee_choices(by)}
    if any(one.payee_id is not None and one.payee_id not in known for one in tranches):
        raise Invalid("Choose the payee from the list.", field="tranches")


def _change(payment: Payment, tranche: Tranche, *, by: User) -> None:
    before, after = audit.changes(payment, _kept(tranche))
    if after:
        db.session.flush()
        audit.record("payment.planned", payment, by=by, before=before, after=after)


def _kept(tranche: Tranche) -> dict[str, object]:
    """What is stored of a tranche: a day or a condition only where it waits for one."""
    waits = tranche.waits_for
    return {
        "amount_p": tranche.amount_p,
        "payee_id": tranche.payee_id,
        "waits_for": waits,
        "due_on": tranche.due_on if waits == "date" else None,
        "condition_id": tranche.condition_id if waits == "condition" else None,
    }


def add_tranche(application: Application, tranche: Tranche, *, by: User) -> Payment:
    """One more tranche of an award, under the next number; its sum is the caller's concern."""
    return add_tranches([(application, tranche)], by=by)[0]


def add_tranches(wanted: Sequence[tuple[Application, Tranche]], *, by: User) -> list[Payment]:
    """The same for many awards, one tranche for each, in as many statements as for one."""
    if not wanted:
        return []
    step = workflow.step_named("plan")
    last = last_numbers([application.id for application, _tranche in wanted])
    rows = []
    for application, tranche in wanted:
        number = last.get(application.id, 0) + 1
        reference = f"{application.reference}-P{number}"
        key = {"application_id": application.id, "number": number, "reference": reference}
        rows.append({**key, "status": step.to, **_kept(tranche)})
    db.session.execute(insert(Payment), rows)
    made = payments_with_references([str(row["reference"]) for row in rows])
    finish_all(made, step, by=by)
    return made


def set_condition(
    application: Application, *, what: str, due_on: date | None, by: User, key: str | None = None
) -> Condition:
    """Make an award depend on something; it blocks release and payment until it is met."""
    require(by, Permit.FUNDING_DECIDE, regions=[application.region_id])
    what = rules.check_words(what, ask="Say what must be done.", field="what")
    earlier = condition_with_key(key)
    if earlier is not None:
        if (earlier.application_id, earlier.what) != (application.id, what):
            raise Conflict(REPEATED)
        return earlier
    hold_application(application)
    if application.status != "awarded":
        raise Refused("Conditions belong to an award that stands and is not paid.")
    if due_on is not None and due_on < clock.today():
        raise Invalid("This day is past. Give a day to come, or none.", field="due_on")
    condition = Condition(
        application_id=application.id, what=what, due_on=due_on, set_by_id=by.id, idem=key
    )
    db.session.add(condition)
    db.session.flush()
    audit.record("condition.set", condition, by=by, after={"due_on": due_on})
    return condition


def give_evidence(condition: Condition, *, attachment_id: int, by: User) -> Condition:
    """Put a file beside a condition, for whoever judges whether it is met."""
    require(by, Permit.EVIDENCE_WRITE, regions=[condition.application.region_id])
    hold_application(condition.application)
    db.session.refresh(condition)
    _check_open(condition)
    condition.attachment_id = attachment_id
    db.session.flush()
    audit.record("condition.evidence", condition, by=by, after={"attachment": attachment_id})
    return condition


def meet_condition(condition: Condition, *, by: User) -> Condition:
    """Say that a condition is met. Not by anybody who wrote the application."""
    require(by, Permit.PAYMENTS_RELEASE, regions=[condition.application.region_id])
    hold_application(condition.application)
    db.session.refresh(condition)
    if condition.met_on is not None:
        return condition
    _check_open(condition)
    if by.id in writers_of(condition.application):
        raise Refused("You wrote or submitted the application, so somebody else must judge this.")
    condition.met_on, condition.met_by_id = clock.today(), by.id
    db.session.flush()
    audit.record("condition.met", condition, by=by)
    return condition


def drop_condition(condition: Condition, *, reason: str, by: User) -> Condition:
    """Ask for it no longer, saying why; whoever applied cannot."""
    require(by, Permit.FUNDING_DECIDE, regions=[condition.application.region_id])
    hold_application(condition.application)
    db.session.refresh(condition)
    if condition.dropped_at is not None:
        return condition
    _check_open(condition)
    if by.id in writers_of(condition.application):
        raise Refused("You wrote or submitted the application, so somebody else must judge this.")
    said = rules.check_words(reason, ask="Give the reason.", field="reason")
    condition.dropped_at, condition.dropped_by_id = clock.now(), by.id
    condition.dropped_because = said
    _untie(condition, by=by)
    db.session.flush()
    audit.record("condition.dropped", condition, by=by, after={"reason": said})
    return condition


def _untie(condition: Condition, *, by: User) -> None:
    """Tranches that waited for it wait no more."""
    for payment in payments_of(condition.application):
        if payment.condition_id == condition.id and payment.status == "scheduled":
            _change(payment, Tranche(payment.amount_p, payment.payee_id), by=by)


def _check_open(condition: Condition) -> None:
    if condition.met_on is not None or condition.dropped_at is not None:
        raise Refused("This condition is settled already.")


def record_nomination(application: Application, *, on: date, by: User) -> list[Payment]:
    """Say that the candidate was nominated: tranches that wait for it wait no more."""
    require(by, Permit.PAYMENTS_RELEASE, regions=[application.region_id])
    hold_application(application)
    if on > clock.today():
        raise Invalid("The nomination cannot be in the future.", field="nominated_on")
    waiting = [
        one
        for one in payments_of(application)
        if one.waits_for == "nomination" and one.status in workflow.OPEN
    ]
    if not waiting:
        raise Refused("No tranche of this award waits for the nomination.")
    for payment in waiting:
        if payment.nominated_on is None:
            payment.nominated_on = on
            db.session.flush()
            audit.record("payment.nominated", payment, by=by, after={"nominated_on": on})
    return waiting
