"""Excel and OpenDocument workbooks through calamine, cell by cell, nothing lost in silence."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from io import BytesIO
from typing import Any

from python_calamine import (
    CalamineError,
    CalamineSheet,
    CalamineWorkbook,
    PasswordError,
    SheetMetadata,
    SheetTypeEnum,
    SheetVisibleEnum,
)

from reports.reader.currencies import foreign_cells, with_currency
from reports.reader.headings import Line
from reports.reader.lost_cells import Place, lost_cells
from reports.reader.shapes import (
    MAX_CELL,
    MAX_CELLS,
    MAX_COLUMNS,
    FileRefused,
    SheetData,
    Value,
    column_letters,
    is_seen,
    no_such_sheet,
    too_many_cells,
    too_many_columns,
)
from reports.reader.tables import make_table

# A sheet is held in memory as a full rectangle, however few of its cells are filled.
MAX_RECTANGLE = 6_000_000
# So many filled columns are too many, whatever stands in them; the exact count comes later.
WIDE = MAX_COLUMNS + 50


@dataclass(frozen=True, slots=True)
class _Beside:
    """What the parser does not give of a sheet: lost cells, and currencies that a format shows."""

    lost: Mapping[Place, str]
    foreign: Mapping[Place, str]


def read_workbook(
    shown: str, data: bytes, kind: str, *, sheet: str | None, header_row: int | None
) -> list[SheetData]:
    """The sheets of a workbook as tables; only `sheet` where one is named."""
    try:
        book = CalamineWorkbook.from_filelike(BytesIO(data))
        listed = book.sheets_metadata
    except PasswordError as fault:
        raise FileRefused(f"‘{shown}’ is protected with a password. Take it off first.") from fault
    except CalamineError as fault:
        raise FileRefused(_unreadable(shown)) from fault
    chosen = [meta for meta in listed if sheet is None or meta.name == sheet]
    if not listed:
        raise FileRefused(_unreadable(shown))
    if not chosen:
        raise FileRefused(no_such_sheet(shown, sheet or "", [meta.name for meta in listed]))
    _check_choice(chosen, header_row)
    lost = lost_cells(data) if kind == "xlsx" else {}
    foreign = foreign_cells(data) if kind == "xlsx" else {}
    return _judged(
        shown,
        [
            _read_sheet(
                shown,
                book,
                meta,
                header_row,
                _Beside(lost.get(meta.name, {}), foreign.get(meta.name, {})),
            )
            for meta in chosen
        ],
    )


def _unreadable(shown: str) -> str:
    return (
        f"‘{shown}’ is damaged or is not a workbook that can be read. Open it in Excel or "
        "LibreOffice, save it as .xlsx, and upload that."
    )


def _check_choice(chosen: Sequence[SheetMetadata], header_row: int | None) -> None:
    if header_row is not None and len(chosen) > 1:
        names = ", ".join(f"‘{meta.name}’" for meta in chosen[:20])
        raise FileRefused(f"Say which sheet has its headings in row {header_row}: {names}.")


def _judged(shown: str, tables: list[SheetData]) -> list[SheetData]:
    """Refuse the file where no sheet could be read or none holds a row."""
    if any(table.rows for table in tables):
        return tables
    because = next((table.refused for table in tables if table.refused), "")
    if because:
        raise FileRefused(because)
    raise FileRefused(f"‘{shown}’ holds no rows of data: {tables[0].note}")


def _read_sheet(
    shown: str,
    book: CalamineWorkbook,
    meta: SheetMetadata,
    header_row: int | None,
    beside: _Beside,
) -> SheetData:
    hidden = meta.visible != SheetVisibleEnum.Visible
    try:
        if meta.typ not in (SheetTypeEnum.WorkSheet, SheetTypeEnum.DialogSheet):
            raise FileRefused(f"‘{meta.name}’ is a chart or a macro, not a table.")
        sheet = book.get_sheet_by_name(meta.name)
        marks = _by_row(beside.foreign)
        lines = [_as_shown(line, marks) for line in _lines(sheet, beside.lost)]
        table = make_table(meta.name, lines, header_row=header_row, hidden=hidden)
        return _with_notes(table, [*_lost_notes(beside.lost), *_merged_notes(sheet, table)])
    except FileRefused as refusal:
        return SheetData(meta.name, 0, (), (), hidden, refused=refusal.message)
    except CalamineError:
        return SheetData(meta.name, 0, (), (), hidden, refused=_unreadable(shown))


def _with_notes(table: SheetData, more: Sequence[str]) -> SheetData:
    return replace(table, notes=(*table.notes, *more))


def _by_row(places: Mapping[Place, str]) -> dict[int, dict[int, str]]:
    rows: dict[int, dict[int, str]] = {}
    for (row, column), text in places.items():
        rows.setdefault(row, {})[column] = text
    return rows


def _as_shown(line: Line, foreign: Mapping[int, Mapping[int, str]]) -> Line:
    """The line with its numbers in another currency as the texts that Excel shows."""
    marks = foreign.get(line.number - 1)
    if not marks:
        return line
    return Line(
        line.number,
        tuple(
            with_currency(value, marks[at])
            if at in marks and isinstance(value, int | float) and not isinstance(value, bool)
            else value
            for at, value in enumerate(line.values)
        ),
    )


def _lines(sheet: CalamineSheet, lost: Mapping[Place, str]) -> list[Line]:
    """The filled rows. Lost cells get back the text that Excel shows or holds for them."""
    if sheet.start is None:
        return []
    if sheet.height * sheet.width > MAX_RECTANGLE:
        raise FileRefused(
            f"‘{sheet.name}’ stretches over {sheet.height:,} rows and {sheet.width:,} columns. "
            "Copy the table alone into a new workbook and upload that."
        )
    top, left = sheet.start
    by_row = _by_row(lost)
    lines = []
    used: set[int] = set()
    filled = 0
    for row, raw in enumerate(sheet.to_python(skip_empty_area=True), top):
        values = _values(sheet.name, row, left, raw, by_row.pop(row, None))
        if values:
            lines.append(Line(row + 1, values))
            filled += len(values) - values.count(None)
            if filled > MAX_CELLS:
                raise too_many_cells(sheet.name)
            if len(values) > MAX_COLUMNS:
                _check_width(sheet, used, values)
    for row, texts in by_row.items():  # beyond the rectangle of cells that have a result
        lines.append(Line(row + 1, _values(sheet.name, row, 0, (), texts)))
    return sorted(lines, key=lambda line: line.number)


def _check_width(sheet: CalamineSheet, used: set[int], values: Sequence[Value]) -> None:
    """Refuse a sheet that is far too wide before anything is made of its cells.

    A file of 25 KB can say “the same again” for 16,384 columns and a hundred rows.
    """
    used.update(at for at, value in enumerate(values) if value is not None)
    if len(used) > WIDE:
        raise too_many_columns(sheet.name, sheet.width)


def _values(
    name: str, row: int, left: int, raw: Iterable[Any], lost: Mapping[int, str] | None
) -> tuple[Value, ...]:
    values: list[Value] = [None] * left
    values.extend(_plain(value) for value in raw)
    for column, text in (lost or {}).items():
        values.extend([None] * (column + 1 - len(values)))
        if values[column] is None:
            values[column] = text
    for column, value in enumerate(values):
        if isinstance(value, str) and len(value) > MAX_CELL:
            raise FileRefused(
                f"Cell {column_letters(column)}{row + 1} of ‘{name}’ holds {len(value):,} "
                f"characters; the most is {MAX_CELL:,}."
            )
    while values and values[-1] is None:
        values.pop()
    return tuple(values)


def _plain(value: Any) -> Value:
    """One of the plain kinds; whole floats become int, blank text None, times of day text."""
    if isinstance(value, str):
        return clean(value)
    if isinstance(value, float):
        return _number(value)
    if isinstance(value, time):
        return value.isoformat("seconds")
    if isinstance(value, timedelta):
        return str(value)
    if isinstance(value, bool | int | date | datetime):
        return value
    return None


def _number(value: float) -> Value:
    if not math.isfinite(value):
        return str(value)
    return int(value) if value.is_integer() and abs(value) < 2**53 else value


def clean(text: str) -> str | None:
    """Text without the blanks around it; None where nothing visible is left."""
    text = text.strip()
    return text if text and any(map(is_seen, text)) else None


def _lost_notes(lost: Mapping[tuple[int, int], str]) -> list[str]:
    notes = []
    for what, why in (
        ("#", "holds the error {0}"),
        ("=", "is a formula whose result was not saved; open the file in Excel and save it"),
    ):
        found = sorted(place for place, text in lost.items() if text.startswith(what))
        if found:
            row, column = found[0]
            more = f" ({len(found) - 1} more like it)" if len(found) > 1 else ""
            said = why.format(lost[found[0]])
            notes.append(f"Cell {column_letters(column)}{row + 1} {said}{more}.")
    return notes


def _merged_notes(sheet: CalamineSheet, table: SheetData) -> list[str]:
    """Cells merged over several data rows hold their value in the first row alone."""
    if not table.rows:
        return []
    first = table.rows[0].number
    merged = sheet.merged_cell_ranges or ()
    tall = [(top, bottom) for top, bottom in merged if bottom[0] > top[0] >= first - 1]
    if not tall:
        return []
    (row, column), (last, _) = tall[0]
    letter = column_letters(column)
    return [
        f"Cells {letter}{row + 1} to {letter}{last + 1} are merged; only the first row has the "
        "value. Unmerge them and fill each row if it belongs to all."
    ]
