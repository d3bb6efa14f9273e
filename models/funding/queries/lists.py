"""Lists of applications, and the one rule of who may read which.

A region reads its own, finance what was awarded, the others all. Amounts are pence.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, false, func, or_, select, true
from sqlalchemy.orm import joinedload

from models.accounts.permits import Actor, Scope, may, scope_of
from models.accounts.roles import Permit
from models.base import db
from models.folding import fold
from models.funding import workflow
from models.funding.tables import Application
from models.people.tables import Person
from models.places.queries import conditions as places
from models.places.queries.regions import regions
from models.places.tables import Council, UnionRegion
from models.rounds.tables import AnswerSheet, Round

DRAFTS = ("draft", "returned")

# What a filter's word means; any other word is a status of that name.
GROUPS = {"drafts": DRAFTS, "undecided": workflow.UNDECIDED}

SORTS: dict[str, tuple[Any, ...]] = {
    "reference": (Application.reference,),
    "candidate": (Person.family_key, Person.given_key),
    "region": (UnionRegion.name,),
    "poll": (Application.poll_on,),
    "requested": (Application.requested_p,),
    "awarded": (Application.awarded_p,),
    "submitted": (Application.submitted_at,),
}


@dataclass(frozen=True)
class Filters:
    """What a list is narrowed to: `status` is a status or a key of GROUPS, `round` a code."""

    status: str | None = None
    region_id: int | None = None
    council_id: int | None = None
    poll_on: date | None = None
    text: str | None = None
    round: str | None = None


def visible_to(user: Actor) -> ColumnElement[bool]:
    """The condition that keeps a query of applications to what this person may read."""
    if not may(user, Permit.FUNDING_READ):
        return false()
    if _only_pays(user):
        return and_(of_own_regions(user), Application.award_id.is_not(None))
    return of_own_regions(user)


def of_own_regions(user: Actor) -> ColumnElement[bool]:
    """The condition that keeps a query of applications to the regions of this person."""
    if user.region_ids is None:
        return true()
    return Application.region_id.in_(sorted(user.region_ids))


def _only_pays(user: Actor) -> bool:
    others = (Permit.FUNDING_APPLY, Permit.FUNDING_DECIDE)
    return may(user, Permit.FUNDING_PAY) and not any(may(user, permit) for permit in others)


def applications_for(
    user: Actor,
    filters: Filters = Filters(),
    *,
    sort: str = "reference",
    descending: bool = True,
    page: int = 1,
    size: int = 50,
) -> tuple[list[Application], int]:
    """One page of the applications this person may read, and how many there are in all.

    Person, place and region are loaded with them. `sort` is a key of SORTS.
    """
    rows = paged(
        select(Application), user, filters, sort=sort, descending=descending, page=page, size=size
    )
    found = db.session.scalars(rows.options(*with_names()))
    return list(found), total_of(counts_for(user, filters), filters.status)


def paged(
    query: Any,
    user: Actor,
    filters: Filters,
    *,
    sort: str,
    descending: bool,
    page: int,
    size: int,
) -> Select[Any]:
    """One page of a query of applications: joined, narrowed to this person, and sorted."""
    found = _narrowed(_joined(query).where(visible_to(user)), filters)
    order = [_in_order(column, descending) for column in SORTS.get(sort, SORTS["reference"])]
    return (
        found.order_by(*order, Application.id.desc() if descending else Application.id)
        .limit(size)
        .offset((page - 1) * size)
    )


def _in_order(column: Any, descending: bool) -> Any:
    """What is not known comes last, either way; to say so of a reference would cost its index."""
    order = column.desc() if descending else column.asc()
    return order if column is Application.reference else order.nulls_last()


def total_of(counts: Mapping[str, int], status: str | None) -> int:
    """How many of the counted applications a status or a key of GROUPS means; all without one."""
    if status is None:
        return sum(counts.values())
    return sum(counts.get(key, 0) for key in GROUPS.get(status, (status,)))


def counts_for(
    user: Actor,
    filters: Filters = Filters(),
) -> dict[str, int]:
    """How many applications stand in each status, under the other filters; each status is there."""
    counts = dict.fromkeys(workflow.STATUSES, 0)
    found = db.session.execute(_counted(scope_of(user), replace(filters, status=None)))
    for status, count in found:
        counts[status] = count
    return counts


@lru_cache(maxsize=256)
def _counted(scope: Scope, filters: Filters) -> Select[Any]:
    """Put together once for all who may read the same."""
    counted: Any = select(Application.status, func.count()).select_from(Application)
    if filters.text:
        counted = _joined(counted)
    return _narrowed(counted.where(visible_to(scope)), filters).group_by(Application.status)


def find_applications(user: Actor, text: str, limit: int = 5) -> list[Application]:
    """Applications by reference or candidate, newest first, for the search box."""
    if not text.strip():
        return []
    found = _joined(select(Application)).where(visible_to(user), _about(text))
    return list(
        db.session.scalars(
            found.options(*with_names()).order_by(Application.id.desc()).limit(limit)
        )
    )


def regions_to_read(user: Actor) -> list[UnionRegion]:
    """The regions whose applications this person may read, by name."""
    own = user.region_ids
    return [region for region in regions() if own is None or region.id in own]


def _joined(query: Any) -> Select[Any]:
    joined: Select[Any] = (
        query.join(UnionRegion, UnionRegion.id == Application.region_id)
        .outerjoin(Person, Person.id == Application.person_id)
        .outerjoin(Council, Council.id == Application.council_id)
    )
    return joined


def _narrowed(query: Select[Any], filters: Filters) -> Select[Any]:
    if filters.status:
        statuses = GROUPS.get(filters.status, (filters.status,))
        query = query.where(Application.status.in_(statuses))
    if filters.region_id:
        query = query.where(Application.region_id == filters.region_id)
    if filters.council_id:
        query = query.where(Application.council_id == filters.council_id)
    if filters.poll_on:
        query = query.where(Application.poll_on == filters.poll_on)
    if filters.round:
        query = query.where(Application.id.in_(_in_rounds(Round.code == filters.round)))
    if filters.text:
        query = query.where(_about(filters.text))
    return query


def _in_rounds(condition: ColumnElement[bool]) -> Select[int]:
    """The ids of the applications in the rounds of which this is true."""
    sheets = select(AnswerSheet.application_id).join(Round, Round.id == AnswerSheet.round_id)
    return sheets.where(condition)


def _about(text: str) -> ColumnElement[bool]:
    """A reference by any part of it, or a candidate by the beginnings of their names."""
    conditions: list[ColumnElement[bool]] = [
        Application.reference.contains(text.strip().upper(), autoescape=True)
    ]
    words = fold(text).split()
    if words:
        conditions.append(and_(*(named(word) for word in words)))
    return or_(*conditions)


def named(word: str) -> ColumnElement[bool]:
    """True for people one of whose names begins with this folded word, known-as included."""
    known_as = func.lower(func.coalesce(Person.known_as, ""))
    return or_(
        places.begins(Person.family_key, word),
        places.begins(Person.given_key, word),
        Person.family_key.contains(f" {word}", autoescape=True),
        Person.given_key.contains(f" {word}", autoescape=True),
        known_as.startswith(word, autoescape=True),
    )


def with_names() -> tuple[Any, ...]:
    """Load options for what a list shows beside it: person, region, place and law, in one query."""
    return (
        joinedload(Application.person),
        joinedload(Application.region),
        joinedload(Application.council),
        joinedload(Application.ward),
        joinedload(Application.constituency),
        joinedload(Application.law),
    )
