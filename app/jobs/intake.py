"""A long import or its undo, a piece at a time. See models/intake."""

from collections.abc import Mapping
from typing import Any

from models.intake.actions.applying import actor_of, apply_some
from models.intake.actions.undoing import undo_some


def one(payload: Mapping[str, Any]) -> bool:
    """Write, or take back, the next rows of a batch; True while there are more.

    The rows say themselves whether they were written, so a repeated piece changes nothing.
    """
    by = actor_of(payload)
    piece = undo_some if payload["do"] == "undo" else apply_some
    return piece(payload["batch"], by=by)
