"""Cells of an .xlsx file that the parser gives as blank although they are not.

The parser answers "" for an error such as #N/A and for a formula without a saved result.
A blank would be read as "nothing given", so these cells get their text back.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from html import unescape
from io import BytesIO
from posixpath import join, normpath
from zipfile import ZipFile

from defusedxml import ElementTree

Place = tuple[int, int]
Look = Callable[[bytes], dict[Place, str]]

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
# None of these looks further than the next "<": the time they take grows with the file and no
# faster, also where a hostile file opens thousands of cells and closes none.
CELL = re.compile(rb"<c(?:\s([^<>]*))?>|</c>")
ADDRESS = re.compile(rb'\br="([A-Z]{1,3})([0-9]{1,7})"')
FORMULA = re.compile(rb"<f(?:\s[^<>]*)?>([^<]*)</f>")
RESULT = re.compile(rb"<v(?:\s[^<>]*)?>([^<]+)</v>|<is\b")
MOST = 10_000


def lost_cells(data: bytes) -> dict[str, dict[Place, str]]:
    """By sheet name: (row, column) counted from 0 to the error's or formula's own text.

    A workbook laid out in an unusual way gives nothing here rather than an error.
    """
    return by_sheet(data, lambda _archive: _lost)


def by_sheet(data: bytes, looker: Callable[[ZipFile], Look | None]) -> dict[str, dict[Place, str]]:
    """What a look at each sheet's own XML finds, by sheet name; `looker` is asked once for it.

    A workbook laid out in an unusual way gives what was found so far rather than an error.
    """
    found: dict[str, dict[Place, str]] = {}
    try:
        with ZipFile(BytesIO(data)) as archive:
            look = looker(archive)
            if look is not None:
                for name, member in _members(archive).items():
                    found[name] = look(archive.read(member))
    except (KeyError, ValueError, ElementTree.ParseError):
        return found
    return found


def _members(archive: ZipFile) -> dict[str, str]:
    """The file inside the workbook of each sheet, by the sheet's name."""
    relations = {
        item.get("Id"): item.get("Target", "")
        for item in ElementTree.fromstring(archive.read("xl/_rels/workbook.xml.rels"))
    }
    book = ElementTree.fromstring(archive.read("xl/workbook.xml"))
    members = {}
    for sheet in book.iter(f"{MAIN}sheet"):
        target = relations.get(sheet.get(RELATION), "")
        path = target.removeprefix("/") if target.startswith("/") else normpath(join("xl", target))
        if path in archive.namelist():
            members[sheet.get("name", "")] = path
    return members


def _lost(content: bytes) -> dict[Place, str]:
    lost: dict[Place, str] = {}
    if b't="e"' not in content and b"<f" not in content:
        return lost
    for attributes, inside in _cells(content):
        error = b't="e"' in attributes
        if not error and b"<f" not in inside:
            continue
        address = ADDRESS.search(attributes)
        result = RESULT.search(inside)
        if address is None or (not error and (result or b't="str"' in attributes)):
            continue  # a saved result, which may well be an empty text
        lost[place(address)] = _text(inside, result)
        if len(lost) >= MOST:
            break
    return lost


def _cells(content: bytes) -> Iterator[tuple[bytes, bytes]]:
    """The attributes and the inside of each cell that has one."""
    attributes, start = b"", 0
    for mark in CELL.finditer(content):
        if mark.group().startswith(b"<c"):
            attributes = mark.group(1) or b""
            start = 0 if attributes.endswith(b"/") else mark.end()
        elif start:
            yield attributes, content[start : mark.start()]
            start = 0


def _text(inside: bytes, result: re.Match[bytes] | None) -> str:
    if result and result.group(1):
        return result.group(1).decode("utf-8", "replace")[:40]
    formula = FORMULA.search(inside)
    held = (formula.group(1) or b"") if formula else b""
    return "=" + unescape(held.decode("utf-8", "replace"))[:200]


def place(address: re.Match[bytes]) -> Place:
    """The row and column, counted from 0, of what ADDRESS found."""
    column = 0
    for letter in address.group(1):
        column = column * 26 + letter - ord("A") + 1
    return int(address.group(2)) - 1, column - 1
