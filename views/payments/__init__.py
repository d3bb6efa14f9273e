"""The payments counter: lists, tranches, batches, payees, paid files, money that comes back."""

from views.payments import (
    awards,
    batches,
    conditions,
    layout,
    listing,
    paid_files,
    payees,
    refunds,
    steps,
)
from views.payments.counter import bp

__all__ = [
    "awards",
    "batches",
    "bp",
    "conditions",
    "layout",
    "listing",
    "paid_files",
    "payees",
    "refunds",
    "steps",
]
