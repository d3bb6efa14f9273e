"""The merging counter: the queue of duplicates, two records side by side, merges taken back."""

from views.merging import merges, pair, queue  # noqa: F401 - their routes
from views.merging.room import bp

__all__ = ["bp"]
