"""Reading an uploaded file in a child process that cannot harm the rest.

Two files at most are read at once in this process, answers and all: so much memory there is.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from datetime import date, datetime
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryFile
from typing import Any

from models.slow import slow
from models.turnstile import Turnstile
from reports.reader.checking import pre_check
from reports.reader.shapes import FileRefused, Row, SheetData, Value, Workbook, shown_name

WALL_SECONDS = 40
AT_ONCE = 2
# Whoever comes third waits a little for their turn, if not many wait already.
QUEUE = 4
LONGEST_WAIT_S = 25.0
PLACES = Turnstile(AT_ONCE, queue=QUEUE)

ROOT = Path(__file__).resolve().parents[2]

# Two bare packages stand in for the floors, so that the child loads the reader and no more.
BOOT = """
import sys, types
for floor in ("models", "reports"):
    bare = types.ModuleType(floor)
    bare.__path__ = [sys.argv[1] + "/" + floor]
    sys.modules[floor] = bare
from reports.reader.child import main
main()
"""

TOO_BIG = (
    "‘{0}’ needs more memory than is allowed for one file. It may hold a stray value far below "
    "or to the right of the table. Copy the table alone into a new workbook and upload that."
)
TOO_SLOW = (
    "‘{0}’ took too long to read and was given up. Copy the table alone into a new workbook, "
    "or split it into several files."
)

BUSY = (
    "Other files are being read just now, so ‘{0}’ was not looked at. Nothing is wrong with it: "
    "upload it again in a minute."
)


class ReaderBusy(FileRefused):
    """The file was not looked at, because others are being read."""


def read_file(
    name: str, data: bytes, *, sheet: str | None = None, header_row: int | None = None
) -> Workbook:
    """The file as typed tables, or FileRefused with a sentence; no other error leaves here.

    `sheet` reads that sheet alone. `header_row` is the row number that Excel shows, 0 where
    there are no headings; left out, the heading is looked for. ReaderBusy, which is a FileRefused
    too, says that others came first and that there was no turn within a bounded time.
    """
    slow("a file is read")
    shown = shown_name(name)
    if not PLACES.enter(seconds=LONGEST_WAIT_S):
        raise ReaderBusy(BUSY.format(shown))
    try:
        return _read(name, shown, data, sheet, header_row)
    finally:
        PLACES.leave()


def _read(
    name: str, shown: str, data: bytes, sheet: str | None, header_row: int | None
) -> Workbook:
    kind = pre_check(name, data)
    request = {"name": shown, "kind": kind, "sheet": sheet, "header_row": header_row}
    answer = _asked(shown, request, data)
    try:
        return _workbook(shown, data, answer)
    except (KeyError, TypeError, ValueError, AttributeError) as fault:
        raise FileRefused(_broke(shown)) from fault


def _asked(shown: str, request: dict[str, Any], data: bytes) -> dict[str, Any]:
    """The child's answer. Files without a name stand for pipes: the system limits their size."""
    with TemporaryFile() as given, TemporaryFile() as answered:
        given.write(json.dumps(request).encode() + b"\n" + data)
        given.seek(0)
        try:
            done = subprocess.run(  # noqa: S603 - our own interpreter, fixed words, no shell
                [sys.executable, "-I", "-X", "utf8", "-c", BOOT, str(ROOT)],
                stdin=given,
                stdout=answered,
                stderr=subprocess.DEVNULL,
                timeout=WALL_SECONDS,
                check=False,
                env={"LANG": "C.UTF-8"} | _needed(),
            )
        except subprocess.TimeoutExpired as fault:
            raise FileRefused(TOO_SLOW.format(shown)) from fault
        answered.seek(0)
        return _heard(shown, done.returncode, answered)


def _needed() -> dict[str, str]:
    """Windows cannot start a process without these two; elsewhere the child gets nothing."""
    return {key: os.environ[key] for key in ("SYSTEMROOT", "TEMP") if key in os.environ}


def _heard(shown: str, code: int, lines: Iterator[bytes]) -> dict[str, Any]:
    if code in (-24, -9):  # SIGXCPU, or killed after the last second of its time
        raise FileRefused(TOO_SLOW.format(shown))
    if code == -6:  # SIGABRT is how the parser's own language says that memory ran out
        raise FileRefused(TOO_BIG.format(shown))
    try:
        answer = _decoded(lines)
    except (ValueError, StopIteration, KeyError, TypeError) as fault:
        raise FileRefused(_broke(shown)) from fault
    if code != 0 or not isinstance(answer, dict):
        raise FileRefused(_broke(shown))
    if answer.get("memory"):
        raise FileRefused(TOO_BIG.format(shown))
    if "refused" in answer:
        raise FileRefused(str(answer["refused"]))
    return answer


def _decoded(lines: Iterator[bytes]) -> Any:
    """The answer, a piece at a time, so that other threads have their turn between."""
    answer = json.loads(next(lines))
    known: dict[str, str] = {}
    if isinstance(answer, dict):
        for sheet in answer.get("sheets", ()):
            sheet["rows"] = [
                _once(row, known) for _ in range(sheet["rows"]) for row in json.loads(next(lines))
            ]
    return answer


def _once(row: list[Any], known: dict[str, str]) -> tuple[Any, ...]:
    """The row, each text in memory once however often it stands in the file."""
    return tuple(
        known.setdefault(value, value) if isinstance(value, str) else value for value in row
    )


def _broke(shown: str) -> str:
    return (
        f"‘{shown}’ could not be read; it seems to be damaged. Open it in Excel or LibreOffice, "
        "save it as .xlsx, and upload that."
    )


def _workbook(shown: str, data: bytes, answer: dict[str, Any]) -> Workbook:
    sheets = tuple(_sheet(sheet) for sheet in answer["sheets"])
    return Workbook(shown, sha256(data).hexdigest(), sheets, tuple(map(str, answer["notes"])))


def _sheet(packed: dict[str, Any]) -> SheetData:
    name, letters = str(packed["name"]), tuple(map(str, packed["letters"]))
    rows = tuple(
        Row(int(number), tuple(map(_value, values)), letters, name)
        for number, *values in packed["rows"]
    )
    headers = tuple(map(str, packed["headers"]))
    if any(len(row.values) != len(headers) for row in rows):
        raise ValueError(name)
    return SheetData(
        name,
        int(packed["header_row"]),
        headers,
        rows,
        bool(packed["hidden"]),
        tuple(map(str, packed["notes"])),
        bool(packed["pivot"]),
        str(packed["refused"]),
        tuple(map(str, packed["above"])),
    )


def _value(packed: Any) -> Value:
    if isinstance(packed, dict):
        if "t" in packed:
            return datetime.fromisoformat(packed["t"])
        return date.fromisoformat(packed["d"])
    if packed is None or isinstance(packed, str | int | float):
        return packed
    raise TypeError(type(packed).__name__)
