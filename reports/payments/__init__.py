"""Payments as tables: the register, a batch for bank and finance, the paid file and differences."""

from reports.payments.bank_file import bank_file
from reports.payments.batch import batch_book
from reports.payments.differences import differences_book
from reports.payments.paid_file import PaidSheet, read_paid
from reports.payments.register import FILTERS, build

__all__ = [
    "FILTERS",
    "PaidSheet",
    "bank_file",
    "batch_book",
    "build",
    "differences_book",
    "read_paid",
]
