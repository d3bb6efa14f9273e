"""The front door of payees: who can be paid, and into which account."""

from models.payments.payees.actions import (
    add_payee,
    confirm_account,
    enter_account,
    reject_account,
    retire_payee,
)
from models.payments.payees.queries import (
    account_for,
    details_of,
    others_with_details,
    payee_choices,
    payee_for,
    payees_for,
)
from models.payments.payees.rules import KINDS, for_bank, masked

__all__ = [
    "KINDS",
    "account_for",
    "add_payee",
    "confirm_account",
    "details_of",
    "enter_account",
    "for_bank",
    "masked",
    "others_with_details",
    "payee_choices",
    "payee_for",
    "payees_for",
    "reject_account",
    "retire_payee",
]
