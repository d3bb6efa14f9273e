"""Which sheet of a workbook to take, and which sheets are one table in pieces."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from reports.reader.shapes import FileRefused, SheetData, Workbook


@dataclass(frozen=True, slots=True)
class Proposal:
    """The sheet to start from and why.

    `together` names the sheets (this one among them) that have the same columns and can be read
    as one table by `read_together`; empty if there are none.
    """

    sheet: str
    header_row: int
    rows: int
    because: str
    together: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


def propose(workbook: Workbook) -> Proposal:
    """The sheet that most looks like the data; FileRefused where no sheet holds a row."""
    filled = [sheet for sheet in workbook.sheets if sheet.rows]
    if not filled:
        raise FileRefused(f"‘{workbook.name}’ holds no rows of data.")
    best = max(filled, key=lambda sheet: (_rank(sheet), -filled.index(sheet)))
    others = [sheet for sheet in workbook.sheets if sheet is not best]
    return Proposal(
        best.name,
        best.header_row,
        len(best.rows),
        _because(best, others),
        together=together(workbook, best.name),
        notes=(*workbook.notes, *best.notes, *_about(best, others)),
    )


def _rank(sheet: SheetData) -> tuple[bool, bool, bool, bool, int]:
    """Shown before hidden, data before pivots, headed before not, tables before lists; size."""
    size = len(sheet.rows) * len(sheet.headers)
    return not sheet.hidden, not sheet.pivot, sheet.header_row > 0, len(sheet.headers) > 1, size


def _because(best: SheetData, others: list[SheetData]) -> str:
    place = f"with headings in row {best.header_row}" if best.header_row else "without headings"
    what = f"‘{best.name}’ has {_rows(best)} {place}"
    return f"{what}." if not others else f"{what} and looks most like the data."


def _rows(sheet: SheetData) -> str:
    return "1 row" if len(sheet.rows) == 1 else f"{len(sheet.rows):,} rows"


def _about(best: SheetData, others: list[SheetData]) -> list[str]:
    """A sentence for every sheet that would not be read."""
    return [f"‘{sheet.name}’ is not read: {_why_not(best, sheet)}." for sheet in others]


def _why_not(best: SheetData, sheet: SheetData) -> str:
    if sheet.refused:
        return sheet.refused.rstrip(".")
    if not sheet.rows:
        return "it holds no rows"
    if same_columns(best, sheet) and _values(best) == _values(sheet):
        return f"it repeats the {_rows(sheet)} of ‘{best.name}’"
    kind = "a summary (pivot table) of" if sheet.pivot else "another table of"
    hidden = "hidden, and " if sheet.hidden else ""
    bare = "" if sheet.header_row else " without headings"
    return f"it is {hidden}{kind} {_rows(sheet)} and {len(sheet.headers)} columns{bare}"


def _values(sheet: SheetData) -> list[tuple[object, ...]]:
    return [row.values for row in sheet.rows]


def same_columns(one: SheetData, other: SheetData) -> bool:
    """Whether two sheets have the same headings in the same order, letter case apart."""
    if bool(one.header_row) != bool(other.header_row):
        return False
    return [text.lower() for text in one.headers] == [text.lower() for text in other.headers]


def together(workbook: Workbook, name: str) -> tuple[str, ...]:
    """The visible sheets with the same columns as this one but other rows, in file order."""
    chosen = workbook.sheet(name)
    pieces = [chosen]
    for sheet in workbook.sheets:
        if sheet is chosen or sheet.hidden or sheet.pivot or not sheet.rows:
            continue
        if same_columns(chosen, sheet) and all(_values(sheet) != _values(p) for p in pieces):
            pieces.append(sheet)
    names = {sheet.name for sheet in pieces}
    in_order = tuple(sheet.name for sheet in workbook.sheets if sheet.name in names)
    return in_order if len(in_order) > 1 else ()


def read_together(workbook: Workbook, names: Iterable[str]) -> SheetData:
    """Several sheets as one table; each row keeps its own number and the name of its sheet.

    FileRefused where their headings differ: values would land in the wrong columns.
    """
    sheets = [workbook.sheet(name) for name in names]
    if not sheets:
        raise FileRefused("Choose at least one sheet.")
    first = sheets[0]
    for sheet in sheets[1:]:
        if not same_columns(first, sheet):
            raise FileRefused(
                f"‘{first.name}’ and ‘{sheet.name}’ have different columns "
                f"({', '.join(first.headers[:8])} against {', '.join(sheet.headers[:8])}), "
                "so they cannot be read as one table. Read them one at a time."
            )
    rows = tuple(row for sheet in sheets for row in sheet.rows)
    notes = tuple(f"{sheet.name}: {note}" for sheet in sheets for note in sheet.notes)
    joined = " + ".join(sheet.name for sheet in sheets)
    above = tuple(line for sheet in sheets for line in sheet.above)
    return replace(first, name=joined, rows=rows, notes=notes, above=above)
