"""What one person may not do alone, and what nobody may do to a fund that is closed."""

from collections.abc import Sequence

from models.budget import rules
from models.budget.plans import PLANNED
from models.budget.queries.nodes import fund_of, funds_of, has_awards, is_closed, node_by_id
from models.budget.queries.periods import state_of
from models.budget.rules import Move
from models.budget.tables import BudgetNode, Fund, LedgerEntry
from models.days import said_day
from models.errors import Refused

# What may still come into the ledger of a closed fund.
AFTER_THE_END = ("release", "return")


def second_needed(kind: str, fund: Fund, amount_p: int, *, between_heads: bool = True) -> bool:
    """True where a second person has to approve this."""
    return rules.needs_second(
        kind,
        between_heads=between_heads,
        amount_p=amount_p,
        above_p=fund.approve_above_p,
        has_awards=fund.approve_above_p is None and has_awards(fund),
    )


def alone(kind: str, fund: Fund, amount_p: int, *, between_heads: bool = True) -> None:
    """Raise Refused where a second person has to approve this."""
    if second_needed(kind, fund, amount_p, between_heads=between_heads):
        raise Refused(
            "This needs a second person. Ask for it on the budget page; another national "
            "political officer approves it."
        )


def crosses_heads(source: BudgetNode, target: BudgetNode) -> bool:
    """True for a move that is not between two regions of one head."""
    return source.parent_id != target.parent_id or source.level != "region"


def check_reversal(entries: Sequence[LedgerEntry]) -> None:
    """Raise Refused where taking back these entries moves caps that need a second person."""
    nodes = [node_by_id(entry.node_id) for entry in entries]
    fund = fund_of(nodes[0].id)
    amount_p = abs(entries[0].amount_p)
    if entries[0].kind == "vire":
        alone("virement", fund, amount_p, between_heads=len(nodes) > 2 or nodes[0].level == "head")
    elif nodes[0].level == "fund":
        raise Refused("A change of the cap is put right by another one, which names who says so.")
    elif nodes[0].level == "head" and entries[0].amount_p > 0:
        alone("take-back", fund, amount_p)


def refuse_early(node_ids: Sequence[int]) -> None:
    """Raise Refused where one of these stands in a fund that has not begun."""
    for fund in funds_of(node_ids):
        if state_of(fund) == PLANNED:
            begins = said_day(fund.starts_on)
            raise Refused(f"{fund.name} begins on {begins}. Nothing is awarded from it before.")


def refuse_closed(moves: Sequence[Move]) -> None:
    """Raise Refused where one of these rows would use a fund whose year was closed.

    Asked after the rows were written: by then this transaction holds the fund's row, so that no
    closing can come between.
    """
    open_only = [move.node_id for move in moves if move.kind not in AFTER_THE_END]
    if open_only and is_closed(open_only[0]):
        raise Refused("The year of this fund was closed. Nothing more is awarded or moved in it.")
