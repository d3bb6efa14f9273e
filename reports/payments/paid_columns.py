"""Which column of a bank's or a finance office's file is which, told by its heading."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from models.folding import fold
from models.words import NO, YES, yes_or_no
from reports.cells import to_text
from reports.payments.paid_words import (
    CURRENCY_WORDS,
    PHRASES,
    RETURNED,
    UNDONE,
    currency_named,
    foreign_amount,
)
from reports.reader.currencies import CURRENCIES
from reports.reader.shapes import FileRefused, SheetData

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
CURRENCY = frozenset(("currency", "ccy", "curr"))
NO_CURRENCY = frozenset(("amount", "conversion", "exchange", "rate"))
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
# Headings that ask whether it was paid, from these words alone: “Paid?”, “Sent to the bank (Y/N)”.
ASKED = frozenset(
    (
        "accepted", "cleared", "complete", "completed", "done", "executed", "made", "paid",
        "processed", "sent", "settled", "succeeded", "success", "successful", "successfully",
    )
)  # fmt: skip
AROUND = (
    YES
    | NO
    | frozenset(
        ("bank", "been", "by", "has", "is", "it", "payment", "the", "to", "transaction", "was")
    )
)
NO_STATE = frozenset(("at", "by", "date", "on", "time"))
# The layouts whose amounts are signed, without a balance that would show it: Barclays.
SIGNED = (frozenset(("date", "amount", "subcategory", "memo")),)
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
    that it or the whole file names, `signed` that a minus is known to be money out. `states` hold
    a word for what became of it, `asked` a yes or no alone and `hinted` a no among other things.
    `faults` speak of returns or errors, `texts` may say anything.
    """

    references: tuple[int, ...]
    amount: int | None = None
    out: int | None = None
    into: int | None = None
    named_out: bool = False
    signed: bool = False
    foreign: str | None = None
    day: int | None = None
    balance: int | None = None
    currencies: tuple[int, ...] = ()
    types: tuple[int, ...] = ()
    states: tuple[int, ...] = ()
    asked: tuple[int, ...] = ()
    hinted: tuple[int, ...] = ()
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
    day = _first(headings, DAYS)
    asked, hinted = _asked(sheet, headings, [*used, day])
    return Columns(
        references,
        amount=amount,
        out=out if paired else None,
        into=into if paired else None,
        named_out=amount is not None and amount == out,
        signed=any(layout <= set(headings) for layout in SIGNED),
        foreign=_currency_of(sheet, sorted(used)),
        day=day,
        balance=next((at for at, one in enumerate(headings) if "balance" in one.split()), None),
        currencies=_all(headings, lambda one: _has(one, CURRENCY) and not _has(one, NO_CURRENCY)),
        types=_all(headings, lambda one: one in TYPES),
        states=_states(sheet, headings),
        asked=asked,
        hinted=hinted,
        faults=_all(headings, _says_fault),
        texts=_all(headings, lambda one: not set(one.split()) & NAMES or one in REFERENCES),
    )


def _heading(text: str) -> str:
    """A heading as it is compared: folded, without the currency at its end."""
    words = fold(text).split()
    named = {"gbp", "pounds", *CURRENCY_WORDS}
    while len(words) > 1 and (words[-1] in named or words[-1].upper() in CURRENCIES):
        words.pop()
    return " ".join(words)


def _has(heading: str, words: frozenset[str]) -> bool:
    return not words.isdisjoint(heading.split())


def _says_fault(heading: str) -> bool:
    """Whether a heading asks what went wrong: “Return reason”, “Error”, “Not paid”."""
    phrase = any(f" {one} " in f" {heading} " for one in PHRASES)
    return _has(heading, RETURNED | {"error"}) or phrase or bool(UNDONE.search(f" {heading} "))


def _currency_of(sheet: SheetData, used: Sequence[int]) -> str | None:
    """The currency, if not pounds, of all amounts: by their heading or a line beside the table."""
    alone = [
        " ".join(to_text(value) for value in row.values if value is not None)
        for row in sheet.rows
        if len(row.values) > 2 and sum(value is not None for value in row.values) == 1
    ]
    named = [foreign_amount(sheet.headers[at]) for at in used]
    named += [currency_named(line) for line in (*sheet.above, *alone)]
    return next((one for one in named if one), None)


def _first(headings: Sequence[str], names: Sequence[str]) -> int | None:
    return next((headings.index(name) for name in names if name in headings), None)


def _all(headings: Sequence[str], wanted: Callable[[str], bool]) -> tuple[int, ...]:
    return tuple(at for at, heading in enumerate(headings) if heading and wanted(heading))


def _said(sheet: SheetData, at: int) -> set[str]:
    """What the filled cells of a column say."""
    return {to_text(row.values[at]) for row in sheet.rows} - {""}


def _states(sheet: SheetData, headings: Sequence[str]) -> tuple[int, ...]:
    """The columns of states that say anything."""
    found = _all(
        headings,
        lambda one: (
            one in STATES
            or (_has(one, frozenset(("outcome", "status"))) and not _has(one, NAMES | NO_STATE))
        ),
    )
    return tuple(at for at in found if _said(sheet, at))


def _asked(
    sheet: SheetData, headings: Sequence[str], used: Sequence[int | None]
) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """The columns that answer “Paid?” with yes and no alone, and those that may say no."""
    found = _all(headings, lambda one: _has(one, ASKED) and set(one.split()) <= ASKED | AROUND)
    asking = [at for at in found if at not in used and _said(sheet, at)]
    asked = [at for at in asking if all(yes_or_no(one) is not None for one in _said(sheet, at))]
    return tuple(asked), tuple(at for at in asking if at not in asked)
