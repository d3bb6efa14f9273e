"""Stored values as JSON and back, so that an undo can compare and restore them. Pure."""

from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Any


def plain(values: Mapping[str, Any]) -> dict[str, Any]:
    """The values as JSON holds them."""
    return {name: plain_value(value) for name, value in values.items()}


def plain_value(value: Any) -> Any:
    """One value as JSON holds it: days and moments (in UTC) as ISO texts."""
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    if isinstance(value, date):
        return value.isoformat()
    return value


def stored_value(python_type: type[Any], value: Any) -> Any:
    """One value as the column takes it."""
    if value is None or not isinstance(value, str):
        return value
    if python_type is datetime:
        return datetime.fromisoformat(value)
    if python_type is date:
        return date.fromisoformat(value)
    return value
