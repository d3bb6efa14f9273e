"""What payments do when an application takes a step, and what they hold against it."""

from collections.abc import Mapping, Sequence

from models import clock
from models.accounts.permits import OPERATOR
from models.accounts.tables import User
from models.base import db
from models.funding import neighbours
from models.funding.actions.settle import settle
from models.funding.tables import Application, ApplicationStep
from models.payments import workflow
from models.payments.actions.plan import add_tranche, add_tranches
from models.payments.actions.steps import cancel_all, finish
from models.payments.payees.queries import current_accounts
from models.payments.queries.one import case_of, entry_without_payment, last_numbers, payments_of
from models.payments.rules import Tranche
from models.payments.tables import Payment
from models.payments.workflow import OPEN, PAID

GIVEN_UP = ("withdrawn", "lapsed", "declined")
IN_PARTS = "This award is paid in tranches: release and send them under Payments."
NOT_PLANNED = "Nobody has planned yet who is paid. Plan it under Payments."
ON_ITS_WAY = "{0} is on its way to the bank. Wait for the bank's word, or mark it as failed."
PAID_IN_PART = "Part of this award is paid already, so it cannot be given up as a whole."


def hindrances(application: Application) -> Mapping[str, str]:
    """What stands in the way of steps of an awarded application, in words, by the step's name."""
    if application.status != "awarded" or application.award is None:
        return {}
    there = payments_of(application)
    found = {}
    sent = next((one for one in there if one.status == "exported"), None)
    if sent is not None:
        found = dict.fromkeys(("withdraw", "lapse", "reduce"), ON_ITS_WAY.format(sent.reference))
    elif any(one.status in PAID for one in there):
        found = dict.fromkeys(("withdraw", "lapse"), PAID_IN_PART)
    because = _not_outright(there)
    return {**found, "pay": because} if because else found


def _not_outright(there: list[Payment]) -> str | None:
    """Why the whole award cannot be marked as paid at once, or None."""
    live = [one for one in there if one.status in (*OPEN, *PAID)]
    if len(live) > 1 or any(one.status != "scheduled" for one in live):
        return IN_PARTS
    if not live:
        return NOT_PLANNED
    case = case_of(live[0])
    for guard in workflow.OUTRIGHT:
        because = guard.refusal(case, OPERATOR)
        if because:
            return because
    return None


def follow(application: Application, taken: ApplicationStep, by: User) -> None:
    """Keep the payments in step with their application: planned, adjusted, cancelled, paid."""
    if application.award_id is None:
        return
    if application.award is None:
        # Awarded in this very step: the relationship was read before.
        db.session.expire(application, ["award"])
    if taken.step == "pay":
        _paid_outright(application, taken, by=by)
        return
    if taken.to_status == "awarded":
        _one_for_all(application, taken, by=by)
    elif taken.to_status in GIVEN_UP:
        live = [one for one in payments_of(application) if one.status in OPEN]
        cancel_all(live, by=by, reason=taken.reason or "The award was given up")


def _one_for_all(application: Application, taken: ApplicationStep, *, by: User) -> None:
    """An award without a plan has one payment of its whole amount, as large as what is left."""
    there = payments_of(application)
    left_p = application.award.committed_p if application.award is not None else 0
    if not there and left_p:
        add_tranche(application, Tranche(left_p), by=by)
        return
    live = [one for one in there if one.status in OPEN]
    paid = [one.paid_on for one in there if one.status in PAID and one.paid_on is not None]
    if taken.step == "reduce" and not left_p and paid:
        cancel_all(live, by=by, reason="The award was reduced to what is paid")
        settle(application, paid_on=max(paid), reference=application.reference, by=by)
        return
    if len(live) == 1 and live[0].status == "scheduled" and 0 < left_p != live[0].amount_p:
        live[0].amount_p = left_p


def _paid_outright(application: Application, taken: ApplicationStep, *, by: User) -> None:
    entry = entry_without_payment(application)
    for payment in payments_of(application):
        if payment.status == "scheduled" and entry is not None:
            payment.entry_id, payment.paid_by_id = entry.id, by.id
            payment.paid_on = application.paid_on or clock.london_day(taken.at)
            account = current_accounts([payment.payee_id or 0]).get(payment.payee_id or 0)
            payment.account_id = account.id if account is not None else None
            finish(payment, workflow.step_named("outright"), by=by)


def follow_awards(taken: Sequence[tuple[Application, ApplicationStep]], by: User) -> None:
    """Plan one payment for each of many new awards, in as many statements as for one."""
    planned = last_numbers([one.id for one, _step in taken])
    for one, awarded in taken:
        if one.id in planned:
            follow(one, awarded, by)
    fresh = [one for one, _step in taken if one.id not in planned]
    add_tranches([(one, Tranche(one.awarded_p or 0)) for one in fresh], by=by)


neighbours.join(hindrances, follow, follow_awards)
