"""The front door of paid files: what the bank paid, held against what was sent."""

from models.payments.paid_files.actions import can_settle, can_take, settle, step_back, take_in
from models.payments.paid_files.matching import GivenRow
from models.payments.paid_files.queries import (
    ASIDE,
    Tally,
    file_for,
    files_for,
    missing_from,
    row_for,
    rows_of,
    tally_of,
)

__all__ = [
    "ASIDE",
    "GivenRow",
    "Tally",
    "can_settle",
    "can_take",
    "file_for",
    "files_for",
    "missing_from",
    "row_for",
    "rows_of",
    "settle",
    "step_back",
    "take_in",
    "tally_of",
]
