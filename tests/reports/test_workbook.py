"""Workbooks: real numbers and dates, and no cell that could become a formula."""

import io
from datetime import UTC, date, datetime

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports.sheet import Chart, Column, Filled, Sheet, book
from reports.workbook import clean, write

MONEY = Sheet(
    "Money",
    (
        Column("name", "Name"),
        Column("amount_p", "Amount", "pounds", total=True),
        Column("on", "On", "day"),
        Column("at", "At", "moment"),
    ),
)


def reopened(*filled, **values):
    return openpyxl.load_workbook(io.BytesIO(write(book("Test", filled, **values))))


def test_pence_become_real_pounds_with_their_format():
    sheet = reopened(Filled(MONEY, [{"name": "Abbey", "amount_p": 123_456}]))["Money"]
    assert sheet["B2"].value == 1234.56
    assert sheet["B2"].number_format.startswith("£#,##0.00")


def test_days_are_dates_and_moments_are_london_time():
    row = {"name": "x", "on": date(2027, 5, 6), "at": datetime(2026, 7, 1, 12, 0, tzinfo=UTC)}
    sheet = reopened(Filled(MONEY, [row]))["Money"]
    assert sheet["C2"].value == datetime(2027, 5, 6)  # noqa: DTZ001 - a cell has no time zone
    assert sheet["D2"].value.hour == 13


def test_totals_are_numbers_below_the_filtered_rows():
    rows = [{"name": "a", "amount_p": 100}, {"name": "b", "amount_p": 250}]
    sheet = reopened(Filled(MONEY, rows))["Money"]
    assert (sheet["A4"].value, sheet["B4"].value) == ("Total", 3.5)
    assert sheet.auto_filter.ref == "A1:D3"
    assert sheet.freeze_panes == "A2"


@pytest.mark.parametrize("text", ["=1+1", "+44 7700", "-5", "@SUM(A1)", "=HYPERLINK(0)", "\t=1"])
def test_text_that_looks_like_a_formula_stays_text(text):
    cell = reopened(Filled(MONEY, [{"name": text}]))["Money"]["A2"]
    assert cell.data_type == "s"
    assert cell.quotePrefix
    assert cell.value == clean(text)


@given(st.text(max_size=60))
def test_no_text_whatever_becomes_a_formula_or_breaks_the_file(text):
    sheet = reopened(Filled(MONEY, [{"name": text}]), cover=(("Filter", text),))
    kinds = {cell.data_type for one in sheet for row in one.iter_rows() for cell in row}
    assert "f" not in kinds


def test_a_text_longer_than_excel_allows_is_shortened_with_a_mark():
    assert len(clean("x" * 40_000)) == 32_767
    assert clean("x" * 40_000).endswith("…")


def test_a_chart_is_a_native_one():
    chart = Chart("Amounts", "name", ("amount_p",))
    sheet = reopened(Filled(MONEY, [{"name": "a", "amount_p": 1}], chart))["Money"]
    assert len(sheet._charts) == 1


def test_an_empty_sheet_has_headings_and_no_total():
    sheet = reopened(Filled(MONEY, []))["Money"]
    assert sheet.max_row == 1


def test_the_file_names_no_person():
    properties = reopened(Filled(MONEY, [])).properties
    assert properties.creator == "Hustings"
    assert properties.lastModifiedBy is None


def test_an_unknown_kind_of_column_is_refused():
    with pytest.raises(ValueError, match="no kind of column"):
        Column("a", "A", "euros")
