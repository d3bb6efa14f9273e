"""Reading delegates. Whoever reads sees the terms of the people they may see."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, func, select
from sqlalchemy.orm import joinedload

from models import clock
from models.accounts import Actor
from models.base import db
from models.delegates.filters import DelegateFilters
from models.delegates.rules import WARNED_DAYS, clp_of
from models.delegates.tables import DelegateTerm
from models.errors import NotFound
from models.people.queries import listed, person_for, visible_people
from models.people.tables import Person
from models.places.tables import Constituency, UnionBranch, UnionRegion

SORTS = ("name", "clp", "end")


@dataclass(frozen=True)
class DelegateLine:
    """One term with its holder, as lists, workbooks and the dispute sheet show it. `region` is
    that of the appointing branch, or where it is not known the person's home."""

    term: DelegateTerm
    person: Person
    constituency: Constituency
    branch: UnionBranch | None
    region: UnionRegion | None

    @property
    def clp(self) -> str:
        """The constituency party, by name."""
        return clp_of(self.constituency.name)


def current() -> ColumnElement[bool]:
    """True for a term that nobody has said to be over."""
    return DelegateTerm.ended_on.is_(None)


def is_delegate() -> ColumnElement[bool]:
    """True for a person with an open term at any CLP."""
    return Person.id.in_(select(DelegateTerm.person_id).where(current()))


def delegates_for(
    reader: Actor,
    filters: DelegateFilters,
    *,
    sort: str = "name",
    descending: bool = False,
    page: int = 1,
    size: int = 50,
) -> tuple[list[DelegateLine], int]:
    """One page of the terms that this reader may see, and how many there are in all."""
    wanted = delegate_clauses(reader, filters)
    total = db.session.scalar(_joined(select(func.count(DelegateTerm.id))).where(*wanted)) or 0
    query = delegate_lines(reader, filters, sort=sort, descending=descending)
    rows = db.session.execute(query.limit(size).offset((page - 1) * size))
    return [DelegateLine(*row) for row in rows], total


def delegate_lines(
    reader: Actor, filters: DelegateFilters, *, sort: str = "name", descending: bool = False
) -> Select[Any]:
    """The select behind the list, for whoever hands out exactly what the screen shows; each row
    makes a `DelegateLine`."""
    wanted = delegate_clauses(reader, filters)
    return _lines().where(*wanted).order_by(*_order(sort, descending))


def delegates_at(reader: Actor, where: ColumnElement[bool]) -> list[DelegateLine]:
    """The open terms at the CLPs of the constituencies of which `where` is true, CLP by CLP."""
    query = _lines().where(where, current(), listed(), visible_people(reader))
    return [DelegateLine(*row) for row in db.session.execute(query.order_by(*_order("clp", False)))]


def _lines() -> Select[Any]:
    whole: Select[Any] = _joined(
        select(DelegateTerm, Person, Constituency, UnionBranch, UnionRegion)
    )
    return whole


def _joined(query: Any) -> Any:
    region = func.coalesce(UnionBranch.region_id, Person.home_region_id)
    return (
        query.join(Person, Person.id == DelegateTerm.person_id)
        .join(Constituency, Constituency.id == DelegateTerm.constituency_id)
        .outerjoin(UnionBranch, UnionBranch.id == DelegateTerm.branch_id)
        .outerjoin(UnionRegion, UnionRegion.id == region)
    )


def delegate_clauses(reader: Actor, filters: DelegateFilters) -> list[ColumnElement[bool]]:
    """What the filters ask for, within what the reader may see."""
    clauses = [visible_people(reader), listed()]
    state = _states().get(filters.state)
    if state is not None:
        clauses.append(state)
    if filters.region:
        clauses.append(UnionRegion.code == filters.region)
    if filters.constituency_id is not None:
        clauses.append(DelegateTerm.constituency_id == filters.constituency_id)
    if filters.status:
        clauses.append(DelegateTerm.status == filters.status)
    return clauses


def _states() -> dict[str, ColumnElement[bool]]:
    today = clock.today()
    ends = DelegateTerm.ends_on
    return {
        "current": current(),
        "soon": and_(current(), ends.between(today, today + timedelta(days=WARNED_DAYS))),
        "over": and_(current(), ends < today),
        "past": ~current(),
    }


def _order(sort: str, descending: bool) -> list[Any]:
    columns: dict[str, tuple[Any, ...]] = {
        "name": (Person.family_key, Person.given_key),
        "clp": (Constituency.name_key, Person.family_key, Person.given_key),
        "end": (DelegateTerm.ends_on, Person.family_key),
    }
    order: list[Any] = []
    for column in columns.get(sort, columns["name"]):
        # What is not known comes last in either direction, and alike on both databases.
        order.append(case((column.is_(None), 1), else_=0))
        order.append(column.desc() if descending else column.asc())
    return [*order, DelegateTerm.id]


@dataclass(frozen=True)
class DelegateFigures:
    """How many terms stand under each of the list's tabs, for one reader."""

    current: int
    soon: int
    over: int
    past: int


def delegate_figures(reader: Actor) -> DelegateFigures:
    """The counts of the list's tabs, in one statement."""
    states = _states()
    counts = (func.coalesce(func.sum(case((is_in, 1), else_=0)), 0) for is_in in states.values())
    query = _joined(select(*counts).select_from(DelegateTerm))
    row = db.session.execute(query.where(visible_people(reader), listed())).one()
    return DelegateFigures(**dict(zip(states, map(int, row), strict=True)))


def clps_with_delegates(reader: Actor) -> list[Constituency]:
    """The constituencies at whose CLP somebody whom this reader may see is or was a delegate."""
    held = (
        select(DelegateTerm.constituency_id)
        .join(Person, Person.id == DelegateTerm.person_id)
        .where(visible_people(reader), listed())
    )
    return list(
        db.session.scalars(
            select(Constituency)
            .where(Constituency.id.in_(held))
            .order_by(Constituency.name_key, Constituency.id)
        )
    )


def delegates_of(person: Person) -> list[DelegateTerm]:
    """The person's terms, the open ones first, then the latest. Whoever got the person from
    `person_for` may read them."""
    return list(
        db.session.scalars(
            select(DelegateTerm)
            .options(joinedload(DelegateTerm.constituency), joinedload(DelegateTerm.branch))
            .where(DelegateTerm.person_id == person.id)
            .order_by(
                case((current(), 0), else_=1), DelegateTerm.ended_on.desc(), DelegateTerm.id.desc()
            )
        )
    )


def delegate_for(reader: Actor, delegate_id: int) -> DelegateTerm:
    """A term of a person this reader may see; else NotFound."""
    term = db.session.get(
        DelegateTerm,
        delegate_id,
        options=(joinedload(DelegateTerm.constituency), joinedload(DelegateTerm.branch)),
    )
    if term is None:
        raise NotFound("There is no such delegate.")
    person_for(reader, term.person_id)
    return term
