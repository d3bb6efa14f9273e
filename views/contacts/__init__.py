"""The contacts counter: the log, the quick form, follow-ups."""

from views.contacts import (  # noqa: F401 - their routes
    entry,
    follow_ups,
    list,  # noqa: A004
    log,
)
from views.contacts.counter import bp

__all__ = ["bp"]
