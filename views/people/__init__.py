"""The people counter: the list, the record, and the facts on it."""

from views.people import editing, facts, inline, listing, marks, privacy, record  # noqa: F401 - their routes
from views.people.counter import bp

__all__ = ["bp"]
