"""What is done after an award. Each change names its actor and is noted in the audit.

Lock order: the application first, then an invoice that reports share.
"""

from models.evidence.actions.chasing import ask_for_chasing, chase_some
from models.evidence.actions.letters import make_letter, send_letter, write_template
from models.evidence.actions.outcomes import note_registered, record_outcome
from models.evidence.actions.receipts import remove_receipt, save_receipt
from models.evidence.actions.reports import (
    accept_report,
    make_link,
    note_return,
    send_back,
    settle_report,
    start_report,
    submit_report,
)

__all__ = [
    "accept_report",
    "ask_for_chasing",
    "chase_some",
    "make_letter",
    "make_link",
    "note_registered",
    "note_return",
    "record_outcome",
    "remove_receipt",
    "save_receipt",
    "send_back",
    "send_letter",
    "settle_report",
    "start_report",
    "submit_report",
    "write_template",
]
