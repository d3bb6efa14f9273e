"""Reorganisations of councils: planned, previewed, applied as one batch, vested, taken back."""

from models.councillors.reorganising.actions import (
    apply,
    plan_reorganisation,
    undo,
    vest,
)
from models.councillors.reorganising.queries import reorganisation_for, reorganisations_for
from models.councillors.reorganising.rules import KINDS, STATES, TONES
from models.councillors.reorganising.tables import Reorganisation
from models.councillors.reorganising.typed import Typed
from models.councillors.reorganising.writes import preview

__all__ = [
    "KINDS",
    "STATES",
    "TONES",
    "Reorganisation",
    "Typed",
    "apply",
    "plan_reorganisation",
    "preview",
    "reorganisation_for",
    "reorganisations_for",
    "undo",
    "vest",
]
