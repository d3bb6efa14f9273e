"""Which files are taken is decided by their bytes."""

import io
import zipfile

import pytest

from models.attachments.rules import MOST_BYTES, check_file, clean_name, sniff
from models.errors import Invalid

PDF, PNG, JPEG = b"%PDF-1.4 x", b"\x89PNG\r\n\x1a\nx", b"\xff\xd8\xff\xe0x"


def archive(*names: str) -> bytes:
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w") as made:
        for name in names:
            made.writestr(name, "x")
    return kept.getvalue()


XLSX = archive("[Content_Types].xml", "xl/workbook.xml", "xl/printerSettings/printerSettings1.bin")
DOCX = archive("[Content_Types].xml", "word/document.xml")


@pytest.mark.parametrize(
    ("name", "content", "word"),
    [
        ("a.pdf", PDF, "PDF"),
        ("A.PDF", PDF, "PDF"),
        ("a.png", PNG, "PNG picture"),
        ("a.jpg", JPEG, "JPEG picture"),
        ("a.jpeg", JPEG, "JPEG picture"),
        ("a.xlsx", XLSX, "Excel workbook"),
        ("a.docx", DOCX, "Word document"),
    ],
)
def test_a_file_that_is_what_it_says_is_taken(name, content, word):
    assert check_file(name, content).word == word


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.pdf", PNG),
        ("a.png", JPEG),
        ("a.xlsx", DOCX),
        ("a.docx", PDF),
        ("a", PDF),
        ("a.pdf.exe", PDF),
        ("a.xls", XLSX),
    ],
)
def test_a_lie_in_the_ending_is_refused(name, content):
    with pytest.raises(Invalid, match="is not what its name says") as refusal:
        check_file(name, content)
    assert refusal.value.field == "file"


@pytest.mark.parametrize(
    "content",
    [
        b"MZ\x90\x00",
        b"<html><script>",
        b"<svg xmlns='http://www.w3.org/2000/svg'>",
        b"GIF89a",
        b"plain words",
        b"PK\x03\x04 cut off",
        archive("something/else.txt"),
        archive("xl/workbook.xml"),
        archive("[Content_Types].xml", "xl/workbook.xml", "xl/vbaProject.bin"),
        archive("[Content_Types].xml", "xl/workbook.xml", "word/document.xml"),
        archive("[Content_Types].xml", "word/document.xml", "run.exe"),
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
    ],
)
def test_other_files_and_files_with_programs_are_refused(content):
    assert sniff(content) is None
    with pytest.raises(Invalid, match="none of the files we take"):
        check_file("a.pdf", content)


def test_an_empty_file_is_refused():
    with pytest.raises(Invalid, match="is empty"):
        check_file("a.pdf", b"")


def test_a_file_has_at_most_ten_megabytes():
    assert check_file("a.pdf", PDF.ljust(MOST_BYTES, b"x"))
    with pytest.raises(Invalid, match="at most 10 MB"):
        check_file("a.pdf", PDF.ljust(MOST_BYTES + 1, b"x"))


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("quote.pdf", "quote.pdf"),
        ("C:\\Users\\me\\quote.pdf", "quote.pdf"),
        ("../../etc/passwd", "passwd"),
        ('a"b\r\nX: y.pdf', "a b X  y.pdf"),
        ("\u202efdp.exe", "fdp.exe"),
        ("", "file"),
        ("...", "file"),
        ("Kostenschätzung März.pdf", "Kostenschätzung März.pdf"),
    ],
)
def test_a_name_is_made_safe(given, kept):
    assert clean_name(given) == kept


def test_a_long_name_keeps_its_ending():
    kept = clean_name(f"{'n' * 300}.pdf")
    assert len(kept) == 120
    assert kept.endswith(".pdf")
