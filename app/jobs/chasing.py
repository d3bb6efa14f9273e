"""The daily look for what awards still ask for. See models/evidence."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from models.evidence.actions.chasing import chase_some


def one(payload: Mapping[str, Any]) -> bool:
    """Remind of the next awards; True while there are more. Safe to repeat."""
    return chase_some(date.fromisoformat(payload["day"]))
