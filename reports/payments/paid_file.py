"""What the bank paid, read from finance's file: which column is which, and each row understood."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from models.folding import fold
from models.payments.paid_files import GivenRow
from reports.cells import CellError, check_day_column, to_day, to_pence, to_text
from reports.reader import FileRefused, Row, SheetData, Value, propose, read_file, read_together

MOST_ROWS = 10_000
# Headings as banks and finance offices write them, folded; the first that is there counts.
REFERENCES = (
    "payment reference", "our reference", "reference", "payment", "ref", "narrative", "description",
    "details", "transaction description", "reference in the file",
)  # fmt: skip
AMOUNTS = (
    "amount paid", "paid amount", "amount", "value", "paid", "debit", "paid out", "net amount",
    "amount gbp", "sum",
)  # fmt: skip
DAYS = (
    "paid on", "date paid", "payment date", "paid date", "value date", "date", "processed on",
    "transaction date",
)  # fmt: skip
BANK_COLUMNS = "a column with our payment reference and one with the amount"


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
    reference, amount = _column(sheet, REFERENCES), _column(sheet, AMOUNTS)
    if reference is None or amount is None:
        raise FileRefused(
            f"‘{workbook.name}’ needs {BANK_COLUMNS}. Its columns are "
            f"{', '.join(f'‘{heading}’' for heading in sheet.headers[:12])}."
        )
    day = _column(sheet, DAYS)
    if day is not None:
        _check_days(sheet, day)
    paid = _paid(sheet.rows)
    rows = [_row(row, reference, amount, day) for row in paid]
    if len({row.number for row in rows}) < len(rows):
        # Rows of several sheets share their numbers: the order of all tells them apart.
        rows = [replace(row, number=at) for at, row in enumerate(rows, start=2)]
    if not rows:
        raise FileRefused(f"‘{workbook.name}’ has no row that was paid.")
    return PaidSheet(workbook.name, workbook.sha256, tuple(rows))


def _column(sheet: SheetData, names: Sequence[str]) -> int | None:
    folded = [fold(heading) for heading in sheet.headers]
    return next((folded.index(name) for name in names if name in folded), None)


def _check_days(sheet: SheetData, at: int) -> None:
    try:
        check_day_column([row.values[at] for row in sheet.rows], heading=sheet.headers[at])
    except CellError as fault:
        raise FileRefused(str(fault)) from fault


def _paid(rows: Sequence[Row]) -> list[Row]:
    """The rows without those that are empty, and without a total at the end."""
    filled = [row for row in rows if any(to_text(value) for value in row.values)]
    return [row for row in filled if not _is_total(row)]


def _is_total(row: Row) -> bool:
    words = [fold(to_text(value)) for value in row.values if isinstance(value, str)]
    return bool(words) and words[0] in ("total", "totals", "grand total", "sum")


def _row(row: Row, reference: int, amount: int, day: int | None) -> GivenRow:
    faults: list[str] = []
    pence = _pence(row.values[amount], faults)
    paid_on = _day(row.values[day], faults) if day is not None else None
    text = to_text(row.values[reference])[:200]
    return GivenRow(row.number, text, pence, paid_on, " ".join(faults) or None)


def _pence(value: Value, faults: list[str]) -> int | None:
    try:
        # A bank shows money that went out as less than nothing.
        return abs(to_pence(value, negative_allowed=True))
    except CellError as fault:
        faults.append(str(fault))
        return None


def _day(value: Value, faults: list[str]) -> date | None:
    try:
        return to_day(value).day
    except CellError as fault:
        faults.append(str(fault))
        return None
