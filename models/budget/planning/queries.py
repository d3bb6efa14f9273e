"""The plan as it stands."""

from datetime import date

from sqlalchemy import select

from models.base import db
from models.budget.planning.tables import BudgetPlan
from models.budget.tables import BudgetNode


def plan_of(node: BudgetNode) -> dict[date, int]:
    """What is planned from this node, in pence, by the first day of the month."""
    rows = db.session.execute(
        select(BudgetPlan.month, BudgetPlan.amount_p)
        .where(BudgetPlan.node_id == node.id)
        .order_by(BudgetPlan.month)
    )
    return {row.month: row.amount_p for row in rows}


def rows_of(node: BudgetNode) -> list[BudgetPlan]:
    """The stored months of one node, in order."""
    return list(
        db.session.scalars(
            select(BudgetPlan).where(BudgetPlan.node_id == node.id).order_by(BudgetPlan.month)
        )
    )
