"""Workbooks made for the tests, with invented content and every defect on purpose."""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Iterable, Sequence
from xml.sax.saxutils import escape

import openpyxl

NAMES = ["Ada Thornby", "Bram Okell", "Cerys Vale", "Dilip Marsh", "Esme Quill"]
TABLE = [
    ["Name", "Ward", "Party", "Votes"],
    ["Ada Thornby", "Mill Lane", "Labour", 812],
    ["Bram Okell", "Mill Lane", "Green", 455],
    ["Cerys Vale", "Harbour", "Labour", 1041],
    ["Dilip Marsh", "Harbour", "Independent", 77],
    ["Esme Quill", "Castle", "Labour", 390],
]


def xlsx(*sheets: Sequence[Sequence[object]], names: Sequence[str] = ()) -> bytes:
    """A workbook with these sheets, called Sheet1 and so on unless named."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for at, rows in enumerate(sheets):
        sheet = book.create_sheet(names[at] if at < len(names) else f"Sheet{at + 1}")
        for row in rows:
            sheet.append(list(row))
    return saved(book)


def saved(book: openpyxl.Workbook) -> bytes:
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def repacked(data: bytes, change: dict[str, bytes], extra: dict[str, bytes] | None = None) -> bytes:
    """The same zip with some members replaced or added."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as old,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for item in old.infolist():
            new.writestr(item.filename, change.get(item.filename, old.read(item.filename)))
        for name, content in (extra or {}).items():
            new.writestr(name, content)
    return out.getvalue()


SHEET = "xl/worksheets/sheet1.xml"


def with_sheet_xml(xml: str) -> bytes:
    """A workbook whose only sheet is this XML."""
    return repacked(xlsx(TABLE), {SHEET: xml.encode()})


def sheet_xml(cells: str, *, before: str = "") -> str:
    return (
        f'<?xml version="1.0"?>{before}<worksheet xmlns="http://schemas.openxmlformats.org/'
        f'spreadsheetml/2006/main"><sheetData>{cells}</sheetData></worksheet>'
    )


def ods(rows: Iterable[Sequence[object]], *, manifest: str = "") -> bytes:
    """A small OpenDocument spreadsheet."""
    body = "".join(
        "<table:table-row>" + "".join(_ods_cell(value) for value in row) + "</table:table-row>"
        for row in rows
    )
    space = "urn:oasis:names:tc:opendocument:xmlns"
    content = (
        f'<?xml version="1.0"?><office:document-content xmlns:office="{space}:office:1.0" '
        f'xmlns:table="{space}:table:1.0" xmlns:text="{space}:text:1.0"><office:body>'
        f'<office:spreadsheet><table:table table:name="Members">{body}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        kind = "application/vnd.oasis.opendocument.spreadsheet"
        archive.writestr("mimetype", kind, zipfile.ZIP_STORED)
        archive.writestr("content.xml", content)
        archive.writestr("META-INF/manifest.xml", manifest or '<?xml version="1.0"?><manifest/>')
    return out.getvalue()


def _ods_cell(value: object) -> str:
    if isinstance(value, int | float):
        return f'<table:table-cell office:value-type="float" office:value="{value}"/>'
    return (
        '<table:table-cell office:value-type="string">'
        f"<text:p>{escape(str(value))}</text:p></table:table-cell>"
    )


def xls(rows: Sequence[Sequence[object]], *, stream: str = "Workbook") -> bytes:
    """A BIFF8 workbook with one sheet, in the container that old Excel used."""
    start = _record(0x809, struct.pack("<HHHHII", 0x600, 5, 0, 0, 0, 0))
    name = b"Old"
    end = _record(0x0A, b"")
    at = len(start) + 4 + 8 + len(name) + len(end)
    bound = _record(0x85, struct.pack("<IBBBB", at, 0, 0, len(name), 0) + name)
    sheet = _record(0x809, struct.pack("<HHHHII", 0x600, 0x10, 0, 0, 0, 0))
    width = max(map(len, rows))
    sheet += _record(0x200, struct.pack("<IIHHH", 0, len(rows), 0, width, 0))
    for r, row in enumerate(rows):
        for c, value in enumerate(row):
            sheet += _biff_cell(r, c, value)
    return ole({stream: start + bound + end + sheet + end})


def _record(kind: int, body: bytes) -> bytes:
    return struct.pack("<HH", kind, len(body)) + body


def _biff_cell(row: int, column: int, value: object) -> bytes:
    if isinstance(value, int | float):
        return _record(0x203, struct.pack("<HHHd", row, column, 0, value))
    text = str(value)
    head = struct.pack("<HHHHB", row, column, 0, len(text), 1)
    return _record(0x204, head + text.encode("utf-16-le"))


def ole(streams: dict[str, bytes]) -> bytes:
    """A compound file holding these streams, each padded to at least 4096 bytes."""
    padded = {k: v + bytes(max(4096, -(-len(v) // 512) * 512) - len(v)) for k, v in streams.items()}
    sectors, starts = b"", {}
    fat: list[int] = []
    for name, body in padded.items():
        starts[name] = len(fat)
        count = len(body) // 512
        fat += [*range(len(fat) + 1, len(fat) + count), 0xFFFFFFFE]
        sectors += body
    folder = len(fat)
    entries = [_entry("Root Entry", 5, 0xFFFFFFFE, 0, child=1)]
    names = list(padded)
    for at, name in enumerate(names):
        right = at + 2 if at + 1 < len(names) else 0xFFFFFFFF
        entries.append(_entry(name, 2, starts[name], len(padded[name]), right=right))
    listing = b"".join(entries).ljust(-(-len(entries) // 4) * 512, b"\0")
    count = len(listing) // 512
    fat += [*range(folder + 1, folder + count), 0xFFFFFFFE]
    place = len(fat)
    fat += [0xFFFFFFFD]
    table = struct.pack("<128I", *(fat + [0xFFFFFFFF] * (128 - len(fat))))
    header = bytes.fromhex("d0cf11e0a1b11ae1") + bytes(16)
    header += struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + bytes(6)
    header += struct.pack("<IIIIIIIII", 0, 1, folder, 0, 4096, 0xFFFFFFFE, 0, 0xFFFFFFFE, 0)
    header += struct.pack("<109I", place, *[0xFFFFFFFF] * 108)
    return header + sectors + listing + table


def _entry(
    name: str, kind: int, start: int, size: int, *, child: int = 0xFFFFFFFF, right: int = 0xFFFFFFFF
) -> bytes:
    text = name.encode("utf-16-le") + b"\0\0"
    body = text.ljust(64, b"\0") + struct.pack("<HBB", len(text), kind, 1)
    body += struct.pack("<III", 0xFFFFFFFF, right, child) + bytes(36)
    return body + struct.pack("<IQ", start, size)
