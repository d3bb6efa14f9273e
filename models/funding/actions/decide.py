"""Deciding, withdrawing and paying: each moves the ledger in the same transaction."""

from collections.abc import Mapping
from datetime import date

from models import clock
from models.accounts.tables import User
from models.budget.actions import money
from models.budget.tables import BudgetNode
from models.errors import Invalid, Refused
from models.funding import letters, rules
from models.funding.actions.law import check_answer, check_law, keep_answers, keep_coding
from models.funding.actions.steps import begin, finish, said
from models.funding.coding import Coding
from models.funding.eligibility.actions import keep_results
from models.funding.eligibility.queries.judging import results_of
from models.funding.law import Card
from models.funding.queries.choices import leaves_of
from models.funding.queries.law import payment_warning
from models.funding.queries.limits import over_limit
from models.funding.references import checks
from models.funding.references.actions import claim
from models.funding.tables import Application

# Nothing said yet: the law refuses it, naming what is missing.
UNCODED = Coding()


def ask_for_changes(
    application: Application,
    *,
    reason: str,
    by: User,
    key: str | None = None,
    version: int | None = None,
) -> Application:
    """Send it back to the region, saying what to change; the submitter hears of it."""
    step = begin(application, "return", by=by, key=key, version=version)
    if step is None:
        return application
    taken = finish(application, step, by=by, key=key, reason=said(step, reason))
    letters.sent_back(application, taken)
    return application


def award(
    application: Application,
    *,
    amount_p: int,
    node: BudgetNode,
    by: User,
    coding: Coding = UNCODED,
    answers: Mapping[str, str] | None = None,
    reason: str | None = None,
    key: str | None = None,
    version: int | None = None,
) -> Application:
    """Award it in full or in part out of `node`, a head's part of the application's region.

    `coding` says what it is in law, `answers` what `by` answers to the law's warnings, by their
    key. Commits the money in the ledger; raises OverBudget, with the figures, where there is none
    left.
    """
    step = begin(application, "award", by=by, key=key, version=version, amount_p=amount_p)
    if step is None:
        return application
    judged = results_of(application)
    _check_amount(application, amount_p, node)
    _check_limit(application, amount_p, by=by)
    reason = said(step, reason, in_part=amount_p < (application.requested_p or 0))
    said_to_law = answers or {}
    card = check_law(application, coding=coding, amount_p=amount_p, answers=said_to_law)
    commitment = money.commit(
        node_id=node.id,
        reference=application.reference,
        amount_p=amount_p,
        by=by,
        key=f"award:{application.id}:commit",
    )
    if coding.legal_class == "s75":
        # The fund's row is held now: of two at once for one contest, the second sees the first.
        card = check_law(application, coding=coding, amount_p=amount_p, answers=said_to_law)
    keep_coding(application, coding, by=by)
    application.node_id = node.id
    application.award_id = commitment.id
    application.awarded_p = amount_p
    _decide(application, by=by)
    taken = finish(application, step, by=by, key=key, reason=reason, amount_p=amount_p)
    keep_answers(application, taken, card, said_to_law, by=by)
    keep_results(application, judged, by=by)
    letters.awarded(application, taken)
    return application


def decline(
    application: Application,
    *,
    reason: str,
    by: User,
    key: str | None = None,
    version: int | None = None,
) -> Application:
    """Decline it, saying why; the submitter hears of it."""
    step = begin(application, "decline", by=by, key=key, version=version)
    if step is None:
        return application
    reason_said = said(step, reason)
    _decide(application, by=by)
    taken = finish(application, step, by=by, key=key, reason=reason_said)
    letters.declined(application, taken)
    return application


def mark_paid(
    application: Application,
    *,
    paid_on: date,
    reference: str,
    by: User,
    answer: str | None = None,
    key: str | None = None,
    version: int | None = None,
) -> Application:
    """Record that the award was paid as a whole on a day, under the bank's own reference.

    Refused unless its one payment has a payee whose account a second person confirmed; Invalid,
    naming the award, where the reference stands for another payment or receipt. `answer` is what
    `by` answers to the law where that day is after the last one for bills.
    """
    step = begin(application, "pay", by=by, key=key, version=version)
    if step is None:
        return application
    checks.check(reference, application=application)
    if application.decided_at is None or application.award is None:
        raise Refused("There is no award to pay.")
    problem = rules.payment_problem(
        paid_on, awarded_on=clock.london_day(application.decided_at), today=clock.today()
    )
    if problem:
        raise Invalid(problem, field="paid_on")
    late = payment_warning(application, paid_on)
    said_to_law = check_answer(late, answer)
    amount_p = application.award.committed_p
    # Of its own for each time: a payment that was reversed is paid anew.
    once = f"award:{application.id}:pay:{application.version}"
    entry = money.pay(award=application.award, amount_p=amount_p, by=by, key=once)
    claim(reference, application=application, entry=entry, by=by)
    application.paid_on = paid_on
    application.payment_reference = reference.strip()
    taken = finish(application, step, by=by, key=key, amount_p=amount_p)
    if late is not None and said_to_law is not None:
        keep_answers(application, taken, Card(warnings=(late,)), {late.key: said_to_law}, by=by)
    return application


def _check_amount(application: Application, amount_p: int, node: BudgetNode) -> None:
    problem = rules.award_problem(
        amount_p,
        requested_p=application.requested_p or 0,
        max_grant_p=application.max_grant_p,
    )
    if problem:
        raise Invalid(problem, field="amount")
    if node.id not in {leaf.id for leaf in leaves_of(application)}:
        raise Invalid("Choose a budget head of this application's region.", field="node")


def _check_limit(application: Application, amount_p: int, *, by: User) -> None:
    problem = over_limit(by, application, amount_p)
    if problem:
        raise Invalid(problem, field="amount")


def _decide(application: Application, *, by: User) -> None:
    application.decided_by_id = by.id
    application.decided_at = clock.now()
