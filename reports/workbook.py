"""Writes a Book as .xlsx: real numbers and dates, frozen headings, filters, totals, charts.

No text can become a formula: every text is stored as a text cell and marked with Excel's quote
prefix where it begins like one. The file names no person in its properties.
"""

import io
import re
from collections.abc import Mapping
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import Cell, WriteOnlyCell
from openpyxl.chart import BarChart, Reference
from openpyxl.styles import Alignment, Border, Font, NamedStyle, PatternFill, Side
from openpyxl.utils import get_column_letter

from models.clock import LONDON
from models.slow import slow
from reports.locks import lock, open_styles, style_of
from reports.sheet import Book, Chart, Column, Filled

POUNDS = "£#,##0.00;[Red]-£#,##0.00"
LONGEST = 32_767
# Control characters that XML forbids, and halves of surrogate pairs.
FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
LIKE_A_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "|", "%")

PURPLE = "4B2A86"
PALE = "F1EDF8"
# For columns that have no colour of their own, from dark to light and round again.
SHADES = (PURPLE, "9B7FD1", "C9BEE6", "3A1F6E", "E4E1EC")
CHART_COLOURS = {"paid_p": "3A1F6E", "committed_p": "9B7FD1", "available_p": "E4E1EC"}


def write(book: Book) -> bytes:
    """The workbook's bytes. Slow, so that it is built before anybody writes."""
    slow("a workbook is built")
    workbook = Workbook(write_only=True)
    for style in (*_styles(), *open_styles()):
        workbook.add_named_style(style)
    workbook.properties.creator = "Hustings"
    workbook.properties.title = book.title
    if book.cover:
        _write_cover(workbook, book)
    for filled in book.sheets:
        _write_sheet(workbook, filled)
    out = io.BytesIO()
    workbook.save(out)
    return out.getvalue()


def _styles() -> list[NamedStyle]:
    thin = Side(style="thin", color="C9C2DC")
    top = Alignment(vertical="top", wrap_text=True)
    heading = NamedStyle(
        "h_heading",
        font=Font(bold=True, color="FFFFFF"),
        fill=PatternFill("solid", fgColor=PURPLE),
        alignment=Alignment(vertical="center", wrap_text=True),
    )
    text = NamedStyle("h_text", alignment=top)
    quoted = NamedStyle("h_quoted", alignment=top)
    styles = [heading, text, quoted, NamedStyle("h_title", font=Font(bold=True, size=16))]
    styles.append(NamedStyle("h_label", font=Font(bold=True)))
    formats = {
        "pounds": POUNDS,
        "day": "d mmm yyyy",
        "moment": "d mmm yyyy hh:mm",
        "number": "#,##0",
    }
    for kind, number_format in formats.items():
        styles.append(NamedStyle(f"h_{kind}", number_format=number_format))
        styles.append(
            NamedStyle(
                f"h_total_{kind}",
                number_format=number_format,
                font=Font(bold=True),
                fill=PatternFill("solid", fgColor=PALE),
                border=Border(top=thin),
            )
        )
    styles.append(
        NamedStyle(
            "h_total_text",
            font=Font(bold=True),
            fill=PatternFill("solid", fgColor=PALE),
            border=Border(top=thin),
        )
    )
    return styles


def clean(text: str) -> str:
    """A text that a cell can hold: no forbidden characters, not longer than Excel allows."""
    safe = FORBIDDEN.sub("", text)
    return safe if len(safe) <= LONGEST else safe[: LONGEST - 1] + "…"


def _text_cell(sheet: Any, text: str, style: str = "h_text") -> Any:
    cell = WriteOnlyCell(sheet)
    safe = clean(text)
    cell.value = safe
    cell.data_type = "s"  # openpyxl would take a leading = for a formula
    cell.style = style
    if safe.startswith(LIKE_A_FORMULA):
        cell.quotePrefix = True
    return cell


class _PenCell(Cell):
    """A cell that is written again and again: openpyxl asks each time for its style, which is
    settled at the first, and for its name, which it prints to find out that it is a cell."""

    __slots__ = ("_settled",)

    @property
    def style_id(self) -> int:
        """The number of its style in the workbook."""
        if not hasattr(self, "_settled"):
            self._settled: int = super().style_id
        return self._settled

    def __repr__(self) -> str:
        return "<cell>"


class _Pen:
    """Writes one column. A row is on its way to the file as soon as it is appended, so the same
    two cells (plain, and with the quote prefix) serve every row: styling them once halves the time.
    """

    def __init__(self, sheet: Any, column: Column, style: str) -> None:
        self.column = column
        self.plain = _PenCell(sheet, row=1, column=1)
        self.plain.style = style
        self.quoted = _PenCell(sheet, row=1, column=1)
        self.quoted.style = style
        self.quoted.quotePrefix = True

    def cell(self, value: Any) -> Any:
        """The column's cell holding this value; None leaves an empty one unwritten."""
        if value is None or value == "":
            return None
        if self.column.kind != "text":
            self.plain.value = _typed(self.column.kind, value)
            return self.plain
        text = clean(str(value))
        cell = self.quoted if text.startswith(LIKE_A_FORMULA) else self.plain
        cell.value = text
        cell.data_type = "s"  # openpyxl would take a leading = for a formula
        return cell

    def empty(self) -> Any:
        """An empty cell that can be typed into; only written where the others are locked."""
        self.plain.value = None
        return self.plain

    def total(self, value: Any) -> Any:
        """The cell of the totals row, which is drawn even where nothing is added up."""
        self.plain.value = None if value is None else _typed(self.column.kind, value)
        return self.plain


def _typed(kind: str, value: Any) -> Any:
    if kind == "pounds":
        return int(value) / 100
    if kind == "moment":
        return value.astimezone(LONDON).replace(tzinfo=None)
    return value


def _write_cover(workbook: Workbook, book: Book) -> None:
    sheet = workbook.create_sheet("About")
    sheet.column_dimensions["A"].width = 24
    sheet.column_dimensions["B"].width = 70
    sheet.append([_text_cell(sheet, book.title, "h_title")])
    sheet.append([])
    for label, value in book.cover:
        sheet.append([_text_cell(sheet, label, "h_label"), _text_cell(sheet, value)])


def _write_sheet(workbook: Workbook, filled: Filled) -> None:
    columns = filled.sheet.columns
    sheet = workbook.create_sheet(filled.sheet.name)
    sheet.freeze_panes = "A2"
    sheet.print_title_rows = "1:1"
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    for number, column in enumerate(columns, start=1):
        sheet.column_dimensions[get_column_letter(number)].width = column.width
    last = get_column_letter(len(columns))
    sheet.auto_filter.ref = f"A1:{last}{len(filled.rows) + 1}"
    lock(sheet, filled)
    sheet.append([_text_cell(sheet, column.title, "h_heading") for column in columns])
    pens = [_Pen(sheet, column, style_of(filled, column)) for column in columns]
    for row in filled.rows:
        cells = [pen.cell(row.get(pen.column.key)) for pen in pens]
        if filled.sheet.locked:
            pairs = zip(cells, pens, strict=True)
            cells = [pen.empty() if cell is None else cell for cell, pen in pairs]
        sheet.append(cells)
    _write_totals(sheet, filled)
    if filled.chart and filled.rows:
        _add_chart(sheet, filled, filled.chart)


def _write_totals(sheet: Any, filled: Filled) -> None:
    totals: Mapping[str, Any] = filled.totals()
    if not totals or not filled.rows:
        return
    cells = []
    for number, column in enumerate(filled.sheet.columns):
        value = totals.get(column.key)
        if number == 0 and value is None:
            cells.append(_text_cell(sheet, "Total", "h_total_text"))
        else:
            cells.append(_Pen(sheet, column, f"h_total_{column.kind}").total(value))
    sheet.append(cells)


def _add_chart(sheet: Any, filled: Filled, declared: Chart) -> None:
    keys = [column.key for column in filled.sheet.columns]
    last = len(filled.rows) + 1
    shown = min(last, declared.most + 1)
    chart = BarChart()
    chart.type, chart.grouping, chart.overlap = "bar", "stacked", 100
    chart.title = declared.title
    chart.height, chart.width = 9, 24
    chart.legend.position = "b"
    for key in declared.series:
        column = keys.index(key) + 1
        chart.add_data(
            Reference(sheet, min_col=column, min_row=1, max_row=shown), titles_from_data=True
        )
    labels = keys.index(declared.label) + 1
    chart.set_categories(Reference(sheet, min_col=labels, min_row=2, max_row=shown))
    for number, (key, series) in enumerate(zip(declared.series, chart.series, strict=True)):
        colour = CHART_COLOURS.get(key, SHADES[number % len(SHADES)])
        series.graphicalProperties.solidFill = colour
        series.graphicalProperties.line.solidFill = PURPLE
    chart.y_axis.number_format = "£#,##0"
    chart.y_axis.delete = False
    chart.x_axis.delete = False
    chart.x_axis.scaling.orientation = "maxMin"
    sheet.add_chart(chart, f"A{last + 4}")
