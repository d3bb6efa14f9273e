"""The audit: one row for each change, chained by hash, written last in the change's transaction.

`record` only notes the change. The rows are written just before the commit, after everything
else, so that the lock on the chain's head is short and always taken last (no deadlocks).
The chain covers a salted digest of before and after, so that the personal values themselves can
one day be erased while the chain stays whole.
"""

import hashlib
import json
import secrets
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any, cast
from weakref import WeakKeyDictionary

from sqlalchemy import ForeignKey, Index, Table, Text, event, insert, select, update
from sqlalchemy.orm import Mapped, Session, SessionTransaction

from models import clock
from models.base import Base, db
from models.kinds import Id, Json, UtcDateTime, internal, special

GENESIS = "0" * 64

# How many notes there were when a savepoint opened.
_marks: WeakKeyDictionary[SessionTransaction, int] = WeakKeyDictionary()


class AuditEntry(Base):
    """One change: who, what, which, before and after, when. Append-only, held by triggers."""

    __tablename__ = "audit"
    __table_args__ = (Index(None, "subject_kind", "subject_id"),)

    seq: Mapped[int] = internal(Id, primary_key=True, autoincrement=False)
    at: Mapped[datetime] = internal(UtcDateTime, index=True)
    actor_id: Mapped[int | None] = internal(ForeignKey("user.id"), index=True)
    event: Mapped[str] = internal(Text, index=True)
    subject_kind: Mapped[str] = internal(Text)
    subject_id: Mapped[int | None] = internal(Id)
    before: Mapped[dict[str, Any] | None] = special(Json)
    after: Mapped[dict[str, Any] | None] = special(Json)
    salt: Mapped[str | None] = internal(Text)
    digest: Mapped[str] = internal(Text)
    prev: Mapped[str] = internal(Text)
    hash: Mapped[str] = internal(Text)


class AuditHead(Base):
    """The end of the chain: one row, locked while the next entries are appended."""

    __tablename__ = "audit_head"

    id: Mapped[int] = internal(Id, primary_key=True, autoincrement=False)
    seq: Mapped[int] = internal(Id)
    hash: Mapped[str] = internal(Text)


@dataclass(frozen=True)
class Note:
    """A change that waits for its commit."""

    actor_id: int | None
    event: str
    subject_kind: str
    subject_id: int | None
    before: dict[str, Any] | None
    after: dict[str, Any] | None


def record(
    what: str,
    subject: Any,
    *,
    by: Any,
    before: Mapping[str, Any] | None = None,
    after: Mapping[str, Any] | None = None,
) -> None:
    """Note that `by` (a user, or None for the system) did `what` ("contact.logged") to `subject`.

    `subject` is a stored object with an id; flush it first. Values become plain JSON.
    """
    note = Note(
        actor_id=by.id if by is not None else None,
        event=what,
        subject_kind=subject.__tablename__,
        subject_id=subject.id,
        before=_plain(before),
        after=_plain(after),
    )
    db.session().info.setdefault("audit", []).append(note)


def changes(thing: Any, values: Mapping[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    """Set `values` on `thing`; return what differed as (before, after), both empty if nothing."""
    before: dict[str, Any] = {}
    after: dict[str, Any] = {}
    for name, value in values.items():
        old = getattr(thing, name)
        if old != value:
            before[name], after[name] = old, value
            setattr(thing, name, value)
    return before, after


def _plain(values: Mapping[str, Any] | None) -> dict[str, Any] | None:
    if values is None:
        return None
    return {str(key): _plain_value(value) for key, value in values.items()}


def _plain_value(value: Any) -> Any:
    if isinstance(value, date | datetime):
        return value.isoformat()
    if isinstance(value, Mapping):
        return _plain(value)
    if isinstance(value, list | tuple | set | frozenset):
        return [_plain_value(item) for item in value]
    if value is None or isinstance(value, str | int | float | bool):
        return value
    return str(value)


def _canonical(value: Any) -> str:
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def _sha(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def _digest(salt: str, before: Any, after: Any) -> str:
    return _sha(_canonical([salt, before, after]))


def _link(row: Mapping[str, Any]) -> str:
    names = ("seq", "actor_id", "event", "subject_kind", "subject_id", "digest", "prev")
    at = row["at"].astimezone(UTC).isoformat(timespec="microseconds")
    return _sha(_canonical([at, *(row[name] for name in names)]))


@event.listens_for(Session, "before_commit")
def _append_notes(session: Session) -> None:
    if session.in_nested_transaction():
        return  # the end of a savepoint decides nothing yet
    notes: list[Note] = session.info.pop("audit", [])
    if not notes:
        return
    session.flush()
    head = session.execute(
        select(AuditHead.seq, AuditHead.hash).where(AuditHead.id == 1).with_for_update()
    ).one()
    at, seq, prev = clock.now(), head.seq, head.hash
    rows = []
    for note in notes:
        seq += 1
        salt = secrets.token_hex(16)
        row = {**vars(note), "seq": seq, "at": at, "salt": salt, "prev": prev}
        row["digest"] = _digest(salt, note.before, note.after)
        prev = row["hash"] = _link(row)
        rows.append(row)
    session.execute(insert(cast(Table, AuditEntry.__table__)), rows)
    session.execute(update(AuditHead).where(AuditHead.id == 1).values(seq=seq, hash=prev))


@event.listens_for(Session, "after_transaction_create")
def _mark_savepoint(session: Session, opened: SessionTransaction) -> None:
    if opened.nested:
        _marks[opened] = len(session.info.get("audit", ()))


@event.listens_for(Session, "after_soft_rollback")
def _forget_notes(session: Session, rolled_back: SessionTransaction) -> None:
    """A change that was taken back leaves no note; what came before its savepoint stays."""
    # A flush that fails is rolled back on its own first: it belongs to the savepoint around it.
    while rolled_back.parent is not None and not rolled_back.nested:
        rolled_back = rolled_back.parent
    kept = _marks.get(rolled_back, 0)
    del session.info.setdefault("audit", [])[kept:]


def broken_links() -> Iterator[str]:
    """Walk the whole chain; yield a sentence for each fault, the first bad sequence first."""
    prev, last = GENESIS, 0
    for entry in _chain():
        last += 1
        if entry["seq"] != last:
            yield f"Audit entry {last} is missing."
            last = entry["seq"]
        if entry["prev"] != prev or entry["hash"] != _link(entry):
            yield f"Audit entry {entry['seq']} does not fit the chain."
        salt = entry["salt"]
        if salt is not None and entry["digest"] != _digest(salt, entry["before"], entry["after"]):
            yield f"Audit entry {entry['seq']}: its before and after were changed."
        prev = entry["hash"]
    head = db.session.execute(select(AuditHead.seq, AuditHead.hash)).one()
    if (head.seq, head.hash) != (last, prev):
        yield f"The audit's head says {head.seq} entries; the chain ends at {last}."


def _chain(at_once: int = 2000) -> Iterator[dict[str, Any]]:
    # Piece by piece: the audit outgrows the memory sooner or later.
    columns = AuditEntry.__table__.c
    last = 0
    while True:
        piece = select(*columns).where(columns.seq > last).order_by(columns.seq).limit(at_once)
        rows = db.session.execute(piece).all()
        yield from (row._asdict() for row in rows)
        if len(rows) < at_once:
            return
        last = rows[-1].seq
