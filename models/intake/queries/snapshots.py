"""What is on the books, read once for many rows: spellings of places, and people with offices.

For rules and never for pages: it holds people of every region, marked with whether the importing
user may know of them.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import or_, select

from models import clock
from models.accounts.permits import Actor
from models.base import db
from models.councillors.queries.offices import holding
from models.councillors.tables import NetworkMembership, OfficeRole, OfficeTerm
from models.intake.comparing import reach_key
from models.intake.matching import Books, KnownPerson, KnownPoint, KnownTerm, books_of, fold
from models.intake.queries.batches import taught
from models.intake.queries.parts import parts
from models.intake.rows import GivenRow, Named
from models.intake.spellings import Gazetteer
from models.people.queries.seeing import visible_people
from models.people.tables import ContactPoint, Person, PersonTag, Tag, UnionMembership
from models.places.queries.conditions import in_force
from models.places.queries.councils import ended_councils
from models.places.spelling import ward_keys
from models.places.tables import (
    Council,
    CouncilAlias,
    CouncilRegion,
    Party,
    PartyAlias,
    UnionBranch,
    UnionRegion,
    Ward,
)

NAMES = ("title", "given_name", "family_name", "known_as", "suffix")


EVERYTHING = frozenset({"council", "ward", "party", "branch", "home_region"})


def gazetteer(
    wanted: frozenset[str] = EVERYTHING, *, lessons: Mapping[tuple[str, str], str] | None = None
) -> Gazetteer:
    """Every spelling of a place or party there is, and what was taught at earlier imports (or is
    about to be: `lessons`); of the fields that are wanted."""
    councils, ids = _councils() if "council" in wanted else ({}, [])
    regions: dict[int, set[int]] = defaultdict(set)
    if "ward" in wanted:
        mapped = select(CouncilRegion.council_id, CouncilRegion.region_id).where(in_force())
        for council_id, region_id in db.session.execute(mapped):
            regions[council_id].add(region_id)
    branches, of_branch = _branches() if "branch" in wanted else ({}, {})
    return Gazetteer(
        councils=councils,
        council_regions={council_id: frozenset(regions[council_id]) for council_id in ids},
        wards=_wards() if "ward" in wanted else {},
        parties=_parties() if "party" in wanted else {},
        branches=branches,
        branch_regions=of_branch,
        regions=_regions() if wanted & {"branch", "home_region"} else {},
        taught=taught() | dict(lessons or {}),
        ended=ended_councils(clock.today()) if "council" in wanted else {},
        today=clock.today(),
    )


def _branches() -> tuple[dict[str, Named], dict[int, int]]:
    spelt: dict[str, Named] = {}
    regions: dict[int, int] = {}
    for branch in db.session.scalars(select(UnionBranch).order_by(UnionBranch.id)):
        regions[branch.id] = branch.region_id
        for text in (branch.name, branch.code):
            spelt[fold(text)] = Named(branch.id, branch.name, fold(branch.name))
    return spelt, regions


def _regions() -> dict[str, Named]:
    spelt: dict[str, Named] = {}
    for region in db.session.scalars(select(UnionRegion).order_by(UnionRegion.id)):
        for text in (region.name, region.code):
            spelt[fold(text)] = Named(region.id, region.name, fold(region.name))
    return spelt


def _councils() -> tuple[dict[str, Named], list[int]]:
    """By code and GSS first, then by name where one alone bears it, then by known spelling."""
    by_id: dict[int, Named] = {}
    spelt: dict[str, Named] = {}
    names: dict[str, list[int]] = defaultdict(list)
    columns = (Council.id, Council.code, Council.gss, Council.name, Council.name_key)
    for row in db.session.execute(select(*columns).order_by(Council.id)):
        by_id[row.id] = Named(row.id, row.name, row.name_key)
        names[row.name_key].append(row.id)
        for code in (row.code, row.gss):
            if code:
                spelt[fold(code)] = by_id[row.id]
    spelt |= {key: by_id[ids[0]] for key, ids in names.items() if len(ids) == 1}
    aliases = select(CouncilAlias.key, CouncilAlias.council_id)
    spelt |= {key: by_id[council_id] for key, council_id in db.session.execute(aliases)}
    return spelt, list(by_id)


def _parties() -> dict[str, Named]:
    by_id: dict[int, Named] = {}
    spelt: dict[str, Named] = {}
    for row in db.session.execute(select(Party.id, Party.ec_id, Party.name).order_by(Party.id)):
        by_id[row.id] = Named(row.id, row.name, fold(row.name))
        for text in (row.ec_id, row.name):
            if text:
                spelt[fold(text)] = by_id[row.id]
    aliases = select(PartyAlias.key, PartyAlias.party_id)
    return spelt | {key: by_id[party_id] for key, party_id in db.session.execute(aliases)}


def _wards() -> dict[tuple[int, str], Named]:
    query = select(Ward.council_id, Ward.name_key, Ward.id, Ward.name).where(
        or_(Ward.ends_on.is_(None), Ward.ends_on > clock.today())
    )
    exact: dict[tuple[int, str], Named] = {}
    spelt: dict[tuple[int, str], set[Named]] = defaultdict(set)
    for row in db.session.execute(query):
        ward = Named(row.id, row.name, row.name_key)
        exact[row.council_id, row.name_key] = ward
        for key in ward_keys(row.name):
            spelt[row.council_id, key].add(ward)
    # What two wards of a council could be is neither of them.
    return {at: next(iter(wards)) for at, wards in spelt.items() if len(wards) == 1} | exact


def books(rows: Sequence[GivenRow], seats: Collection[tuple[int, str]], *, reader: Actor) -> Books:
    """Everybody whom these rows can be about: by number, by e-mail, or by one of these seats
    (council id and folded family name). People whom the reader may not know of are there, marked.
    """
    councils = sorted({council_id for council_id, _ in seats})
    ids = _holders(councils, set(seats))
    numbers = {row.values["number"] for row in rows if row.values.get("number")}
    ids |= _ids(UnionMembership.person_id, UnionMembership.number, numbers)
    emails = {row.values["email"].casefold() for row in rows if row.values.get("email")}
    ids |= _ids(
        ContactPoint.person_id, ContactPoint.value_key, emails, ContactPoint.kind == "email"
    )
    for kinds, keys in _reach_of(rows).items():
        ids |= _ids(
            ContactPoint.person_id, ContactPoint.value_key, keys, ContactPoint.kind.in_(kinds)
        )
    return books_of(_people(ids, reader), _terms(ids, councils))


def _reach_of(rows: Sequence[GivenRow]) -> dict[tuple[str, ...], set[str]]:
    """The telephone numbers and addresses of a list of people, as they are compared."""
    found: dict[tuple[str, ...], set[str]] = {("mobile", "phone"): set(), ("address",): set()}
    for row in rows:
        for kinds, keys in found.items() if not row.values.get("council") else ():
            given = {kind: row.values.get(kind) for kind in kinds}
            keys.update(reach_key(kind, text) for kind, text in given.items() if text)
    return found


def known_by_term(
    term_ids: Collection[int], reader: Actor
) -> Iterator[tuple[KnownTerm, KnownPerson]]:
    """These offices on councils with their holders; people whom the reader may not know of are
    there, marked."""
    wanted = set(term_ids)
    rows: list[tuple[int, int]] = []
    query = select(OfficeTerm.person_id, OfficeTerm.council_id).where(
        OfficeTerm.council_id.is_not(None)
    )
    for person_id, council_id in _in_parts(query, OfficeTerm.id, wanted):
        rows.append((person_id, council_id))
    people = {person.id: person for person in _people({one for one, _ in rows}, reader)}
    for term in _terms(set(people), sorted({council for _, council in rows})):
        if term.id in wanted:
            yield term, people[term.person_id]


def _holders(councils: list[int], seats: set[tuple[int, str]]) -> set[int]:
    """Who has held an office on the council of a seat, under the family name of that seat."""
    query = (
        select(OfficeTerm.council_id, Person.family_key, Person.id)
        .join(Person, Person.id == OfficeTerm.person_id)
        .where(OfficeTerm.council_id.in_(councils))
    )
    families = {family for _, family in seats}
    found = _in_parts(query, Person.family_key, families)
    return {row.id for row in found if (row.council_id, row.family_key) in seats}


def _ids(wanted: Any, column: Any, values: Iterable[Any], *more: Any) -> set[int]:
    found: set[int] = set()
    for part in parts(values):
        found.update(db.session.scalars(select(wanted).where(column.in_(part), *more)))
    return found


def _in_parts(query: Any, column: Any, ids: Iterable[Any]) -> Iterator[Any]:
    for part in parts(ids):
        yield from db.session.execute(query.where(column.in_(part)))


def _people(ids: set[int], reader: Actor) -> Iterator[KnownPerson]:
    visible = set(ids)
    if reader.region_ids is not None:
        visible = set()
        for part in parts(ids):
            seen = select(Person.id).where(Person.id.in_(part), visible_people(reader))
            visible.update(db.session.scalars(seen))
    points, members = _points(ids), _memberships(ids)
    network = _network(ids)
    tags = _tags(ids)
    query = select(Person).where(Person.merged_into_id.is_(None))
    for (person,) in _in_parts(query, Person.id, ids):
        member = members[person.id][-1] if person.id in members else None
        yield KnownPerson(
            id=person.id,
            names={name: getattr(person, name) for name in NAMES},
            visible=person.id in visible,
            archived=person.archived_at is not None,
            home_region_id=person.home_region_id,
            points=tuple(points[person.id]),
            membership_id=member.id if member else None,
            number=member.number if member else None,
            numbers=tuple(one.number for one in members.get(person.id, ()) if one.number),
            branch_id=member.branch_id if member else None,
            membership_status=member.status if member else None,
            network=network.get(person.id),
            tags=frozenset(tags[person.id]),
        )


def _points(ids: set[int]) -> dict[int, list[KnownPoint]]:
    """Ways to reach people that have not ended, the preferred ones first."""
    found: dict[int, list[KnownPoint]] = defaultdict(list)
    query = (
        select(ContactPoint)
        .where(ContactPoint.ends_on.is_(None))
        .order_by(ContactPoint.person_id, ContactPoint.preferred.desc(), ContactPoint.id)
    )
    for (point,) in _in_parts(query, ContactPoint.person_id, ids):
        known = KnownPoint(point.id, point.kind, point.value, point.value_key)
        found[point.person_id].append(known)
    return found


def _memberships(ids: set[int]) -> dict[int, list[UnionMembership]]:
    """The memberships of each person; the last is the one that counts: one with a number before
    one without, an open one before an ended one, the latest."""
    query = select(UnionMembership).order_by(
        UnionMembership.number.is_not(None),
        UnionMembership.ends_on.is_(None),
        UnionMembership.id,
    )
    found: dict[int, list[UnionMembership]] = defaultdict(list)
    for (member,) in _in_parts(query, UnionMembership.person_id, ids):
        found[member.person_id].append(member)
    return found


def _network(ids: set[int]) -> dict[int, str]:
    query = select(NetworkMembership.person_id, NetworkMembership.status).where(
        NetworkMembership.ended_at.is_(None)
    )
    rows = _in_parts(query, NetworkMembership.person_id, ids)
    return dict(tuple(row) for row in rows)


def _tags(ids: set[int]) -> dict[int, set[str]]:
    found: dict[int, set[str]] = defaultdict(set)
    query = select(PersonTag.person_id, Tag.key).join(Tag, Tag.id == PersonTag.tag_id)
    for person_id, key in _in_parts(query, PersonTag.person_id, ids):
        found[person_id].add(key)
    return found


def _terms(ids: set[int], councils: list[int]) -> Iterator[KnownTerm]:
    roles: dict[int, set[tuple[str, str]]] = defaultdict(set)
    role_query = (
        select(OfficeRole.term_id, OfficeRole.kind, OfficeRole.detail)
        .join(OfficeTerm, OfficeTerm.id == OfficeRole.term_id)
        .where(OfficeRole.ends_on.is_(None), OfficeTerm.council_id.in_(councils), holding())
    )
    for term_id, kind, detail in _in_parts(role_query, OfficeTerm.person_id, ids):
        roles[term_id].add((kind, fold(detail or "")))
    query = (
        select(OfficeTerm, Ward.name, Ward.name_key, Party.name)
        .outerjoin(Ward, Ward.id == OfficeTerm.ward_id)
        .outerjoin(Party, Party.id == OfficeTerm.party_id)
        .where(OfficeTerm.council_id.in_(councils))
        .order_by(OfficeTerm.id)
    )
    for term, ward, ward_key, party in _in_parts(query, OfficeTerm.person_id, ids):
        yield KnownTerm(
            id=term.id,
            person_id=term.person_id,
            council_id=term.council_id,
            post=term.post,
            ward_id=term.ward_id,
            ward=ward,
            ward_key=ward_key or "",
            party_id=term.party_id,
            party=party,
            elected_on=term.elected_on,
            expected_end=term.expected_end,
            actual_end=term.actual_end,
            roles=frozenset(roles[term.id]),
        )
