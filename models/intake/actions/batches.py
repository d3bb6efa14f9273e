"""A file on its way in, up to its preview: upload, columns, spellings, verdicts."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import delete, insert, update

from models import audit, clock
from models.accounts.permits import Actor, require
from models.accounts.roles import Permit
from models.base import db, hold_row, one_at_a_time
from models.errors import Conflict, Invalid, Refused
from models.folding import fold
from models.intake.planning import Rules, plan_file
from models.intake.queries import snapshots
from models.intake.queries.batches import counts_of, rows_of, saved_mapping, spelling
from models.intake.queries.snapshots import known_by_term
from models.intake.results import actions as results
from models.intake.rows import KINDS, POLICIES, RESULTS, SHEET, GivenRow, Plan, Seat, given_row
from models.intake.sheets.planning import plan_sheet
from models.intake.spellings import NEW, TEACHABLE, Unknown, seat_of, unknown_texts
from models.intake.tables import ImportBatch, ImportRow, SavedMapping, Spelling

OPEN = ("uploaded", "previewed")
# The worker reads and compares the rows of a long file.
PREVIEWING = "previewing"
LONGEST_SENTENCE = 2000


@dataclass(frozen=True)
class Upload:
    """A file that was read once: its name, hash and bytes, and what it looks like."""

    kind: str
    file_name: str
    file_hash: str
    content: bytes
    outline: Mapping[str, Any]
    policy: str = "fill"


@dataclass(frozen=True)
class Columns:
    """How the file is to be read: sheets, heading row, heading → field, policies, fixed values."""

    sheets: tuple[str, ...]
    header_row: int | None
    columns: Mapping[str, str]
    policies: Mapping[str, str] = field(default_factory=dict)
    fixed: Mapping[str, str] = field(default_factory=dict)
    shape: str = ""

    def as_mapping(self) -> dict[str, Any]:
        """The choice as it is kept beside the import."""
        return {
            "sheets": list(self.sheets),
            "columns": dict(self.columns),
            "policies": dict(self.policies),
            "fixed": dict(self.fixed),
        }


def upload(new: Upload, *, by: Actor) -> ImportBatch:
    """Take in a file; nothing but the import itself is written."""
    _may(by)
    if new.kind not in KINDS:
        raise Invalid("Choose what the file is about.", field="kind")
    _known_policy(new.policy)
    batch = ImportBatch(
        kind=new.kind,
        file_name=new.file_name[:200],
        file_hash=new.file_hash,
        content=new.content,
        outline=dict(new.outline),
        policy=new.policy,
        source=f"Import of {new.file_name}"[:120],
        by_id=by.id,
    )
    db.session.add(batch)
    db.session.flush()
    audit.record(
        "import.uploaded", batch, by=by, after={"kind": batch.kind, "file": batch.file_hash}
    )
    return batch


def _may(by: Actor) -> None:
    for permit in (Permit.IMPORT, Permit.PEOPLE_WRITE, Permit.COUNCILLORS_WRITE):
        require(by, permit)


def _known_policy(policy: str) -> None:
    if policy not in POLICIES:
        raise Invalid("Choose what happens to facts that are on the books.", field="policy")


def _open(batch: ImportBatch) -> None:
    if batch.state not in OPEN:
        raise Refused("This import is not a preview any more. Upload the file again.")


def check_open(batch: ImportBatch, *, by: Actor) -> None:
    """Raise Refused where the import is no preview any more, NotAllowed for who may not import."""
    _may(by)
    _open(batch)


def outline_again(batch: ImportBatch, outline: Mapping[str, Any], *, by: Actor) -> ImportBatch:
    """Note what the file looks like with another sheet or heading row."""
    _may(by)
    hold_row(batch)
    _open(batch)
    batch.outline = dict(outline)
    db.session.flush()
    return batch


def map_columns(batch: ImportBatch, columns: Columns, *, by: Actor) -> ImportBatch:
    """Say which heading means which field; remembered for the next file of this shape."""
    _may(by)
    hold_row(batch)
    _open(batch)
    for policy in columns.policies.values():
        _known_policy(policy)
    batch.sheet = " + ".join(columns.sheets)[:400]
    batch.header_row = columns.header_row
    batch.mapping = columns.as_mapping()
    if columns.shape:
        _remember(batch.kind, columns)
    db.session.flush()
    return batch


def _remember(kind: str, columns: Columns) -> None:
    kept = {"columns": dict(columns.columns), "policies": dict(columns.policies)}
    one_at_a_time("mapping", kind, columns.shape)
    saved = saved_mapping(kind, columns.shape)
    if saved is None:
        db.session.add(SavedMapping(kind=kind, shape=columns.shape, mapping=kept))
    else:
        saved.mapping, saved.used_at = kept, clock.now()


def stage(batch: ImportBatch, rows: Iterable[GivenRow], *, by: Actor) -> ImportBatch:
    """Keep the rows of the file as they were understood, instead of any kept before."""
    _may(by)
    _open(batch)
    db.session.execute(delete(ImportRow).where(ImportRow.batch_id == batch.id))
    kept = [staged(batch.id, row) for row in rows]
    if kept:
        db.session.execute(insert(ImportRow), kept)
    batch.rows = len(kept)
    db.session.flush()
    return batch


def staged(batch_id: int, row: GivenRow) -> dict[str, Any]:
    """A row as it is kept until it has its verdict."""
    return {
        "batch_id": batch_id,
        "sheet": row.sheet[:400],
        "number": row.number,
        "raw": dict(row.raw),
        "given": row.as_json(),
    }


def preview(batch: ImportBatch, *, by: Actor) -> ImportBatch:
    """Give every row its verdict against the books as they are now. Writes nothing to people.

    All at once, for a command that nobody waits behind; pages go by previewing.py.
    """
    _may(by)
    _open(batch)
    stored = rows_of(batch.id)
    keep_verdicts(verdicts(stored, judged(batch, stored, by=by)))
    return previewed(batch, by=by)


def judged(
    batch: ImportBatch,
    stored: list[ImportRow],
    *,
    by: Actor,
    lessons: Mapping[tuple[str, str], str] | None = None,
) -> list[Plan]:
    """What would happen to each of these rows, whatever the kind of the batch.

    `lessons` are texts that are about to be taught: (field, folded text) → what it means.
    """
    if batch.kind == RESULTS:
        return [one.plan for one in results.plans_for(stored, by=by, lessons=lessons)]
    return plans_for(batch, stored, by=by, lessons=lessons)


def keep_verdicts(changes: list[dict[str, Any]]) -> None:
    """Write these verdicts beside their rows."""
    if changes:
        db.session.execute(update(ImportRow), changes)
    db.session.expire_all()


def previewed(batch: ImportBatch, *, by: Actor) -> ImportBatch:
    """Every row has its verdict: the batch is a preview."""
    batch.state = "previewed"
    count(batch)
    audit.record("import.previewed", batch, by=by, after=counted(batch))
    return batch


def plans_for(
    batch: ImportBatch,
    stored: list[ImportRow],
    *,
    by: Actor,
    claimed: Iterable[int] = (),
    lessons: Mapping[tuple[str, str], str] | None = None,
) -> list[Plan]:
    """The plans of these rows of a batch, in order, against the books as they are now."""
    rows = [given_row(row.number, row.sheet, row.raw, row.given) for row in stored]
    if batch.kind == SHEET:
        return _plans_of_sheet(rows, by=by)
    places = snapshots.gazetteer(_fields(rows) | {"council", "ward"}, lessons=lessons)
    rules = rules_of(batch, by)
    seats = set()
    for row in rows:
        seat = seat_of(row, places, kind=rules.kind, region_ids=None)
        if isinstance(seat, Seat) and seat.council is not None and seat.council.id is not None:
            seats.add((seat.council.id, fold(row.values.get("family_name") or "")))
    books = snapshots.books(rows, seats, reader=by)
    return plan_file(rows, places, books, rules, claimed=claimed)


def _plans_of_sheet(rows: list[GivenRow], *, by: Actor) -> list[Plan]:
    ids = {row.values["term_id"] for row in rows if row.values.get("term_id")}
    known = {
        term.id: (term, person)
        for term, person in known_by_term(ids, by)
        if person.visible and not person.archived
    }
    return plan_sheet(rows, known, snapshots.gazetteer(frozenset({"party", "branch"})))


def rules_of(batch: ImportBatch, by: Actor) -> Rules:
    """How this batch is to be taken, by this user."""
    return Rules(batch.kind, by.region_ids, batch.policy, batch.mapping.get("policies", {}))


def verdicts(stored: list[ImportRow], plans: list[Plan]) -> list[dict[str, Any]]:
    """The verdicts as they are kept, row by row."""
    return [_verdict(row, plan, stored) for row, plan in zip(stored, plans, strict=True)]


def _verdict(row: ImportRow, plan: Plan, stored: list[ImportRow]) -> dict[str, Any]:
    return {
        "id": row.id,
        "verdict": plan.verdict,
        "because": plan.because[:LONGEST_SENTENCE] or None,
        "field": plan.field or None,
        "matched_by": plan.matched_by or None,
        "changes": plan.shown() or None,
        "note": " ".join(plan.notes)[:LONGEST_SENTENCE] or None,
        "subject_id": plan.person_id,
        "same_as_id": stored[plan.same_as].id if plan.same_as is not None else None,
    }


def count(batch: ImportBatch) -> None:
    """Bring the batch's totals up to its rows."""
    counts = counts_of(batch.id)
    batch.created, batch.changed = counts["create"], counts["change"]
    batch.unchanged, batch.refused = counts["unchanged"], counts["refused"]
    batch.rows = sum(counts.values())
    db.session.flush()


def counted(batch: ImportBatch) -> dict[str, int]:
    """The totals: rows = created + changed + unchanged + refused."""
    names = ("rows", "created", "changed", "unchanged", "refused")
    return {name: getattr(batch, name) for name in names}


# Spellings


def unknown_in(batch: ImportBatch, *, by: Actor) -> list[Unknown]:
    """The texts of this batch that nobody has taught yet, with the number of their rows."""
    _may(by)
    stored = rows_of(batch.id)
    return unknown_among([given_row(row.number, row.sheet, row.raw, row.given) for row in stored])


def unknown_among(rows: list[GivenRow]) -> list[Unknown]:
    """The texts of these rows that nobody has taught yet."""
    return unknown_texts(rows, snapshots.gazetteer(_fields(rows)))


def _fields(rows: Iterable[GivenRow]) -> frozenset[str]:
    """The teachable fields that these rows use."""
    return frozenset(what for what in TEACHABLE if any(row.values.get(what) for row in rows))


def fields_with(batch: ImportBatch, text: str, *, by: Actor) -> list[str]:
    """The teachable fields in which some row of this batch has this text."""
    _may(by)
    key = fold(text)
    rows = rows_of(batch.id)
    return [
        what
        for what in TEACHABLE
        if any(fold(row.given["values"].get(what) or "") == key for row in rows)
    ]


def teach(what: str, text: str, means: str, *, by: Actor) -> Spelling:
    """Remember what a text means at imports: a code or name there is, or `new:` and a name.

    Raises Invalid where nothing of that name is on the books.
    """
    _may(by)
    one_at_a_time("spelling")
    if what not in TEACHABLE:
        raise Invalid("Choose what the text is.", field="field")
    key, means = fold(text), " ".join(means.split())
    if not key or len(key) > 160:
        raise Invalid("A text to be taught has one to 160 characters.", field="text")
    _makes_sense(what, text, means)
    known = spelling(what, key)
    if known is None:
        known = Spelling(field=what, key=key, means=means, taught_by_id=by.id)
        db.session.add(known)
    elif known.means == means:
        return known
    before = known.means
    known.means, known.taught_by_id, known.taught_at = means, by.id, clock.now()
    db.session.flush()
    audit.record(
        "spelling.taught",
        known,
        by=by,
        before={"means": before},
        after={"text": key, "means": means},
    )
    return known


def teach_many(lessons: Iterable[tuple[Unknown, str]], *, by: Actor) -> list[Spelling]:
    """Remember several texts at once; the first that makes no sense is refused with its text."""
    learnt = []
    for unknown, means in lessons:
        try:
            learnt.append(teach(unknown.field, unknown.text, means, by=by))
        except Invalid as wrong:
            raise Invalid(f"‘{unknown.text}’: {wrong.message}") from wrong
    return learnt


def _makes_sense(what: str, text: str, means: str) -> None:
    label = TEACHABLE[what].lower()
    places = snapshots.gazetteer(frozenset({what}))
    meant = None if means.startswith(NEW) else places.on_books(what, means)
    if means.startswith(NEW):
        _new_thing(what, means)
    elif meant is None:
        raise Invalid(f"There is no {label} called ‘{means}’.", field=what)
    already = places.on_books(what, text)
    if already is not None and already != meant:
        raise Conflict(f"‘{text}’ is a known spelling of the {label} {already.name}.", field=what)


def _new_thing(what: str, means: str) -> None:
    name = means.removeprefix(NEW).strip()
    if what != "party":
        raise Invalid("Only parties can be added by an import.", field=what)
    if not fold(name) or len(name) > 120:
        raise Invalid("A party's name has one to 120 characters.", field=what)


def discard(batch: ImportBatch, *, by: Actor) -> ImportBatch:
    """Put a preview aside; the file and its rows are removed."""
    _may(by)
    hold_row(batch)
    if batch.state != PREVIEWING:  # the worker sees it, and stops
        _open(batch)
    # A working sheet's cells stand in the sub-room above: only their table is named.
    cells = ImportRow.metadata.tables["sheet_cell"]
    db.session.execute(delete(cells).where(cells.c.batch_id == batch.id))
    db.session.execute(delete(ImportRow).where(ImportRow.batch_id == batch.id))
    batch.state, batch.content = "discarded", None
    db.session.flush()
    audit.record("import.discarded", batch, by=by)
    return batch
