"""The queue of stale facts: what has lost most, of whom it matters most, first."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Integer, and_, case, cast, func, or_, select
from sqlalchemy.orm import joinedload

from models import clock
from models.accounts.permits import Actor
from models.base import db
from models.councillors.queries.offices import offices_in_words
from models.councillors.tables import OfficeTerm
from models.errors import NotFound
from models.freshness import rules
from models.freshness.queries.facts import (
    current_facts,
    found_dead,
    looked_after,
    matters,
    tried_lately,
)
from models.freshness.tables import FactCheck
from models.people.queries.people import person_for
from models.people.queries.seeing import listed, visible_people
from models.people.tables import ContactPoint, Person, UnionMembership
from models.places.queries.regions import council_ids_in

PAGE = 50
Stored = ContactPoint | UnionMembership | OfficeTerm


@dataclass(frozen=True)
class StaleFact:
    """One row of the queue. `lost` is in per cent; `dead` names what a check found, if anything."""

    kind: rules.Kind
    id: int
    person: Person
    value: str
    office: str
    verified_on: date | None
    source: str | None
    lost: int
    score: int
    dead: str | None
    weights: tuple[str, ...]


@dataclass(frozen=True)
class QueueFilter:
    """What the queue is narrowed to: one kind of fact, one region of the council or of home."""

    kind: str | None = None
    region_id: int | None = None


def queue_for(
    user: Actor, wanted: QueueFilter | None = None, *, page: int = 1, size: int = PAGE
) -> tuple[list[StaleFact], int]:
    """One page of the facts that are due, and how many are due: by score, then by name."""
    query, score = _due(user, wanted or QueueFilter())
    total = db.session.scalar(select(func.count()).select_from(query.subquery())) or 0
    rows = db.session.execute(
        query.order_by(score.desc(), Person.family_key, Person.given_key, "kind", "fact_id")
        .limit(size)
        .offset((page - 1) * size)
    ).all()
    return _described(rows), total


def _due(user: Actor, wanted: QueueFilter) -> tuple[Any, Any]:
    facts = current_facts([wanted.kind] if wanted.kind in rules.KINDS else tuple(rules.KINDS))
    weights = matters(Person.id)
    importance = 1 + sum(
        case((weights[key], weight.points), else_=0) for key, weight in rules.WEIGHTS.items()
    )
    dead = found_dead(facts.c.kind, facts.c.id)
    on_top = case((dead, rules.SCORE_OF_A_DEAD_FACT), else_=0)
    score = cast(facts.c.lost * importance + on_top, Integer).label("score")
    query = (
        select(
            Person,
            facts.c.kind.label("kind"),
            facts.c.id.label("fact_id"),
            facts.c.verified_on,
            facts.c.lost,
            score,
            dead.label("dead"),
            *(weights[key].label(key) for key in rules.WEIGHTS),
        )
        .join(facts, facts.c.person_id == Person.id)
        .where(
            or_(facts.c.lost >= rules.DUE, dead),
            ~tried_lately(facts.c.kind, facts.c.id),
            visible_people(user),
            listed(),
            looked_after(Person.id),
        )
    )
    if wanted.region_id is not None:
        query = query.where(_of_region(wanted.region_id))
    return query, score


def _of_region(region_id: int) -> Any:
    held = select(OfficeTerm.person_id).where(
        OfficeTerm.council_id.in_(council_ids_in(frozenset({region_id})))
    )
    return or_(Person.home_region_id == region_id, Person.id.in_(held))


def _described(rows: Sequence[Any]) -> list[StaleFact]:
    stored = _stored_facts([(row.kind, row.fact_id) for row in rows])
    offices = offices_in_words({row.Person.id for row in rows})
    verdicts = _dead_verdicts([row.fact_id for row in rows if row.dead])
    return [
        StaleFact(
            kind=rules.KINDS[row.kind],
            id=row.fact_id,
            person=row.Person,
            value=in_words(stored[row.kind, row.fact_id]),
            office=offices.get(row.Person.id, ""),
            verified_on=row.verified_on,
            source=stored[row.kind, row.fact_id].source,
            lost=row.lost,
            score=row.score,
            dead=verdicts.get((row.kind, row.fact_id)),
            weights=tuple(
                weight.label for key, weight in rules.WEIGHTS.items() if row._mapping[key]
            ),
        )
        for row in rows
    ]


def _stored_facts(wanted: Collection[tuple[str, int]]) -> dict[tuple[str, int], Stored]:
    ids = defaultdict(list)
    for kind, fact_id in wanted:
        ids[_table_of(kind)].append(fact_id)
    found: dict[tuple[str, int], Stored] = {}
    for table, some in ids.items():
        for fact in db.session.scalars(_whole(table).where(table.id.in_(some))):
            found[kind_of(fact), fact.id] = fact
    return found


def _whole(table: Any) -> Any:
    query = select(table)
    if table is OfficeTerm:
        parts = (OfficeTerm.council, OfficeTerm.constituency, OfficeTerm.ward, OfficeTerm.party)
        return query.options(*(joinedload(part) for part in parts))
    return query.options(joinedload(UnionMembership.branch)) if table is UnionMembership else query


def _table_of(kind: str) -> Any:
    return {"office": OfficeTerm, "membership": UnionMembership}.get(kind, ContactPoint)


def kind_of(fact: Stored) -> str:
    """The kind of a stored fact, as the queue calls it."""
    if isinstance(fact, OfficeTerm):
        return "office"
    return "membership" if isinstance(fact, UnionMembership) else fact.kind


def in_words(fact: Stored) -> str:
    """What the fact says: the address, the number, the office."""
    if isinstance(fact, OfficeTerm):
        return fact.place
    if isinstance(fact, UnionMembership):
        number = f"Number {fact.number}" if fact.number else "Number not known"
        return f"{number}, {fact.branch.name}" if fact.branch else number
    return fact.value


def _dead_verdicts(ids: Collection[int]) -> dict[tuple[str, int], str]:
    rows = db.session.execute(
        select(FactCheck.kind, FactCheck.fact_id, FactCheck.verdict)
        .where(
            FactCheck.fact_id.in_(ids),
            FactCheck.settled_at.is_(None),
            FactCheck.undone_at.is_(None),
        )
        .order_by(FactCheck.id)
    )
    dead = ((row, rules.VERDICTS[row.verdict]) for row in rows)
    return {(row.kind, row.fact_id): verdict.label for row, verdict in dead if verdict.dead}


def fact_for(user: Actor, kind: str, fact_id: int) -> Stored:
    """The fact, of a person whom this user may see, as it is in force; else NotFound."""
    known = kind in rules.KINDS
    fact: Stored | None = db.session.get(_table_of(kind), fact_id) if known else None
    if fact is None or kind_of(fact) != kind or not _in_force(fact):
        raise NotFound("There is no such fact, or it has ended.")
    person_for(user, fact.person_id)
    return fact


def _in_force(fact: Stored) -> bool:
    ends = fact.actual_end if isinstance(fact, OfficeTerm) else fact.ends_on
    return ends is None or ends > clock.today()


def check_for(user: Actor, check_id: int) -> FactCheck:
    """One check of a person whom this user may see; else NotFound."""
    check = db.session.get(FactCheck, check_id)
    if check is None:
        raise NotFound("There is no such check.")
    person_for(user, check.person_id)
    return check


def open_checks_of(kind: str, fact_id: int) -> list[FactCheck]:
    """Checks that found this fact dead and that nobody has settled, the oldest first."""
    return list(
        db.session.scalars(
            select(FactCheck)
            .where(
                and_(FactCheck.kind == kind, FactCheck.fact_id == fact_id),
                FactCheck.verdict.in_([one.key for one in rules.VERDICTS.values() if one.dead]),
                FactCheck.settled_at.is_(None),
                FactCheck.undone_at.is_(None),
            )
            .order_by(FactCheck.id)
        )
    )


def settled_with(check: FactCheck) -> list[FactCheck]:
    """Checks that were settled by this one, the oldest first."""
    return list(
        db.session.scalars(
            select(FactCheck)
            .where(
                and_(FactCheck.kind == check.kind, FactCheck.fact_id == check.fact_id),
                FactCheck.settled_at == check.at,
                FactCheck.id != check.id,
            )
            .order_by(FactCheck.id)
        )
    )


def points_with(address_key: str) -> list[ContactPoint]:
    """The e-mail addresses in force that read so, whoever they belong to."""
    return list(
        db.session.scalars(
            select(ContactPoint)
            .where(
                ContactPoint.kind == "email",
                ContactPoint.value_key == address_key,
                ContactPoint.ends_on.is_(None),
            )
            .order_by(ContactPoint.id)
        )
    )
