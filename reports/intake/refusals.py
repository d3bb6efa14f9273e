"""The refused rows as a workbook: every column as it was, and beside it the row and the reason.

It can be corrected and imported as it is: the two columns of ours are not mapped to anything.
"""

from collections.abc import Mapping, Sequence
from typing import Protocol

from reports.intake.columns import raw_column
from reports.sheet import Book, Column, Filled, Sheet, book

ROW, WHY, SHEET = "Row in the file", "Why it was refused", "Sheet in the file"
OURS = frozenset({ROW, WHY, SHEET})


class Refused(Protocol):
    """What the workbook needs to know of a refused row."""

    @property
    def number(self) -> int:
        """The row's number in its sheet."""

    @property
    def sheet(self) -> str:
        """The sheet it came from."""

    @property
    def raw(self) -> Mapping[str, str]:
        """What its cells held, by heading."""

    @property
    def reasons(self) -> str:
        """Why it was refused, and what was left out of it."""


def refusals(file_name: str, headings: Sequence[str], rows: Sequence[Refused]) -> Book:
    """One row for each refused row, in file order."""
    sheets = {row.sheet for row in rows}
    ours = [Column(ROW, ROW, "number", 12), Column(WHY, WHY, width=60)]
    if len(sheets) > 1:
        ours.insert(0, Column(SHEET, SHEET, width=20))
    # A file of refusals that comes back has our columns already.
    theirs = [raw_column(heading) for heading in headings if heading not in OURS]
    columns = (*theirs, *ours)
    filled = [{**row.raw, ROW: row.number, WHY: row.reasons, SHEET: row.sheet} for row in rows]
    return book(
        f"Refused rows of {file_name}"[:120], [Filled(Sheet("Refused rows", columns), filled)]
    )
