"""The intake counter: a file in, its columns, its spellings, the preview, the result."""

from views.intake import batches, columns, outcome, teaching
from views.intake.room import bp

__all__ = ["batches", "bp", "columns", "outcome", "teaching"]
