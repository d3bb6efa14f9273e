"""Previews in nobody's way: rows are compared while reading, and written in a short last step.

A short file is compared in the request. A long one goes to the worker, which reads it, keeps its
rows and their verdicts in pieces, each a short transaction of its own (app/jobs/previews.py).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import delete, insert

from models import clock, outbox
from models.accounts.permits import Actor
from models.base import begin_writing, db
from models.errors import Conflict, Refused
from models.folding import fold
from models.intake.actions import batches
from models.intake.actions.batches import PREVIEWING, Columns, staged
from models.intake.queries.batches import first_rows, locked_batch, rows_of
from models.intake.rows import GivenRow, Plan, given_row
from models.intake.spellings import Unknown
from models.intake.tables import ImportBatch, ImportRow
from models.slow import slow

# More rows than this are read and compared by the worker, and the page shows how far it is.
INLINE = 500
PIECE = 500
JOB = "preview"
MEANWHILE = "This import was changed meanwhile. Compare it again."


@dataclass(frozen=True)
class Task:
    """What the worker has to do for a batch, as plain values."""

    file_name: str
    content: bytes | None
    kind: str
    mapping: dict[str, Any]
    header_row: int | None


def is_long(batch: ImportBatch) -> bool:
    """True where the rows are too many to be compared while somebody waits for the page."""
    return max(batch.rows, int(batch.outline.get("rows") or 0)) > INLINE


def keep_preview(
    batch: ImportBatch, columns: Columns, rows: list[GivenRow], *, by: Actor
) -> list[Unknown]:
    """Compare the rows of a short file with the books, then keep columns, rows and verdicts.

    Returns the texts that nobody has taught yet. The writing transaction begins for the last part.
    """
    slow("rows are compared")
    draft = ImportBatch(kind=batch.kind, policy=batch.policy, mapping=columns.as_mapping())
    loose = [ImportRow(**staged(batch.id, row)) for row in rows]
    plans = batches.judged(draft, loose, by=by)
    unknown = batches.unknown_among(rows)
    begin_writing()
    batches.map_columns(batch, columns, by=by)
    batches.stage(batch, rows, by=by)
    _keep(batch, plans, by=by)
    return unknown


def compare_again(
    batch: ImportBatch, *, by: Actor, lessons: Sequence[tuple[Unknown, str]] = ()
) -> ImportBatch:
    """Compare a preview once more, with the books as they are and with what is taught now.

    A long one is handed to the worker.
    """
    if is_long(batch):
        begin_writing()
        batches.teach_many(lessons, by=by)
        return hand_over(batch, by=by)
    slow("rows are compared")
    stored = rows_of(batch.id)
    taught = {(one.field, fold(one.text)): " ".join(means.split()) for one, means in lessons}
    plans = batches.judged(batch, stored, by=by, lessons=taught)
    ids = [row.id for row in stored]
    begin_writing()
    batches.teach_many(lessons, by=by)
    batches.check_open(batch, by=by)
    return _keep(batch, plans, by=by, ids=ids)


def _keep(
    batch: ImportBatch, plans: list[Plan], *, by: Actor, ids: list[int] | None = None
) -> ImportBatch:
    stored = rows_of(batch.id)
    if len(stored) != len(plans) or (ids and ids != [row.id for row in stored]):
        raise Conflict(MEANWHILE)
    batches.keep_verdicts(batches.verdicts(stored, plans))
    return batches.previewed(batch, by=by)


# The worker's part


def hand_over(batch: ImportBatch, *, by: Actor, read: bool = False, then: str = "") -> ImportBatch:
    """Let the worker compare a long file; with `read` it reads it first, and `then` applies it."""
    batches.check_open(batch, by=by)
    batch.state, batch.done, batch.because = PREVIEWING, 0, None
    db.session.flush()
    _post(batch, by=by, read=read, then=then)
    return batch


def carry_on(batch: ImportBatch, *, by: Actor) -> None:
    """Ask the worker once more for a preview that broke off."""
    _post(batch, by=by, read=batch.content is not None, then="")


def _post(batch: ImportBatch, *, by: Actor, read: bool, then: str) -> None:
    payload = {"batch": batch.id, "by": by.id, "read": read, "then": then}
    outbox.post(JOB, payload, key=f"import {batch.id} preview {clock.now().isoformat()}")


def under_way(batch_id: int) -> ImportBatch:
    """The batch, held until the transaction ends; raises Refused where it was put aside."""
    batch = locked_batch(batch_id)
    if batch.state != PREVIEWING:
        raise Refused("This import is not being compared any more.")
    return batch


def task_of(batch_id: int) -> Task:
    """What is to be read; raises Refused where the batch was put aside."""
    batch = under_way(batch_id)
    return Task(batch.file_name, batch.content, batch.kind, batch.mapping, batch.header_row)


def forget_rows(batch_id: int) -> bool:
    """Remove some of the rows that were kept before; True while there are more."""
    batch = under_way(batch_id)
    ids = first_rows(batch.id, PIECE)
    if ids:
        some = ImportRow.batch_id == batch.id, ImportRow.id <= ids[-1]
        db.session.execute(delete(ImportRow).where(*some))
    return len(ids) == PIECE


def keep_rows(batch_id: int, rows: Iterable[GivenRow], *, done: int) -> None:
    """Keep the next rows of the file; `done` is how many have been kept then."""
    batch = under_way(batch_id)
    db.session.execute(insert(ImportRow), [staged(batch.id, row) for row in rows])
    batch.rows = batch.done = done


def found(batch_id: int, *, by: Actor) -> tuple[list[dict[str, Any]], bool]:
    """The verdicts of all rows, and whether there are texts to be taught. Reads only, and long."""
    slow("rows are compared")
    batch = under_way(batch_id)
    stored = rows_of(batch.id)
    changes = batches.verdicts(stored, batches.judged(batch, stored, by=by))
    rows = [given_row(row.number, row.sheet, row.raw, row.given) for row in stored]
    return changes, bool(batches.unknown_among(rows))


def keep_some(batch_id: int, changes: list[dict[str, Any]], *, done: int) -> None:
    """Keep the next verdicts; `done` is how many have been kept then."""
    under_way(batch_id)
    batches.keep_verdicts(changes)
    under_way(batch_id).done = done


def finish(batch_id: int, *, by: Actor, to_teach: bool) -> ImportBatch:
    """All rows have their verdict: the batch is a preview."""
    batch = under_way(batch_id)
    batch.outline = {**batch.outline, "to_teach": to_teach}
    return batches.previewed(batch, by=by)


def give_back(batch_id: int, because: str) -> None:
    """The file could not be read like that: back to its columns, with the reason."""
    batch = under_way(batch_id)
    batch.state, batch.because = "uploaded", because
