"""Workbooks as people lay them out: titles, two-row headings, pivots, hidden and joined sheets."""

from datetime import date, datetime

import openpyxl
import pytest
from openpyxl.chart import BarChart

from reports.reader.proposing import propose, read_together
from reports.reader.running import read_file
from reports.reader.shapes import FileRefused, Workbook
from tests.reports.reader.making import SHEET, TABLE, ods, repacked, saved, xls, xlsx


def read(*sheets: list[list[object]], names: tuple[str, ...] = ()) -> Workbook:
    return read_file("list.xlsx", xlsx(*sheets, names=names))


@pytest.mark.parametrize(
    ("name", "data"), [("a.xlsx", xlsx(TABLE)), ("a.ods", ods(TABLE)), ("a.xls", xls(TABLE))]
)
def test_every_format_gives_the_same_typed_rows(name: str, data: bytes) -> None:
    sheet = read_file(name, data).sheets[0]
    assert sheet.headers == ("Name", "Ward", "Party", "Votes")
    assert [list(row.values) for row in sheet.rows] == TABLE[1:]
    assert isinstance(sheet.rows[0].values[3], int)
    assert sheet.rows[4].cells[3].address == "D6"


def test_kinds_of_value_survive_the_child_process() -> None:
    made = [
        date(2026, 5, 7),
        datetime.fromisoformat("2026-05-07 09:30"),
        True,
        3.25,
        12,
        "  padded\u00a0",
    ]
    row = read([["Day", "When", "Sent", "Share", "Votes", "Note"], made]).sheets[0].rows[0]
    assert row.values == (*made[:5], "padded")
    assert [type(value) for value in row.values] == [date, datetime, bool, float, int, str]


def test_titles_and_a_table_that_starts_further_in_are_understood() -> None:
    rows = [["Register of members"], [], *[[None, None, *row] for row in TABLE]]
    sheet = read(rows).sheets[0]
    assert (sheet.header_row, sheet.headers[0], len(sheet.rows)) == (3, "Name", 5)
    assert sheet.rows[0].cells[0].address == "C4"
    assert "Register of members" in sheet.note


def test_padded_headings_with_line_ends_are_cleaned() -> None:
    sheet = read(
        [["  Full\n   Name ", "Ward\u200b", "Number of\n Votes"], ["Ada", "Mill", 3]]
    ).sheets[0]
    assert sheet.headers == ("Full Name", "Ward", "Number of Votes")


def test_two_rows_of_headings_are_joined() -> None:
    head = [["Date", "Payee", "Amount", "Unrecoverable"], [None, None, None, "VAT"]]
    body = [["04/07/2016", "Mill Stores", "1,800", 3], ["05/07/2016", "Quill Ltd", 90, None]]
    sheet = read([["Payments"], *head, *body]).sheets[0]
    assert sheet.headers == ("Date", "Payee", "Amount", "Unrecoverable VAT")
    assert (sheet.header_row, len(sheet.rows)) == (2, 2)


def test_group_names_over_years_are_joined() -> None:
    rows = [["Name", "Votes", None], [None, 2022, 2026], ["Ada", 10, 12], ["Bram", 4, 8]]
    sheet = read(rows).sheets[0]
    assert sheet.headers == ("Name", "Votes 2022", "Votes 2026")


def test_group_names_only_make_repeated_headings_distinct() -> None:
    rows = [
        [None, "Home", None, "Work", None],
        ["Name", "Phone", "Town", "Phone", "E-mail"],
        ["Ada", "01632 960001", "Mill", "01632 960002", "ada@example.org"],
        ["Bram", "01632 960003", "Mill", "01632 960004", "bram@example.org"],
    ]
    assert read(rows).sheets[0].headers == ("Name", "Home Phone", "Town", "Work Phone", "E-mail")


def test_repeated_and_blank_headings_become_distinct_and_are_reported() -> None:
    sheet = read([["Name", "Purpose", None, "purpose"], ["Ada", "a", "b", "c"]]).sheets[0]
    assert sheet.headers == ("Name", "Purpose", "Column 3", "purpose (2)")
    assert "Column C has no heading" in sheet.note
    assert "heads more than one column" in sheet.note


def test_headings_repeated_on_each_page_are_left_out_and_said() -> None:
    sheet = read([*TABLE[:3], TABLE[0], *TABLE[3:]]).sheets[0]
    assert len(sheet.rows) == 5
    assert "Row 4 left out: the headings are repeated there." in sheet.note


def test_a_source_line_below_the_table_is_left_out_and_said() -> None:
    sheet = read([*TABLE, [], ["Source: the returning officer"]]).sheets[0]
    assert len(sheet.rows) == 5
    assert "Source: the returning officer" in sheet.note


def test_blank_rows_keep_the_numbers_of_the_others() -> None:
    sheet = read([TABLE[0], TABLE[1], [], [" "], TABLE[2]]).sheets[0]
    assert [row.number for row in sheet.rows] == [2, 5]


def test_a_total_is_pointed_out() -> None:
    assert "Row 7 looks like a total" in read([*TABLE, ["Total", None, None, 2775]]).sheets[0].note


def test_a_table_without_headings_gets_numbered_columns() -> None:
    rows = [["27/09/2016", 35, "Mill Stores", "1,588"], ["28/09/2016", 31, "Quill Ltd", 745]]
    sheet = read([["Payments", None, None, None], *rows]).sheets[0]
    assert (sheet.header_row, sheet.headers[0], len(sheet.rows)) == (0, "Column 1", 2)
    assert "no headings" in sheet.note


def test_the_heading_can_be_chosen_and_a_blank_row_cannot() -> None:
    data = xlsx([["x", "y"], ["Name", "Ward"], ["Ada", "Mill"]])
    sheet = read_file("a.xlsx", data, sheet="Sheet1", header_row=2).sheets[0]
    assert (sheet.headers, len(sheet.rows)) == (("Name", "Ward"), 1)
    with pytest.raises(FileRefused, match="Row 8 of ‘Sheet1’ is empty"):
        read_file("a.xlsx", data, header_row=8)


def test_a_heading_row_needs_its_sheet_where_there_are_several() -> None:
    with pytest.raises(FileRefused, match=r"Say which sheet .* ‘Sheet1’, ‘Sheet2’"):
        read_file("a.xlsx", xlsx(TABLE, TABLE), header_row=1)


def test_a_sheet_that_is_not_there_is_refused_with_those_that_are() -> None:
    with pytest.raises(FileRefused, match=r"no sheet called ‘May’. Its sheets are ‘June’"):
        read_file("a.xlsx", xlsx(TABLE, names=["June"]), sheet="May")


def test_the_data_are_proposed_before_pivots_hidden_and_empty_sheets() -> None:
    book = openpyxl.Workbook()
    pivot = book.active
    pivot.title = "PIVOT"
    for row in (["Year", "(All)"], [], ["Row Labels", "Sum of Votes"], *[["x", 1]] * 30):
        pivot.append(row)
    book.create_sheet("Empty")
    hidden = book.create_sheet("Old list")
    hidden.sheet_state = "hidden"
    data = book.create_sheet("Data")
    for row in TABLE:
        data.append(row)
        for _ in range(9):
            hidden.append(row)
    book.create_chartsheet("Chart").add_chart(BarChart())
    workbook = read_file("mixed.xlsx", saved(book))
    proposal = propose(workbook)
    assert (proposal.sheet, proposal.rows, proposal.header_row) == ("Data", 5, 1)
    assert workbook.sheet("Old list").hidden
    said = " ".join(proposal.notes)
    for words in ("pivot table", "holds no rows", "hidden", "a chart or a macro"):
        assert words in said


def test_one_table_over_several_sheets_can_be_read_together() -> None:
    june = [TABLE[0], ["Fay Rudd", "Mill Lane", "Green", 5]]
    workbook = read(TABLE, june, TABLE, names=("May", "June", "Copy of May"))
    proposal = propose(workbook)
    assert proposal.together == ("May", "June")
    assert "‘Copy of May’ is not read: it repeats the 5 rows of ‘May’." in proposal.notes
    joined = read_together(workbook, proposal.together)
    assert len(joined.rows) == 6
    assert (joined.rows[5].sheet, joined.rows[5].number) == ("June", 2)


def test_sheets_with_different_columns_are_not_joined() -> None:
    other = [["Name", "Party"], ["Fay Rudd", "Green"]]
    workbook = read(TABLE, other)
    assert propose(workbook).together == ()
    with pytest.raises(FileRefused, match="different columns"):
        read_together(workbook, ["Sheet1", "Sheet2"])


def test_errors_and_formulas_without_results_are_not_read_as_blank() -> None:
    book = openpyxl.Workbook()
    for row in (
        [*TABLE[0], "Share"],
        ["Ada", "#N/A", "Labour", 3, "=D2/9 & A2"],
        ["Bo", "x", "y", 1, 2],
    ):
        book.active.append(row)
    sheet = read_file("a.xlsx", saved(book)).sheets[0]
    assert sheet.rows[0].values == ("Ada", "#N/A", "Labour", 3, "=D2/9 & A2")
    assert "Cell B2 holds the error #N/A." in sheet.note
    assert "Cell E2 is a formula whose result was not saved" in sheet.note


def test_formulas_with_results_are_their_results() -> None:
    xml = (
        '<?xml version="1.0"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/'
        '2006/main"><sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>Votes</t></is></c></row>'
        '<row r="2"><c r="A2"><f>1+1</f><v>2</v></c></row><row r="3"><c r="A3" t="str"><f>B1</f>'
        "<v></v></c></row></sheetData></worksheet>"
    )
    sheet = read_file("a.xlsx", repacked(xlsx(TABLE), {SHEET: xml.encode()})).sheets[0]
    assert [row.values for row in sheet.rows] == [(2,)]


def test_cells_merged_over_rows_are_pointed_out() -> None:
    book = openpyxl.Workbook()
    for row in TABLE:
        book.active.append(row)
    book.active.merge_cells("B2:B4")
    note = read_file("a.xlsx", saved(book)).sheets[0].note
    assert "Cells B2 to B4 are merged" in note


def test_a_workbook_without_rows_is_refused() -> None:
    for rows in ([], [["Name", "Ward"]]):
        with pytest.raises(FileRefused, match="no rows of data"):
            read(rows)


def test_more_columns_or_rows_than_allowed_are_refused_with_the_limit() -> None:
    with pytest.raises(FileRefused, match="201 columns; the most that can be read is 200"):
        read([[f"Name {n}" for n in range(201)], list(range(201))])


def test_the_workbook_carries_its_name_and_fingerprint() -> None:
    workbook = read_file("C:\\Users\\x\\list.xlsx", xlsx(TABLE))
    assert workbook.name == "list.xlsx"
    assert len(workbook.sha256) == 64
