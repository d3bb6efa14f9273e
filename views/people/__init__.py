"""The people counter: the list, the record, and the facts on it."""

from views.people import (  # noqa: F401 - their routes
    adding,
    editing,
    facts,
    inline,
    list,  # noqa: A004
    marks,
    privacy,
    record,
)
from views.people.counter import bp

__all__ = ["bp"]
