"""From the filled rows of one sheet to a table: headings, rows of equal length, and notes."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from reports.reader.headings import (
    Heading,
    Line,
    distinct_headings,
    find_heading,
    first_full_line,
    fold,
    heading_at,
    heading_texts,
    is_heading_word,
    usual_fill,
)
from reports.reader.shapes import (
    MAX_COLUMNS,
    MAX_ROWS,
    FileRefused,
    Row,
    SheetData,
    column_letters,
    too_many_columns,
)

PIVOT = re.compile(r"(row|column) labels|(sum|count|average|max|min) of .+|grand total", re.I)
OPENED, CLOSED = "‘", "’"
HEADING_OR_NOTE = re.compile(rf"{OPENED}([*†‡¹²³]|[^a-z]*[A-Z][^a-z]*{CLOSED}$)")
TOTAL = re.compile(r"(grand |sub-?)?totals?:?", re.I)


@dataclass(slots=True)
class _Notes:
    said: list[str] = field(default_factory=list)

    def left_out(self, numbers: Sequence[int], why: str) -> None:
        if numbers:
            which = ", ".join(str(number) for number in numbers[:5])
            more = f" and {len(numbers) - 5} more" if len(numbers) > 5 else ""
            plural = "s" if len(numbers) > 1 else ""
            self.said.append(f"Row{plural} {which}{more} left out: {why}.")


def make_table(
    name: str,
    lines: Sequence[Line],
    *,
    header_row: int | None = None,
    hidden: bool = False,
    exact: bool = False,
) -> SheetData:
    """A table from the filled rows of a sheet.

    `header_row` is the caller's choice (0: there are no headings), None lets it be found.
    `exact` keeps the rows that stand apart below it, for text files, whose rows were all counted.
    """
    if not lines:
        return SheetData(name, 0, (), (), hidden, (f"‘{name}’ is empty.",))
    heading = _choose(name, lines, header_row)
    start = heading.first_data if heading else (0 if header_row == 0 else first_full_line(lines))
    notes = _Notes()
    above = _above(lines, heading, start)
    if above:
        _note_above(notes, above, heading)
    data = _without_odd_rows(lines, heading, lines[start:], notes, exact=exact)
    _check_rows(name, data)
    columns, headers = _columns(name, lines, heading, data, notes)
    letters = tuple(column_letters(at) for at in columns)
    rows = tuple(
        Row(line.number, tuple(line.at(at) for at in columns), letters, name) for line in data
    )
    number = lines[heading.at].number if heading else 0
    _note_data(notes, headers, number, rows)
    pivot = any(PIVOT.fullmatch(text) for text in headers[:3])
    # A row that names groups of columns is among them: it may as well be a line about the table.
    over = lines[: heading.at] if heading else above
    said = tuple(text for line in over if (text := _as_text(line)))
    return SheetData(
        name, number, tuple(headers), rows, hidden, tuple(notes.said), pivot, above=said
    )


def _choose(name: str, lines: Sequence[Line], header_row: int | None) -> Heading | None:
    if header_row is None:
        return find_heading(lines)
    if header_row == 0:
        return None
    for at, line in enumerate(lines):
        if line.number == header_row:
            return heading_at(lines, at)
    raise FileRefused(f"Row {header_row} of ‘{name}’ is empty, so it cannot hold the headings.")


def _check_rows(name: str, data: Sequence[Line]) -> None:
    if len(data) > MAX_ROWS:
        raise FileRefused(
            f"‘{name}’ has {len(data):,} rows; the most that can be read at once is "
            f"{MAX_ROWS:,}. Split it into several files."
        )


def _above(lines: Sequence[Line], heading: Heading | None, start: int) -> Sequence[Line]:
    return lines[: start if heading is None else heading.at - heading.above]


def _as_text(line: Line) -> str:
    return " ".join(fold(value) for value in line.values if value is not None)[:200]


def _note_above(notes: _Notes, above: Sequence[Line], heading: Heading | None) -> None:
    texts = [fold(value) for line in above for value in line.values if value is not None]
    if texts:
        shown = "; ".join(text[:80] for text in texts[:3])
        where = "headings" if heading else "data"
        notes.said.append(f"Above the {where} and left out: ‘{shown}’.")


def _without_odd_rows(
    lines: Sequence[Line],
    heading: Heading | None,
    data: Sequence[Line],
    notes: _Notes,
    *,
    exact: bool,
) -> list[Line]:
    kept = list(data)
    if heading:
        head = [fold(value).lower() for value in lines[heading.at].values]
        repeats = [line.number for line in kept if _repeats(line, head)]
        notes.left_out(repeats, "the headings are repeated there")
        gone = set(repeats)
        kept = [line for line in kept if line.number not in gone]
    width = usual_fill(lines)
    if not exact:
        apart = _standing_apart(kept, width)
        for line in apart:
            notes.left_out([line.number], f"{_shown(line)} stands apart below the table")
        kept = kept[: len(kept) - len(apart)]
    if heading and width > 2:
        kept = _without_single_cells(kept, notes, sure=exact)
    return kept


def _without_single_cells(data: list[Line], notes: _Notes, *, sure: bool) -> list[Line]:
    """Section headings and footnotes within a table: one cell where its rows have several. `sure`
    leaves out only what is in capitals or begins with a footnote's mark."""
    alone = [line for line in data if len(line.filled) == 1]
    if sure:
        alone = [line for line in alone if HEADING_OR_NOTE.match(_shown(line))]
    gone = {line.number for line in alone}
    if alone:
        shown = ", ".join(_shown(line) for line in alone[:5])
        notes.left_out([line.number for line in alone], f"one cell alone is no record ({shown})")
    return [line for line in data if line.number not in gone]


def _shown(line: Line) -> str:
    return f"‘{fold(line.values[line.filled[0]])[:80]}’"


def _repeats(line: Line, head: list[str]) -> bool:
    if fold(line.at(line.filled[0])).lower() not in head:
        return False  # nearly every row ends here
    values = [fold(value).lower() for value in line.values]
    return len(line.filled) >= 2 and values == head[: len(values)] and not any(head[len(values) :])


def _standing_apart(data: Sequence[Line], width: int) -> list[Line]:
    """The single cells below the table, after a blank row: sources and remarks."""
    if width < 3:
        return []
    at = len(data)
    while at > 1 and len(data[at - 1].filled) == 1:
        at -= 1
    if at < 1 or at == len(data) or data[at].number == data[at - 1].number + 1:
        return []
    return list(data[at:])


def _columns(
    name: str,
    lines: Sequence[Line],
    heading: Heading | None,
    data: Sequence[Line],
    notes: _Notes,
) -> tuple[list[int], list[str]]:
    """The columns that hold a heading or a value, and their headings."""
    width = max(len(line.values) for line in lines)
    texts = heading_texts(lines, heading, width) if heading else [""] * width
    used = {at for line in data for at, value in enumerate(line.values) if value is not None}
    columns = [at for at in range(width) if texts[at] or at in used]
    if len(columns) > MAX_COLUMNS:
        raise too_many_columns(name, len(columns))
    letters = [column_letters(at) for at in columns]
    headers, said = distinct_headings([texts[at] for at in columns], letters)
    if heading:
        notes.said.extend(said)
    else:
        notes.said.append(f"‘{name}’ has no headings; its columns are called Column 1 and so on.")
    return columns, headers


def _note_data(notes: _Notes, headers: Sequence[str], number: int, rows: Sequence[Row]) -> None:
    if number and not rows:
        notes.said.append("There are headings but no rows below them.")
    if number and rows and not any(is_heading_word(text) for text in headers):
        notes.said.append(
            f"Row {number} was taken for the headings; if it is data, say that there are none."
        )
    totals = [
        row.number
        for row in rows[-3:]
        if any(isinstance(value, str) and TOTAL.fullmatch(value.strip()) for value in row.values)
    ]
    if totals:
        notes.said.append(f"Row {totals[0]} looks like a total, not a record.")
