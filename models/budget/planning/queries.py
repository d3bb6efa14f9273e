"""The plan as it stands."""

from datetime import date

from sqlalchemy import select

from models.base import db
from models.budget.planning.tables import BudgetPlan
from models.budget.tables import BudgetNode, BudgetPath, Fund


def plan_of(node: BudgetNode) -> dict[date, int]:
    """What is planned from this node, in pence, by the first day of the month."""
    rows = db.session.execute(
        select(BudgetPlan.month, BudgetPlan.amount_p)
        .where(BudgetPlan.node_id == node.id)
        .order_by(BudgetPlan.month)
    )
    return {row.month: row.amount_p for row in rows}


def plans_of(fund: Fund) -> dict[int, dict[date, int]]:
    """The plan of the fund and of each head that has one: node id -> month -> pence."""
    rows = db.session.execute(
        select(BudgetPlan.node_id, BudgetPlan.month, BudgetPlan.amount_p)
        .join(BudgetPath, BudgetPath.node_id == BudgetPlan.node_id)
        .where(BudgetPath.ancestor_id == fund.node_id)
        .order_by(BudgetPlan.node_id, BudgetPlan.month)
    )
    found: dict[int, dict[date, int]] = {}
    for node_id, month, amount_p in rows:
        found.setdefault(node_id, {})[month] = amount_p
    return found


def rows_of(node: BudgetNode) -> list[BudgetPlan]:
    """The stored months of one node, in order."""
    return list(
        db.session.scalars(
            select(BudgetPlan).where(BudgetPlan.node_id == node.id).order_by(BudgetPlan.month)
        )
    )
