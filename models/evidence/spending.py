"""What a receipt must say, and what the election law notes beside it. Pure; amounts are pence."""

import re
from dataclasses import dataclass
from datetime import date, timedelta

from models.days import said_day
from models.evidence.due import Days
from models.folding import fold
from models.funding.rules import MOST_P, Problem
from models.money import in_pounds

CATEGORIES = {
    "leaflets": "Leaflets and letters",
    "postage": "Postage and delivery",
    "digital": "Digital advertising",
    "print": "Posters, boards and other print",
    "rooms": "Rooms and events",
    "travel": "Travel and transport",
    "office": "Office and telephone",
    "other": "Other",
}
OLDEST = timedelta(days=730)


@dataclass(frozen=True)
class Bill:
    """One invoice as somebody typed it. `share_p` is what of it counts here; None is all of it."""

    supplier: str
    number: str
    on: date | None
    category: str | None
    net_p: int | None
    vat_p: int | None = 0
    share_p: int | None = None
    paid_on: date | None = None

    @property
    def gross_p(self) -> int:
        """Net and VAT together."""
        return (self.net_p or 0) + (self.vat_p or 0)

    @property
    def counted_p(self) -> int:
        """What of it counts here."""
        return self.gross_p if self.share_p is None else self.share_p


def bill_problem(bill: Bill, *, today: date) -> Problem | None:
    """What is missing or wrong in a receipt, the first thing first, or None."""
    if not bill.supplier.strip() or len(bill.supplier) > 160:
        return Problem("supplier", "Enter who sent the invoice, in at most 160 characters.")
    if not number_key(bill.number) or len(bill.number) > 60:
        return Problem("number", "Enter the number that stands on the invoice.")
    if bill.category not in CATEGORIES:
        return Problem("category", "Choose what it was for.")
    return _day_problem(bill, today) or _amount_problem(bill)


def _day_problem(bill: Bill, today: date) -> Problem | None:
    if bill.on is None:
        return Problem("on", "Enter the day that stands on the invoice.")
    if bill.on > today:
        return Problem("on", "The day of the invoice is in the future.")
    if today - bill.on > OLDEST:
        return Problem("on", "This invoice is more than two years old. Check the year.")
    if bill.paid_on is not None and bill.paid_on > today:
        return Problem("paid_on", "The day of the payment is in the future.")
    return None


def _amount_problem(bill: Bill) -> Problem | None:
    if bill.net_p is None or bill.net_p < 1:
        return Problem("net", "Enter the amount without VAT: more than nothing.")
    if bill.vat_p is None or bill.vat_p < 0:
        return Problem("vat", "Enter the VAT in pounds, or 0.")
    if bill.vat_p > bill.net_p:
        return Problem("vat", "The VAT cannot be more than the amount without it.")
    if bill.gross_p > MOST_P:
        return Problem("net", "This is more than any invoice comes to.")
    if bill.share_p is not None and not 0 < bill.share_p <= bill.gross_p:
        words = f"Your share is more than nothing and at most {in_pounds(bill.gross_p)}."
        return Problem("share", words)
    return None


def supplier_key(supplier: str) -> str:
    """The supplier as it is compared: case, accents and punctuation do not count."""
    return re.sub(r"[\W_]+", " ", fold(supplier)).strip()


def number_key(number: str) -> str:
    """The invoice number as it is compared: INV-001 is inv 001."""
    return re.sub(r"[\W_]+", "", fold(number))


def late_words(bill: Bill, days: Days, *, poll_on: date | None) -> str | None:
    """What the law says of the bill's days, to be answered in words; None where it is in time."""
    found = []
    if days.bills is not None and bill.on is not None and bill.on > days.bills.on:
        found.append(f"The invoice is of after {said_day(days.bills.on)}, the last day for bills.")
    if days.paid is not None and bill.paid_on is not None and bill.paid_on > days.paid.on:
        found.append(f"It was paid after {said_day(days.paid.on)}: later payment needs the court.")
    if not days.in_law and poll_on is not None and bill.on is not None and bill.on > poll_on:
        found.append(f"The invoice is of after the poll on {said_day(poll_on)}.")
    return " ".join(found) or None


def unspent_p(*, paid_p: int, returned_p: int, spent_p: int) -> int:
    """What was paid, is not spent and has not come back; never less than nothing."""
    return max(0, paid_p - returned_p - spent_p)
