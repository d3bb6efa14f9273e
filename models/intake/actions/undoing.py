"""Taking a batch back: every write undone, except in rows that somebody edited since."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from sqlalchemy import delete

from models import audit, clock
from models.accounts.permits import Actor
from models.base import Base, db
from models.errors import Refused
from models.intake.actions import machine_made
from models.intake.actions.applying import AT_ONCE, INLINE, _hand_over, _may
from models.intake.queries.batches import (
    edited_rows,
    locked_batch,
    rows_to_undo,
    shared_writes_of,
    writes_of,
)
from models.intake.queries.stored import load, mapper_of, references
from models.intake.results import actions as results
from models.intake.rows import RESULTS, SHEET
from models.intake.tables import ImportBatch, ImportRow, ImportWrite
from models.merging.rules import words_for
from models.people.words import reindex, unindex
from models.plain import plain_value, stored_value

# What hangs on something comes before it.
ORDER = (
    "candidacy",
    "person_tag",
    "office_role",
    "network_membership",
    "office_term",
    "union_membership",
    "contact_point",
    "lawful_basis",
    "person",
)
# Several rows may stand on one of these: they go last, and only if nobody uses them.
# What a person is found by, beside the name.
FOUND_BY = ("contact_point", "union_membership")
SHARED = ("ward", "party", "party_alias", "tag")
SHEET_DAYS = 30
Thing = tuple[str, int]


def undo(batch: ImportBatch, *, by: Actor) -> ImportBatch:
    """Take an applied batch back: at once if it is small, else by the worker."""
    batch = start_undo(batch, by=by)
    if batch.created + batch.changed > INLINE:
        _hand_over(batch, "undo", by=by)
        return batch
    while undo_some(batch.id, by=by):
        pass
    return batch


def start_undo(batch: ImportBatch, *, by: Actor) -> ImportBatch:
    """Begin to take a batch back; raises Refused where it was not applied.

    A batch of which some rows were left because they were edited may be tried again.
    """
    _may(by)
    batch = locked_batch(batch.id)
    again = batch.state == "undone" and bool(edited_rows(batch.id))
    if batch.state != "applied" and not again:
        raise Refused(f"This import is {batch.state}; only an applied one can be taken back.")
    oldest = clock.now() - timedelta(days=SHEET_DAYS)
    if batch.kind == SHEET and batch.applied_at is not None and batch.applied_at < oldest:
        raise Refused(f"A working sheet can be taken back for {SHEET_DAYS} days.")
    for row in edited_rows(batch.id):
        row.edited, row.because = False, None
    batch.state, batch.done = "undoing", 0
    db.session.flush()
    audit.record("import.undo_begun", batch, by=by)
    return batch


def undo_some(batch_id: int, *, by: Actor, size: int | None = None) -> bool:
    """Take back the next rows of a batch, the last first; True while there are more."""
    _may(by)
    batch = locked_batch(batch_id)
    if batch.state != "undoing":
        return False
    size = size or (results.AT_ONCE if batch.kind == RESULTS else AT_ONCE)
    rows = rows_to_undo(batch.id, size)
    if rows and batch.kind == RESULTS:
        results.forget_matches(rows)
    if rows:
        _Undo(by=by).take_back(rows)
        batch.done += len(rows)
    if len(rows) == size:
        db.session.flush()
        return True
    _take_back_shared(batch.id)
    batch.state, batch.undone_at = "undone", clock.now()
    db.session.flush()
    left = [row.number for row in edited_rows(batch.id)]
    audit.record("import.undone", batch, by=by, after={"rows_left": left})
    return False


class _Undo:
    """One piece of an undo."""

    def __init__(self, *, by: Actor) -> None:
        self.by = by
        self.gone: set[Thing] = set()
        self.deletions: dict[str, list[int]] = defaultdict(list)
        self.noted: set[Thing] = set()

    def take_back(self, rows: list[ImportRow]) -> None:
        """Take these rows back, in this order; those edited since are marked and stay."""
        by_row: dict[int, list[ImportWrite]] = defaultdict(list)
        writes = writes_of(row.id for row in rows)
        for write in writes:
            if write.table not in SHARED:
                by_row[write.row_id].append(write)
        stored = _stored(writes)
        made = _made(writes)
        users = references(made)
        self.noted = machine_made.noted(made)
        with db.session.no_autoflush:
            for row in rows:
                why = self._why_not(by_row[row.id], stored, users)
                if why:
                    row.edited, row.because = True, why
                else:
                    self._take_back(row, by_row[row.id], stored)
            self._delete(stored)

    def _why_not(
        self,
        writes: list[ImportWrite],
        stored: dict[Thing, Any],
        users: dict[Thing, set[Thing]],
    ) -> str:
        own = {(write.table, write.subject_id) for write in writes if write.before is None}
        for write in writes:
            thing = stored.get((write.table, write.subject_id))
            if thing is None:
                return "What this row wrote is not there any more."
            changed = _edited(thing, write.after)
            if changed:
                return f"Edited since: {changed.replace('_', ' ')}."
        for thing_id in own:
            others = users.get(thing_id, set()) - own - self.gone - self.noted
            if others:
                uses = sorted({words_for(table) for table, _ in others})
                return f"Used since by {' and '.join(uses)}."
        return ""

    def _take_back(
        self, row: ImportRow, writes: list[ImportWrite], stored: dict[Thing, Any]
    ) -> None:
        for write in reversed(writes):
            at = (write.table, write.subject_id)
            if write.before is None:
                self.gone.add(at)
                self.deletions[write.table].append(write.subject_id)
            else:
                _restore(stored[at], write.before)
            write.undone_at = clock.now()
        row.undone_at = clock.now()
        after = {"person_id": row.subject_id}
        audit.record("import.row_undone", row, by=self.by, after=after)

    def _delete(self, stored: dict[Thing, Any]) -> None:
        """Remove first and restore then: two open places in the network, say, may not meet."""
        for at in self.gone:
            db.session.expunge(stored[at])
        machine_made.forget(self.deletions)
        tables = Base.metadata.tables
        for name in ORDER:
            ids = self.deletions.get(name)
            if not ids:
                continue
            if name == "person":
                unindex(ids)
            db.session.execute(delete(tables[name]).where(tables[name].c.id.in_(ids)))
        reindex({stored[at].person_id for at in self.gone if at[0] in FOUND_BY})
        db.session.flush()
        db.session.expire_all()


def _stored(writes: Iterable[ImportWrite]) -> dict[Thing, Any]:
    """The stored things that these writes are about, as they are now."""
    ids: dict[str, set[int]] = defaultdict(set)
    for write in writes:
        ids[write.table].add(write.subject_id)
    found: dict[Thing, Any] = {}
    for table, wanted in ids.items():
        model = mapper_of(table).class_
        for thing_id, thing in load(model, wanted).items():
            found[table, thing_id] = thing
    return found


def _made(writes: Iterable[ImportWrite]) -> dict[str, set[int]]:
    made: dict[str, set[int]] = defaultdict(set)
    for write in writes:
        if write.before is None:
            made[write.table].add(write.subject_id)
    return made


def _edited(thing: Any, after: dict[str, Any]) -> str:
    """The first fact that is no longer what the import wrote; "" if all are."""
    for name, value in after.items():
        if plain_value(getattr(thing, name)) != value:
            return name
    return ""


def _restore(thing: Any, before: dict[str, Any]) -> None:
    columns = thing.__mapper__.columns
    for name, value in before.items():
        setattr(thing, name, stored_value(columns[name].type.python_type, value))


def _take_back_shared(batch_id: int) -> None:
    """Remove wards, parties and tags that came with this batch and that nobody uses."""
    writes = shared_writes_of(batch_id, SHARED)
    stored = _stored(writes)
    users = references(_made(writes))
    ours = {(one.table, one.subject_id) for one in writes if one.table == "party_alias"}
    gone = set()
    for write in writes:
        at = (write.table, write.subject_id)
        unused = not users.get(at, set()) - ours
        if at in stored and unused and not _edited(stored[at], write.after):
            gone.add(at)
    # A spelling goes with its party, and stays with it.
    gone -= {at for at in ours if ("party", stored[at].party_id) not in gone}
    for write in writes:
        if (write.table, write.subject_id) in gone:
            write.undone_at = clock.now()
    db.session.flush()
    for name in ("party_alias", "ward", "party", "tag"):
        table = Base.metadata.tables[name]
        ids = [thing_id for table_name, thing_id in gone if table_name == name]
        if ids:
            db.session.execute(delete(table).where(table.c.id.in_(ids)))
    db.session.expire_all()
