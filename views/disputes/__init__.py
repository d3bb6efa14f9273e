"""The disputes counter: a sheet for each council, asks, and their replies."""

from views.disputes import asks, sheets
from views.disputes.counter import bp

__all__ = ["asks", "bp", "sheets"]
