"""The counter of what comes after an award."""

from views.evidence import by_link, letters, outcome, report, show, statement, work
from views.evidence.counter import bp

__all__ = ["bp", "by_link", "letters", "outcome", "report", "show", "statement", "work"]
