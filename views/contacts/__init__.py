"""The contacts counter: the log, the quick form, follow-ups."""

from views.contacts import entry, follow_ups, log  # noqa: F401 - their routes
from views.contacts.counter import bp

__all__ = ["bp"]
