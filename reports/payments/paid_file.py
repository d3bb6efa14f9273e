"""What the bank paid, read from finance's file: which column is which, and each row understood.

A row is evidence of a payment only with its direction, its state and its currency: what came in,
came back, waits or is no pounds is set aside with the reason.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from models.folding import fold
from models.payments.paid_files.matching import GivenRow
from models.words import yes_or_no
from reports.cells import CellError, check_day_column, quoted, to_day, to_pence, to_text
from reports.payments.paid_amounts import Amount, amount_in, written_in
from reports.payments.paid_columns import Columns, columns_of
from reports.payments.paid_ways import COMES_IN, UNSURE, Told, ways
from reports.payments.paid_words import (
    currency_alone,
    currency_named,
    direction_of,
    foreign,
    is_done,
    is_nil,
    said_pending,
    said_returned,
    says_no,
)
from reports.reader.proposing import propose, read_together
from reports.reader.running import read_file
from reports.reader.shapes import FileRefused, Row, SheetData, Value

MOST_ROWS = 10_000
Aside = tuple[str, str]


@dataclass(frozen=True)
class PaidSheet:
    """A file as it was understood: its safe name, its hash, its rows."""

    name: str
    sha256: str
    rows: tuple[GivenRow, ...]


def read_paid(name: str, data: bytes) -> PaidSheet:
    """The rows of a paid file; FileRefused, in a sentence, where it cannot be one.

    A cell that is no amount or no day is a fault of its row, not of the file.
    """
    workbook = read_file(name, data)
    chosen = propose(workbook)
    if chosen.together:
        sheet = read_together(workbook, chosen.together)
    else:
        sheet = workbook.sheet(chosen.sheet)
    if len(sheet.rows) > MOST_ROWS:
        raise FileRefused(
            f"‘{workbook.name}’ has {len(sheet.rows):,} rows; a paid file has at most "
            f"{MOST_ROWS:,}. Is it the right file?"
        )
    rows = understood(sheet, workbook.name)
    if len({row.number for row in rows}) < len(rows):
        # Rows of several sheets share their numbers: the order of all tells them apart.
        rows = [replace(row, number=at) for at, row in enumerate(rows, start=2)]
    if not rows:
        raise FileRefused(f"‘{workbook.name}’ has no row that was paid.")
    return PaidSheet(workbook.name, workbook.sha256, tuple(rows))


def understood(sheet: SheetData, shown: str) -> list[GivenRow]:
    """The rows of a sheet as they are held against the payments; `shown` is the file's name."""
    columns = columns_of(sheet, shown)
    if columns.day is not None:
        _check_days(sheet, columns.day)
    return _given(_filled(sheet.rows), columns)


def _check_days(sheet: SheetData, at: int) -> None:
    try:
        check_day_column([row.values[at] for row in sheet.rows], heading=sheet.headers[at])
    except CellError as fault:
        raise FileRefused(str(fault)) from fault


def _filled(rows: Sequence[Row]) -> list[Row]:
    """The rows without those that are empty, and without a total at the end."""
    filled = [row for row in rows if any(to_text(value) for value in row.values)]
    return [row for row in filled if not _is_total(row)]


def _is_total(row: Row) -> bool:
    words = [fold(to_text(value)) for value in row.values if isinstance(value, str)]
    return bool(words) and words[0] in ("total", "totals", "grand total", "sum")


def _given(rows: Sequence[Row], columns: Columns) -> list[GivenRow]:
    """Each row as it is held against the payments."""
    amounts = [amount_in(row, columns) for row in rows]
    asides = [_by_words(row, columns, amount) for row, amount in zip(rows, amounts, strict=True)]
    told = [_told(row, columns, amount) for row, amount in zip(rows, amounts, strict=True)]
    known = [one for one, aside in zip(told, asides, strict=True) if aside is None]
    found = iter(
        ways(
            known,
            statement=columns.balance is not None,
            named_out=columns.named_out,
            signed=columns.signed,
        )
    )
    given = []
    for row, amount, aside in zip(rows, amounts, asides, strict=True):
        why = _by_way(next(found)) if aside is None else aside
        given.append(_row(row, columns, amount, why))
    return given


def _row(row: Row, columns: Columns, amount: Amount, aside: Aside | None) -> GivenRow:
    faults = [amount.fault] if amount.fault else []
    paid_on = _day(row.values[columns.day], faults) if columns.day is not None else None
    pence = abs(amount.pence) if amount.pence is not None else None
    if _foreign(row, columns, amount):
        pence = None  # whoever reads it would take it for pounds
    given = GivenRow(row.number, _reference(row, columns), pence, paid_on)
    if aside is None or (faults and aside[1] == UNSURE):
        return replace(given, fault=" ".join(faults) or None)
    return replace(given, aside=aside[0], fault=aside[1])


def _reference(row: Row, columns: Columns) -> str:
    """What the first of the columns says that is filled in this row."""
    texts = [to_text(row.values[at]) for at in columns.references]
    return next((text for text in texts if text), "")[:200]


def _by_words(row: Row, columns: Columns, amount: Amount) -> Aside | None:
    """Why a row is no payment by what it says, with "returned" or "look"; None where it is one."""
    for at in (*columns.states, *columns.types):
        word = said_returned(to_text(row.values[at]), stated=True)
        if word:
            return "returned", f"The file says ‘{word}’: this was not paid, or it came back."
    for at in columns.faults:
        if not is_nil(to_text(row.values[at])):
            said = quoted(row.values[at])
            return "returned", f"The file says {said} where it tells what came back."
    texts = [row.values[at] for at in columns.texts if isinstance(row.values[at], str)]
    for value in texts:
        word = said_returned(to_text(value))
        if word:
            return "returned", f"The file says ‘{word}’: this was not paid, or it came back."
    currency = _foreign(row, columns, amount)
    if currency:
        said = quoted(written_in(row, columns))
        return "look", f"The amount is not in pounds but in {currency}: the file says {said}."
    return _not_yet(row, columns, texts)


def _not_yet(row: Row, columns: Columns, texts: Sequence[Value]) -> Aside | None:
    for at in columns.states:
        state = to_text(row.values[at])
        if not is_done(state):
            shown = f"‘{state}’" if state else "nothing"
            return "look", f"The file says {shown} of its state, which is not “paid”."
    for at in (*columns.asked, *columns.hinted):
        answer = to_text(row.values[at])
        if says_no(answer) or (at in columns.asked and not yes_or_no(answer)):
            shown = f"‘{answer}’" if answer else "nothing"
            return "look", f"The file says {shown} where it tells whether this was paid."
    if any(said_pending(to_text(value)) for value in texts):
        return "look", "The file says that this is still pending."
    return None


def _foreign(row: Row, columns: Columns, amount: Amount) -> str | None:
    said = [foreign(to_text(row.values[at])) for at in columns.currencies]
    said += [currency_alone(to_text(row.values[at])) for at in columns.texts]
    named = amount.foreign or next((one for one in said if one), None)
    return named or columns.foreign or currency_named(row.sheet)


def _by_way(way: str) -> Aside | None:
    if way == "in":
        return "returned", COMES_IN
    return ("look", UNSURE) if way == "unsure" else None


def _told(row: Row, columns: Columns, amount: Amount) -> Told:
    said = {direction_of(to_text(row.values[at])) for at in columns.types} - {None}
    if amount.way:
        said.add(amount.way)
    if len(said) > 1:
        said.discard("open")
    way = said.pop() if len(said) == 1 else ("unsure" if said else None)
    return Told(amount.pence or 0, way, _balance(row, columns))


def _balance(row: Row, columns: Columns) -> int | None:
    if columns.balance is None:
        return None
    try:
        return to_pence(row.values[columns.balance], negative_allowed=True)
    except CellError:
        return None


def _day(value: Value, faults: list[str]) -> date | None:
    try:
        return to_day(value).day
    except CellError as fault:
        faults.append(str(fault))
        return None
