"""Comma-separated and similar text, read without ever moving a value to another column."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from reports.reader.shapes import MAX_CELL, MAX_COLUMNS, MAX_ROWS, FileRefused, column_letters

DELIMITERS = (",", ";", "\t", "|")
# In the middle of a word Windows text has none of these signs, but old Mac text its accents.
NOT_WINDOWS = re.compile(rb"[a-z][\x82-\x8c\x8e\x91\x93-\x95\x98\x99\x9b\x9f][a-z]")
WAY_OUT = "Save the file again as .xlsx, or as CSV UTF-8, and upload that."


@dataclass(frozen=True, slots=True)
class Record:
    """One line of the table as written; `number` counts as Excel counts rows."""

    number: int
    fields: tuple[str, ...]

    @property
    def blank(self) -> bool:
        """True where no field holds anything."""
        return not any(field.strip() for field in self.fields)


def read_records(shown: str, data: bytes) -> tuple[list[Record], list[str]]:
    """The records that hold anything, and notes; FileRefused where the text cannot be understood.

    Field counts are not judged here: `check_counts` does so once the heading is known.
    """
    text, notes = decode(shown, data)
    delimiter, text, first = _delimiter(text, tab_first=shown.lower().endswith(".tsv"))
    records = list(_parse(shown, text, delimiter, first=first))
    filled = [record for record in records if not record.blank]
    if len(filled) > MAX_ROWS + 50:
        raise FileRefused(
            f"‘{shown}’ has {len(filled):,} rows; the most that can be read at once is "
            f"{MAX_ROWS:,}. Split it into several files."
        )
    _check_cells(shown, filled)
    _check_swallowed(shown, filled, delimiter)
    return filled, notes


def decode(shown: str, data: bytes) -> tuple[str, list[str]]:
    """The text and a note on its encoding: UTF-8, UTF-16 with its mark, or Windows (cp1252)."""
    for mark, encoding in (
        (b"\xff\xfe\0\0", "utf-32"),
        (b"\0\0\xfe\xff", "utf-32"),
        (b"\xff\xfe", "utf-16"),
        (b"\xfe\xff", "utf-16"),
        (b"\xef\xbb\xbf", "utf-8-sig"),
    ):
        if data.startswith(mark):
            return _without_nul(shown, _strictly(shown, data, encoding)), []
    if b"\0" in data:
        line = data[: data.index(b"\0")].count(b"\n") + 1
        raise FileRefused(f"‘{shown}’ is not plain text: line {line} holds a zero byte. {WAY_OUT}")
    try:
        return _with_losses(data.decode("utf-8"))
    except UnicodeDecodeError:
        return _windows(shown, data)


def _strictly(shown: str, data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as fault:
        line = data[: fault.start].count(b"\n") + 1
        raise FileRefused(
            f"‘{shown}’ says it is {encoding.removesuffix('-sig').upper()} but line {line} holds "
            f"bytes that are not. {WAY_OUT}"
        ) from fault


def _without_nul(shown: str, text: str) -> str:
    if "\0" in text:
        line = text[: text.index("\0")].count("\n") + 1
        raise FileRefused(f"‘{shown}’ holds a zero character in line {line}. {WAY_OUT}")
    return text


def _with_losses(text: str) -> tuple[str, list[str]]:
    lost = [n for n, line in enumerate(text.splitlines(), 1) if "\ufffd" in line]
    if not lost:
        return text, []
    return text, [
        f"Letters were already lost (shown as \ufffd) in line {lost[0]}"
        + (f" and {len(lost) - 1} more." if len(lost) > 1 else ".")
    ]


def _windows(shown: str, data: bytes) -> tuple[str, list[str]]:
    """Windows text, unless some lines are clearly UTF-8: one file has one encoding."""
    utf8, other = 0, 0
    lines = data.replace(b"\r", b"\n").split(b"\n") if b"\n" not in data else data.split(b"\n")
    for number, line in enumerate(lines, 1):
        if line.isascii():
            continue
        try:
            line.decode("utf-8")
            utf8 = utf8 or number
        except UnicodeDecodeError:
            other = other or number
    if utf8 and other:
        raise FileRefused(
            f"‘{shown}’ mixes two encodings: line {utf8} is UTF-8 and line {other} is not, so "
            f"accented letters cannot be trusted. {WAY_OUT}"
        )
    try:
        text = data.decode("cp1252")
    except UnicodeDecodeError as fault:
        raise FileRefused(_unknown(shown, data, fault.start)) from fault
    if strange := NOT_WINDOWS.search(data):
        raise FileRefused(_unknown(shown, data, strange.start()))
    return text, ["Read as Windows text (cp1252); check that accented letters and £ look right."]


def _unknown(shown: str, data: bytes, at: int) -> str:
    return (
        f"‘{shown}’ has letters in line {data[:at].count(bytes([10])) + 1} that are in no "
        f"encoding this office knows (an old Mac’s, perhaps). {WAY_OUT}"
    )


def _delimiter(text: str, *, tab_first: bool) -> tuple[str, str, int]:
    """The delimiter, the text to parse and the number of its first row (2 after "sep=;")."""
    head = text.lstrip("\ufeff")[:6].lower()
    if head.startswith("sep=") and len(head) > 4 and head[4] in DELIMITERS:
        rest = text.lstrip("\ufeff")[5:]
        return head[4], rest.removeprefix("\r").removeprefix("\n"), 2
    order = ("\t", ",", ";", "|") if tab_first else DELIMITERS
    best = max(order, key=lambda mark: (_evenness(text, mark), -order.index(mark)))
    return best, text, 1


def _evenness(text: str, delimiter: str) -> tuple[float, int]:
    """How alike the first rows are when cut by this mark, then into how many fields."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    counts: Counter[int] = Counter()
    try:
        for fields in reader:
            if any(field.strip() for field in fields):
                counts[len(fields)] += 1
            if counts.total() >= 300:
                break
    except csv.Error:
        pass
    wide = Counter({count: seen for count, seen in counts.items() if count > 1})
    if not wide:
        return 0.0, 0
    count, seen = wide.most_common(1)[0]
    return seen / counts.total(), count


def _parse(shown: str, text: str, delimiter: str, *, first: int) -> Sequence[Record]:
    csv.field_size_limit(4_000_000)
    # newline="" leaves line ends inside quotes alone and still knows CR, LF and CRLF.
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    records: list[Record] = []
    try:
        for number, fields in enumerate(reader, first):
            records.append(Record(number, tuple(fields)))
    except csv.Error as fault:
        raise FileRefused(
            f"Row {len(records) + first} of ‘{shown}’ has quotation marks that do not pair up. "
            'A quotation mark inside a cell is written twice (""). ' + WAY_OUT
        ) from fault
    return records


def _check_cells(shown: str, records: Sequence[Record]) -> None:
    for record in records:
        if len(record.fields) > MAX_COLUMNS and _filled_width(record.fields) > MAX_COLUMNS:
            raise FileRefused(
                f"Row {record.number} of ‘{shown}’ has {len(record.fields):,} columns; the most "
                f"that can be read is {MAX_COLUMNS}. Delete the columns that are not needed."
            )
        for at, field in enumerate(record.fields):
            if len(field) > MAX_CELL:
                raise FileRefused(
                    f"Cell {column_letters(at)}{record.number} of ‘{shown}’ holds {len(field):,} "
                    f"characters; the most is {MAX_CELL:,}. A quotation mark may be missing."
                )


def _filled_width(fields: tuple[str, ...]) -> int:
    return next((at for at in range(len(fields), 0, -1) if fields[at - 1].strip()), 0)


def _check_swallowed(shown: str, records: Sequence[Record], delimiter: str) -> None:
    """Refuse a cell that holds whole rows: two stray quotation marks join everything between."""
    width = _usual_width(records)
    if width < 3:
        return
    for record in records:
        for at, field in enumerate(record.fields):
            if "\n" not in field and "\r" not in field:
                continue
            lines = field.splitlines()
            after = len(record.fields) - at - 1
            if _is_swallowed(lines, delimiter, before=at, after=after, width=width):
                raise FileRefused(
                    f"Cell {column_letters(at)}{record.number} of ‘{shown}’ runs over "
                    f"{len(lines)} lines and seems to have swallowed whole rows. A quotation "
                    f"mark is missing or one too many near there. {WAY_OUT}"
                )


def _is_swallowed(lines: list[str], delimiter: str, *, before: int, after: int, width: int) -> bool:
    """Whether cutting the cell at its line ends gives rows of exactly the usual width."""
    fields = [line.count(delimiter) + 1 for line in lines]
    if len(fields) < 2:
        return False
    fields[0] += before
    fields[-1] += after
    return all(count == width for count in fields)


def _usual_width(records: Sequence[Record]) -> int:
    counts = Counter(len(record.fields) for record in records)
    return counts.most_common(1)[0][0] if counts else 0


def check_counts(shown: str, records: Sequence[Record], heading: Record | None) -> None:
    """Refuse the file unless each row below the heading has as many fields as the heading.

    Without a heading the usual number of fields stands for it.
    """
    width = len(heading.fields) if heading else _usual_width(records)
    against = "the heading has" if heading else "the other rows have"
    after = heading.number if heading else 0
    wrong = [r for r in records if r.number > after and len(r.fields) != width]
    if not wrong:
        return
    more = f" {len(wrong) - 1:,} more rows do not fit either." if len(wrong) > 1 else ""
    raise FileRefused(
        f"Row {wrong[0].number} of ‘{shown}’ has {_fields(len(wrong[0].fields))} but {against} "
        f"{width}.{more} Nothing was read, because values could "
        "be in the wrong columns. Put cells that contain the separator in quotation marks, or "
        "save the file as .xlsx."
    )


def _fields(count: int) -> str:
    return "1 field" if count == 1 else f"{count} fields"
