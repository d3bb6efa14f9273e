"""The changes of the freshness room."""

from models.freshness.actions.checking import (
    cannot_reach,
    note_bounce,
    set_half_life,
    undo_check,
    verify,
)
from models.freshness.actions.confirming import Shown, answer, ask, open_link, settle, shown_to
from models.freshness.actions.scoring import keep_scores

__all__ = [
    "Shown",
    "answer",
    "ask",
    "cannot_reach",
    "keep_scores",
    "note_bounce",
    "open_link",
    "set_half_life",
    "settle",
    "shown_to",
    "undo_check",
    "verify",
]
