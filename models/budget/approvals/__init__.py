"""The front door of approvals: what one may not do alone, asked by one and approved by another."""

from models.budget.actions.tree import terms_of
from models.budget.approvals.actions.answering import approve, refuse, withdraw
from models.budget.approvals.actions.asking import (
    ask_cap,
    ask_fund,
    ask_take_back,
    ask_terms,
    ask_virement,
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
    "ask_fund",
    "ask_take_back",
    "ask_terms",
    "ask_virement",
    "refuse",
    "request_for",
    "requests_for",
    "requests_to_decide",
    "terms_of",
    "waiting_count",
    "withdraw",
]
