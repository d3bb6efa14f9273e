"""The first look at an uploaded file, before anything parses it (a few milliseconds)."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from io import BytesIO
from itertools import pairwise
from struct import unpack
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from reports.reader.shapes import MAX_BYTES, FileRefused, shown_name

MAX_MEMBERS = 200
MAX_UNPACKED = 64 * 1024 * 1024
MAX_RATIO = 150
# A tiny file may well shrink more than 150 times; below this size it can do no harm.
RATIO_MATTERS_FROM = 1024 * 1024

TEXT_ENDINGS = ("csv", "txt", "tsv")
ENDINGS = ("xlsx", "xls", "ods", *TEXT_ENDINGS)
ADVICE = "Open it in Excel or LibreOffice, save it as .xlsx or .csv, and upload that."
PROGRAMS = re.compile(r"\.(exe|dll|scr|com|bat|cmd|ps1|vbs|js|jar|sh|msi|so|dylib)$", re.IGNORECASE)
ENTITY = re.compile(rb"<!\s*(DOCTYPE|ENTITY)", re.IGNORECASE)
CHUNK = 256 * 1024

WORDS = {
    "xlsx": "an Excel workbook (.xlsx)",
    "xls": "an old Excel workbook (.xls)",
    "ods": "an OpenDocument spreadsheet (.ods)",
    "csv": "plain text (.csv)",
    "program": "a program",
    "pdf": "a PDF",
    "html": "a web page",
    "xml": "an XML file",
    "zip": "a zip archive that holds no spreadsheet",
    "other": "not a spreadsheet or a text file",
}


def pre_check(name: str, data: bytes) -> str:
    """Answer "xlsx", "xls", "ods" or "csv" for a file fit to be parsed; FileRefused otherwise.

    Zip contents are counted while they are inflated, because their own lists can lie.
    """
    shown = shown_name(name)
    _check_size(shown, data)
    ending = _ending(shown)
    kind = sniff(data)
    expected = "csv" if ending in TEXT_ENDINGS else ending
    if kind == "locked":
        raise FileRefused(
            f"‘{shown}’ is protected with a password. Take the password off in Excel "
            "(File, Info, Protect workbook) and upload it again."
        )
    if kind == "macros":
        raise FileRefused(_macros(shown))
    if kind == "damaged":
        raise FileRefused(_damaged(shown))
    if kind != expected:
        raise FileRefused(
            f"‘{shown}’ ends in .{ending} but is {WORDS[kind]} inside. "
            + (f"Rename it to end in .{kind} or save it again." if kind in ENDINGS else ADVICE)
        )
    if kind in ("xlsx", "ods"):
        _check_zip(shown, data, kind)
    return kind


def _check_size(shown: str, data: bytes) -> None:
    if not data.strip():
        raise FileRefused(f"‘{shown}’ is empty.")
    if len(data) > MAX_BYTES:
        raise FileRefused(
            f"‘{shown}’ is {len(data) / 1024 / 1024:.0f} MB; the most that can be read is "
            f"{MAX_BYTES // 1024 // 1024} MB. Split it into several files."
        )


def _ending(shown: str) -> str:
    ending = shown.rsplit(".", 1)[-1].lower() if "." in shown else ""
    if ending in ("xlsm", "xltm", "xlam"):
        raise FileRefused(_macros(shown))
    if ending not in ENDINGS:
        raise FileRefused(
            f"‘{shown}’ is not a kind of file that can be read: .xlsx, .xls, .ods, .csv, .tsv "
            f"or .txt. {ADVICE}"
        )
    return ending


def _macros(shown: str) -> str:
    return (
        f"‘{shown}’ holds macros, which are programs, and is not opened. "
        "Save it as .xlsx (Excel workbook without macros) and upload that."
    )


def sniff(data: bytes) -> str:
    """What the bytes themselves say they are: a key of WORDS, "locked", "macros" or "damaged"."""
    head = data[:4096]
    if head.startswith(b"PK"):
        return _sniff_zip(data)
    if head.startswith(bytes.fromhex("d0cf11e0a1b11ae1")):
        return _sniff_ole(data)
    if head.startswith((b"MZ", b"\x7fELF", b"#!", b"\xcf\xfa\xed\xfe", b"\xca\xfe\xba\xbe")):
        return "program"
    if head.startswith(b"%PDF"):
        return "pdf"
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "csv"
    return _sniff_text(head)


def _sniff_text(head: bytes) -> str:
    start = head.removeprefix(b"\xef\xbb\xbf").lstrip()[:512].lower()
    if start.startswith((b"<!doctype html", b"<html", b"<head", b"<table", b"<meta", b"<style")):
        return "html"
    if start.startswith(b"<?xml"):
        return "html" if b"<html" in start else "xml"
    # NULs and the like are judged by the text reader, which can name the place.
    controls = sum(byte < 9 or 13 < byte < 32 for byte in head)
    return "other" if controls > max(8, len(head) // 20) else "csv"


def _sniff_zip(data: bytes) -> str:
    try:
        with ZipFile(BytesIO(data)) as archive:
            names = archive.namelist()
    except (BadZipFile, ValueError, OSError, NotImplementedError, EOFError, IndexError):
        return "damaged"
    if any(name.lower().endswith(("vbaproject.bin", ".xlm")) for name in names):
        return "macros"
    if any(name.startswith("xl/") for name in names):
        return "xlsx"
    return "ods" if "content.xml" in names else "zip"


def _sniff_ole(data: bytes) -> str:
    if _wide("EncryptedPackage") in data or _wide("EncryptionInfo") in data:
        return "locked"
    if _wide("_VBA_PROJECT") in data:
        return "macros"
    return "xls" if _wide("Workbook") in data or _wide("Book") in data else "other"


def _wide(text: str) -> bytes:
    return text.encode("utf-16-le")


def _check_zip(shown: str, data: bytes, kind: str) -> None:
    try:
        with ZipFile(BytesIO(data)) as archive:
            members = archive.infolist()
            _check_list(shown, data, members)
            _check_contents(shown, data, members, kind)
    except FileRefused:
        raise
    except Exception as fault:  # a hostile archive may break the zip reader anywhere
        raise FileRefused(_damaged(shown)) from fault


def _damaged(shown: str) -> str:
    return f"‘{shown}’ is damaged or was cut off on the way, and cannot be opened. {ADVICE}"


def _check_list(shown: str, data: bytes, members: list[ZipInfo]) -> None:
    if len(members) > MAX_MEMBERS:
        raise FileRefused(
            f"‘{shown}’ has {len(members)} parts inside; a workbook of at most "
            f"{MAX_MEMBERS} can be read. Copy the table into a new workbook."
        )
    _check_growth(shown, sum(member.file_size for member in members), len(data))
    if any(PROGRAMS.search(member.filename) for member in members):
        raise FileRefused(f"‘{shown}’ has a program hidden inside and is not opened.")
    if any(member.flag_bits & 1 for member in members):
        raise FileRefused(f"‘{shown}’ is protected with a password. Take it off and try again.")
    starts = sorted((member.header_offset, member.compress_size) for member in members)
    if any(start + size > following for (start, size), (following, _) in pairwise(starts)):
        raise FileRefused(_damaged(shown))


def _check_growth(shown: str, unpacked: int, packed: int) -> None:
    ratio = unpacked / max(packed, 1)
    if unpacked > MAX_UNPACKED or (unpacked > RATIO_MATTERS_FROM and ratio > MAX_RATIO):
        raise FileRefused(
            f"‘{shown}’ unpacks to far more than its size ({unpacked / 1024 / 1024:.0f} MB or "
            "more) and is not opened. Copy the table alone into a new workbook."
        )


def _check_contents(shown: str, data: bytes, members: list[ZipInfo], kind: str) -> None:
    total = 0
    for member in members:
        size, tail = 0, b""
        manifest = member.filename == "META-INF/manifest.xml"
        for chunk in _inflated(data, member):
            size += len(chunk)
            _check_growth(shown, total + size, len(data))
            _check_chunk(shown, tail, chunk, manifest=manifest)
            tail = chunk[-64:]
        if size != member.file_size:
            raise FileRefused(_damaged(shown))
        total += size
    if kind == "xlsx" and "[Content_Types].xml" not in {member.filename for member in members}:
        raise FileRefused(_damaged(shown))


def _check_chunk(shown: str, tail: bytes, chunk: bytes, *, manifest: bool) -> None:
    if not tail and chunk.startswith((b"MZ", b"\x7fELF")):
        raise FileRefused(f"‘{shown}’ has a program hidden inside and is not opened.")
    seen = tail + chunk
    if manifest and b"encryption-data" in seen:
        raise FileRefused(f"‘{shown}’ is protected with a password. Take it off and try again.")
    # OpenOffice once wrote a harmless DOCTYPE into its manifest, and nowhere else.
    if not manifest and ENTITY.search(seen.replace(b"\0", b"")):
        raise FileRefused(
            f"‘{shown}’ holds XML declarations that no spreadsheet program writes, "
            f"and is not opened. {ADVICE}"
        )


def _inflated(data: bytes, member: ZipInfo) -> Iterator[bytes]:
    """The member's real bytes in pieces, whatever the archive's list says of their number."""
    start = member.header_offset
    if data[start : start + 4] != b"PK\x03\x04":
        raise BadZipFile(member.filename)
    name, extra = unpack("<HH", data[start + 26 : start + 30])
    packed = data[start + 30 + name + extra :][: member.compress_size]
    if member.compress_type == ZIP_STORED:
        yield packed
    elif member.compress_type == ZIP_DEFLATED:
        engine = zlib.decompressobj(-15)
        waiting = packed
        while waiting and not engine.eof:
            piece = engine.decompress(waiting, CHUNK)
            waiting = engine.unconsumed_tail
            if piece:
                yield piece
        yield engine.flush()
    else:
        raise BadZipFile(member.filename)
