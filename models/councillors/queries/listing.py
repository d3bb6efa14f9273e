"""The list of offices with their holders: a page of it, the whole of it, how many there are."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, func, select
from sqlalchemy.sql.util import find_tables

from models.accounts import Actor
from models.base import db
from models.councillors.filters import CouncillorFilters
from models.councillors.queries.conditions import councillor_clauses
from models.councillors.tables import NetworkMembership, OfficeTerm
from models.people.tables import Person
from models.places.tables import Constituency, Council, Party, Ward

SORTS = ("name", "council", "party", "end", "contact")


@dataclass(frozen=True)
class CouncillorLine:
    """One office with its holder, as the list and the workbook show it."""

    term: OfficeTerm
    person: Person
    council: Council | None
    constituency: Constituency | None
    ward: Ward | None
    party: Party | None
    status: str | None

    @property
    def area(self) -> str:
        """Where the office is held: the council or the constituency."""
        area = self.council or self.constituency
        return area.name if area is not None else ""


def councillors_for(
    user: Actor,
    filters: CouncillorFilters,
    *,
    sort: str = "name",
    descending: bool = False,
    page: int = 1,
    size: int = 50,
) -> tuple[list[CouncillorLine], int]:
    """One page of office holders this user may see, and how many there are in all."""
    wanted = councillor_clauses(user, filters)
    total = db.session.scalar(_counted(wanted)) or 0
    query = councillor_lines(user, filters, sort=sort, descending=descending)
    rows = db.session.execute(query.limit(size).offset((page - 1) * size))
    return [CouncillorLine(*row) for row in rows], total


def councillor_lines(
    user: Actor, filters: CouncillorFilters, *, sort: str = "name", descending: bool = False
) -> Select[Any]:
    """The select behind the list, for whoever hands out exactly what the screen shows; each row
    makes a `CouncillorLine`."""
    whole = select(OfficeTerm, Person, Council, Constituency, Ward, Party, NetworkMembership.status)
    lines: Select[Any] = with_holders(whole)
    return lines.where(*councillor_clauses(user, filters)).order_by(*_order(sort, descending))


def councillor_counts(user: Actor, many: Sequence[CouncillorFilters]) -> list[int]:
    """How many offices each of these filters lists for the user, in one statement."""
    if not many:
        return []
    counts = (_counted(councillor_clauses(user, filters)).scalar_subquery() for filters in many)
    return [int(count) for count in db.session.execute(select(*counts)).one()]


def councillor_ids(user: Actor, filters: CouncillorFilters) -> list[int]:
    """The ids of all the people whom the list shows under these filters, each once, in order."""
    query = with_holders(select(Person.id).distinct().select_from(OfficeTerm))
    return list(
        db.session.scalars(query.where(*councillor_clauses(user, filters)).order_by(Person.id))
    )


def quiet_councillors(reader: Actor, *, since: date, most: int) -> list[CouncillorLine]:
    """The first members of the network whom nobody was in contact with since a day and whom this
    reader may see, the longest wait first; they are not counted."""
    wanted = CouncillorFilters(status="joined", no_contact_since=since)
    query = councillor_lines(reader, wanted, sort="contact")
    return [CouncillorLine(*row) for row in db.session.execute(query.limit(most))]


# What else a line of the list shows beside the office and its holder; each is there once or not.
BESIDE = (
    (Council, Council.id == OfficeTerm.council_id),
    (Constituency, Constituency.id == OfficeTerm.constituency_id),
    (Ward, Ward.id == OfficeTerm.ward_id),
    (Party, Party.id == OfficeTerm.party_id),
    (
        NetworkMembership,
        and_(
            NetworkMembership.person_id == OfficeTerm.person_id,
            NetworkMembership.ended_at.is_(None),
        ),
    ),
)


def with_holders(query: Any) -> Any:
    """A select of offices, each with its holder and what else a line of the list shows."""
    query = query.join(Person, Person.id == OfficeTerm.person_id)
    for table, joined in BESIDE:
        query = query.outerjoin(table, joined)
    return query


def _counted(clauses: Sequence[ColumnElement[bool]]) -> Select[int]:
    """How many offices meet the clauses; what they do not ask about is not joined."""
    query = select(func.count(OfficeTerm.id)).select_from(OfficeTerm)
    query = query.join(Person, Person.id == OfficeTerm.person_id).where(*clauses)
    asked = set(find_tables(and_(*clauses), check_columns=True))
    for table, joined in BESIDE:
        if table.__table__ in asked:
            query = query.outerjoin(table, joined)
    return query


def _order(sort: str, descending: bool) -> list[Any]:
    columns: dict[str, tuple[Any, ...]] = {
        "name": (Person.family_key, Person.given_key),
        "council": (Council.name_key, Ward.name_key, Person.family_key),
        "party": (Party.name, Person.family_key),
        "end": (OfficeTerm.expected_end, Person.family_key),
        "contact": (Person.last_contacted_at, Person.family_key),
    }
    chosen = columns.get(sort, columns["name"])
    order: list[Any] = []
    for column in chosen:
        # What is not known comes last in either direction, and alike on both databases.
        order.append(case((column.is_(None), 1), else_=0))
        order.append(column.desc() if descending else column.asc())
    return [*order, OfficeTerm.id]
