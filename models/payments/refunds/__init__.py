"""The front door of refunds: money asked back, returned, or given up."""

from models.payments.refunds.actions import (
    ask_refund,
    ask_write_off,
    decide_write_off,
    receive_refund,
)
from models.payments.refunds.queries import (
    asked_back_p,
    receipts_of,
    refund_for,
    refunds_of,
    write_off_for,
    write_offs_of,
    write_offs_waiting_for,
)

__all__ = [
    "ask_refund",
    "ask_write_off",
    "asked_back_p",
    "decide_write_off",
    "receipts_of",
    "receive_refund",
    "refund_for",
    "refunds_of",
    "write_off_for",
    "write_offs_of",
    "write_offs_waiting_for",
]
