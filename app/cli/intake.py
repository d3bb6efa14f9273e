"""Files of people from the command line: the same steps as on the pages, in one go."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from flask import Flask

from app.cli import edge
from app.cli.outcome import Outcome, content
from models.accounts.permits import Actor
from models.accounts.roles import Permit
from models.base import db
from models.councillors.seats.rules import summary
from models.errors import Invalid
from models.exports.actions import record_export
from models.intake.actions import applying, batches
from models.intake.actions.applying import apply_some
from models.intake.actions.batches import Columns, Upload, fields_with, map_columns, unknown_in
from models.intake.actions.undoing import start_undo, undo_some
from models.intake.queries.batches import (
    batch_for,
    edited_rows_for,
    refused_rows_for,
    rows_for,
    saved_mapping,
)
from models.intake.rows import KINDS, LOOK, POLICIES
from models.intake.spellings import NEW, TEACHABLE
from models.intake.tables import ImportBatch
from reports.desk import INSIDE
from reports.intake.reading import Look, look, rows_of_file
from reports.intake.refusals import refusals
from reports.workbook import write

__all__ = ["KINDS", "POLICIES", "How", "bring_in", "undo"]

SHOWN = 20
LIGHT = ("Not read as roles", "New ")


@dataclass(frozen=True)
class How:
    """How a file is to be brought in."""

    kind: str
    email: str | None = None
    dry_run: bool = False
    sheets: tuple[str, ...] = ()
    header_row: int | None = None
    maps: Mapping[str, str] = field(default_factory=dict)
    aliases: Mapping[str, str] = field(default_factory=dict)
    council: str = ""
    policy: str = "fill"


def bring_in(file: Path, how: How) -> Outcome:
    """Preview a file and, unless it is a dry run, apply it piece by piece.

    A command that is stopped half way leaves whole pieces; the import's page can carry on.
    """
    data = content(file)
    seen = look(file.name, data, how.kind, sheets=how.sheets, header_row=how.header_row)
    with edge.transaction() as app:
        by = edge.actor(how.email)
        batch = _previewed(file.name, data, seen, how, by=by)
        batch_id, outcome = batch.id, _outcome(batch)
        outcome.notes += _seen_in(seen)
        outcome.notes += _unknown(batch, by) + _look_at(batch, by) + _reasons(batch, by)
        if how.dry_run:
            db.session.rollback()
            outcome.batch = None
            outcome.notes.append("This was a dry run: nothing was written.")
            return outcome
    _in_pieces(app, batch_id, how.email)
    with edge.transaction(app):
        by = edge.actor(how.email)
        batch = batch_for(by, batch_id)
        notes, outcome = outcome.notes, _outcome(batch)
        outcome.notes = [*notes, f"This was import {batch_id}; `hustings import undo {batch_id}`"]
        if batch.refused:
            beside = _write_refusals(file, batch, by)
            outcome.notes.append(f"Refused rows, each with its reason: {beside}")
        outcome.matches = batch.outline.get("matches")
        if outcome.matches is not None:
            outcome.notes.insert(0, f"Office holders: {summary(outcome.matches)}")
    return outcome


def _previewed(name: str, data: bytes, seen: Look, how: How, *, by: Actor) -> ImportBatch:
    batch = batches.upload(
        Upload(how.kind, seen.name, seen.file_hash, data, seen.outline, how.policy), by=by
    )
    saved = saved_mapping(how.kind, seen.shape)
    columns = saved.mapping["columns"] if saved is not None else seen.mapping
    chosen = Columns(
        sheets=tuple(seen.outline["chosen"]),
        header_row=how.header_row,
        columns=_with(columns, how.maps),
        policies=saved.mapping.get("policies", {}) if saved is not None else {},
        fixed={"council": how.council} if how.council else {},
        shape=seen.shape,
    )
    map_columns(batch, chosen, by=by)
    rows = rows_of_file(name, data, how.kind, batch.mapping, header_row=how.header_row)
    batches.stage(batch, rows, by=by)
    for text, means in how.aliases.items():
        _teach(batch, text, means, by=by)
    return batches.preview(batch, by=by)


def _with(columns: Mapping[str, str], maps: Mapping[str, str]) -> dict[str, str]:
    """The proposed columns, with what was said beside them; `COL=` leaves a column out."""
    said = set(maps.values())
    kept = {heading: key for heading, key in columns.items() if key not in said}
    mapping: dict[str, str] = {**kept, **maps}
    return {heading: key for heading, key in mapping.items() if key}


def _teach(batch: ImportBatch, text: str, means: str, *, by: Actor) -> None:
    """Teach a text in every field in which the file uses it and the meaning makes sense."""
    if means == "new":
        means = f"{NEW}{text}"
    where = fields_with(batch, text, by=by)
    if not where:
        raise Invalid(f"--alias ‘{text}’: no column of councils, parties or branches has it.")
    wrong: Invalid | None = None
    taught = 0
    for what in where:
        try:
            batches.teach(what, text, means, by=by)
            taught += 1
        except Invalid as fault:
            wrong = fault
    if wrong is not None and not taught:
        raise wrong


def _in_pieces(app: Flask, batch_id: int, email: str | None) -> None:
    with edge.transaction(app):
        by = edge.actor(email)
        applying.start(batch_for(by, batch_id), by=by)
    more = True
    while more:
        with edge.transaction(app):
            more = apply_some(batch_id, by=edge.actor(email))


def _outcome(batch: ImportBatch) -> Outcome:
    return Outcome(
        batch.rows, batch.created, batch.changed, batch.unchanged, batch.refused, batch.id
    )


def _unknown(batch: ImportBatch, by: Actor) -> list[str]:
    return [
        f"{TEACHABLE[one.field]} ‘{one.text}’ ({one.rows:,} rows) is not known: "
        f'--alias "{one.text}=CODE"' + (" or =new" if one.field == "party" else "")
        for one in unknown_in(batch, by=by)[:SHOWN]
    ]


def _seen_in(seen: Look) -> list[str]:
    """What was seen in the file; a note that is said of its sheet is not said twice."""
    notes: list[str] = seen.outline["notes"]
    return [note for note in notes if not any(one.endswith(f": {note}") for one in notes)]


def _look_at(batch: ImportBatch, by: Actor) -> list[str]:
    """Rows with the same note in one sentence; what matters least comes last."""
    rows, _ = rows_for(by, batch, verdict=LOOK, size=1_000_000)
    alike: dict[str, list[int]] = {}
    for row in rows:
        alike.setdefault(row.note or "", []).append(row.number)
    groups = sorted(alike.items(), key=lambda one: _weight(one[0]))
    notes = [f"{_rows(numbers)} taken, but look: {note}" for note, numbers in groups[:SHOWN]]
    left = sum(len(numbers) for _, numbers in groups[SHOWN:])
    return [*notes, f"… and {left:,} more rows to look at."] if left else notes


def _weight(note: str) -> int:
    """How little a note says about a person: what is not read as a role, what is new to us."""
    return next((at for at, words in enumerate(LIGHT, 1) if note.startswith(words)), 0)


def _rows(numbers: list[int]) -> str:
    if len(numbers) == 1:
        return f"Row {numbers[0]} is"
    shown = ", ".join(str(number) for number in numbers[:5])
    more = f" and {len(numbers) - 5:,} more" if len(numbers) > 5 else ""
    return f"Rows {shown}{more} are"


def _reasons(batch: ImportBatch, by: Actor) -> list[str]:
    rows, total = rows_for(by, batch, verdict="refused", size=SHOWN)
    reasons = [f"Row {row.number}: {row.reasons}" for row in rows]
    return reasons if total <= SHOWN else [*reasons, f"… and {total - SHOWN:,} more."]


def _write_refusals(file: Path, batch: ImportBatch, by: Actor) -> Path:
    rows = refused_rows_for(by, batch)
    data = write(refusals(batch.file_name, batch.outline["headers"], rows))
    beside = file.with_name(f"{file.stem}-refused.xlsx")
    try:
        beside.write_bytes(data)
    except OSError:
        # The file lies where nobody may write: the current folder is the next best place.
        beside = Path.cwd() / beside.name
        beside.write_bytes(data)
    record_export(
        report="import-refusals",
        permit=Permit.IMPORT,
        filters={"import": str(batch.id)},
        rows=len(rows),
        purpose="Correcting an import",
        recipient=INSIDE,
        outside=False,
        file_hash=hashlib.sha256(data).hexdigest(),
        by=by,
    )
    return beside


@dataclass
class Undone(Outcome):
    """What an undo did; `refused` are the rows that were left."""

    def as_words(self) -> str:
        """The result as sentences."""
        return "\n".join([f"Import {self.batch} was taken back.", *self.notes])


def undo(batch_id: int, email: str | None) -> Outcome:
    """Take a batch back, piece by piece; rows edited since are left and named."""
    with edge.transaction() as app:
        by = edge.actor(email)
        start_undo(batch_for(by, batch_id), by=by)
    more = True
    while more:
        with edge.transaction(app):
            more = undo_some(batch_id, by=edge.actor(email))
    with edge.transaction(app):
        by = edge.actor(email)
        batch = batch_for(by, batch_id)
        edited = edited_rows_for(by, batch)
        notes = [f"Row {row.number} was left. {row.because}" for row in edited]
        counts: dict[str, Any] = {**batches.counted(batch), "refused": len(edited)}
        return Undone(**counts, batch=batch.id, notes=notes)
