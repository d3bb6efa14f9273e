"""The front door of planning: what is meant to be awarded, month by month."""

from models.budget.planning.actions import set_plan
from models.budget.planning.queries import plan_of, plans_of
from models.budget.planning.rules import field_of, first_of, months, spread
from models.budget.planning.tables import BudgetPlan

__all__ = [
    "BudgetPlan",
    "field_of",
    "first_of",
    "months",
    "plan_of",
    "plans_of",
    "set_plan",
    "spread",
]
