"""Reading pairs, runs and merges. A pair is there for whoever may see both records."""

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Select, and_, func, or_, select
from sqlalchemy.orm import joinedload

from models.accounts.permits import Actor, within
from models.accounts.tables import User
from models.base import db
from models.errors import NotFound
from models.merging.rules import words_for
from models.merging.tables import DuplicatePair, DuplicateRun, PersonMerge, PersonMergeRow
from models.outbox import OutboxRow
from models.people.queries.people import person_for
from models.people.queries.seeing import listed, visible_people
from models.people.tables import Person

FOLLOW = 20


@dataclass(frozen=True)
class PairLine:
    """A pair with its two people, and who decided about it."""

    pair: DuplicatePair
    low: Person
    high: Person
    decided_by: str | None = None


def _seen(reader: Actor) -> ColumnElement[bool]:
    mine = select(Person.id).where(visible_people(reader), listed())
    return and_(DuplicatePair.low_id.in_(mine), DuplicatePair.high_id.in_(mine))


def open_pairs_count(reader: Actor) -> int:
    """How many pairs wait for this reader."""
    return db.session.scalar(count_open_pairs(reader)) or 0


def count_open_pairs(reader: Actor) -> Select[int]:
    """The question how many pairs wait for this reader, to be asked with others."""
    wanted = [DuplicatePair.state == "open", _seen(reader)]
    return select(func.count(DuplicatePair.id)).where(*wanted)


def pairs_for(
    reader: Actor, *, state: str = "open", page: int = 1, size: int = 50
) -> tuple[list[PairLine], int]:
    """One page of the pairs of which this reader may see both people, the likeliest first, and
    how many there are."""
    wanted = [DuplicatePair.state == state, _seen(reader)]
    total = db.session.scalar(select(func.count(DuplicatePair.id)).where(*wanted)) or 0
    pairs = db.session.execute(
        select(DuplicatePair, User.name)
        .outerjoin(User, User.id == DuplicatePair.decided_by_id)
        .where(*wanted)
        .order_by(DuplicatePair.score.desc(), DuplicatePair.low_id, DuplicatePair.high_id)
        .limit(size)
        .offset((page - 1) * size)
    ).all()
    people = people_of({one for pair, _ in pairs for one in (pair.low_id, pair.high_id)})
    return [
        PairLine(pair, people[pair.low_id], people[pair.high_id], name) for pair, name in pairs
    ], total


def people_of(ids: Collection[int]) -> dict[int, Person]:
    """These people with their home regions, by id."""
    rows = db.session.scalars(
        select(Person).options(joinedload(Person.home_region)).where(Person.id.in_(sorted(ids)))
    )
    return {person.id: person for person in rows}


def pair_for(reader: Actor, pair_id: int) -> PairLine:
    """One pair; raises NotFound where the reader may not see both people."""
    pair = db.session.get(DuplicatePair, pair_id)
    if pair is None:
        raise NotFound("There is no such pair.")
    low, high = person_for(reader, pair.low_id), person_for(reader, pair.high_id)
    return PairLine(pair, low, high)


def pair_of(one: int, other: int) -> DuplicatePair | None:
    """The pair of these two people, whatever became of it."""
    low, high = sorted((one, other))
    return db.session.scalars(
        select(DuplicatePair).where(DuplicatePair.low_id == low, DuplicatePair.high_id == high)
    ).one_or_none()


def all_open(reader: Actor) -> list[PairLine]:
    """Every pair that waits for this reader, the likeliest first: for the command line and the
    workbook."""
    return pairs_for(reader, size=1_000_000)[0]


def stored_pairs(about: Collection[int] | None) -> list[DuplicatePair]:
    """The pairs there are with somebody of `about`; all where that is None."""
    query = select(DuplicatePair).order_by(DuplicatePair.id)
    if about is None:
        return list(db.session.scalars(query))
    found: dict[int, DuplicatePair] = {}
    ids = sorted(about)
    for start in range(0, len(ids), 400):
        part = ids[start : start + 400]
        either = or_(DuplicatePair.low_id.in_(part), DuplicatePair.high_id.in_(part))
        found.update({pair.id: pair for pair in db.session.scalars(query.where(either))})
    return list(found.values())


def dismissed_with(person_id: int) -> list[DuplicatePair]:
    """The dismissed pairs of one person."""
    either = or_(DuplicatePair.low_id == person_id, DuplicatePair.high_id == person_id)
    return list(
        db.session.scalars(select(DuplicatePair).where(either, DuplicatePair.state == "dismissed"))
    )


def last_run() -> DuplicateRun | None:
    """The last run of the finder."""
    return db.session.scalars(
        select(DuplicateRun).order_by(DuplicateRun.id.desc()).limit(1)
    ).first()


def work_waits(kind: str) -> bool:
    """True while work of this kind waits in the outbox for the worker."""
    waiting = select(OutboxRow.id).where(OutboxRow.kind == kind, OutboxRow.state == "waiting")
    return db.session.execute(waiting.limit(1)).first() is not None


# Merges


@dataclass(frozen=True)
class MergeLine:
    """A merge with its two people, and who did it and took it back."""

    merge: PersonMerge
    kept: Person
    gone: Person
    by: str | None
    undone_by: str | None = None
    may_undo: bool = False


def merges_for(reader: Actor, *, page: int = 1, size: int = 50) -> tuple[list[MergeLine], int]:
    """One page of the merges whose record that stayed this reader may see, newest first."""
    wanted = PersonMerge.kept_id.in_(select(Person.id).where(visible_people(reader)))
    total = db.session.scalar(select(func.count(PersonMerge.id)).where(wanted)) or 0
    rows = db.session.execute(
        select(PersonMerge, User.name)
        .outerjoin(User, User.id == PersonMerge.by_id)
        .where(wanted)
        .order_by(PersonMerge.id.desc())
        .limit(size)
        .offset((page - 1) * size)
    ).all()
    people = people_of({one for merge, _ in rows for one in (merge.kept_id, merge.gone_id)})
    return [
        MergeLine(merge, people[merge.kept_id], people[merge.gone_id], name) for merge, name in rows
    ], total


def merge_for(reader: Actor, merge_id: int) -> MergeLine:
    """One merge; raises NotFound where the reader may not see the record that stayed."""
    merge = db.session.get(PersonMerge, merge_id)
    if merge is None:
        raise NotFound("There is no such merge.")
    kept = person_for(reader, merge.kept_id)
    gone = db.session.get_one(Person, merge.gone_id)
    who = select(User.id, User.name).where(User.id.in_([merge.by_id, merge.undone_by_id]))
    names: dict[int | None, str] = {row.id: row.name for row in db.session.execute(who)}
    return MergeLine(
        merge,
        kept,
        gone,
        by=names.get(merge.by_id),
        undone_by=names.get(merge.undone_by_id),
        may_undo=merge.undone_at is None and within(reader, merge.regions),
    )


def rows_of(merge: PersonMerge, *states: str) -> list[PersonMergeRow]:
    """The rows a merge moved or parked, in order; of these states where some are given."""
    wanted = [PersonMergeRow.merge_id == merge.id]
    if states:
        wanted.append(PersonMergeRow.state.in_(states))
    return list(
        db.session.scalars(select(PersonMergeRow).where(*wanted).order_by(PersonMergeRow.id))
    )


def parked_words(merge: PersonMerge) -> str:
    """What stayed with the record that went, as a sentence; "" where nothing did."""
    tables = [row.table for row in rows_of(merge, "parked")]
    if not tables:
        return ""
    words = ", ".join(dict.fromkeys(words_for(table) for table in tables))
    return f"The record that stays has {words} like it already: the other’s stays with its record."


def standing_merges_into(person_id: int) -> list[PersonMerge]:
    """The merges into this record that were not taken back, oldest first."""
    return list(
        db.session.scalars(
            select(PersonMerge)
            .where(PersonMerge.kept_id == person_id, PersonMerge.undone_at.is_(None))
            .order_by(PersonMerge.id)
        )
    )


def now_at(person_id: int) -> int:
    """The id of the record into which this one was merged in the end; its own if it was not."""
    for _ in range(FOLLOW):
        into = db.session.scalar(select(Person.merged_into_id).where(Person.id == person_id))
        if into is None:
            break
        person_id = into
    return person_id
