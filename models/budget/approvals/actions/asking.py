"""Asking for what one person may not do alone with a fund; nothing changes by it."""

from typing import Any

from sqlalchemy.exc import IntegrityError

from models import audit, clock
from models.accounts.permits import Actor, require
from models.accounts.roles import Permit
from models.base import db, one_at_a_time
from models.budget import plans, refusals, rules
from models.budget.actions.tree import check_new, terms_of
from models.budget.approvals import queries
from models.budget.approvals.tables import BudgetRequest
from models.budget.plans import FundPlan, Terms
from models.budget.queries.nodes import fund_of, path_of
from models.budget.queries.periods import funds, shown_fund, used_between
from models.budget.queries.tree import allot_moves, vire_moves
from models.budget.tables import BudgetNode, Fund
from models.days import said_day
from models.errors import Conflict, Invalid, OverBudget, Refused
from models.money import in_pounds


def ask_virement(
    *,
    source: BudgetNode,
    target: BudgetNode,
    amount_p: int,
    reason: str,
    by: Actor,
    key: str,
    authority: str | None = None,
) -> BudgetRequest:
    """Ask that cap moves from one place of the tree to another; nothing moves yet.

    Raises Invalid where the two cannot exchange money, OverBudget where it is not there now.
    """
    require(by, Permit.BUDGET_ASK)
    vire_moves(source.id, target.id, amount_p)
    return _ask(
        "virement", source, target, amount_p, loss_p=amount_p, reason=reason, authority=authority,
        by=by, key=key,
    )  # fmt: skip


def ask_cap(
    *, fund: Fund, amount_p: int, reason: str, authority: str, by: Actor, key: str
) -> BudgetRequest:
    """Ask that the fund's cap becomes `amount_p`, as `authority` resolved; nothing moves yet."""
    require(by, Permit.BUDGET_ASK)
    rules.check_amount(amount_p)
    rules.check_authority(authority)
    loss_p = fund.node.cap_p - amount_p
    if loss_p == 0 and queries.request_with_key(key) is None:
        raise Invalid(f"The cap is {in_pounds(amount_p)} already.", field="amount")
    return _ask(
        "cap", fund.node, None, amount_p, loss_p=loss_p, reason=reason, authority=authority,
        by=by, key=key,
    )  # fmt: skip


def ask_take_back(
    *,
    node: BudgetNode,
    amount_p: int,
    reason: str,
    by: Actor,
    key: str,
    authority: str | None = None,
) -> BudgetRequest:
    """Ask that a head or a region gives `amount_p` back to what stands above it."""
    require(by, Permit.BUDGET_ASK)
    allot_moves(node.id, -amount_p)
    if node.parent_id is None:
        raise Invalid("The fund's own cap is changed, not taken back.", field="node")
    return _ask(
        "take-back", node, None, amount_p, loss_p=amount_p, reason=reason, authority=authority,
        by=by, key=key,
    )  # fmt: skip


def ask_fund(*, plan: FundPlan, reason: str, authority: str, by: Actor, key: str) -> BudgetRequest:
    """Ask for a further fund, as `authority` resolved; it is there once a second person agrees.

    The request stands beside the fund that pages show first. Raises Invalid or Conflict, at its
    field, for a fund that cannot be beside those there are; Refused where there is none yet.
    """
    require(by, Permit.BUDGET_ASK)
    rules.check_authority(authority)
    beside = shown_fund()
    if beside is None:
        raise Refused("There is no fund yet. The national political officer sets up the first.")
    one_at_a_time("a further fund")
    if queries.request_with_key(key) is None:
        check_new(plan, others=funds())
        for waits in queries.waiting("fund"):
            if plans.share_a_day(plan, plans.plan_from(waits.terms or {})):
                raise Conflict(_waits("A fund with some of these days", waits))
    return _ask(
        "fund", beside.node, None, plan.cap_p, loss_p=0, reason=reason, authority=authority,
        by=by, key=key, terms=plan.as_kept(),
    )  # fmt: skip


def ask_terms(*, fund: Fund, terms: Terms, reason: str, by: Actor, key: str) -> BudgetRequest:
    """Ask that a fund gets other days, another largest grant or rule for a second person.

    Raises Invalid or Conflict, at its field, for terms that cannot be.
    """
    require(by, Permit.BUDGET_ASK)
    one_at_a_time("terms of a fund", fund.id)
    now = terms_of(fund)
    if queries.request_with_key(key) is None:
        plans.check_terms(terms, others=[each for each in funds() if each.id != fund.id])
        plans.check_days_kept(now, terms, today=clock.today(), used=used_between(fund))
        if terms == now:
            raise Invalid("Nothing was changed.", field="name")
        if waiting := queries.waiting("terms", fund):
            raise Conflict(_waits("Another change of this fund", waiting[0]))
    return _ask(
        "terms", fund.node, None, terms.max_grant_p, loss_p=0, reason=reason, authority=None,
        by=by, key=key, terms={"before": plans.as_kept(now), "after": plans.as_kept(terms)},
    )  # fmt: skip


def _waits(what: str, request: BudgetRequest) -> str:
    day = said_day(clock.london_day(request.asked_at))
    return (
        f"{what} was asked for by {request.asked_by.name} on {day}, and waits for a second person. "
        "It is answered or withdrawn first."
    )


def _ask(
    kind: str,
    source: BudgetNode,
    target: BudgetNode | None,
    amount_p: int,
    *,
    loss_p: int,
    reason: str,
    authority: str | None,
    by: Actor,
    key: str,
    terms: dict[str, Any] | None = None,
) -> BudgetRequest:
    if not reason.strip():
        raise Invalid("Enter a reason.", field="reason")
    wanted = (kind, source.id, target.id if target else None, amount_p, by.id, terms)
    earlier = queries.request_with_key(key)
    if earlier is not None:
        return _same(earlier, wanted)
    fund = fund_of(source.id)
    if fund.closed_on is not None and kind != "fund":
        raise Refused("The year of this fund was closed. Nothing more is moved in it.")
    _check_there(source, loss_p)
    request = BudgetRequest(
        fund=fund, kind=kind, source=source, target=target, amount_p=amount_p,
        reason=reason, authority=authority, asked_by_id=by.id, idem=key, terms=terms,
    )  # fmt: skip
    try:
        with db.session.begin_nested():
            db.session.add(request)
    except IntegrityError as error:
        earlier = queries.request_with_key(key)
        if earlier is None:
            raise refusals.of_cap(error, path=[source], asked_p=amount_p) or error from error
        return _same(earlier, wanted)
    after = {"kind": kind, "amount_p": amount_p, "source_id": source.id, "target_id": wanted[2]}
    audit.record("budget.asked", request, by=by, after={**after, "terms": terms, "reason": reason})
    return request


def _same(earlier: BudgetRequest, wanted: tuple[Any, ...]) -> BudgetRequest:
    there = (
        earlier.kind, earlier.source_id, earlier.target_id, earlier.amount_p, earlier.asked_by_id,
        earlier.terms,
    )  # fmt: skip
    if there != wanted:
        raise Conflict("This was already asked for with other figures.")
    return earlier


def _check_there(source: BudgetNode, loss_p: int) -> None:
    """Refuse at once what would be refused at its approval."""
    db.session.refresh(source)
    left_p = refusals.spare_p(source)
    if loss_p > left_p:
        raise OverBudget(
            f"{in_pounds(left_p)} of {refusals.place(path_of(source.id))} is neither "
            f"handed down nor used; you asked for {in_pounds(loss_p)}.",
            available_p=left_p,
            asked_p=loss_p,
        )
