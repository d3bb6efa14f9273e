"""Making one record of two: facts chosen side by side, and every row that names the other moved.

No row is ever dropped. A row that the record kept has already, where the database allows only
one, stays with the record that went, and is written down as parked.
"""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Column, Table, insert, or_, update

from models import audit, clock
from models.accounts.permits import Actor, require, within
from models.accounts.roles import Permit
from models.base import db
from models.contacts.actions import move_last_contacted
from models.contacts.queries import lock_people
from models.errors import Conflict, Invalid, Refused
from models.folding import fold
from models.merging import alike, rules
from models.merging.actions.folding import settle, take_over
from models.merging.actions.storing import attempt, move
from models.merging.queries.applications import live_twice
from models.merging.queries.children import at_key, child_columns, key_of, row_at, rows_naming
from models.merging.queries.pairs import dismissed_with, pair_of
from models.merging.tables import DuplicatePair, PersonMerge, PersonMergeRow
from models.people.queries.people import regions_of_person
from models.people.tables import Person
from models.people.words import reindex
from models.plain import plain

MOVED, PARKED = "moved", "parked"


def merge(
    kept: Person,
    gone: Person,
    *,
    by: Actor,
    choices: Mapping[str, str] | None = None,
    versions: tuple[int, int] | None = None,
) -> PersonMerge:
    """Merge `gone` into `kept`, taking each fact in `choices` from the side named ("kept" or
    "gone"); a fact without a choice is the kept record's, or the other's where that says nothing.

    `versions` are those of kept and gone as read; raises Conflict if one has passed, and Refused
    where both have a live application for one contest.
    """
    for person in (kept, gone):
        require(by, Permit.PEOPLE_WRITE, regions=regions_of_person(person))
    lock_people([kept.id, gone.id])
    for person in (kept, gone):
        db.session.refresh(person)
    _possible(kept, gone, versions, by=by)
    fields = _take_facts(kept, gone, choices or {})
    done = PersonMerge(
        kept_id=kept.id,
        gone_id=gone.id,
        fields=fields,
        regions=sorted(regions_of_person(gone)),
        by_id=by.id,
    )
    db.session.add(done)
    gone.merged_into_id = kept.id
    db.session.flush()
    counts = _move_rows(done, kept.id, gone.id)
    _settle_pairs(kept, gone, by=by)
    db.session.expire_all()
    move_last_contacted([kept.id, gone.id])
    reindex([kept.id, gone.id])
    audit.record(
        "person.merged",
        kept,
        by=by,
        before={name: pair[0] for name, pair in fields.items()},
        after={
            "merged": gone.id,
            "merge": done.id,
            **counts,
            **{name: pair[1] for name, pair in fields.items()},
        },
    )
    audit.record("person.merged_away", gone, by=by, after={"into": kept.id, "merge": done.id})
    return done


def _possible(kept: Person, gone: Person, versions: tuple[int, int] | None, *, by: Actor) -> None:
    if kept.id == gone.id:
        raise Invalid("A record cannot be merged with itself.")
    for person in (kept, gone):
        if person.merged_into_id is not None:
            raise Refused(f"{person.name} was merged into another record already.")
    if kept.archived_at is not None:
        raise Refused(f"{kept.name} is archived. Put the record back first, or keep the other.")
    if versions is not None and versions != (kept.version, gone.version):
        raise Conflict(
            "One of the two records was changed since you opened this page. Look at them again."
        )
    _one_application(kept, gone, by=by)


def _one_application(kept: Person, gone: Person, *, by: Actor) -> None:
    """Refuse two live applications for one contest: of one person there may be only one."""
    both = live_twice(kept.id, gone.id)
    if both is None:
        return
    seen = [one.reference for one in both if within(by, [one.region_id])]
    todo = "Withdraw one of the two first."
    if len(seen) < 2:
        seen = [*(seen or ["An application"]), "an application of another region"]
        todo = "Ask the national office."
    raise Refused(f"{' and '.join(seen)} are live for the same contest. {todo}")


def _take_facts(
    kept: Person, gone: Person, choices: Mapping[str, str]
) -> dict[str, list[str | int | None]]:
    """Set each fact of the record kept to the side chosen; name → [before, after] of changes."""
    wanted: dict[str, Any] = {}
    for name in rules.CHOICES:
        ours, theirs = getattr(kept, name), getattr(gone, name)
        side = choices.get(name) or rules.default_side(ours, theirs)
        if side not in ("kept", "gone"):
            raise Invalid("Choose one of the two.", field=name)
        if side == "gone":
            wanted[name] = theirs
    for name, key in (("given_name", "given_key"), ("family_name", "family_key")):
        if name in wanted:
            wanted[key] = fold(wanted[name] or "")
    before, after = audit.changes(kept, wanted)
    was, now = plain(before), plain(after)
    return {name: [was[name], now[name]] for name in now}


def _move_rows(done: PersonMerge, kept_id: int, gone_id: int) -> dict[str, int]:
    counts = {MOVED: 0, PARKED: 0}
    notes: list[dict[str, Any]] = []
    points: set[int] = set()
    for table, column in child_columns():
        rows = rows_naming(table, column, gone_id)
        for row, state in zip(rows, _taken(done, table, column, rows, kept_id), strict=True):
            counts[state] += 1
            if table.name == "contact_point" and state == MOVED:
                points.add(row["id"])
            notes.append(
                {
                    "merge_id": done.id,
                    "table": table.name,
                    "column": column.name,
                    "key": key_of(table, row),
                    "checksum": rules.checksum(row, column.name),
                    "state": state,
                }
            )
    if notes:
        db.session.execute(insert(PersonMergeRow), notes)
    settle(done, kept_id, frozenset(points))
    return counts


def _taken(
    done: PersonMerge,
    table: Table,
    column: Column[Any],
    rows: list[Mapping[str, Any]],
    to: int,
) -> list[str]:
    """Move each row, or put it into the one like it that the record kept has."""
    ours = rows_naming(table, column, to) if table.name in alike.ONE_OPEN else []
    twins = [next((one for one in ours if alike.same(table.name, one, row)), None) for row in rows]
    free = [row for row, twin in zip(rows, twins, strict=True) if twin is None]
    moved = iter(_moved(table, column, free, to))
    for row, twin in zip(rows, twins, strict=True):
        if twin is not None:
            take_over(done, table, row_at(table, {"id": twin["id"]}) or twin, row)
    return [next(moved) if twin is None else PARKED for twin in twins]


def _moved(table: Table, column: Column[Any], rows: list[Mapping[str, Any]], to: int) -> list[str]:
    """Move the rows, all at once if the database takes that, else one by one."""
    if not rows:
        return []
    keys = [key_of(table, row) for row in rows]
    those = or_(*(at_key(table, key) for key in keys))
    whole = update(table).where(those).values({column: to})
    if attempt(whole):
        return [MOVED] * len(rows)
    return [MOVED if move(table, column, key, to) else PARKED for key in keys]


def _settle_pairs(kept: Person, gone: Person, *, by: Actor) -> None:
    """Close the pair; who is not the one record is not the other either."""
    pair = pair_of(kept.id, gone.id)
    if pair is not None:
        pair.state, pair.decided_by_id, pair.decided_at = "merged", by.id, clock.now()
    for dismissed in dismissed_with(gone.id):
        other = dismissed.high_id if dismissed.low_id == gone.id else dismissed.low_id
        if other != kept.id and pair_of(kept.id, other) is None:
            low, high = sorted((kept.id, other))
            db.session.add(
                DuplicatePair(
                    low_id=low,
                    high_id=high,
                    score=dismissed.score,
                    reasons=dismissed.reasons,
                    state="dismissed",
                    because=dismissed.because,
                    decided_by_id=dismissed.decided_by_id,
                    decided_at=dismissed.decided_at,
                )
            )
    db.session.flush()
