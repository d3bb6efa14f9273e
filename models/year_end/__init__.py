"""The front door of the year end room: closing a fund and carrying forward what is open."""

from models.year_end.actions import approve, propose, refuse, withdraw
from models.year_end.queries import (
    CapChange,
    OpenLine,
    ToDecide,
    cap_changes,
    decisions_for,
    end_for,
    ends_for,
    ends_to_decide,
    open_lines,
    undecided_count,
)
from models.year_end.rules import CARRY, CHOICES, RELEASE
from models.year_end.tables import YearEnd, YearEndLine

__all__ = [
    "CARRY",
    "CHOICES",
    "RELEASE",
    "CapChange",
    "OpenLine",
    "ToDecide",
    "YearEnd",
    "YearEndLine",
    "approve",
    "cap_changes",
    "decisions_for",
    "end_for",
    "ends_for",
    "ends_to_decide",
    "open_lines",
    "propose",
    "refuse",
    "undecided_count",
    "withdraw",
]
