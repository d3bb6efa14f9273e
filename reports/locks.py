"""Sheets that are edited outside and come back: locked columns, choices, what only we read."""

from typing import Any

from openpyxl.styles import Alignment, NamedStyle, PatternFill, Protection
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

from reports.sheet import Column, Filled

OPEN_KINDS = {"text": "@", "day": "d mmm yyyy"}
WHITE = "FFFBEF"


def open_styles() -> list[NamedStyle]:
    """The styles of cells that can be typed into: tinted, and not locked."""
    return [
        NamedStyle(
            f"h_open_{kind}",
            number_format=number_format,
            alignment=Alignment(vertical="top", wrap_text=True),
            fill=PatternFill("solid", fgColor=WHITE),
            protection=Protection(locked=False),
        )
        for kind, number_format in OPEN_KINDS.items()
    ]


def style_of(filled: Filled, column: Column) -> str:
    """The named style of a column's cells."""
    opened = filled.sheet.locked and column.editable
    return f"h_open_{column.kind}" if opened else f"h_{column.kind}"


def lock(sheet: Any, filled: Filled) -> None:
    """Protect the sheet (no password: it guards against slips, not against people), put the
    choices on its columns, and hide what only we read. Sorting and filtering stay allowed."""
    if filled.sheet.secret:
        sheet.sheet_state = "veryHidden"
    for number, column in enumerate(filled.sheet.columns, start=1):
        if column.hidden:
            sheet.column_dimensions[get_column_letter(number)].hidden = True
        if column.choices and filled.lists is not None and filled.rows:
            sheet.data_validations.append(_choice(number, column, filled, filled.lists))
    if filled.sheet.locked:
        sheet.protection.sheet = True
        for allowed in ("formatColumns", "formatRows", "autoFilter", "sort"):
            setattr(sheet.protection, allowed, False)  # False: not forbidden


def _choice(number: int, column: Column, filled: Filled, lists: Filled) -> DataValidation:
    keys = [one.key for one in lists.sheet.columns]
    letter = get_column_letter(keys.index(column.choices) + 1)
    last = 1 + max(1, sum(bool(row.get(column.choices)) for row in lists.rows))
    choice = DataValidation(
        type="list",
        formula1=f"'{lists.sheet.name}'!${letter}$2:${letter}${last}",
        allow_blank=True,
        showErrorMessage=True,
        errorTitle="Not in the list",
        error="Choose one of the list.",
    )
    own = get_column_letter(number)
    choice.add(f"{own}2:{own}{len(filled.rows) + 1}")
    return choice
