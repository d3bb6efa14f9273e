"""The front door of the delegates room: who represents the union at which constituency party."""

from models.delegates import rules, workflow
from models.delegates.actions import (
    NewDelegate,
    add_delegate,
    change_delegate,
    move_delegate,
    take_back,
)
from models.delegates.queries import (
    clps_with_delegates,
    delegate_for,
    delegates_of,
    is_delegate,
)
from models.delegates.tables import DelegateTerm

__all__ = [
    "DelegateTerm",
    "NewDelegate",
    "add_delegate",
    "change_delegate",
    "clps_with_delegates",
    "delegate_for",
    "delegates_of",
    "is_delegate",
    "move_delegate",
    "rules",
    "take_back",
    "workflow",
]
