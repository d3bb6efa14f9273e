"""The front door of paid files: what the bank paid, held against what was sent."""

from models.payments.paid_files.actions import can_take, settle, take_in
from models.payments.paid_files.matching import GivenRow
from models.payments.paid_files.queries import (
    Tally,
    file_for,
    files_for,
    missing_from,
    row_for,
    rows_of,
    tally_of,
)

__all__ = [
    "GivenRow",
    "Tally",
    "can_take",
    "file_for",
    "files_for",
    "missing_from",
    "row_for",
    "rows_of",
    "settle",
    "take_in",
    "tally_of",
]
