"""Which sheet, which heading row, which column is which field: proposed, shown, corrected."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from models.folding import fold
from models.intake.rows import COUNCILLORS, RESULTS
from reports.cells import to_text
from reports.intake.fields import fields_of, rank
from reports.intake.listing import not_taken
from reports.reader.proposing import propose, read_together, together
from reports.reader.shapes import FileRefused, SheetData, Workbook
from reports.sheet import Column

SAMPLES = 3
NO_COUNCIL = "No column is mapped to the council. Say which column holds it."
SHOWN = 60


@dataclass(frozen=True)
class Sheets:
    """The table that was chosen: its sheets read as one, and what is to be known about it."""

    table: SheetData
    names: tuple[str, ...]
    because: str = ""
    notes: tuple[str, ...] = field(default=())


def columns_of(
    workbook: Workbook, *, sheets: tuple[str, ...] = (), kind: str = COUNCILLORS
) -> Sheets:
    """The table to read: the sheets named, or the one that fits best, with its other pieces.

    Raises FileRefused where no sheet holds rows, or where the sheets do not fit together.
    """
    if sheets:
        return Sheets(read_together(workbook, sheets), sheets, notes=workbook.notes)
    proposal = propose(workbook)
    best = _best_fit(workbook, proposal.sheet, kind)
    names = together(workbook, best) or (best,)
    because = proposal.because if best == proposal.sheet else f"‘{best}’ has the columns we need."
    return Sheets(read_together(workbook, names), names, because, proposal.notes)


def _best_fit(workbook: Workbook, proposed_sheet: str, kind: str) -> str:
    """Another sheet than the proposed one only where it alone has a name column."""

    def named(sheet: SheetData) -> bool:
        fields = set(proposed(sheet.headers, kind).values())
        return (
            bool(fields & {"name", "family_name", "candidate", "candidate_family"})
            and len(fields) > 1
        )

    if named(workbook.sheet(proposed_sheet)):
        return proposed_sheet
    fitting = [sheet.name for sheet in workbook.sheets if sheet.rows and named(sheet)]
    return fitting[0] if len(fitting) == 1 else proposed_sheet


def proposed(headers: tuple[str, ...], kind: str) -> dict[str, str]:
    """Heading → field, by how people head such columns; each field at most once."""
    chosen: dict[str, tuple[int, str]] = {}
    for one in fields_of(kind):
        for heading in headers:
            how_well = rank(one, heading, kind)
            if how_well is not None and how_well < chosen.get(one.key, (999, ""))[0]:
                chosen[one.key] = (how_well, heading)
    mapping: dict[str, str] = {}
    for key, (_, heading) in chosen.items():
        mapping.setdefault(heading, key)
    return {heading: mapping[heading] for heading in headers if heading in mapping}


def outline_of(workbook: Workbook, chosen: Sheets) -> dict[str, Any]:
    """What the file looks like, as it is kept beside the import: no more than a few values."""
    return {
        "sheets": [_outline(sheet) for sheet in workbook.sheets],
        "chosen": list(chosen.names),
        "because": chosen.because,
        "notes": [
            *list(dict.fromkeys((*chosen.notes, *chosen.table.notes)))[:40],
            *not_taken(chosen.table.headers),
        ],
        "header_row": chosen.table.header_row,
        "headers": list(chosen.table.headers),
        "rows": len(chosen.table.rows),
        "samples": [_samples(chosen.table, at) for at in range(len(chosen.table.headers))],
    }


def _outline(sheet: SheetData) -> dict[str, Any]:
    return {
        "name": sheet.name,
        "rows": len(sheet.rows),
        "hidden": sheet.hidden,
        "refused": sheet.refused,
    }


def _samples(table: SheetData, at: int) -> list[str]:
    """The first different values of a column."""
    seen: dict[str, None] = {}
    for row in table.rows:
        text = to_text(row.values[at])
        if text:
            seen[text if len(text) <= SHOWN else text[: SHOWN - 1] + "…"] = None
        if len(seen) == SAMPLES:
            break
    return list(seen)


def shape_of(headers: Mapping[str, Any] | tuple[str, ...] | list[str]) -> str:
    """The shape of a file, by which its mapping is remembered: its headings in order."""
    text = "\n".join(fold(heading) for heading in headers)
    return hashlib.sha256(text.encode()).hexdigest()


def missing_column(mapping: Mapping[str, str], fixed: Mapping[str, str], kind: str) -> str:
    """The sentence for a file in which a column that every row needs is not mapped; "" if none."""
    fields = set(mapping.values())
    if kind == RESULTS:
        return _missing_contest(fields, fixed)
    if not fields & {"name", "family_name"}:
        return "No column is mapped to the name. Say which column holds the names."
    if kind == COUNCILLORS and "council" not in fields and not fixed.get("council"):
        return (
            "No column is mapped to the council. Say which column holds it, or on which council "
            "everybody in this file sits."
        )
    return ""


def _missing_contest(fields: set[str], fixed: Mapping[str, str]) -> str:
    if not fields & {"candidate", "candidate_family"}:
        return "No column is mapped to the candidate's name. Say which column holds it."
    # What its ids say to be a parliament's needs no council; the others are asked in `reading`.
    if not (fields & {"council", "election_name", "ballot", "election"} or fixed.get("council")):
        return NO_COUNCIL
    if not fields & {"ballot", "area"}:
        return "No column is mapped to the ward or the ballot. Say which column holds it."
    if not fields & {"ballot", "election", "poll_on"}:
        return "No column is mapped to the day of the poll. Say which column holds it."
    return ""


def check_mapping(mapping: Mapping[str, str], headers: tuple[str, ...], kind: str) -> None:
    """Raise FileRefused where a column is not there, or a field is mapped twice."""
    known = {one.key for one in fields_of(kind)}
    for heading, key in mapping.items():
        if heading not in headers:
            there = ", ".join(f"‘{one}’" for one in headers[:20])
            raise FileRefused(f"There is no column ‘{heading}’. The columns are {there}.")
        if key not in known:
            raise FileRefused(f"There is no field ‘{key}’. There are: {', '.join(sorted(known))}.")
    twice = [key for key in known if list(mapping.values()).count(key) > 1]
    if twice:
        raise FileRefused(f"Two columns are mapped to ‘{twice[0]}’. Keep one.")


def raw_column(heading: str) -> Column:
    """A column of the file as it goes back into a workbook."""
    return Column(heading, heading, width=min(40, max(12, len(heading) + 4)))
