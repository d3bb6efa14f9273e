"""Files that were made to take long: refused early, never looked at over and over, few at once."""

import threading
import time
import zipfile
from io import BytesIO

import pytest

from models.turnstile import Turnstile
from reports.reader import running
from reports.reader.child import answer
from reports.reader.lost_cells import _lost
from reports.reader.running import ReaderBusy, read_file
from reports.reader.shapes import FileRefused

NAMES = (
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"'
)
MANIFEST = (
    '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
    '<manifest:file-entry manifest:full-path="/" manifest:media-type="{0}"/>'
    '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/>'
    "</manifest:manifest>"
)
KIND = "application/vnd.oasis.opendocument.spreadsheet"


def repeated(columns: int, rows: int) -> bytes:
    """A small .ods file that says “the same again” for so many columns of each row."""
    cell = (
        f'<table:table-row><table:table-cell office:value-type="string" '
        f'table:number-columns-repeated="{columns}"><text:p>a</text:p></table:table-cell>'
        "</table:table-row>"
    )
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {NAMES}><office:body>'
        f'<office:spreadsheet><table:table table:name="People">{cell * rows}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", KIND)
        archive.writestr("content.xml", content)
        archive.writestr("META-INF/manifest.xml", MANIFEST.format(KIND))
    return out.getvalue()


def asked(data: bytes) -> dict:
    request = {"name": "people.ods", "kind": "ods", "sheet": None, "header_row": None}
    return answer(request, data)


def test_a_file_of_repeated_columns_is_refused_for_its_first_rows():
    """It took 40 seconds of a processor: each cell was looked at before they were counted."""
    began = time.process_time()
    assert (
        "16,384 columns; the most that can be read is 200"
        in asked(repeated(16_384, 100))["refused"]
    )
    assert time.process_time() - began < 8


@pytest.mark.parametrize(
    "content",
    [
        b'<c r="A1" t="e">' * 100_000,
        b"<c " * 100_000 + b'>t="e"',
        b'<c r="A1"><f' + b"<f>" * 100_000 + b"</c>",
        b'<c r="A1"><f>' + b"<v " * 100_000 + b"</c>",
    ],
    ids=["unclosed cells", "unclosed tags", "unclosed formulas", "unclosed results"],
)
def test_what_is_opened_and_never_closed_is_looked_at_once(content):
    began = time.process_time()
    _lost(content)
    assert time.process_time() - began < 4


def test_errors_and_formulas_without_a_result_keep_their_text():
    content = (
        b'<row><c r="A1" t="e"><v>#N/A</v></c><c r="B1"/><c r="C1"><f>A1&amp;B1</f></c>'
        b'<c r="D1" t="str"><f>A1</f><v></v></c><c r="E1"><f t="shared" si="0"/><v>3</v></c>'
        b'<cols><col min="1"/></cols><c r="AA12"><f ca="1">NOW()</f></c></row>'
    )
    assert _lost(content) == {(0, 0): "#N/A", (0, 2): "=A1&B1", (11, 26): "=NOW()"}


def test_the_third_file_waits_for_its_turn_and_is_told_so_where_it_never_comes(monkeypatch):
    held, entered = threading.Event(), threading.Semaphore(0)
    monkeypatch.setattr(running, "PLACES", Turnstile(2, queue=1))
    monkeypatch.setattr(running, "LONGEST_WAIT_S", 0.2)

    def hold(*_given):
        entered.release()
        held.wait(60)
        raise FileRefused("It was held.")

    monkeypatch.setattr(running, "_asked", hold)

    def read() -> None:
        with pytest.raises(FileRefused, match="It was held"):
            read_file("people.csv", b"Name\nAnn\n")

    threads = [threading.Thread(target=read) for _ in range(2)]
    for one in threads:
        one.start()
    assert all(entered.acquire(timeout=60) for _ in threads)
    with pytest.raises(ReaderBusy, match=r"Other files are being read just now, so ‘people.csv’"):
        read_file("people.csv", b"Name\nAnn\n")
    held.set()
    for one in threads:
        one.join()
    monkeypatch.undo()
    assert read_file("people.csv", b"Name,Age\nAnn,3\n").sheets[0].rows
