"""Taking a merge back: facts and rows as they were, but for what somebody edited since."""

from typing import Any

from models import audit, clock
from models.accounts.permits import Actor, require
from models.accounts.roles import Permit
from models.base import Base, db, hold_row
from models.contacts.actions import move_last_contacted
from models.contacts.queries import lock_people
from models.errors import Refused
from models.folding import fold
from models.merging import alike, rules
from models.merging.actions.folding import put_back, settle, take_over, unfold_all, without
from models.merging.actions.merging import MOVED, PARKED
from models.merging.actions.storing import move
from models.merging.queries.children import row_at, rows_naming
from models.merging.queries.folds import folds_beside
from models.merging.queries.pairs import pair_of, rows_of, standing_merges_into
from models.merging.tables import PersonMerge, PersonMergeRow
from models.people.queries.people import regions_of_person
from models.people.tables import Person
from models.people.words import reindex
from models.plain import plain_value, stored_value

BACK, LEFT = "back", "left"


def unmerge(done: PersonMerge, *, by: Actor) -> PersonMerge:
    """Make two records of one again. What was edited since stays with the record kept, and is
    named in `left`. Other merges into the same record stand. Raises Refused where the record
    kept was itself merged into another one: that merge comes first."""
    kept = db.session.get_one(Person, done.kept_id)
    gone = db.session.get_one(Person, done.gone_id)
    require(by, Permit.PEOPLE_WRITE, regions=regions_of_person(kept))
    require(by, Permit.PEOPLE_WRITE, regions=done.regions)
    lock_people([kept.id, gone.id])
    for person in (kept, gone):
        db.session.refresh(person)
    hold_row(done)
    if done.undone_at is not None:
        raise Refused("This merge was taken back already.")
    if kept.merged_into_id is not None:
        raise Refused(f"{kept.name} was merged into another record since. Take that back first.")
    gone.merged_into_id = None
    others = [one for one in standing_merges_into(kept.id) if one.id != done.id]
    left = [
        *_facts_back(kept, done, others),
        *unfold_all(done),
        *_rows_back(done, kept.id, gone.id),
    ]
    done.undone_by_id, done.undone_at, done.left = by.id, clock.now(), left
    db.session.flush()
    for other in others:
        _take_up_parked(other, kept.id)
    pair = pair_of(kept.id, gone.id)
    if pair is not None:
        pair.state, pair.because = "dismissed", "The merge was taken back."
        pair.decided_by_id, pair.decided_at = by.id, clock.now()
    db.session.flush()
    db.session.expire_all()
    move_last_contacted([kept.id, gone.id])
    reindex([kept.id, gone.id])
    audit.record("person.unmerged", kept, by=by, after={"merge": done.id, "left": left})
    audit.record("person.unmerged_away", gone, by=by, after={"merge": done.id})
    return done


def _facts_back(kept: Person, done: PersonMerge, others: list[PersonMerge]) -> list[str]:
    """Put back each fact that this merge set and nobody changed since."""
    left = []
    for name, (before, after) in done.fields.items():
        later = next((one for one in others if one.id > done.id and name in one.fields), None)
        if later is not None and later.fields[name][0] == after:
            # A later merge set it again: that one goes back further now.
            later.fields = {**later.fields, name: [before, later.fields[name][1]]}
        elif later is None and plain_value(getattr(kept, name)) == after:
            column = Person.__mapper__.columns[name]
            setattr(kept, name, stored_value(column.type.python_type, before))
        elif name in rules.LABELS:
            left.append(f"{rules.LABELS[name]} was changed since, and stays as it is.")
    for name, key in (("given_name", "given_key"), ("family_name", "family_key")):
        setattr(kept, key, fold(getattr(kept, name)))
    db.session.flush()
    return left


def _rows_back(done: PersonMerge, kept_id: int, gone_id: int) -> list[str]:
    left = []
    for note in rows_of(done, MOVED, PARKED):
        if note.state == PARKED:
            note.state = BACK
            continue
        why = _row_back(note, kept_id, gone_id)
        note.state = LEFT if why else BACK
        if why:
            left.append(why)
    return left


def _row_back(note: PersonMergeRow, kept_id: int, gone_id: int) -> str:
    """Let the row name the record that is back; a sentence where that is not possible."""
    table = Base.metadata.tables[note.table]
    column = table.c[note.column]
    key = _key_now(note, kept_id)
    row = row_at(table, key)
    what = rules.words_for(note.table).capitalize()
    if row is None:
        return f"{what} is not there any more."
    if row[column.name] != kept_id:
        return f"{what} belongs to somebody else by now."
    folds = folds_beside(note.table, row.get("id"))
    if rules.checksum(without(row, folds), column.name) != note.checksum:
        return f"{what} was edited since, and stays with the record it was merged into."
    # What other merges put into this row stands in a row of their own, which is taken up below.
    for one in folds:
        put_back(one)
        db.session.delete(one)
    db.session.flush()
    if not move(table, column, key, gone_id):
        return f"{what} could not be moved back: there is another one like it."
    return ""


def _key_now(note: PersonMergeRow, person_id: int) -> dict[str, Any]:
    """The row's primary key, in which the person may be a part."""
    return {**note.key, note.column: person_id} if note.column in note.key else note.key


def _take_up_parked(other: PersonMerge, kept_id: int) -> None:
    """A row that another merge had parked has room now, perhaps, or another one like it."""
    taken = set()
    for note in rows_of(other, PARKED):
        table = Base.metadata.tables[note.table]
        column = table.c[note.column]
        row = row_at(table, note.key)
        if row is None:
            continue
        ours = rows_naming(table, column, kept_id) if note.table in alike.ONE_OPEN else []
        twin = next((one for one in ours if alike.same(note.table, one, row)), None)
        if twin is not None:
            take_over(other, table, twin, row)
        elif move(table, column, note.key, kept_id):
            note.state, note.checksum = MOVED, rules.checksum(row, note.column)
            if note.table == "contact_point":
                taken.add(row["id"])
    settle(other, kept_id, frozenset(taken))
