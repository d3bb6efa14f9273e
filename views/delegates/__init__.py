"""The delegates counter: the list, and the terms of a person."""

from views.delegates import (
    list,  # noqa: A004
    terms,
)
from views.delegates.counter import bp

__all__ = ["bp", "list", "terms"]
