"""A working sheet on somebody's own computer, as Excel would open it: rows, cells, locks, lists."""

from datetime import date, datetime
from pathlib import Path

import openpyxl

HEADINGS = ("Title", "Everyday name", "Letters after the name", "Party", "Term ends",
            "Network status", "Branch", "E-mail", "Mobile", "Telephone")  # fmt: skip
LOCKED = ("Name", "Post", "Council", "Ward")
Cells = dict[tuple[str, str], str]
GIVEN = ("Ada", "Bram", "Cleo", "Dov", "Elsie", "Finn", "Greta", "Hal", "Ines", "Jory")
MIDDLE = ("Ash", "Beck", "Coe", "Dell", "Eyre", "Fenn")
FAMILIES = ("Quernstone", "Ravelock", "Sallowfield", "Tarnwright", "Ullswick", "Varley-Thorne")


class OpenSheet:
    """A working sheet that was downloaded; a row is named by its hidden cell."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.book = openpyxl.load_workbook(path)
        self.sheet = self.book["Working sheet"]
        self.at = {cell.value: cell.column for cell in self.sheet[1]}
        self.rows = {self.sheet.cell(row, 1).value: row for row in range(2, self.sheet.max_row + 1)}

    def cells(self) -> Cells:
        """Every cell but the hidden ones, as text, by row and heading."""
        return {
            (key, heading): _text(self.sheet.cell(row, column).value)
            for key, row in self.rows.items()
            for heading, column in self.at.items()
            if column > 1
        }

    def change(self, edits: Cells) -> None:
        """Type these values into their cells and save the file."""
        for (key, heading), text in edits.items():
            value = date.fromisoformat(text) if heading == "Term ends" else text or None
            self.sheet.cell(self.rows[key], self.at[heading]).value = value
        self.book.save(self.path)

    def can_be_typed_into(self, heading: str) -> bool:
        """Whether no cell of this column is locked."""
        cells = [self.sheet.cell(row, self.at[heading]) for row in self.rows.values()]
        states = {cell.protection.locked for cell in cells}
        assert len(states) == 1, heading
        return not states.pop()

    def offers(self, heading: str) -> set[str]:
        """What the drop-down list of a column offers; nothing where it has none."""
        cell = self.sheet.cell(2, self.at[heading]).coordinate
        for rule in self.sheet.data_validations.dataValidation:
            if rule.type == "list" and cell in rule.sqref:
                where, cells = rule.formula1.lstrip("=").split("!")
                lists = self.book[where.strip("'")]
                return {one.value for (one,) in lists[cells.replace("$", "")]}
        return set()


def _text(value: object) -> str:
    if isinstance(value, datetime):
        value = value.date()
    return value.isoformat() if isinstance(value, date) else str(value or "")


def people_to_import(path: Path, seats: list[tuple[str, str]], number: int) -> None:
    """A file of this many invented councillors, on these councils in turn, named by no other."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(["Name", "Council", "Ward", "Party", "E-mail", "Mobile", "Elected", "Term ends"])
    for at in range(number):
        first, last = f"{GIVEN[at % 10]} {MIDDLE[at // 60]}", FAMILIES[at // 10 % 6]
        council, ward = seats[at % len(seats)]
        email = f"{first}.{last}@example.org".lower().replace(" ", ".")
        mobile = f"07700 9{at:05}"
        sheet.append(
            [f"{first} {last}", council, ward, "Labour Party", email, mobile,
             date(2023, 5, 4), date(2027, 5, 6)]
        )  # fmt: skip
    book.save(path)
