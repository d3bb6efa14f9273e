"""Files made to harm: each is refused with a sentence, quickly, and nothing else ever escapes."""

import io
import struct
import time
import zipfile

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reports.reader import running
from reports.reader.checking import pre_check
from reports.reader.running import read_file
from reports.reader.shapes import FileRefused
from tests.reports.reader.making import (
    SHEET,
    TABLE,
    ods,
    ole,
    repacked,
    sheet_xml,
    with_sheet_xml,
    xls,
    xlsx,
)

GOOD = xlsx(TABLE)


def refusal(name: str, data: bytes) -> str:
    began = time.monotonic()
    with pytest.raises(FileRefused) as caught:
        read_file(name, data)
    assert time.monotonic() - began < 60
    sentence = str(caught.value)
    assert sentence.endswith((".", "?"))
    assert "Traceback" not in sentence
    return sentence


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("a.xlsx", b"", "is empty"),
        ("a.csv", b" \r\n ", "is empty"),
        ("a.xlsx", b"MZ\x90\0" + bytes(600), "is a program inside"),
        ("a.csv", b"\x7fELF" + bytes(600), "is a program inside"),
        ("a.csv", b"%PDF-1.7\n", "is a PDF inside"),
        ("a.xls", b"<html><table><tr><td>Name", "is a web page inside"),
        ("a.xls", b'<?xml version="1.0"?><Workbook/>', "is an XML file inside"),
        ("a.xls", GOOD, "is an Excel workbook (.xlsx) inside. Rename it to end in .xlsx"),
        ("a.xlsx", xls(TABLE), "is an old Excel workbook (.xls) inside"),
        ("a.xlsx", b"Name,Ward\nAda,Mill\n", "is plain text (.csv) inside"),
        ("a.csv", GOOD, "is an Excel workbook (.xlsx) inside"),
        ("a.csv", bytes(range(1, 32)) * 40, "not a spreadsheet or a text file"),
        ("a.xlsm", GOOD, "holds macros"),
        ("a.docx", GOOD, "is not a kind of file"),
        ("noending", GOOD, "is not a kind of file"),
        ("a.xls", ole({"EncryptedPackage": b"x"}), "protected with a password"),
        ("a.xlsx", ole({"EncryptedPackage": b"x"}), "protected with a password"),
        ("a.xls", ole({"_VBA_PROJECT": b"x", "Workbook": b"y"}), "holds macros"),
        ("a.xls", ole({"Workbook": b"\x09\x08\x10\0"}), "damaged"),
        ("a.xlsx", repacked(GOOD, {}, {"xl/vbaProject.bin": b"x"}), "holds macros"),
        ("a.xlsx", repacked(GOOD, {}, {"xl/run.exe": b"x"}), "program hidden inside"),
        ("a.xlsx", repacked(GOOD, {}, {"xl/media/image1.png": b"MZ" * 9}), "program hidden"),
        ("a.ods", ods(TABLE, manifest="<manifest><encryption-data/></manifest>"), "password"),
        ("a.xlsx", GOOD[: len(GOOD) // 2], "damaged"),
        ("a.xlsx", GOOD[:-9], "damaged"),
        ("a.xlsx", repacked(GOOD, {SHEET: b"<worksheet><sheetData><row"}), ""),
        ("a.xlsx", repacked(GOOD, {"xl/workbook.xml": b"\xff\xfe nonsense"}), ""),
    ],
)
def test_what_cannot_be_a_spreadsheet_is_refused_in_words(
    name: str, data: bytes, words: str
) -> None:
    assert words in refusal(name, data)


def test_a_file_over_the_size_limit_is_refused() -> None:
    assert "the most that can be read is 20 MB" in refusal("a.csv", b"Name,Ward\n" * 2_200_000)


def test_a_huge_cell_in_a_small_file_is_refused_before_it_is_parsed() -> None:
    text = f"<is><t>{'x' * 30_000_000}</t></is>"
    rows = sheet_xml(f'<row r="1"><c r="A1" t="inlineStr">{text}</c></row>')
    data = with_sheet_xml(rows)
    assert len(data) < 200_000
    began = time.monotonic()
    with pytest.raises(FileRefused, match="unpacks to far more"):
        pre_check("a.xlsx", data)
    assert time.monotonic() - began < 2


def test_an_archive_that_lies_about_its_sizes_is_refused() -> None:
    data = bytearray(repacked(GOOD, {}, {"xl/lie.xml": b"0" * 50_000_000}))
    at = data.rindex(b"xl/lie.xml") - 46
    assert data[at : at + 4] == b"PK\x01\x02"
    struct.pack_into("<I", data, at + 24, 100)
    local = data.index(b"xl/lie.xml") - 30
    struct.pack_into("<I", data, local + 22, 100)
    assert "unpacks to far more" in refusal("a.xlsx", bytes(data))


def test_members_laid_over_each_other_are_refused() -> None:
    data = bytearray(GOOD)
    first = data.index(b"PK\x01\x02")
    second = data.index(b"PK\x01\x02", first + 4)
    data[second + 42 : second + 46] = data[first + 42 : first + 46]
    assert "damaged" in refusal("a.xlsx", bytes(data))


def test_hundreds_of_members_are_refused() -> None:
    extra = {f"xl/part{n}.xml": b"<x/>" for n in range(201)}
    assert "parts inside" in refusal("a.xlsx", repacked(GOOD, {}, extra))


def test_a_zip_in_a_zip_is_refused() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("inner.zip", GOOD)
    assert "holds no spreadsheet" in refusal("a.xlsx", out.getvalue())


@pytest.mark.parametrize("part", [SHEET, "xl/workbook.xml", "xl/styles.xml"])
def test_entity_bombs_and_foreign_entities_are_refused(part: str) -> None:
    bomb = (
        '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">'
        '<!ENTITY c SYSTEM "file:///etc/passwd">]><worksheet>&b;&c;</worksheet>'
    )
    for coded in (bomb.encode(), bomb.encode("utf-16")):
        assert "XML declarations" in refusal("a.xlsx", repacked(GOOD, {part: coded}))


def test_an_old_office_manifest_with_a_doctype_is_allowed() -> None:
    manifest = '<?xml version="1.0"?><!DOCTYPE manifest PUBLIC "-//x" "Manifest.dtd"><manifest/>'
    assert len(read_file("a.ods", ods(TABLE, manifest=manifest)).sheets[0].rows) == 5


def test_a_million_rows_are_refused() -> None:
    rows = "".join(f'<row r="{n}"><c r="A{n}"><v>{n}</v></c></row>' for n in range(1, 1_000_001))
    xml = sheet_xml(rows).encode()
    said = refusal("a.xlsx", repacked(GOOD, {SHEET: xml}))
    assert "1,000,000 rows; the most that can be read at once is 50,000" in said


def test_one_value_in_the_last_cell_of_the_sheet_is_refused() -> None:
    cells = "".join(
        f'<row r="{row}"><c r="{column}{row}"><v>1</v></c></row>'
        for column, row in (("A", 1), ("XFD", 1048576))
    )
    assert "Copy the table alone" in refusal("a.xlsx", with_sheet_xml(sheet_xml(cells)))


def test_a_false_dimension_alone_harms_nothing() -> None:
    cells = '<row r="1"><c r="A1" t="inlineStr"><is><t>Name</t></is></c></row>'
    cells += '<row r="2"><c r="A2" t="inlineStr"><is><t>Ada</t></is></c></row>'
    xml = sheet_xml(cells).replace("<sheetData>", '<dimension ref="A1:XFD1048576"/><sheetData>')
    assert len(read_file("a.xlsx", with_sheet_xml(xml)).sheets[0].rows) == 1


def test_a_repeated_row_bomb_in_an_open_document_is_refused() -> None:
    data = ods(TABLE)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        content = archive.read("content.xml")
    bomb = content.replace(
        b"<table:table-row><table:table-cell",
        b'<table:table-row table:number-rows-repeated="1000000">'
        b'<table:table-cell table:number-columns-repeated="16000"',
    )
    refusal("a.ods", repacked(data, {"content.xml": bomb}))


def test_a_child_that_dies_or_dawdles_is_a_refusal(monkeypatch: pytest.MonkeyPatch) -> None:
    for boot, words in (
        ("import os; os.abort()", "more memory"),
        ("import os; os._exit(3)", "damaged"),
        ("print('nonsense')", "damaged"),
        ("print('{\"sheets\": 3}')", "damaged"),
        ("import time; time.sleep(9)", "too long"),
    ):
        monkeypatch.setattr(running, "BOOT", boot)
        monkeypatch.setattr(running, "WALL_SECONDS", 1)
        assert words in refusal("a.xlsx", GOOD)


def test_the_child_sees_no_environment_and_cannot_take_memory() -> None:
    probe = (
        "import os, sys, json\n"
        + running.BOOT.replace("main()\n", "")
        + "from reports.reader.child import limit\nlimit()\n"
        "secret = 'HUSTINGS_SECRET' in os.environ\n"
        "try:\n    bytearray(600 * 1024 * 1024)\nexcept MemoryError:\n"
        "    print(json.dumps({'memory': not secret}))\n"
    )
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("HUSTINGS_SECRET", "x")
        patch.setattr(running, "BOOT", probe)
        assert "more memory" in refusal("a.xlsx", GOOD)


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.binary(max_size=600), st.sampled_from(["a.xlsx", "a.xls", "a.ods", "a.csv", "a.txt"]))
def test_random_bytes_under_any_name_are_read_or_refused(data: bytes, name: str) -> None:
    heads = {"a.xlsx": GOOD[:40], "a.xls": xls(TABLE)[:1100], "a.ods": ods(TABLE)[:60]}
    for candidate in (data, heads.get(name, b"") + data):
        try:
            read_file(name, candidate)
        except FileRefused:
            continue


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    st.sampled_from([("a.xlsx", GOOD), ("a.xls", xls(TABLE)), ("a.ods", ods(TABLE))]),
    st.lists(st.tuples(st.floats(0, 1), st.integers(0, 255)), min_size=1, max_size=12),
)
def test_mutated_workbooks_are_read_or_refused(
    file: tuple[str, bytes], changes: list[tuple[float, int]]
) -> None:
    name, data = file
    broken = bytearray(data)
    for where, byte in changes:
        broken[int(where * (len(broken) - 1))] = byte
    try:
        workbook = read_file(name, bytes(broken))
    except FileRefused:
        return
    for sheet in workbook.sheets:
        assert all(len(row.values) == len(sheet.headers) for row in sheet.rows)
