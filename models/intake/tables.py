"""Spreadsheets in: batches, rows, what they wrote, what was taught."""

from datetime import datetime
from typing import Any

from sqlalchemy import (
    CheckConstraint,
    ForeignKey,
    Index,
    LargeBinary,
    String,
    Text,
    UniqueConstraint,
)
from sqlalchemy.orm import Mapped, relationship

from models import clock
from models.accounts.tables import User
from models.base import Base
from models.kinds import Id, Json, Key, UtcDateTime, internal, special


class ImportBatch(Base):
    """One uploaded file on its way in: upload, preview, apply, and perhaps undo.

    “previewing” says that the worker is reading and comparing a long file.

    `outline` says what the file looks like (sheets, headings, a few values), `mapping` which
    heading means which field. `content` is kept only until the rows are applied.
    """

    __tablename__ = "import_batch"
    __table_args__ = (
        CheckConstraint(
            "state in ('uploaded','previewing','previewed','applying','applied','undoing','undone',"
            "'discarded')",
            name="state",
        ),
    )

    id: Mapped[int] = internal(Id, primary_key=True)
    kind: Mapped[str] = internal(String(20))
    file_name: Mapped[str] = internal(String(200))
    file_hash: Mapped[str] = internal(String(64), index=True)
    content: Mapped[bytes | None] = special(LargeBinary, deferred=True)
    source: Mapped[str] = internal(String(120))
    sheet: Mapped[str | None] = internal(String(400))
    header_row: Mapped[int | None] = internal()
    outline: Mapped[dict[str, Any]] = special(Json, default=dict)
    mapping: Mapped[dict[str, Any]] = internal(Json, default=dict)
    policy: Mapped[str] = internal(String(20), default="fill")
    state: Mapped[str] = internal(String(12), default="uploaded")
    because: Mapped[str | None] = internal(Text)
    rows: Mapped[int] = internal(default=0)
    created: Mapped[int] = internal(default=0)
    changed: Mapped[int] = internal(default=0)
    unchanged: Mapped[int] = internal(default=0)
    refused: Mapped[int] = internal(default=0)
    done: Mapped[int] = internal(default=0)
    by_id: Mapped[int | None] = internal(ForeignKey("user.id"), index=True)
    by: Mapped[User | None] = relationship()
    created_at: Mapped[datetime] = internal(UtcDateTime, default=clock.now)
    applied_at: Mapped[datetime | None] = internal(UtcDateTime)
    undone_at: Mapped[datetime | None] = internal(UtcDateTime)


class ImportRow(Base):
    """One row of a batch: what it said, what would happen, and why.

    `number` is what the person sees beside the row of `sheet`; `raw` is what stood in its cells,
    `given` what was understood. `same_as_id` is the earlier row about the same new person;
    `edited` says that an undo left the row in place, because somebody changed what it wrote.
    """

    __tablename__ = "import_row"
    __table_args__ = (
        UniqueConstraint("batch_id", "sheet", "number"),
        Index("ix_import_row_batch_id_verdict", "batch_id", "verdict"),
    )

    id: Mapped[int] = internal(Id, primary_key=True)
    batch_id: Mapped[int] = internal(ForeignKey("import_batch.id"))
    sheet: Mapped[str] = internal(String(400), default="")
    number: Mapped[int] = internal()
    raw: Mapped[dict[str, Any]] = special(Json)
    given: Mapped[dict[str, Any]] = special(Json, default=dict)
    verdict: Mapped[str | None] = internal(String(10))
    because: Mapped[str | None] = special(Text)
    field: Mapped[str | None] = internal(String(40))
    matched_by: Mapped[str | None] = internal(String(30))
    changes: Mapped[dict[str, Any] | None] = special(Json)
    note: Mapped[str | None] = special(Text)
    subject_id: Mapped[int | None] = internal(Id)
    same_as_id: Mapped[int | None] = internal(Id)
    applied_at: Mapped[datetime | None] = internal(UtcDateTime)
    undone_at: Mapped[datetime | None] = internal(UtcDateTime)
    edited: Mapped[bool] = internal(default=False)

    @property
    def reasons(self) -> str:
        """Why it was refused, and what was left out of it, which may be the cause."""
        return " ".join(filter(None, (self.because, self.note)))


class ImportWrite(Base):
    """One stored row that a batch made or changed, with what stood there before: for undo."""

    __tablename__ = "import_write"

    id: Mapped[int] = internal(Id, primary_key=True)
    batch_id: Mapped[int] = internal(ForeignKey("import_batch.id"), index=True)
    row_id: Mapped[int] = internal(ForeignKey("import_row.id"), index=True)
    table: Mapped[str] = internal(String(40))
    subject_id: Mapped[int] = internal(Id)
    before: Mapped[dict[str, Any] | None] = special(Json)
    after: Mapped[dict[str, Any]] = special(Json)
    undone_at: Mapped[datetime | None] = internal(UtcDateTime)


class SavedMapping(Base):
    """The mapping that was used for files of this shape, offered again next time."""

    __tablename__ = "saved_mapping"
    __table_args__ = (UniqueConstraint("kind", "shape"),)

    id: Mapped[int] = internal(Id, primary_key=True)
    kind: Mapped[str] = internal(String(20))
    shape: Mapped[str] = internal(String(64))
    mapping: Mapped[dict[str, Any]] = internal(Json)
    used_at: Mapped[datetime] = internal(UtcDateTime, default=clock.now)


class Spelling(Base):
    """A value that a user taught the importer once: text, for which field, means which thing."""

    __tablename__ = "spelling"
    __table_args__ = (UniqueConstraint("field", "key"),)

    id: Mapped[int] = internal(Id, primary_key=True)
    field: Mapped[str] = internal(String(40))
    key: Mapped[str] = internal(Key())
    means: Mapped[str] = internal(String(160))
    taught_by_id: Mapped[int | None] = internal(ForeignKey("user.id"))
    taught_at: Mapped[datetime] = internal(UtcDateTime, default=clock.now)
