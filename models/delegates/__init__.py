"""The front door of the delegates room: who represents the union at which constituency party."""

from models.delegates import rules, workflow
from models.delegates.actions import (
    NewDelegate,
    add_delegate,
    change_delegate,
    move_delegate,
    take_back,
)
from models.delegates.filters import STATES, DelegateFilters
from models.delegates.queries import (
    DelegateFigures,
    DelegateLine,
    clps_with_delegates,
    delegate_figures,
    delegate_for,
    delegate_lines,
    delegates_at,
    delegates_for,
    delegates_of,
    is_delegate,
)
from models.delegates.tables import DelegateTerm

__all__ = [
    "STATES",
    "DelegateFigures",
    "DelegateFilters",
    "DelegateLine",
    "DelegateTerm",
    "NewDelegate",
    "add_delegate",
    "change_delegate",
    "clps_with_delegates",
    "delegate_figures",
    "delegate_for",
    "delegate_lines",
    "delegates_at",
    "delegates_for",
    "delegates_of",
    "is_delegate",
    "move_delegate",
    "rules",
    "take_back",
    "workflow",
]
