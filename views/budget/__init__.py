"""The budget counter: the figures, the ledger, and the forms that move caps."""

from views.budget import figures, forecast, funds, limits, moving, requests, year_end
from views.budget.counter import bp

__all__ = ["bp", "figures", "forecast", "funds", "limits", "moving", "requests", "year_end"]
