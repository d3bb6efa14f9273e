"""The amount of a row of a bank's file with what stands beside it: a sign, CR or DR, a currency."""

import re
from dataclasses import dataclass

from reports.cells import CellError, to_pence, to_text
from reports.payments.paid_columns import Columns
from reports.payments.paid_words import foreign_amount
from reports.reader.shapes import Row, Value

MARK = r"(?:CR|DR|C|D)"
BEFORE = re.compile(rf"({MARK})\.?[\s:]*(?=[£\d(.-])", re.IGNORECASE)
AFTER = re.compile(rf"(?<=[\d).\s-])({MARK})\.?", re.IGNORECASE)


@dataclass(frozen=True)
class Amount:
    """Pence with their sign; `way` is "in", "out" or "unsure" where the cell itself says it.

    `foreign` names another currency, `fault` says why there is no amount.
    """

    pence: int | None = None
    way: str | None = None
    foreign: str | None = None
    fault: str | None = None


def amount_in(row: Row, columns: Columns) -> Amount:
    """The amount of a row, out of its one column or of the two for money out and money in."""
    if columns.amount is not None:
        return amount_of(row.values[columns.amount])
    out = _part(row.values[columns.out or 0])
    into = _part(row.values[columns.into or 0])
    for one in (out, into):
        if one.foreign or one.fault:
            return one
    if out.pence and into.pence:
        return Amount(out.pence, way="unsure")
    if into.pence:
        return Amount(into.pence, way="in")
    if out.pence:
        return Amount(out.pence, way=out.way or "out")
    return Amount(fault="The row has no amount.")


def written_in(row: Row, columns: Columns) -> Value:
    """The amount as the file has it: the first of its columns that is filled."""
    places = (columns.amount, columns.out, columns.into)
    values = (row.values[at] for at in places if at is not None)
    return next((value for value in values if to_text(value)), None)


def _part(value: Value) -> Amount:
    """One of two columns: the other one of them is blank, nought or a dash."""
    if to_text(value) in ("", "-", "–"):
        return Amount(0)
    return amount_of(value)


def amount_of(value: Value) -> Amount:
    """One cell: 1,910.00, -1910, (1,910.00), 1910.00-, £1,910.00 CR, +1910, €1,910.00."""
    way: str | None = None
    if isinstance(value, str):
        text = to_text(value)
        other = foreign_amount(text)
        if other:
            return Amount(foreign=other)
        value, way = _without_mark(text)
    try:
        return Amount(to_pence(value, negative_allowed=True), way)
    except CellError as fault:
        return Amount(fault=str(fault))


def _without_mark(text: str) -> tuple[str, str | None]:
    found = BEFORE.match(text)
    if found:
        return text[found.end() :], _way(found[1])
    found = next((each for each in AFTER.finditer(text) if each.end() == len(text)), None)
    if found:
        return text[: found.start()].rstrip(), _way(found[1])
    bare = text.replace("£", "", 1).lstrip()
    if bare.startswith("+"):  # a bank puts it before money that came
        return bare[1:].lstrip(), "in"
    return text, None


def _way(mark: str) -> str:
    return "in" if mark.upper().startswith("C") else "out"
