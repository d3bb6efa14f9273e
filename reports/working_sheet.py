"""The working sheet: taken out, edited in Excel, and read again by the same columns.

Hidden beside the rows stands which office each row is, and on a sheet of its own what every cell
was given, so that a change can be told from what was changed here meanwhile.
"""

import hashlib
from collections.abc import Callable, Mapping
from typing import Any

from models.accounts.permits import Actor
from models.councillors.list import COUNCILLORS, CouncillorLine
from models.councillors.rules import POSTS
from models.councillors.workflow import STATUSES
from models.errors import Invalid
from models.folding import fold
from models.intake.rows import day_of
from models.intake.sheets.queries import stands
from models.intake.sheets.rules import EDITABLE, Returned, changed
from models.places.queries.parties import parties
from models.places.queries.regions import branches
from models.workshop.asking import ask
from models.workshop.reading import everything
from reports.cells import CellError, quoted, to_day, to_email, to_phone, to_text
from reports.intake.parsing import LONGEST, LONGEST_PLACE
from reports.reader.running import read_file
from reports.reader.shapes import FileRefused, SheetData
from reports.sheet import Book, Column, Filled, Sheet, book
from reports.workbook import clean

__all__ = ["WORKING", "build", "read_back"]

KEY = Column("row", "Row (do not change)", width=12, hidden=True)
CELLS: tuple[Column, ...] = (
    Column("title", "Title", width=10, data_class="personal", editable=True),
    Column("given_name", "Given name", width=16, data_class="personal", editable=True),
    Column("family_name", "Family name", width=18, data_class="personal", editable=True),
    Column("known_as", "Everyday name", width=14, data_class="personal", editable=True),
    Column("suffix", "Letters after the name", width=12, data_class="personal", editable=True),
    Column("party", "Party", width=26, editable=True, choices="party"),
    Column("expected_end", "Term ends", "day", 14, editable=True),
    Column("status", "Network status", width=15, data_class="special", editable=True,
           choices="status"),
    Column("branch", "Branch", width=22, data_class="special", editable=True, choices="branch"),
    Column("email", "E-mail", width=30, data_class="personal", editable=True),
    Column("mobile", "Mobile", width=16, data_class="personal", editable=True),
    Column("phone", "Telephone", width=16, data_class="personal", editable=True),
)  # fmt: skip
WORKING = Sheet(
    "Working sheet",
    (
        KEY,
        Column("name", "Name", width=26, data_class="personal"),
        Column("post", "Post", width=14),
        Column("council", "Council", width=26),
        Column("ward", "Ward", width=22),
        *CELLS,
    ),
    locked=True,
)
BASE = Sheet(
    "Base",
    (KEY, *(Column(one.key, one.title) for one in CELLS), Column("checksum", "Checksum")),
    secret=True,
)
LISTS = Sheet(
    "Lists",
    (Column("party", "Party"), Column("status", "Network status"), Column("branch", "Branch")),
    secret=True,
)
HOW = (
    ("What to do", "Change the tinted cells of the sheet “Working sheet”. Leave rows out if you "
     "like, sort and filter as you please. Then save the file and upload it: Imports, Working "
     "sheet. You see every change before it is written."),
    ("What not to do", "Do not add rows: new people come in by Imports. The other columns are "
     "locked; a hidden column says which office a row is."),
)  # fmt: skip


def build(reader: Actor, filters: dict[str, str]) -> Book:
    """The offices on councils that the reader's list shows under these filters, to be edited."""
    lines = list(everything(ask(COUNCILLORS, reader, filters)))
    here = stands(reader, [line.id for line in lines])
    known = [(line, here[line.id].cells) for line in lines if line.id in here]
    lists = Filled(LISTS, _lists())
    return book(
        "Working sheet",
        [
            Filled(WORKING, [_row(line, cells) for line, cells in known], lists=lists),
            Filled(BASE, [_base(line.id, cells) for line, cells in known]),
            lists,
        ],
        cover=HOW,
        rows=len(known),
    )


def _row(line: CouncillorLine, cells: Mapping[str, str]) -> dict[str, Any]:
    return {
        "row": row_key(line.id),
        "name": line.name,
        "post": POSTS.get(line.post, line.post),
        "council": line.area,
        "ward": line.ward,
        **cells,
        "expected_end": day_of(cells["expected_end"]),
    }


def _base(term_id: int, cells: Mapping[str, str]) -> dict[str, Any]:
    given = {one.key: to_text(clean(cells[one.key])) for one in CELLS}
    return {**given, "row": row_key(term_id), "checksum": checksum(term_id, given)}


def _lists() -> list[dict[str, str]]:
    columns = {
        "party": [party.name for party in parties()],
        "status": list(STATUSES.values()),
        "branch": [branch.name for branch in branches()],
    }
    longest = max(len(names) for names in columns.values())
    return [
        {key: names[at] for key, names in columns.items() if at < len(names)}
        for at in range(longest)
    ]


def row_key(term_id: int) -> str:
    """What the hidden column says of an office; it cannot be mistyped for another one's."""
    return f"{term_id}-{hashlib.sha256(f'office {term_id}'.encode()).hexdigest()[:6]}"


def term_of(key: str) -> int | None:
    """The office that a hidden cell names; None where it was changed."""
    number, _, _ = key.partition("-")
    return int(number) if number.isdigit() and row_key(int(number)) == key else None


def checksum(term_id: int, cells: Mapping[str, str]) -> str:
    """A mark by which it is seen that the hidden values were touched."""
    text = "\x1f".join([str(term_id), *(cells.get(one.key, "") for one in CELLS)])
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()[:16]


# Reading


def read_back(name: str, data: bytes) -> list[Returned]:
    """The rows of a sheet that came back; raises FileRefused for a file that is none."""
    try:
        table = read_file(name, data, sheet=WORKING.name, header_row=1).sheet(WORKING.name)
        base = read_file(name, data, sheet=BASE.name, header_row=1).sheet(BASE.name)
    except FileRefused as refusal:
        raise FileRefused(
            f"{refusal.message} A working sheet is taken out under Councillors, and uploaded as "
            ".xlsx with all its sheets."
        ) from refusal
    given = {row["row"]: row for row in _texts(base, BASE)}
    return [_returned(row, given) for row in _rows(table)]


def _rows(table: SheetData) -> list[tuple[int, dict[str, Any]]]:
    keys = _keys(table, WORKING)
    return [(row.number, {key: row.values[at] for at, key in keys.items()}) for row in table.rows]


def _texts(table: SheetData, sheet: Sheet) -> list[dict[str, str]]:
    keys = _keys(table, sheet)
    return [{key: to_text(row.values[at]) for at, key in keys.items()} for row in table.rows]


def _keys(table: SheetData, sheet: Sheet) -> dict[int, str]:
    """Where each column stands; one that was moved is found by its heading."""
    places = {}
    for column in sheet.columns:
        if column.title in table.headers:
            places[table.headers.index(column.title)] = column.key
        elif column.key == "row" or column.editable:
            raise FileRefused(f"The column ‘{column.title}’ is missing. Take a new working sheet.")
    return places


def _returned(
    numbered: tuple[int, dict[str, Any]], given: Mapping[str, Mapping[str, str]]
) -> Returned:
    number, row = numbered
    name = to_text(row.get("name")) or f"Row {number}"
    key = to_text(row.get("row"))
    term_id, base = term_of(key), given.get(key)
    if term_id is None or base is None:
        why = "This row is not one of the sheet’s. New people come in by Imports."
        return Returned(number, name, None, fault=why)
    cells = {one.key: base.get(one.key, "") for one in CELLS}
    if checksum(term_id, cells) != base.get("checksum"):
        why = "The hidden values of this row were changed. Take a new working sheet."
        return Returned(number, name, term_id, fault=why)
    mine = {one.key: _shown(one.key, row.get(one.key)) for one in CELLS}
    read = Returned(number, name, term_id, base=cells, mine=mine)
    values, faults = _meant(read, row)
    return Returned(number, name, term_id, cells, mine, values, faults)


def _shown(key: str, value: Any) -> str:
    """A cell as text: a day as 2026-05-07, however the cell writes it."""
    if key == "expected_end":
        try:
            day = to_day(value).day
        except CellError:
            return to_text(value)
        return day.isoformat() if day else ""
    return to_text(value)


def _meant(read: Returned, row: Mapping[str, Any]) -> tuple[dict[str, str], dict[str, str]]:
    """What the changed cells mean, and why one makes no sense."""
    values: dict[str, str] = {}
    faults: dict[str, str] = {}
    for key in EDITABLE:
        if not changed(key, read) or not read.mine[key]:
            continue
        try:
            values[key] = READERS.get(key, _text)(key, row.get(key))
        except Invalid as fault:
            faults[key] = fault.message
    return values, faults


def _text(key: str, value: Any) -> str:
    text = to_text(value)
    longest = LONGEST.get(key, LONGEST_PLACE)
    if len(text) > longest:
        raise CellError(f"{quoted(value)} is longer than {longest} characters.")
    return text


def _day(_key: str, value: Any) -> str:
    day = to_day(value).day
    return day.isoformat() if day else ""


def _status(_key: str, value: Any) -> str:
    words = {fold(label): code for code, label in STATUSES.items()}
    found = words.get(fold(to_text(value)))
    if found is None:
        raise CellError(f"{quoted(value)} is none of: {', '.join(STATUSES.values())}.")
    return found


READERS: dict[str, Callable[[str, Any], str]] = {
    "expected_end": _day,
    "status": _status,
    "email": lambda _key, value: to_email(value),
    "mobile": lambda _key, value: to_phone(value).number,
    "phone": lambda _key, value: to_phone(value).number,
}
