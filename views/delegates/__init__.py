"""The delegates counter: the list, and the terms of a person."""

from views.delegates import listing, terms
from views.delegates.counter import bp

__all__ = ["bp", "listing", "terms"]
