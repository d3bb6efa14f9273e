"""The rounds counter: the list, a round's terms, its form."""

from views.rounds import building, planning
from views.rounds.counter import bp

__all__ = ["bp", "building", "planning"]
