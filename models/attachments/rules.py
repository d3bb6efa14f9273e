"""Which files are taken: judged by their bytes, never by what they are called. Pure."""

import re
from dataclasses import dataclass
from io import BytesIO
from zipfile import BadZipFile, ZipFile

from models.errors import Invalid

MOST_BYTES = 10 * 1024 * 1024
MOST_WORDS = "PDF, PNG, JPEG, Excel (.xlsx) or Word (.docx), up to 10 MB."
LONGEST_NAME = 120

OFFICE = "application/vnd.openxmlformats-officedocument"
# What must not stand in a file's name: it goes into headers and onto other people's disks.
UNSAFE = re.compile(r'[\x00-\x1f\x7f"<>|:*?\\/\u200e\u200f\u202a-\u202e\u2066-\u2069]+')


@dataclass(frozen=True)
class Kind:
    """A kind of file: its word, its media type, and the endings it may have."""

    word: str
    media_type: str
    endings: tuple[str, ...]


TYPES = {
    "pdf": Kind("PDF", "application/pdf", ("pdf",)),
    "png": Kind("PNG picture", "image/png", ("png",)),
    "jpeg": Kind("JPEG picture", "image/jpeg", ("jpg", "jpeg")),
    "xlsx": Kind("Excel workbook", f"{OFFICE}.spreadsheetml.sheet", ("xlsx",)),
    "docx": Kind("Word document", f"{OFFICE}.wordprocessingml.document", ("docx",)),
}
# Macros and programs; a workbook's printer settings end in .bin too, and do nothing.
PROGRAM = re.compile(r"(vbaproject[^/]*\.bin|\.(xlm|exe|dll|js|vbs))$", re.IGNORECASE)
STARTS = ((b"%PDF-", "pdf"), (b"\x89PNG\r\n\x1a\n", "png"), (b"\xff\xd8\xff", "jpeg"))


def clean_name(name: str) -> str:
    """The file's own name, without folders and signs that could fool somebody; never empty."""
    last = re.split(r"[\\/]", name)[-1]
    stem, dot, ending = UNSAFE.sub(" ", last).strip(" .").rpartition(".")
    if not dot:
        return (ending or "file")[:LONGEST_NAME]
    return f"{stem[: LONGEST_NAME - len(ending[:10]) - 1]}.{ending[:10]}"


def sniff(content: bytes) -> str | None:
    """The key in TYPES of what these bytes are, or None for anything else."""
    for start, key in STARTS:
        if content.startswith(start):
            return key
    return _inside(content) if content.startswith(b"PK\x03\x04") else None


def check_file(name: str, content: bytes) -> Kind:
    """The file's kind; raises Invalid, in a sentence that names the file, where it is not taken."""
    shown = clean_name(name)
    if not content:
        raise Invalid(f"“{shown}” is empty. Choose the file again.", field="file")
    if len(content) > MOST_BYTES:
        size = len(content) / 1024 / 1024
        raise Invalid(f"“{shown}” has {size:.1f} MB; at most 10 MB are taken.", field="file")
    key = sniff(content)
    if key is None:
        raise Invalid(f"“{shown}” is none of the files we take: {MOST_WORDS}", field="file")
    kind = TYPES[key]
    ending = shown.rpartition(".")[2].lower() if "." in shown else ""
    if ending not in kind.endings:
        raise Invalid(
            f"“{shown}” is not what its name says: inside it is a {kind.word}. "
            f"Save it anew as .{kind.endings[0]} and try again.",
            field="file",
        )
    return kind


def _inside(content: bytes) -> str | None:
    """What an archive is: a workbook or a document without programs, else None."""
    try:
        with ZipFile(BytesIO(content)) as archive:
            names = set(archive.namelist())
    except (BadZipFile, ValueError, OSError, NotImplementedError, EOFError):
        return None
    if any(PROGRAM.search(name) for name in names):
        return None
    if "[Content_Types].xml" not in names:
        return None
    found = [
        key
        for key, part in (("xlsx", "xl/workbook.xml"), ("docx", "word/document.xml"))
        if part in names
    ]
    return found[0] if len(found) == 1 else None
