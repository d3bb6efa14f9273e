"""What a file looks like once it has been read: plain, frozen, typed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from unicodedata import category

from models.errors import Invalid

Value = str | int | float | date | datetime | bool | None

MAX_BYTES = 20 * 1024 * 1024
MAX_ROWS = 50_000
MAX_COLUMNS = 200
MAX_CELL = 32_767
MAX_CELLS = 2_000_000


class FileRefused(Invalid):
    """A file that cannot be taken; its text is a sentence for the person who sent it."""


def column_letters(index: int) -> str:
    """The letters over a column, counted from 0: 0 is A, 26 is AA."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


@dataclass(frozen=True, slots=True)
class Cell:
    """One value and where the person finds it, such as B14."""

    value: Value
    address: str


@dataclass(frozen=True, slots=True)
class Row:
    """One row of data: `number` is what Excel shows beside it, `values` follow the headings."""

    number: int
    values: tuple[Value, ...]
    letters: tuple[str, ...] = ()
    sheet: str = ""

    @property
    def cells(self) -> tuple[Cell, ...]:
        """The values with their addresses, in the order of the headings."""
        letters = self.letters or tuple(column_letters(at) for at in range(len(self.values)))
        pairs = zip(self.values, letters, strict=True)
        return tuple(Cell(value, f"{letter}{self.number}") for value, letter in pairs)


@dataclass(frozen=True, slots=True)
class SheetData:
    """One sheet as a table: distinct headings, and rows that have exactly as many values.

    `header_row` is 0 where the sheet has no headings ("Column 1" and so on are then given).
    `notes` has a sentence for everything odd: rows left out, headings made distinct.
    `refused` is not empty where this sheet could not be read although others could.
    `above` are the lines that stand over the headings, as text.
    """

    name: str
    header_row: int
    headers: tuple[str, ...]
    rows: tuple[Row, ...]
    hidden: bool = False
    notes: tuple[str, ...] = ()
    pivot: bool = False
    refused: str = ""
    above: tuple[str, ...] = ()

    @property
    def note(self) -> str:
        """All notes as one text, empty where there is nothing to say."""
        return " ".join((*self.notes, self.refused)).strip()

    def as_dicts(self) -> list[dict[str, Value]]:
        """The rows as heading to value, for callers that want no addresses."""
        return [dict(zip(self.headers, row.values, strict=True)) for row in self.rows]


@dataclass(frozen=True, slots=True)
class Workbook:
    """A file that was read: its name as given, its sha256 in hex, its sheets in file order."""

    name: str
    sha256: str
    sheets: tuple[SheetData, ...]
    notes: tuple[str, ...] = ()

    def sheet(self, name: str) -> SheetData:
        """The sheet of that name; FileRefused, naming those there are, where there is none."""
        for sheet in self.sheets:
            if sheet.name == name:
                return sheet
        raise FileRefused(no_such_sheet(self.name, name, [sheet.name for sheet in self.sheets]))


def is_seen(mark: str) -> bool:
    """Whether a character can be seen: no blank, control, direction or zero-width mark.

    Letters younger than our tables of letters count as seen, so that they are never lost.
    """
    return mark.isalnum() or not (mark.isspace() or category(mark) in ("Cc", "Cf", "Zl", "Zp"))


def no_such_sheet(file: str, wanted: str, names: list[str]) -> str:
    """The sentence for a sheet that is not there."""
    there = ", ".join(f"‘{name}’" for name in names[:20])
    return f"‘{file}’ has no sheet called ‘{wanted}’. Its sheets are {there}."


def too_many_columns(sheet: str, number: int) -> FileRefused:
    """The refusal of a sheet that is too wide."""
    return FileRefused(
        f"‘{sheet}’ has {number:,} columns; the most that can be read is "
        f"{MAX_COLUMNS}. Delete the columns that are not needed."
    )


def too_many_cells(shown: str) -> FileRefused:
    """The refusal of a file, or of one of its sheets, that holds too much."""
    return FileRefused(
        f"‘{shown}’ has more than {MAX_CELLS:,} cells. Split it into several files, or, in a "
        "workbook, choose one sheet."
    )


def shown_name(name: str) -> str:
    """A file's own name, safe to print: no folders, no control or direction marks, not long."""
    last = name.replace("\\", "/").rsplit("/", 1)[-1]
    clean = "".join(mark for mark in last if mark.isprintable()).strip()
    return clean if len(clean) <= 80 else f"{clean[:60]}…{clean[-15:]}"
