"""Asking for what moves caps, and answering: two people, one movement, however often pressed.

A request locks its own row first, then the nodes from the fund down, so that two who answer at
once wait for each other.
"""

from typing import Any

from sqlalchemy.exc import IntegrityError

from models import audit, clock
from models.accounts import Actor, Permit, require
from models.base import db
from models.budget import queries as tree
from models.budget import refusals, rules
from models.budget.actions import caps
from models.budget.approvals import queries
from models.budget.approvals.tables import BudgetRequest
from models.budget.tables import BudgetNode, Fund
from models.errors import Conflict, Invalid, OverBudget, Refused


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
    tree.vire_moves(source.id, target.id, amount_p)
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
        raise Invalid(f"The cap is {rules.in_pounds(amount_p)} already.", field="amount")
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
    tree.allot_moves(node.id, -amount_p)
    if node.parent_id is None:
        raise Invalid("The fund's own cap is changed, not taken back.", field="node")
    return _ask(
        "take-back", node, None, amount_p, loss_p=amount_p, reason=reason, authority=authority,
        by=by, key=key,
    )  # fmt: skip


def approve(request: BudgetRequest, *, by: Actor, answer: str | None = None) -> BudgetRequest:
    """Carry the request out. Whoever asked cannot; a second press changes nothing.

    Raises OverBudget where the money was used meanwhile: the request goes on waiting.
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
) -> BudgetRequest:
    if not reason.strip():
        raise Invalid("Enter a reason.", field="reason")
    wanted = (kind, source.id, target.id if target else None, amount_p, by.id)
    earlier = queries.request_with_key(key)
    if earlier is not None:
        return _same(earlier, wanted)
    fund = tree.fund_of(source.id)
    if fund.closed_on is not None:
        raise Refused("The year of this fund was closed. Nothing more is moved in it.")
    _check_there(source, loss_p)
    request = BudgetRequest(
        fund=fund, kind=kind, source=source, target=target, amount_p=amount_p,
        reason=reason, authority=authority, asked_by_id=by.id, idem=key,
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
    audit.record("budget.asked", request, by=by, after={**after, "reason": reason})
    return request


def _same(
    earlier: BudgetRequest, wanted: tuple[str, int, int | None, int, int | None]
) -> BudgetRequest:
    there = (
        earlier.kind, earlier.source_id, earlier.target_id, earlier.amount_p, earlier.asked_by_id
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
            f"{rules.in_pounds(left_p)} of {refusals.place(tree.path_of(source.id))} is neither "
            f"handed down nor used; you asked for {rules.in_pounds(loss_p)}.",
            available_p=left_p,
            asked_p=loss_p,
        )


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
    if request.kind == "cap":
        caps.change_cap_now(fund=request.fund, amount_p=request.amount_p, **said)
    elif request.kind == "take-back":
        caps.allot_now(node=request.source, amount_p=-request.amount_p, **said)
    elif request.target is not None:
        caps.vire_now(
            source=request.source, target=request.target, amount_p=request.amount_p, **said
        )


def _decide(request: BudgetRequest, status: str, by: Actor, answer: str | None) -> BudgetRequest:
    request.status = status
    request.decided_by_id = by.id
    request.decided_at = clock.now()
    request.answer = answer
    db.session.flush()
    audit.record(f"budget.{status}", request, by=by, after={"answer": answer})
    return request
