"""What moves caps: the fund's own, what is handed down, and virements.

Each act comes in two forms. The public one is for one person alone and refuses where a second has
to approve; the one called `_now` carries out what was approved, or what needs no approval.
"""

from collections.abc import Callable, Sequence

from models.accounts.permits import Actor, require
from models.accounts.roles import Permit
from models.budget import refusals, rules
from models.budget.actions import gate
from models.budget.actions.money import enter
from models.budget.queries.entries import cap_after, entry_with_key
from models.budget.queries.nodes import fund_of, lock_nodes, path_of
from models.budget.rules import Move
from models.budget.tables import BudgetNode, Fund, LedgerEntry
from models.errors import Conflict, Invalid
from models.money import in_pounds

Check = Callable[[], None]


def change_cap_now(
    *,
    fund: Fund,
    amount_p: int,
    reason: str,
    authority: str,
    by: Actor,
    key: str,
) -> LedgerEntry:
    """Set the fund's cap to `amount_p`, as two people agreed, by one ledger row of the difference.

    `authority` names who resolved it. Raises OverBudget below what is handed down or used, Invalid
    where it is the cap already.
    """
    rules.check_amount(amount_p)
    rules.check_authority(authority)
    earlier = entry_with_key(key)
    if earlier is not None:
        if earlier.node_id == fund.node_id and cap_after(earlier) == amount_p:
            return earlier
        raise Conflict("This was already done with other figures.")
    node = lock_nodes([fund.node_id])[0]
    change_p = amount_p - node.cap_p
    if change_p == 0:
        raise Invalid(f"The cap is {in_pounds(amount_p)} already.", field="amount")
    return _move_cap(
        node,
        change_p,
        loser=[node],
        by=by,
        key=key,
        reason=reason,
        authority=authority,
        check=None,
    )


def allot(
    *, node: BudgetNode, amount_p: int, by: Actor, key: str, reason: str | None = None
) -> LedgerEntry:
    """Hand `amount_p` more down to a node out of its parent; below nothing, take it back up.

    Raises OverBudget above what the parent has not handed down, or below what the node uses,
    Refused where a second person has to approve what is taken from a head.
    """
    require(by, Permit.BUDGET_SET)
    check = None
    if amount_p < 0 and node.level == "head":
        check = lambda: gate.alone("take-back", fund_of(node.id), -amount_p)  # noqa: E731
    return allot_now(node=node, amount_p=amount_p, by=by, key=key, reason=reason, check=check)


def allot_now(
    *,
    node: BudgetNode,
    amount_p: int,
    by: Actor,
    key: str,
    reason: str | None = None,
    authority: str | None = None,
    check: Check | None = None,
) -> LedgerEntry:
    """Hand down or take back, approved or in need of no approval; else as allot."""
    rules.check_size(amount_p)
    if amount_p == 0:
        raise Invalid("Enter an amount other than £0.00.", field="amount")
    if node.parent_id is None:
        raise Invalid("The fund's own cap is changed, not allocated.", field="node")
    path = path_of(node.id)
    lock_nodes([node.parent_id, node.id])
    loser = path[1:] if amount_p > 0 else path
    return _move_cap(
        node,
        amount_p,
        loser=loser,
        by=by,
        key=key,
        reason=reason,
        authority=authority,
        check=check,
    )


def vire(
    *, source: BudgetNode, target: BudgetNode, amount_p: int, by: Actor, key: str, reason: str
) -> list[LedgerEntry]:
    """Move cap from one place of the tree to another, in one step that never passes a cap.

    Raises OverBudget above what the source has neither used nor handed down, Refused where a
    second person has to approve.
    """
    require(by, Permit.BUDGET_SET)

    def check() -> None:
        gate.alone(
            "virement",
            fund_of(source.id),
            amount_p,
            between_heads=gate.crosses_heads(source, target),
        )

    return vire_now(
        source=source, target=target, amount_p=amount_p, by=by, key=key, reason=reason, check=check
    )


def vire_now(
    *,
    source: BudgetNode,
    target: BudgetNode,
    amount_p: int,
    by: Actor,
    key: str,
    reason: str,
    authority: str | None = None,
    check: Check | None = None,
) -> list[LedgerEntry]:
    """Move cap, approved or in need of no approval; else as vire."""
    rules.check_amount(amount_p)
    path, target_path = path_of(source.id), path_of(target.id)
    moves = rules.virement_moves(
        [node.id for node in path], [node.id for node in target_path], amount_p
    )
    return enter(
        moves,
        by=by,
        key=key,
        reason=reason,
        authority=authority,
        subject=source,
        explain=lambda error: refusals.of_cap(error, path=path, asked_p=amount_p),
        check=check,
    )


def shift_cap(
    *, fund: Fund, change_p: int, reason: str, authority: str, by: Actor, key: str
) -> LedgerEntry:
    """Raise or, below nothing, lower the fund's cap by so much, as a year's end does."""
    node = lock_nodes([fund.node_id])[0]
    return _move_cap(
        node, change_p, loser=[node], by=by, key=key, reason=reason, authority=authority, check=None
    )


def _move_cap(
    node: BudgetNode,
    change_p: int,
    *,
    loser: Sequence[BudgetNode],
    by: Actor,
    key: str,
    reason: str | None,
    authority: str | None,
    check: Check | None,
) -> LedgerEntry:
    rows = enter(
        [Move("allot", node.id, change_p)],
        by=by,
        key=key,
        reason=reason,
        authority=authority,
        subject=node,
        explain=lambda error: refusals.of_cap(error, path=loser, asked_p=abs(change_p)),
        check=check,
    )
    return rows[0]
