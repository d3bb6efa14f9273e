"""The front door of delegated limits: up to what amount a person may award by themselves."""

from models.budget.limits.actions import add_limit, end_limit, limit_for_new_fund
from models.budget.limits.queries import limit_by_id, limit_of, limits, people_with_limits
from models.budget.limits.rules import Found
from models.budget.limits.tables import DelegatedLimit

__all__ = [
    "DelegatedLimit",
    "Found",
    "add_limit",
    "end_limit",
    "limit_by_id",
    "limit_for_new_fund",
    "limit_of",
    "limits",
    "people_with_limits",
]
