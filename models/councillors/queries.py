"""Reading offices and the network. Whoever reads sees the offices of the people they may see."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, func, or_, select
from sqlalchemy.orm import joinedload

from models import clock
from models.accounts import Actor, User
from models.base import db
from models.councillors.filters import NO_STATUS, CouncillorFilters
from models.councillors.queries_related import no_contact_since, related_clauses
from models.councillors.tables import NetworkMembership, OfficeRole, OfficeTerm
from models.errors import NotFound
from models.kinds import fold
from models.people.queries import listed, matching, person_for, visible_people
from models.people.tables import Person
from models.places.queries import begins, in_force
from models.places.tables import Constituency, Council, CouncilRegion, Party, UnionRegion, Ward

SORTS = ("name", "council", "party", "end", "contact")
SOON = timedelta(days=183)


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
    total = db.session.scalar(_joined(select(func.count(OfficeTerm.id))).where(*wanted)) or 0
    query = councillor_lines(user, filters, sort=sort, descending=descending)
    rows = db.session.execute(query.limit(size).offset((page - 1) * size))
    return [CouncillorLine(*row) for row in rows], total


def councillor_lines(
    user: Actor, filters: CouncillorFilters, *, sort: str = "name", descending: bool = False
) -> Select[Any]:
    """The select behind the list, for whoever hands out exactly what the screen shows; each row
    makes a `CouncillorLine`."""
    whole = select(OfficeTerm, Person, Council, Constituency, Ward, Party, NetworkMembership.status)
    lines: Select[Any] = _joined(whole)
    return lines.where(*councillor_clauses(user, filters)).order_by(*_order(sort, descending))


def _joined(query: Any) -> Any:
    return (
        query.join(Person, Person.id == OfficeTerm.person_id)
        .outerjoin(Council, Council.id == OfficeTerm.council_id)
        .outerjoin(Constituency, Constituency.id == OfficeTerm.constituency_id)
        .outerjoin(Ward, Ward.id == OfficeTerm.ward_id)
        .outerjoin(Party, Party.id == OfficeTerm.party_id)
        .outerjoin(
            NetworkMembership,
            and_(
                NetworkMembership.person_id == OfficeTerm.person_id,
                NetworkMembership.ended_at.is_(None),
            ),
        )
    )


def councillor_clauses(user: Actor, filters: CouncillorFilters) -> list[ColumnElement[bool]]:
    """What the filters ask for, within what the user may see."""
    clauses = [visible_people(user), listed(), _office(filters.office)]
    if filters.on is not None:
        begun = or_(OfficeTerm.elected_on.is_(None), OfficeTerm.elected_on <= filters.on)
        clauses = [visible_people(user), listed(), holding(filters.on), begun]
    if filters.region:
        clauses.append(OfficeTerm.council_id.in_(_councils_of(filters.region)))
    if filters.council_id is not None:
        clauses.append(OfficeTerm.council_id == filters.council_id)
    if filters.party_id is not None:
        clauses.append(OfficeTerm.party_id == filters.party_id)
    if filters.status == NO_STATUS:
        clauses.append(_not_asked())
    elif filters.status:
        clauses.append(NetworkMembership.status == filters.status)
    if filters.ending_before is not None:
        clauses.append(OfficeTerm.expected_end < filters.ending_before)
    if filters.text and filters.text.strip():
        clauses.append(_named(filters.text))
    return [*clauses, *related_clauses(filters)]


def councillor_counts(user: Actor, many: Sequence[CouncillorFilters]) -> list[int]:
    """How many offices each of these filters lists for the user, in one statement."""
    if not many:
        return []
    counts = (
        _joined(select(func.count(OfficeTerm.id)).select_from(OfficeTerm))
        .where(*councillor_clauses(user, filters))
        .scalar_subquery()
        for filters in many
    )
    return [int(count) for count in db.session.execute(select(*counts)).one()]


def councillor_ids(user: Actor, filters: CouncillorFilters) -> list[int]:
    """The ids of all the people whom the list shows under these filters, each once, in order."""
    query = _joined(select(Person.id).distinct().select_from(OfficeTerm))
    return list(
        db.session.scalars(query.where(*councillor_clauses(user, filters)).order_by(Person.id))
    )


def holding(on: date | None = None) -> ColumnElement[bool]:
    """True for a term that nobody has said to have ended by a day (default: today)."""
    return or_(OfficeTerm.actual_end.is_(None), OfficeTerm.actual_end > (on or clock.today()))


def _office(which: str) -> ColumnElement[bool]:
    if which == "former":
        return ~holding()
    if which == "overdue":
        return and_(holding(), OfficeTerm.expected_end < clock.today())
    if which == "any":
        return OfficeTerm.id.is_not(None)
    return holding()


def _not_asked() -> ColumnElement[bool]:
    status = NetworkMembership.status
    return or_(status.is_(None), status == "prospect")


def _councils_of(region_code: str) -> Select[int]:
    return (
        select(CouncilRegion.council_id)
        .join(UnionRegion, UnionRegion.id == CouncilRegion.region_id)
        .where(UnionRegion.code == region_code, in_force())
    )


def _named(text: str) -> ColumnElement[bool]:
    key = fold(text)
    if not key:
        return matching(text)
    return or_(matching(text), begins(Council.name_key, key), begins(Ward.name_key, key))


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


@dataclass(frozen=True)
class NetworkFigures:
    """How many offices stand under each of the list's tabs, for one user."""

    in_office: int
    joined: int
    invited: int
    not_asked: int
    ending_soon: int
    no_contact: int
    overdue: int
    former: int


def network_figures(user: Actor) -> NetworkFigures:
    """The counts of the list's tabs, in one statement."""
    today = clock.today()
    status = NetworkMembership.status
    now = holding(today)
    tabs = {
        "in_office": now,
        "joined": and_(now, status == "joined"),
        "invited": and_(now, status == "invited"),
        "not_asked": and_(now, _not_asked()),
        "ending_soon": and_(now, OfficeTerm.expected_end < today + SOON),
        "no_contact": and_(now, no_contact_since(today - SOON)),
        "overdue": and_(now, OfficeTerm.expected_end < today),
        "former": ~now,
    }
    counts = (func.coalesce(func.sum(case((is_in, 1), else_=0)), 0) for is_in in tabs.values())
    query = _joined(select(*counts).select_from(OfficeTerm)).where(visible_people(user), listed())
    row = db.session.execute(query).one()
    return NetworkFigures(**dict(zip(tabs, map(int, row), strict=True)))


def councils_with_offices(user: Actor) -> list[Council]:
    """The councils on which somebody whom this user may see holds an office, by name."""
    seats = (
        select(OfficeTerm.council_id)
        .join(Person, Person.id == OfficeTerm.person_id)
        .where(visible_people(user), listed(), holding())
    )
    return list(
        db.session.scalars(
            select(Council).where(Council.id.in_(seats)).order_by(Council.name_key, Council.id)
        )
    )


# One person's offices. Whoever got the person from `person_for` may read them.

_WHOLE = (
    joinedload(OfficeTerm.council),
    joinedload(OfficeTerm.ward),
    joinedload(OfficeTerm.constituency),
    joinedload(OfficeTerm.party),
)


def terms_of(person: Person) -> list[OfficeTerm]:
    """The person's offices, those held now first, then the latest."""
    rows = db.session.scalars(
        select(OfficeTerm).options(*_WHOLE).where(OfficeTerm.person_id == person.id)
    )
    return _held_first(rows)


def _held_first(terms: Iterable[OfficeTerm]) -> list[OfficeTerm]:
    today = clock.today()
    return sorted(
        terms,
        key=lambda t: (
            t.actual_end is None or t.actual_end > today,
            t.elected_on or date.min,
            t.id,
        ),
        reverse=True,
    )


def terms_and_roles_of(
    person: Person,
) -> tuple[list[OfficeTerm], dict[int, list[OfficeRole]]]:
    """The person's offices as `terms_of` gives them, and their roles as `roles_of` does."""
    rows = db.session.execute(
        select(OfficeTerm, OfficeRole)
        .options(*_WHOLE)
        .outerjoin(OfficeRole, OfficeRole.term_id == OfficeTerm.id)
        .where(OfficeTerm.person_id == person.id)
        .order_by(OfficeRole.ends_on.is_(None).desc(), OfficeRole.starts_on, OfficeRole.id)
    ).unique()
    roles: dict[int, list[OfficeRole]] = {}
    terms: dict[int, OfficeTerm] = {}
    for term, role in rows:
        terms[term.id] = term
        roles.setdefault(term.id, []).extend([role] if role is not None else [])
    return _held_first(terms.values()), roles


def roles_of(terms: Iterable[OfficeTerm]) -> dict[int, list[OfficeRole]]:
    """The roles within these terms, by the term's id; those held now first."""
    ids = [term.id for term in terms]
    found: dict[int, list[OfficeRole]] = {term_id: [] for term_id in ids}
    if ids:
        for role in db.session.scalars(
            select(OfficeRole)
            .where(OfficeRole.term_id.in_(ids))
            .order_by(OfficeRole.ends_on.is_(None).desc(), OfficeRole.starts_on, OfficeRole.id)
        ):
            found[role.term_id].append(role)
    return found


def term_for(user: Actor, term_id: int) -> OfficeTerm:
    """A term of a person this user may see; else NotFound."""
    term = db.session.get(OfficeTerm, term_id)
    if term is None:
        raise NotFound("There is no such office.")
    person_for(user, term.person_id)
    return term


def role_for(user: Actor, role_id: int) -> OfficeRole:
    """A role within a term of a person this user may see; else NotFound."""
    role = db.session.get(OfficeRole, role_id)
    if role is None:
        raise NotFound("There is no such role.")
    term_for(user, role.term_id)
    return role


def network_of(person: Person) -> NetworkMembership | None:
    """The person's present place in the network, or None."""
    return db.session.scalars(
        select(NetworkMembership).where(
            NetworkMembership.person_id == person.id, NetworkMembership.ended_at.is_(None)
        )
    ).one_or_none()


@dataclass(frozen=True)
class NetworkLine:
    """A place in the network that the person had, and who recorded it."""

    membership: NetworkMembership
    author: str | None


def network_history(person: Person) -> list[NetworkLine]:
    """Every place the person had in the network, the latest first."""
    rows = db.session.execute(
        select(NetworkMembership, User.name)
        .outerjoin(User, User.id == NetworkMembership.changed_by_id)
        .where(NetworkMembership.person_id == person.id)
        .order_by(NetworkMembership.started_at.desc(), NetworkMembership.id.desc())
    )
    return [NetworkLine(membership, author) for membership, author in rows]


def offices_in_words(person_ids: Collection[int]) -> dict[int, str]:
    """For each person who holds an office, the offices in a line: "Ribble, Preston (Labour)"."""
    if not person_ids:
        return {}
    terms = db.session.scalars(
        select(OfficeTerm)
        .options(*_WHOLE)
        .where(OfficeTerm.person_id.in_(sorted(person_ids)), holding())
        .order_by(OfficeTerm.person_id, OfficeTerm.elected_on, OfficeTerm.id)
    )
    words: dict[int, list[str]] = {}
    for term in terms:
        words.setdefault(term.person_id, []).append(term.place)
    return {person_id: "; ".join(places) for person_id, places in words.items()}


def open_term(person: Person, *, council_id: int | None, post: str) -> OfficeTerm | None:
    """The term in which the person holds this post on this council, not ended yet."""
    return db.session.scalars(
        select(OfficeTerm)
        .where(
            OfficeTerm.person_id == person.id,
            OfficeTerm.council_id == council_id,
            OfficeTerm.post == post,
            OfficeTerm.actual_end.is_(None),
        )
        .order_by(OfficeTerm.id)
        .limit(1)
    ).one_or_none()


def same_name_on(council: Council, given_name: str, family_name: str) -> list[Person]:
    """People of this family name and first given name who hold or held an office there, in any
    region. For rules, not for pages."""
    first = (fold(given_name).split() or [""])[0]
    on_council = select(OfficeTerm.person_id).where(OfficeTerm.council_id == council.id)
    return list(
        db.session.scalars(
            select(Person)
            .where(
                Person.family_key == fold(family_name),
                or_(begins(Person.given_key, first), _known_as(first)),
                Person.id.in_(on_council),
                listed(),
            )
            .order_by(Person.id)
        )
    )


def _known_as(first: str) -> ColumnElement[bool]:
    return func.lower(Person.known_as) == first
