"""Which column of a bank's or a finance office's file is which, told by its heading."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from models.folding import fold
from reports.cells import to_text
from reports.payments.paid_words import CURRENCIES, RETURNED, YES_NO
from reports.reader import FileRefused, SheetData

# Headings as banks and finance offices write them, folded; the first that is there counts.
REFERENCES = (
    "payment reference", "our reference", "reference", "payment", "ref", "narrative", "description",
    "details", "transaction description", "transaction details", "memo", "transaction narrative",
    "payment details", "transaction reference", "beneficiary reference", "particulars",
    "reference in the file",
)  # fmt: skip
AMOUNTS = (
    "amount paid", "paid amount", "amount", "transaction amount", "value", "paid", "net amount",
    "net", "sum",
)  # fmt: skip
GOES_OUT = (
    "debit amount", "paid out", "money out", "debit", "debits", "amount out", "paid out amount",
    "withdrawals", "withdrawal", "out",
)  # fmt: skip
COMES_IN = (
    "credit amount", "paid in", "money in", "credit", "credits", "amount in", "paid in amount",
    "deposits", "deposit", "lodgements", "receipts", "in",
)  # fmt: skip
DAYS = (
    "paid on", "date paid", "payment date", "paid date", "value date", "date", "processed on",
    "transaction date", "posted transactions date", "posting date", "booking date",
)  # fmt: skip
CURRENCY = (
    "currency", "currency code", "ccy", "curr", "payment currency", "transaction currency",
    "account currency",
)  # fmt: skip
TYPES = (
    "type", "transaction type", "payment type", "subcategory", "category", "code", "type code",
    "transaction code", "direction", "debit credit", "credit debit", "debit or credit",
    "credit or debit", "dr cr", "cr dr", "d c", "c d", "dc", "cd", "drcr", "crdr", "in out",
    "money in out", "credit debit indicator", "debit credit indicator", "sign",
)  # fmt: skip
STATES = (
    "status", "state", "payment status", "transaction status", "result", "outcome",
    "processing status", "status of payment",
)  # fmt: skip
ASKED = ("paid", "processed", "cleared", "paid yes no", "paid y n", "successful", "sent")
# Headings of columns that hold names: what such a name says is nothing about its payment.
NAMES = frozenset(
    (
        "account", "application", "batch", "beneficiary", "branch", "by", "candidate",
        "counterparty", "customer", "holder", "name", "names", "party", "payee", "payees", "payer",
        "region", "supplier", "to",
    )
)  # fmt: skip
NEEDED = "a column with our payment reference and one with the amount that was paid out"


@dataclass(frozen=True)
class Columns:
    """The places of the columns. Either `amount` is there, or both `out` and `into`.

    `named_out` says that the amount's own heading says that it was paid out, `foreign` the currency
    that it names. `faults` speak of returns or errors, `texts` may say anything.
    """

    references: tuple[int, ...]
    amount: int | None = None
    out: int | None = None
    into: int | None = None
    named_out: bool = False
    foreign: str | None = None
    day: int | None = None
    balance: int | None = None
    currencies: tuple[int, ...] = ()
    types: tuple[int, ...] = ()
    states: tuple[int, ...] = ()
    faults: tuple[int, ...] = ()
    texts: tuple[int, ...] = ()


def columns_of(sheet: SheetData, shown: str) -> Columns:
    """The columns of a sheet; FileRefused, naming the file, where it has no such columns."""
    headings = [_heading(one) for one in sheet.headers]
    references = _all(headings, lambda one: one in REFERENCES)
    references = tuple(sorted(references, key=lambda at: REFERENCES.index(headings[at])))
    out, into = _first(headings, GOES_OUT), _first(headings, COMES_IN)
    amount = _first(headings, AMOUNTS)
    if out is not None and into is not None:
        amount = None
    elif amount is None:
        amount = out
    paired = amount is None and out is not None
    if not references or not (paired or amount is not None):
        raise FileRefused(
            f"‘{shown}’ needs {NEEDED}. Its columns are "
            f"{', '.join(f'‘{heading}’' for heading in sheet.headers[:12])}."
        )
    used = {at for at in (amount, out, into) if at is not None}
    return Columns(
        references,
        amount=amount,
        out=out if paired else None,
        into=into if paired else None,
        named_out=amount is not None and amount == out,
        foreign=next((_currency_in(sheet.headers[at]) for at in sorted(used)), None),
        day=_first(headings, DAYS),
        balance=next((at for at, one in enumerate(headings) if "balance" in one.split()), None),
        currencies=_all(headings, lambda one: one in CURRENCY),
        types=_all(headings, lambda one: one in TYPES),
        states=_states(sheet, headings, used),
        faults=_all(headings, lambda one: bool(set(one.split()) & (RETURNED | {"error"}))),
        texts=_all(headings, lambda one: not set(one.split()) & NAMES or one in REFERENCES),
    )


def _heading(text: str) -> str:
    """A heading as it is compared: folded, without the currency at its end."""
    words = fold(text).split()
    while len(words) > 1 and (words[-1] in ("gbp", "pounds") or words[-1].upper() in CURRENCIES):
        words.pop()
    return " ".join(words)


def _currency_in(heading: str) -> str | None:
    """The currency that a heading names, unless it is pounds."""
    words = [word.upper() for word in fold(heading).split()]
    if "€" in heading or "$" in heading:
        return "€" if "€" in heading else "$"
    return next((word for word in words if word in CURRENCIES), None)


def _first(headings: Sequence[str], names: Sequence[str]) -> int | None:
    return next((headings.index(name) for name in names if name in headings), None)


def _all(headings: Sequence[str], wanted: Callable[[str], bool]) -> tuple[int, ...]:
    return tuple(at for at, heading in enumerate(headings) if heading and wanted(heading))


def _states(sheet: SheetData, headings: Sequence[str], used: set[int]) -> tuple[int, ...]:
    """The columns of states that say anything, and those that answer “Paid?” with yes and no."""
    found = []
    for at, heading in enumerate(headings):
        said = {fold(to_text(row.values[at])) for row in sheet.rows}
        asked = heading in ASKED and at not in used and said <= YES_NO
        if (heading in STATES or asked) and said != {""}:
            found.append(at)
    return tuple(found)
