"""Writing what a preview promised: in pieces, each of them whole and safe to repeat."""

from collections.abc import Mapping
from dataclasses import replace

from models import audit, clock, outbox
from models.accounts.permits import OPERATOR, Actor, require
from models.accounts.roles import Permit
from models.accounts.tables import User
from models.base import db
from models.errors import NotFound, Refused
from models.intake.actions import previewing
from models.intake.actions.batches import PREVIEWING, count, counted, plans_for
from models.intake.actions.writing import Writing
from models.intake.queries.batches import claimed_by, locked_batch, rows_to_apply
from models.intake.results import actions as results
from models.intake.rows import CREATE, REFUSED, RESULTS, Plan
from models.intake.tables import ImportBatch, ImportRow
from models.people.actions.memberships import hold_memberships

AT_ONCE = 100
# More rows than this are written by the worker, and the page shows how far it is.
INLINE = 200
JOB = "import"
CHANGED_SINCE = "The books changed after the preview, so this row was left. Import it again."


def start(batch: ImportBatch, *, by: Actor) -> ImportBatch:
    """Begin to write a previewed batch; raises Refused where it was begun or put aside."""
    _may(by)
    batch = locked_batch(batch.id)
    if batch.state != "previewed":
        raise Refused(f"This import is {batch.state}; only a preview can be applied.")
    batch.state, batch.done = "applying", 0
    db.session.flush()
    audit.record("import.begun", batch, by=by, after=counted(batch))
    return batch


def apply(batch: ImportBatch, *, by: Actor) -> ImportBatch:
    """Apply a preview: at once if it is small, else hand it to the worker."""
    batch = start(batch, by=by)
    if batch.created + batch.changed > INLINE:
        _hand_over(batch, "apply", by=by)
        return batch
    while apply_some(batch.id, by=by):
        pass
    return batch


def carry_on(batch: ImportBatch, *, by: Actor) -> ImportBatch:
    """Hand work to the worker that was begun at the command line and broke off."""
    _may(by)
    if batch.state == PREVIEWING:
        previewing.carry_on(batch, by=by)
        return batch
    if batch.state not in ("applying", "undoing"):
        raise Refused("There is nothing left to do for this import.")
    _hand_over(batch, "apply" if batch.state == "applying" else "undo", by=by)
    return batch


def _hand_over(batch: ImportBatch, what: str, *, by: Actor) -> None:
    payload = {"batch": batch.id, "do": what, "by": by.id}
    outbox.post(JOB, payload, key=f"import {batch.id} {what} {clock.now().isoformat()}")


def _may(by: Actor) -> None:
    for permit in (Permit.IMPORT, Permit.PEOPLE_WRITE, Permit.COUNCILLORS_WRITE):
        require(by, permit)


def actor_of(payload: Mapping[str, object]) -> Actor:
    """Who asked for this work: a user, or the operator."""
    if payload.get("by") is None:
        return OPERATOR
    user = db.session.get(User, payload["by"])
    if user is None:
        raise NotFound("Whoever began this import is not there any more.")
    return user


def apply_some(batch_id: int, *, by: Actor, size: int | None = None) -> bool:
    """Write the next rows of a batch; True while there are more.

    Each row is planned again first: one whose plan is no longer what the preview showed is
    refused. A row that was written is marked in the same transaction, so a repeat skips it.
    """
    _may(by)
    batch = locked_batch(batch_id)
    if batch.state != "applying":
        return False
    size = size or (results.AT_ONCE if batch.kind == RESULTS else AT_ONCE)
    rows = rows_to_apply(batch.id, size)
    if rows:
        if batch.kind == RESULTS:
            results.write(batch, rows, by=by)
        else:
            _write(batch, rows, by=by)
        batch.done += len(rows)
    if len(rows) == size:
        db.session.flush()
        return True
    batch.state, batch.applied_at, batch.content = "applied", clock.now(), None
    count(batch)
    found = results.compare(batch, by=by) if batch.kind == RESULTS else {}
    audit.record("import.applied", batch, by=by, after={**counted(batch), **found})
    return False


def _write(batch: ImportBatch, rows: list[ImportRow], *, by: Actor) -> None:
    hold_memberships()
    plans = plans_for(batch, rows, by=by, claimed=claimed_by(batch.id))
    kept: dict[int, tuple[ImportRow, Plan]] = {}
    for row, plan in zip(rows, plans, strict=True):
        begun_by = rows[plan.same_as].id if plan.same_as is not None else None
        if _as_previewed(row, plan) and (begun_by is None or begun_by in kept):
            kept[row.id] = (row, replace(plan, same_as=begun_by))
        else:
            row.verdict, row.field, row.changes = REFUSED, plan.field or None, None
            row.because = plan.because if plan.verdict == REFUSED else CHANGED_SINCE
    Writing(batch, by=by).write(list(kept.values()))


def _as_previewed(row: ImportRow, plan: Plan) -> bool:
    if row.same_as_id is not None:
        # The person came into being with an earlier row: by now the books know them.
        return plan.verdict == CREATE
    return (
        row.verdict == plan.verdict
        and row.subject_id == plan.person_id
        and (row.changes or {}) == plan.shown()
    )
