"""Text files: encodings, delimiters, quotation marks, and never a value in the wrong column."""

import csv
import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reports.reader.child import read
from reports.reader.running import read_file
from reports.reader.shapes import FileRefused, SheetData

HEAD = "Name,Ward,Party\n"
BODY = "Ada Thornby,Mill Lane,Labour\nBram Okell,Harbour,Green\nCerys Vale,Castle,Labour\n"


def table(data: bytes | str, name: str = "list.csv", header_row: int | None = None) -> SheetData:
    raw = data.encode() if isinstance(data, str) else data
    sheets, notes = read(name, raw, "csv", sheet=None, header_row=header_row)
    sheet = sheets[0]
    return SheetData(
        sheet.name, sheet.header_row, sheet.headers, sheet.rows, notes=(*notes, *sheet.notes)
    )


def names(sheet: SheetData) -> list[object]:
    return [row.values[0] for row in sheet.rows]


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
def test_every_delimiter_and_line_end_gives_the_same_table(delimiter: str, ending: str) -> None:
    text = (HEAD + BODY).replace(",", delimiter).replace("\n", ending)
    sheet = table(text)
    assert sheet.headers == ("Name", "Ward", "Party")
    assert names(sheet) == ["Ada Thornby", "Bram Okell", "Cerys Vale"]
    assert [row.number for row in sheet.rows] == [2, 3, 4]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_every_encoding_keeps_accents_and_pounds(encoding: str) -> None:
    text = "Name,Grant\nSiân Bütikofer,£120\nZoë Hale,£90\n"
    sheet = table(text.encode(encoding))
    assert sheet.headers[0] == "Name"
    assert sheet.rows[0].values == ("Siân Bütikofer", "£120")


def test_windows_text_is_said_to_be_windows_text() -> None:
    assert "cp1252" in table("Name,Ward\nSiân,Mill\n".encode("cp1252")).note


def test_two_encodings_in_one_file_are_refused_with_both_lines() -> None:
    mixed = b"Name,Ward\n" + "Siân,Mill\n".encode() + "Zoë,Mill\n".encode("cp1252")
    with pytest.raises(FileRefused, match="line 2 is UTF-8 and line 3 is not"):
        table(mixed)


@pytest.mark.parametrize(
    "data", [b"Name,Ward\nA\0da,Mill\n", "Name,Ward\nA\0da,M\n".encode("utf-16")]
)
def test_a_zero_character_is_refused_with_its_line(data: bytes) -> None:
    with pytest.raises(FileRefused, match="line 2"):
        table(data)


def test_utf_16_cut_off_in_the_middle_is_refused() -> None:
    with pytest.raises(FileRefused, match="UTF-16"):
        table((HEAD + BODY).encode("utf-16")[:-1])


def test_text_of_an_old_mac_is_refused_and_not_misread() -> None:
    for word in ("Siân", "Zoë", "René", "Irène"):
        with pytest.raises(FileRefused, match="line 2 that are in no encoding"):
            table(f"Name,Ward\n{word}ia,Mill\n".encode("mac_roman"))


def test_letters_lost_before_are_pointed_out() -> None:
    assert "line 2" in table("Name,Ward\nSi\ufffdn,Mill\n").note


def test_a_row_with_more_fields_than_the_heading_is_refused_with_both_counts() -> None:
    head = ",".join(f"Name {n}" for n in range(9))
    rows = [",".join("abcdefghi")] * 12 + [",".join("abcdefghij")]
    with pytest.raises(
        FileRefused, match=r"Row 14 of ‘list.csv’ has 10 fields but the heading has 9"
    ):
        table("\n".join([head, *rows]))


def test_nine_headings_over_ten_fields_everywhere_are_refused() -> None:
    head = ",".join(f"Name {n}" for n in range(9))
    rows = [",".join("abcdefghij")] * 5
    with pytest.raises(FileRefused, match=r"Row 2 .* has 10 fields but the heading has 9"):
        table("\n".join([head, *rows]))


def test_a_short_row_is_refused() -> None:
    with pytest.raises(FileRefused, match=r"Row 3 .* has 2 fields but the heading has 3"):
        table(HEAD + "Ada,Mill,Labour\nBram,Harbour\n")


def test_an_unquoted_comma_is_refused_and_not_shifted() -> None:
    with pytest.raises(FileRefused, match=r"Row 2 .* has 4 fields"):
        table(HEAD + "Thornby, Ada,Mill,Labour\nBram,Harbour,Green\n")


def test_a_first_line_false_is_left_out_and_said() -> None:
    sheet = table("False\n" + HEAD + BODY)
    assert (sheet.header_row, len(sheet.rows)) == (2, 3)
    assert "False" in sheet.note


def test_titles_above_the_heading_are_left_out_and_said() -> None:
    sheet = table("Members of the council,,\n,,\n" + HEAD + BODY)
    assert (sheet.header_row, len(sheet.rows)) == (3, 3)
    assert "Members of the council" in sheet.note


def test_row_numbers_count_blank_lines_and_long_cells_as_excel_does() -> None:
    sheet = table('Name,Notes\n\nAda,"two\nlines"\n,\nBram,one\n')
    assert [row.number for row in sheet.rows] == [3, 5]
    assert sheet.rows[1].cells[0].address == "A5"


def test_unpaired_quotation_marks_are_refused_with_the_row() -> None:
    with pytest.raises(FileRefused, match=r"Row 3 .* quotation marks"):
        table(HEAD + 'Ada,Mill,Labour\n"Bram,Harbour,Green\nCerys,Castle,Labour\n')


def test_rows_swallowed_between_stray_quotation_marks_are_refused() -> None:
    text = HEAD + 'Ada,"Mill,Labour\nBram,Harbour,Green\nCerys,Castle",Labour\nDi,Mill,Green\n'
    with pytest.raises(FileRefused, match="swallowed"):
        table(text)


def test_an_address_over_several_lines_is_one_cell() -> None:
    sheet = table('Name,Address,Party\nAda,"1 Mill Lane\nThornby\nTH1 1AA",Labour\n')
    assert sheet.rows[0].values[1] == "1 Mill Lane\nThornby\nTH1 1AA"


def test_the_separator_line_of_excel_is_obeyed() -> None:
    sheet = table("sep=;\n" + (HEAD + BODY).replace(",", ";"))
    assert (sheet.header_row, names(sheet)[0]) == (2, "Ada Thornby")


def test_semicolons_win_where_commas_stand_inside_cells() -> None:
    sheet = table("Name;Address\nAda;1 Mill Lane, Thornby\nBram;2 Mill Lane, Thornby\n")
    assert sheet.rows[0].values == ("Ada", "1 Mill Lane, Thornby")


def test_a_list_of_one_column_is_a_table() -> None:
    assert names(table("Name\nAda\nBram\n")) == ["Ada", "Bram"]


def test_headings_alone_are_refused() -> None:
    with pytest.raises(FileRefused, match="no rows of data"):
        table(HEAD)


def test_formulas_in_text_stay_text() -> None:
    sheet = table('Name,Ward\n"=HYPERLINK(""http://x"")",@SUM(A1)\n+1,-2\n')
    assert sheet.rows[0].values == ('=HYPERLINK("http://x")', "@SUM(A1)")


def test_too_many_columns_rows_or_letters_are_refused_with_the_limit() -> None:
    with pytest.raises(FileRefused, match=r"100,000 columns; the most .* is 200"):
        table(",".join(["Name"] * 100_000) + "\n" + ",".join(["x"] * 100_000))
    with pytest.raises(FileRefused, match="most that can be read at once is 50,000"):
        table("Name,Ward\n" + "Ada,Mill\n" * 50_001)
    with pytest.raises(FileRefused, match=r"Cell B2 .* 40,000 characters"):
        table("Name,Ward\nAda," + "x" * 40_000)


def test_exactly_fifty_thousand_rows_of_twenty_columns_are_read() -> None:
    head = ",".join(f"Name {n}" for n in range(20))
    text = f"{head}\n" + f"{','.join(['abc'] * 20)}\n" * 50_000
    sheet = read_file("list.csv", text.encode()).sheets[0]
    assert (len(sheet.rows), sheet.headers[19]) == (50_000, "Name 19")


def test_more_cells_than_memory_is_kept_for_are_refused() -> None:
    text = (
        ",".join(f"Name {n}" for n in range(100)) + "\n" + f"{','.join(['abc'] * 100)}\n" * 21_000
    )
    with pytest.raises(FileRefused, match=r"more than 2,000,000 cells"):
        table(text)


def test_a_named_sheet_of_a_text_file_is_refused() -> None:
    with pytest.raises(FileRefused, match="has no sheets"):
        read_file("list.csv", (HEAD + BODY).encode(), sheet="Members")


def test_the_heading_row_can_be_chosen_or_denied() -> None:
    sheet = table("A,B\nName,Ward\nAda,Mill\n", header_row=2)
    assert (sheet.headers, len(sheet.rows)) == (("Name", "Ward"), 1)
    bare = table("Ada,Mill\nBram,Castle\n", header_row=0)
    assert (bare.headers, len(bare.rows)) == (("Column 1", "Column 2"), 2)
    with pytest.raises(FileRefused, match=r"Row 9 .* is empty"):
        table(HEAD + BODY, header_row=9)


WORDS = st.text(
    st.characters(exclude_categories=["Cc", "Cs", "Cf", "Zs", "Zl", "Zp"]), min_size=1, max_size=8
)


@settings(max_examples=120, deadline=None)
@given(
    st.lists(st.lists(WORDS, min_size=3, max_size=3), min_size=1, max_size=12),
    st.sampled_from([",", ";", "\t", "|"]),
    st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]),
)
def test_rows_in_are_rows_out_cell_by_cell_or_refused(
    rows: list[list[str]], delimiter: str, encoding: str
) -> None:
    out = io.StringIO()
    writer = csv.writer(out, delimiter=delimiter, quoting=csv.QUOTE_ALL)
    writer.writerows([["Name", "Ward", "Party"], *rows])
    try:
        sheet = table(out.getvalue().encode(encoding), header_row=1)
    except FileRefused:
        return
    if "headings are repeated" not in sheet.note:
        assert [list(row.values) for row in sheet.rows] == rows


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=400))
def test_random_bytes_as_text_are_read_or_refused_and_nothing_else(data: bytes) -> None:
    try:
        sheet = table(data)
    except FileRefused:
        return
    assert all(len(row.values) == len(sheet.headers) for row in sheet.rows)
