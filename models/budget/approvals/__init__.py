"""The front door of approvals: what moves caps, asked by one and approved by another."""

from models.budget.approvals.actions import (
    approve,
    ask_cap,
    ask_take_back,
    ask_virement,
    refuse,
    withdraw,
)
from models.budget.approvals.queries import (
    request_for,
    requests_for,
    requests_to_decide,
    waiting_count,
)
from models.budget.approvals.tables import BudgetRequest

__all__ = [
    "BudgetRequest",
    "approve",
    "ask_cap",
    "ask_take_back",
    "ask_virement",
    "refuse",
    "request_for",
    "requests_for",
    "requests_to_decide",
    "waiting_count",
    "withdraw",
]
