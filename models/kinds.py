"""Kinds of column: what is stored, in which unit, and how private it is.

Every column names its data class (`public`, `internal`, `personal`, `special`, `bank`), so that
exports, logs and the privacy page can be checked against it. `special` is special category data
in the sense of UK GDPR Article 9: union membership and political opinion.
"""

from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial
from typing import Any

from sqlalchemy import BigInteger, DateTime, Dialect, Integer, String, TypeDecorator
from sqlalchemy.orm import MappedColumn, mapped_column
from sqlalchemy.types import JSON

Id = BigInteger().with_variant(Integer, "sqlite")
Pence = BigInteger
Json = JSON(none_as_null=True)

DATA_CLASSES = ("public", "internal", "personal", "special", "bank")


def Key(length: int = 160) -> String:  # noqa: N802 - a column type, used like one
    """A folded text that is compared byte by byte, so that a prefix search can use the index."""
    return String(length).with_variant(String(length, collation="C"), "postgresql")


class UtcDateTime(TypeDecorator[datetime]):
    """An aware moment in UTC, in and out; a naive one is refused."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, _dialect: Dialect) -> datetime | None:
        """UTC on the way in; raises ValueError for a moment without a time zone."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("A stored moment needs a time zone.")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, _dialect: Dialect) -> datetime | None:
        """UTC on the way out."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


def classed(data_class: str, *args: Any, **kwargs: Any) -> MappedColumn[Any]:
    """A mapped column that says how private its content is."""
    return mapped_column(*args, info={"class": data_class}, **kwargs)


public: Callable[..., MappedColumn[Any]] = partial(classed, "public")
internal: Callable[..., MappedColumn[Any]] = partial(classed, "internal")
personal: Callable[..., MappedColumn[Any]] = partial(classed, "personal")
special: Callable[..., MappedColumn[Any]] = partial(classed, "special")
bank: Callable[..., MappedColumn[Any]] = partial(classed, "bank")
