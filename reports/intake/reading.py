"""A file from its bytes to rows that can be staged: the first look, and the reading itself."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from models.intake.results.planning import FOR_COUNCIL, kind_of
from models.intake.rows import RESULTS, GivenRow
from reports.intake.columns import (
    NO_COUNCIL,
    Sheets,
    check_mapping,
    columns_of,
    missing_column,
    outline_of,
    proposed,
    shape_of,
)
from reports.intake.contests import with_equal_votes
from reports.intake.parsing import understand
from reports.reader.running import read_file
from reports.reader.shapes import FileRefused, Workbook


@dataclass(frozen=True)
class Look:
    """What a file looks like, and which column seems to be which field."""

    name: str
    file_hash: str
    outline: dict[str, Any]
    headers: tuple[str, ...]
    mapping: dict[str, str]
    shape: str


def look(
    name: str,
    data: bytes,
    kind: str,
    *,
    sheets: Sequence[str] = (),
    header_row: int | None = None,
) -> Look:
    """A first look at a file; raises FileRefused with a sentence where it cannot be read."""
    workbook, chosen = _chosen(name, data, kind, sheets, header_row)
    headers = chosen.table.headers
    return Look(
        workbook.name,
        workbook.sha256,
        outline_of(workbook, chosen),
        headers,
        proposed(headers, kind),
        shape_of(headers),
    )


def _chosen(
    name: str, data: bytes, kind: str, sheets: Sequence[str], header_row: int | None
) -> tuple[Workbook, Sheets]:
    if header_row is not None and sheets:
        workbook = read_file(name, data, sheet=sheets[0], header_row=header_row)
        return workbook, columns_of(workbook, sheets=(sheets[0],), kind=kind)
    if header_row is not None:
        first = columns_of(read_file(name, data), kind=kind).names[0]
        return _chosen(name, data, kind, (first,), header_row)
    workbook = read_file(name, data)
    return workbook, columns_of(workbook, sheets=tuple(sheets), kind=kind)


def rows_of_file(
    name: str,
    data: bytes,
    kind: str,
    mapping: Mapping[str, Any],
    *,
    header_row: int | None = None,
) -> list[GivenRow]:
    """The rows of the chosen sheets as understood; raises FileRefused where the mapping lacks a
    needed column, or where the file as a whole makes no sense."""
    sheets = mapping.get("sheets") or ()
    columns, fixed = mapping.get("columns") or {}, mapping.get("fixed") or {}
    _, chosen = _chosen(name, data, kind, sheets, header_row)
    check_mapping(columns, chosen.table.headers, kind)
    missing = missing_column(columns, fixed, kind)
    if missing:
        raise FileRefused(_with_columns(missing, chosen))
    rows = understand(chosen.table, columns, fixed)
    if kind != RESULTS:
        return rows
    if rows and not any(row.values.get("council") or _needs_none(row) for row in rows):
        raise FileRefused(_with_columns(NO_COUNCIL, chosen))
    return with_equal_votes(rows)


def _needs_none(row: GivenRow) -> bool:
    return kind_of(row.values) not in FOR_COUNCIL


def _with_columns(sentence: str, chosen: Sheets) -> str:
    headings = ", ".join(f"‘{heading}’" for heading in chosen.table.headers[:20])
    return f"{sentence} The columns are {headings}."
