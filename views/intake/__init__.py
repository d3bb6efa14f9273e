"""The intake counter: a file in, its columns, its spellings, the preview, the result."""

from views.intake import (  # noqa: F401 - their routes
    batches,
    columns,
    list,  # noqa: A004
    outcome,
    teaching,
)
from views.intake.room import bp

__all__ = ["bp"]
