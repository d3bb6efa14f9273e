"""Answering what was asked for: two people, one change, however often pressed.

A request locks its own row first, then the nodes from the fund down, so that two who answer at
once wait for each other.
"""

from collections.abc import Mapping
from typing import Any

from models import audit, clock
from models.accounts.permits import Actor, require
from models.accounts.roles import Permit
from models.base import db
from models.budget import plans
from models.budget.actions import caps, tree
from models.budget.approvals import queries
from models.budget.approvals.tables import BudgetRequest
from models.errors import Conflict, Invalid, Refused


def approve(request: BudgetRequest, *, by: Actor, answer: str | None = None) -> BudgetRequest:
    """Carry the request out. Whoever asked cannot; a second press changes nothing.

    Raises OverBudget where the money was used meanwhile, Invalid or Conflict where the fund or its
    terms cannot be any more: the request goes on waiting.
    """
    require(by, Permit.BUDGET_APPROVE)
    request = queries.lock_request(request.id)
    if _is_done(request, "approved", by):
        return request
    _check_other(request, by)
    _carry_out(request, by)
    return _decide(request, "approved", by, answer)


def refuse(request: BudgetRequest, *, by: Actor, answer: str) -> BudgetRequest:
    """Turn the request down with a reason. Whoever asked withdraws it instead."""
    require(by, Permit.BUDGET_APPROVE)
    if not answer.strip():
        raise Invalid("Say why, so that whoever asked knows what to do.", field="answer")
    request = queries.lock_request(request.id)
    if _is_done(request, "refused", by):
        return request
    _check_other(request, by)
    return _decide(request, "refused", by, answer)


def withdraw(request: BudgetRequest, *, by: Actor) -> BudgetRequest:
    """Take one's own request back while it waits."""
    require(by, Permit.BUDGET_ASK)
    request = queries.lock_request(request.id)
    if request.asked_by_id != by.id:
        raise Refused("Only whoever asked can withdraw it.")
    if request.status == "withdrawn":
        return request
    _check_waiting(request)
    return _decide(request, "withdrawn", by, None)


def _is_done(request: BudgetRequest, status: str, by: Actor) -> bool:
    """True for a second press of what this person did already."""
    return request.status == status and request.decided_by_id == by.id


def _check_other(request: BudgetRequest, by: Actor) -> None:
    _check_waiting(request)
    if request.asked_by_id == by.id:
        raise Refused("You asked for this yourself. Another person decides it.")


def _check_waiting(request: BudgetRequest) -> None:
    if request.status != "waiting":
        raise Conflict(f"This request was {request.status} already. Nothing was changed.")


def _carry_out(request: BudgetRequest, by: Actor) -> None:
    key = f"request:{request.id}"
    said: dict[str, Any] = {
        "reason": request.reason,
        "authority": request.authority,
        "by": by,
        "key": key,
    }
    if request.kind == "fund":
        plan = plans.plan_from(request.terms or {})
        tree.set_up_now(plan, by=by, key=key, authority=request.authority)
    elif request.kind == "terms":
        _change_terms(request, request.terms or {}, by)
    elif request.kind == "cap":
        caps.change_cap_now(fund=request.fund, amount_p=request.amount_p, **said)
    elif request.kind == "take-back":
        caps.allot_now(node=request.source, amount_p=-request.amount_p, **said)
    elif request.target is not None:
        caps.vire_now(
            source=request.source, target=request.target, amount_p=request.amount_p, **said
        )


def _change_terms(request: BudgetRequest, kept: Mapping[str, Any], by: Actor) -> None:
    """Only while the terms are those that whoever asked has seen."""
    fund = request.fund
    db.session.refresh(fund)
    before = plans.terms_from(kept["before"])
    if before != tree.terms_of(fund):
        raise Conflict(
            "The terms of this fund were changed since this was asked for. Refuse it and let it be "
            "asked for again."
        )
    tree.change_terms_now(fund=fund, terms=plans.terms_from(kept["after"]), by=by)


def _decide(request: BudgetRequest, status: str, by: Actor, answer: str | None) -> BudgetRequest:
    request.status = status
    request.decided_by_id = by.id
    request.decided_at = clock.now()
    request.answer = answer
    db.session.flush()
    audit.record(f"budget.{status}", request, by=by, after={"answer": answer})
    return request
