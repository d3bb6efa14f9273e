"""Duplicates: pairs that may be one human being, and merges with what it takes to undo them."""

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped

from models import clock
from models.base import Base
from models.kinds import Id, Json, UtcDateTime, internal, special


class DuplicatePair(Base):
    """Two records that may be about one person. `reasons` are [code, points]; see matching.py.

    A dismissed pair stays, so that it is not offered again.
    """

    __tablename__ = "duplicate_pair"
    __table_args__ = (
        CheckConstraint("low_id < high_id", name="order"),
        CheckConstraint("state in ('open','dismissed','merged')", name="state"),
        UniqueConstraint("low_id", "high_id"),
        Index("ix_duplicate_pair_state_score", "state", "score"),
    )

    id: Mapped[int] = internal(Id, primary_key=True)
    low_id: Mapped[int] = internal(ForeignKey("person.id"))
    high_id: Mapped[int] = internal(ForeignKey("person.id"), index=True)
    score: Mapped[int] = internal()
    reasons: Mapped[list[Any]] = internal(Json)
    state: Mapped[str] = internal(String(10), default="open")
    found_at: Mapped[datetime] = internal(UtcDateTime, default=clock.now)
    because: Mapped[str | None] = special(Text)
    decided_by_id: Mapped[int | None] = internal(ForeignKey("user.id"))
    decided_at: Mapped[datetime | None] = internal(UtcDateTime)


class DuplicateRun(Base):
    """One run of the finder. `seen` is the last audit entry it looked at: the next run over what
    changed begins behind it."""

    __tablename__ = "duplicate_run"

    id: Mapped[int] = internal(Id, primary_key=True)
    at: Mapped[datetime] = internal(UtcDateTime, default=clock.now)
    seen: Mapped[int] = internal(Id)
    whole: Mapped[bool] = internal(default=False)
    people: Mapped[int] = internal(default=0)
    pairs: Mapped[int] = internal(default=0)


class PersonMerge(Base):
    """One record merged into another. `fields` are name → [before, after] of the record kept.

    `regions` are those that saw the record that went: whoever takes the merge back must be of one.
    `left` are the sentences about what a merge that was taken back had to leave."""

    __tablename__ = "person_merge"
    __table_args__ = (CheckConstraint("kept_id <> gone_id", name="two"),)

    id: Mapped[int] = internal(Id, primary_key=True)
    kept_id: Mapped[int] = internal(ForeignKey("person.id"), index=True)
    gone_id: Mapped[int] = internal(ForeignKey("person.id"), index=True)
    fields: Mapped[dict[str, Any]] = special(Json)
    regions: Mapped[list[int]] = internal(Json)
    by_id: Mapped[int | None] = internal(ForeignKey("user.id"))
    at: Mapped[datetime] = internal(UtcDateTime, default=clock.now)
    undone_by_id: Mapped[int | None] = internal(ForeignKey("user.id"))
    undone_at: Mapped[datetime | None] = internal(UtcDateTime)
    left: Mapped[list[Any] | None] = special(Json)


class PersonMergeRow(Base):
    """One stored row that named the record that went. `key` is its primary key before the merge,
    `checksum` what stood in it. Moved: it names the record kept. Parked: the record kept has such
    a row already, so this one stayed. Back: taken back. Left: edited since, so it stayed."""

    __tablename__ = "person_merge_row"
    __table_args__ = (
        CheckConstraint("state in ('moved','parked','back','left')", name="state"),
        Index("ix_person_merge_row_merge_id_state", "merge_id", "state"),
    )

    id: Mapped[int] = internal(Id, primary_key=True)
    merge_id: Mapped[int] = internal(ForeignKey("person_merge.id"))
    table: Mapped[str] = internal(String(60))
    column: Mapped[str] = internal(String(60))
    key: Mapped[dict[str, Any]] = internal(Json)
    checksum: Mapped[str] = internal(String(64))
    state: Mapped[str] = internal(String(10))


class PersonMergeFold(Base):
    """One value of a stored row that a merge changed, because the row is about the same thing as
    another one: `before` and `after` as JSON holds them. `beside` is the row that stayed open.
    It goes when the value is put back."""

    __tablename__ = "person_merge_fold"
    __table_args__ = (
        Index("ix_person_merge_fold_table_row_id", "table", "row_id"),
        Index("ix_person_merge_fold_beside_table_beside_id", "beside_table", "beside_id"),
    )

    id: Mapped[int] = internal(Id, primary_key=True)
    merge_id: Mapped[int] = internal(ForeignKey("person_merge.id"), index=True)
    table: Mapped[str] = internal(String(60))
    row_id: Mapped[int] = internal(Id)
    column: Mapped[str] = internal(String(60))
    before: Mapped[Any | None] = special(Json, nullable=True)
    after: Mapped[Any | None] = special(Json, nullable=True)
    beside_table: Mapped[str] = internal(String(60))
    beside_id: Mapped[int] = internal(Id)
