"""A row of a paid file held against the payment it names. Pure: values in, a verdict out."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from models.days import said_day
from models.money import in_pounds

MOST_TEXT = 200
MOST_PARTS = 4


@dataclass(frozen=True)
class GivenRow:
    """One row as it was read; `fault` says what could not be understood of it.

    `aside` is set where the row is no payment, and `fault` says why: "returned" for money that came
    in, came back or never left, "look" where the file leaves it open or is in another currency.
    """

    number: int
    reference: str
    amount_p: int | None = None
    paid_on: date | None = None
    fault: str | None = None
    aside: str | None = None


@dataclass(frozen=True)
class Known:
    """A payment as the file is held against it. `pay_on` is None where no batch sent it."""

    id: int
    reference: str
    amount_p: int
    status: str
    pay_on: date | None = None
    paid_on: date | None = None


@dataclass(frozen=True)
class Match:
    """What a row came to: "matched", "differing", "unknown", "returned" or "look", and why."""

    row: GivenRow
    verdict: str
    payment_id: int | None = None
    because: str | None = None


def key_of(reference: str) -> str:
    """A reference without what banks add or lose in it: spaces, dashes, letter case."""
    return re.sub(r"[^A-Z0-9]", "", reference.upper())


def match_all(rows: Iterable[GivenRow], known: Mapping[str, Known], today: date) -> list[Match]:
    """Every row with its verdict. `known` maps `key_of(reference)` to the payment."""
    seen: set[int] = set()
    found = []
    for row in rows:
        payment = _named(row.reference, known)
        if row.aside is not None and (payment is not None or row.aside == "returned"):
            # Never a payment, and never what makes a true one the second of its name.
            named = payment.id if payment is not None else None
            found.append(Match(row, row.aside, named, row.fault))
            continue
        if payment is None:
            words = row.fault or "No payment has this reference."
            found.append(Match(row, "unknown", because=words))
            continue
        because = row.fault or _difference(row, payment, today)
        if because is None and payment.id in seen:
            because = "This payment is in the file twice."
        verdict = "matched" if because is None else "differing"
        if verdict == "matched":
            seen.add(payment.id)
        found.append(Match(row, verdict, payment.id, because))
    return found


def _named(text: str, known: Mapping[str, Known]) -> Known | None:
    """The payment of this reference, or the only one whose reference stands inside the text."""
    exact = known.get(key_of(text))
    if exact is not None:
        return exact
    # Banks put words around it and break it: "BACS EF26-0001-P2 UNION", "PAYMENT EF26 0001 P2".
    words = re.findall(r"[A-Z0-9]+", text.upper()[:MOST_TEXT])
    inside = {
        one.id: one
        for start in range(len(words))
        for end in range(start + 1, start + 1 + MOST_PARTS)
        if (one := known.get("".join(words[start:end]))) is not None
    }
    return next(iter(inside.values())) if len(inside) == 1 else None


def _difference(row: GivenRow, payment: Known, today: date) -> str | None:
    if payment.status not in ("exported", "paid", "reconciled"):
        return f"This payment was not sent to the bank: it is “{payment.status}” here."
    if row.amount_p != payment.amount_p:
        paid = "no amount" if row.amount_p is None else in_pounds(row.amount_p)
        return f"The file says {paid}, the payment is {in_pounds(payment.amount_p)}."
    if row.paid_on is None:
        return None
    if row.paid_on > today:
        return f"The file says {said_day(row.paid_on)}, which is in the future."
    expected = payment.paid_on or payment.pay_on
    if expected is not None and row.paid_on != expected:
        return f"The file says {said_day(row.paid_on)}, here it is {said_day(expected)}."
    return None
