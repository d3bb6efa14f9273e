"""Reading batches and their rows. Who reads comes first."""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import ColumnElement, func, select, true
from sqlalchemy.orm import undefer

from models.accounts.permits import Actor, require
from models.accounts.roles import Permit
from models.base import db
from models.errors import NotFound
from models.intake.rows import CHANGE, CREATE, LOOK, VERDICTS
from models.intake.tables import ImportBatch, ImportRow, ImportWrite, SavedMapping, Spelling
from models.outbox import OutboxRow


def own(reader: Actor) -> ColumnElement[bool]:
    """A batch holds rows about people: who is held to regions sees their own batches only."""
    return true() if reader.region_ids is None else ImportBatch.by_id == reader.id


def batch_for(reader: Actor, batch_id: int, *, content: bool = False) -> ImportBatch:
    """One import, with the file if asked; raises NotFound where this user may not know of it."""
    require(reader, Permit.IMPORT)
    query = select(ImportBatch).where(ImportBatch.id == batch_id, own(reader))
    if content:
        query = query.options(undefer(ImportBatch.content))
    batch = db.session.scalars(query).one_or_none()
    if batch is None:
        raise NotFound("There is no such import, or it is not yours.")
    return batch


def locked_batch(batch_id: int) -> ImportBatch:
    """The batch, held against every other writer until the transaction ends."""
    batch = db.session.scalars(
        select(ImportBatch)
        .where(ImportBatch.id == batch_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).one_or_none()
    if batch is None:
        raise NotFound("There is no such import.")
    return batch


def earlier_for(reader: Actor, batch: ImportBatch) -> ImportBatch | None:
    """An earlier import of the very same file that was applied, the latest first."""
    return db.session.scalars(
        select(ImportBatch)
        .where(
            own(reader),
            ImportBatch.file_hash == batch.file_hash,
            ImportBatch.kind == batch.kind,
            ImportBatch.id < batch.id,
            ImportBatch.state.in_(("applying", "applied")),
        )
        .order_by(ImportBatch.id.desc())
        .limit(1)
    ).one_or_none()


def rows_for(
    reader: Actor, batch: ImportBatch, *, verdict: str | None = None, page: int = 1, size: int = 50
) -> tuple[list[ImportRow], int]:
    """One page of a batch's rows in file order, of one verdict if asked, and how many; LOOK asks
    for those that are taken but have a note."""
    batch_for(reader, batch.id)
    wanted = [ImportRow.batch_id == batch.id]
    if verdict in VERDICTS:
        wanted.append(ImportRow.verdict == verdict)
    elif verdict == LOOK:
        wanted += [ImportRow.verdict.in_((CREATE, CHANGE)), ImportRow.note.is_not(None)]
    total = db.session.scalar(select(func.count(ImportRow.id)).where(*wanted)) or 0
    rows = db.session.scalars(
        select(ImportRow)
        .where(*wanted)
        .order_by(ImportRow.id)
        .limit(size)
        .offset((page - 1) * size)
    )
    return list(rows), total


def rows_of(batch_id: int) -> list[ImportRow]:
    """Every row of a batch in file order."""
    return list(
        db.session.scalars(
            select(ImportRow).where(ImportRow.batch_id == batch_id).order_by(ImportRow.id)
        )
    )


def first_rows(batch_id: int, limit: int) -> list[int]:
    """The ids of the first rows of a batch in file order."""
    query = select(ImportRow.id).where(ImportRow.batch_id == batch_id).order_by(ImportRow.id)
    return list(db.session.scalars(query.limit(limit)))


def refused_rows_for(reader: Actor, batch: ImportBatch) -> list[ImportRow]:
    """The refused rows of a batch in file order."""
    rows, _ = rows_for(reader, batch, verdict="refused", size=1_000_000)
    return rows


def rows_to_apply(batch_id: int, limit: int) -> list[ImportRow]:
    """The next rows that are to be written and are not yet, in file order."""
    return list(
        db.session.scalars(
            select(ImportRow)
            .where(
                ImportRow.batch_id == batch_id,
                ImportRow.verdict.in_(("create", "change")),
                ImportRow.applied_at.is_(None),
            )
            .order_by(ImportRow.id)
            .limit(limit)
        )
    )


def rows_to_undo(batch_id: int, limit: int) -> list[ImportRow]:
    """The next rows that were written and are neither taken back nor known to be edited since;
    last first, so that what a row stands on outlives it."""
    return list(
        db.session.scalars(
            select(ImportRow)
            .where(
                ImportRow.batch_id == batch_id,
                ImportRow.verdict.in_(("create", "change")),
                ImportRow.applied_at.is_not(None),
                ImportRow.undone_at.is_(None),
                ImportRow.edited.is_(False),
            )
            .order_by(ImportRow.id.desc())
            .limit(limit)
        )
    )


def claimed_by(batch_id: int) -> frozenset[int]:
    """The people whom rows of this batch are about, as far as they are on the books."""
    return frozenset(
        db.session.scalars(
            select(ImportRow.subject_id).where(
                ImportRow.batch_id == batch_id, ImportRow.subject_id.is_not(None)
            )
        )
    )


def counts_of(batch_id: int) -> dict[str, int]:
    """How many rows of a batch have each verdict."""
    found = db.session.execute(
        select(ImportRow.verdict, func.count().label("number"))
        .where(ImportRow.batch_id == batch_id)
        .group_by(ImportRow.verdict)
    )
    return dict.fromkeys(VERDICTS, 0) | {row.verdict: row.number for row in found if row.verdict}


def writes_of(row_ids: Iterable[int]) -> list[ImportWrite]:
    """What these rows wrote and was not taken back, in the order of writing."""
    ids = sorted(row_ids)
    if not ids:
        return []
    return list(
        db.session.scalars(
            select(ImportWrite)
            .where(ImportWrite.row_id.in_(ids), ImportWrite.undone_at.is_(None))
            .order_by(ImportWrite.id)
        )
    )


def shared_writes_of(batch_id: int, tables: Iterable[str]) -> list[ImportWrite]:
    """What a batch added that several rows may share (wards, parties, tags), last first."""
    return list(
        db.session.scalars(
            select(ImportWrite)
            .where(
                ImportWrite.batch_id == batch_id,
                ImportWrite.table.in_(sorted(tables)),
                ImportWrite.undone_at.is_(None),
            )
            .order_by(ImportWrite.id.desc())
        )
    )


def edited_rows_for(reader: Actor, batch: ImportBatch) -> list[ImportRow]:
    """The rows that an undo left in place, because somebody edited them since."""
    batch_for(reader, batch.id)
    return edited_rows(batch.id)


def edited_rows(batch_id: int) -> list[ImportRow]:
    """The same, for rules."""
    return list(
        db.session.scalars(
            select(ImportRow)
            .where(ImportRow.batch_id == batch_id, ImportRow.edited)
            .order_by(ImportRow.id)
        )
    )


def work_waits(batch: ImportBatch) -> bool:
    """True where the worker has been asked to go on with this batch."""
    found = db.session.scalar(
        select(func.count(OutboxRow.id)).where(
            OutboxRow.state == "waiting",
            OutboxRow.dedupe_key.startswith(f"import {batch.id} ", autoescape=True),
        )
    )
    return bool(found)


def saved_mapping(kind: str, shape: str) -> SavedMapping | None:
    """The mapping that was last used for files of this shape."""
    return db.session.scalars(
        select(SavedMapping).where(SavedMapping.kind == kind, SavedMapping.shape == shape)
    ).one_or_none()


def spelling(what: str, key: str) -> Spelling | None:
    """What was taught about this text."""
    return db.session.scalars(
        select(Spelling).where(Spelling.field == what, Spelling.key == key)
    ).one_or_none()


def taught() -> dict[tuple[str, str], str]:
    """Everything that was taught: (field, folded text) → what it means."""
    rows: Any = db.session.execute(select(Spelling.field, Spelling.key, Spelling.means))
    return {(row.field, row.key): row.means for row in rows}
