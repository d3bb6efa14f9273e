"""Answers as pages show them."""

from datetime import date
from typing import Any

from models.days import said_day
from models.money import in_pounds
from models.rounds.forms import Question


def words_of(question: Question, value: Any) -> str | None:
    """An answer as a page shows it; None where there is none."""
    if value in (None, "", []):
        return None
    if question.kind == "money":
        return in_pounds(value)
    if question.kind == "date":
        day = date.fromisoformat(value)
        return said_day(day)
    if question.kind == "number":
        return f"{value:,}"
    return ", ".join(value) if isinstance(value, list) else str(value)
