"""The columns of the file for the bank: which there may be, and how each is written. Pure."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from models.errors import Invalid

FIELDS = {
    "sort_code": "Sort code (six digits)",
    "sort_code_dashed": "Sort code (with dashes)",
    "number": "Account number",
    "holder": "Name on the account",
    "amount": "Amount",
    "reference": "Payment reference",
    "date": "Day to pay on",
    "batch": "Batch reference",
    "fixed": "The same text in every row",
}
NEEDED = ("number", "amount", "reference")
AMOUNTS = {"pounds": "Pounds (1234.50)", "pence": "Pence (123450)"}
DATES = {
    "%d/%m/%Y": "31/12/2027",
    "%Y-%m-%d": "2027-12-31",
    "%d%m%Y": "31122027",
    "%y%m%d": "271231",
}
DELIMITERS = {",": "Comma", ";": "Semicolon", "\t": "Tab"}
MOST_COLUMNS = 20
LIKE_A_FORMULA = re.compile(r"^[=+\-@\t\r]")


@dataclass(frozen=True)
class BankColumn:
    """One column: its heading, what stands in it, and the text of a fixed one."""

    title: str
    field: str
    text: str = ""


@dataclass(frozen=True)
class Layout:
    """How a batch is written for the bank."""

    columns: tuple[BankColumn, ...] = field(
        default_factory=lambda: (
            BankColumn("Sort code", "sort_code"),
            BankColumn("Account number", "number"),
            BankColumn("Account name", "holder"),
            BankColumn("Amount", "amount"),
            BankColumn("Reference", "reference"),
            BankColumn("Date", "date"),
        )
    )
    headings: bool = True
    delimiter: str = ","
    amounts: str = "pounds"
    dates: str = "%d/%m/%Y"

    def stored(self) -> dict[str, Any]:
        """The layout as it is kept."""
        return {**vars(self), "columns": [vars(column) for column in self.columns]}


def layout_of(stored: Mapping[str, Any] | None) -> Layout:
    """The layout that was kept; the usual one where none was."""
    if not stored:
        return Layout()
    columns = tuple(BankColumn(**column) for column in stored["columns"])
    return Layout(**{**stored, "columns": columns})


def check_layout(layout: Layout) -> None:
    """Raise Invalid, in words, for a layout that no bank could pay from."""
    fields = [column.field for column in layout.columns]
    if len(fields) > MOST_COLUMNS:
        raise Invalid(f"A file has at most {MOST_COLUMNS} columns.", field="columns")
    unknown = [one for one in fields if one not in FIELDS]
    if unknown:
        raise Invalid("Choose what stands in each column.", field="columns")
    missing = [FIELDS[one] for one in NEEDED if one not in fields]
    if not {"sort_code", "sort_code_dashed"} & set(fields):
        missing.insert(0, "Sort code")
    if missing:
        raise Invalid(f"The bank cannot pay without: {', '.join(missing)}.", field="columns")
    for column in layout.columns:
        _check_column(column)
    if layout.delimiter not in DELIMITERS or layout.amounts not in AMOUNTS:
        raise Invalid("Choose how the columns are parted and how amounts are written.")
    if layout.dates not in DATES:
        raise Invalid("Choose how dates are written.", field="dates")


def _check_column(column: BankColumn) -> None:
    if len(column.title) > 40 or len(column.text) > 40:
        raise Invalid("A heading or a text has at most 40 characters.", field="columns")
    if LIKE_A_FORMULA.match(column.title) or LIKE_A_FORMULA.match(column.text):
        raise Invalid(
            "A heading or a text may not begin like a formula (=, +, -, @).", field="columns"
        )
    if column.field == "fixed" and not column.text:
        raise Invalid("Say which text stands in the column of fixed text.", field="columns")


def cells(layout: Layout, values: Mapping[str, Any]) -> list[str]:
    """One row of the file. `values` are those of FIELDS, with `amount` in pence, `date` a day."""
    return [_cell(layout, column, values) for column in layout.columns]


def _cell(layout: Layout, column: BankColumn, values: Mapping[str, Any]) -> str:
    if column.field == "fixed":
        return column.text
    if column.field == "amount":
        pence = int(values["amount"])
        return str(pence) if layout.amounts == "pence" else f"{pence // 100}.{pence % 100:02d}"
    if column.field == "date":
        day: date = values["date"]
        return day.strftime(layout.dates)
    if column.field == "sort_code_dashed":
        code = str(values["sort_code"])
        return f"{code[:2]}-{code[2:4]}-{code[4:]}"
    return str(values[column.field])
