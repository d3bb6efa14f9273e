"""What runs in the limited child process: file in, plain JSON out, nothing else.

It starts in about 50 ms because `running` loads it without the rest of the product.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from reports.reader.delimited import Record, check_counts, read_records
from reports.reader.headings import Line, find_heading
from reports.reader.shapes import MAX_CELLS, FileRefused, SheetData, Value, too_many_cells
from reports.reader.tables import make_table
from reports.reader.workbooks import clean, read_workbook

MEMORY = 512 * 1024 * 1024
CPU_SECONDS = 20
# The asking process holds the answer in its own memory, which has no limit.
MAX_ANSWER = 64 * 1024 * 1024
POLITENESS = 10
ROWS_A_LINE = 200


def main() -> None:
    """Read the request line and the file from standard input, answer on standard output."""
    limit()
    request = json.loads(sys.stdin.buffer.readline())
    data = sys.stdin.buffer.read()
    lines = [json.dumps(line, separators=(",", ":")) for line in in_lines(answer(request, data))]
    if sum(map(len, lines)) >= MAX_ANSWER - len(lines):
        lines = [json.dumps({"memory": True})]
    sys.stdout.write("\n".join(lines))


def in_lines(answer: dict[str, Any]) -> Iterator[Any]:
    """The answer as a line for the whole and lines of some rows each.

    One long text would keep every thread of the asking process waiting while it is decoded.
    """
    sheets = answer.get("sheets", [])
    counts = [-(-len(sheet["rows"]) // ROWS_A_LINE) for sheet in sheets]
    bare = [{**sheet, "rows": count} for sheet, count in zip(sheets, counts, strict=True)]
    yield {**answer, "sheets": bare} if sheets else answer
    for sheet in sheets:
        rows = sheet["rows"]
        for start in range(0, len(rows), ROWS_A_LINE):
            yield rows[start : start + ROWS_A_LINE]


def limit() -> None:
    """Take memory, processor time, files and core dumps away from this process.

    It steps back behind whoever waits for a page, too.
    """
    if hasattr(os, "nice"):
        os.nice(POLITENESS)
    try:
        import resource
    except ImportError:  # Windows has no such limits; the wall clock still holds
        return
    for what, most in (
        (resource.RLIMIT_AS, MEMORY),
        (resource.RLIMIT_CPU, CPU_SECONDS),
        (resource.RLIMIT_FSIZE, MAX_ANSWER),
        (resource.RLIMIT_CORE, 0),
    ):
        try:
            resource.setrlimit(what, (most, most))
        except (ValueError, OSError):  # macOS refuses some of them
            continue


def answer(request: dict[str, Any], data: bytes) -> dict[str, Any]:
    """The tables as plain data, or the sentence with which the file is refused."""
    try:
        sheets, notes = read(
            request["name"],
            data,
            request["kind"],
            sheet=request["sheet"],
            header_row=request["header_row"],
        )
    except FileRefused as refusal:
        return {"refused": refusal.message}
    except MemoryError:
        return {"memory": True}
    return {"notes": notes, "sheets": [_packed(sheet) for sheet in sheets]}


def read(
    shown: str, data: bytes, kind: str, *, sheet: str | None, header_row: int | None
) -> tuple[list[SheetData], list[str]]:
    """The sheets of a checked file, and notes on the file as a whole; no limits of its own."""
    if kind == "csv":
        sheets, notes = _read_text(shown, data, sheet, header_row)
    else:
        sheets, notes = read_workbook(shown, data, kind, sheet=sheet, header_row=header_row), []
    if sum(len(table.rows) * len(table.headers) for table in sheets) > MAX_CELLS:
        raise too_many_cells(shown)
    return sheets, notes


def _read_text(
    shown: str, data: bytes, sheet: str | None, header_row: int | None
) -> tuple[list[SheetData], list[str]]:
    name = shown.rsplit(".", 1)[0]
    if sheet not in (None, "", name):
        raise FileRefused(f"‘{shown}’ is a text file and has no sheets, so no ‘{sheet}’ either.")
    records, notes = read_records(shown, data)
    lines = [Line(record.number, tuple(map(clean, record.fields))) for record in records]
    lines = [line for line in lines if line.filled]
    check_counts(shown, records, _heading_record(records, lines, header_row))
    table = make_table(name, lines, header_row=header_row, exact=True)
    if not table.rows:
        raise FileRefused(f"‘{shown}’ holds no rows of data. {table.note}")
    return [table], notes


def _heading_record(
    records: list[Record], lines: list[Line], header_row: int | None
) -> Record | None:
    if header_row is None:
        heading = find_heading(lines)
        header_row = lines[heading.at].number if heading else 0
    return next((record for record in records if record.number == header_row), None)


def _packed(sheet: SheetData) -> dict[str, Any]:
    return {
        "name": sheet.name,
        "header_row": sheet.header_row,
        "headers": sheet.headers,
        "letters": sheet.rows[0].letters if sheet.rows else (),
        "rows": [(row.number, *map(_plain, row.values)) for row in sheet.rows],
        "hidden": sheet.hidden,
        "notes": sheet.notes,
        "pivot": sheet.pivot,
        "refused": sheet.refused,
        "above": sheet.above,
    }


def _plain(value: Value) -> Any:
    """JSON knows no dates: they travel as {"t": ...} with a time and {"d": ...} without."""
    if isinstance(value, datetime):
        return {"t": value.isoformat()}
    if isinstance(value, date):
        return {"d": value.isoformat()}
    return value
