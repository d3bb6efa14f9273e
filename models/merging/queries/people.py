"""Reading people as the finder compares them."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from typing import Any

from sqlalchemy import and_, or_, select

from models.audit import AuditEntry
from models.base import Base, db
from models.councillors.tables import OfficeTerm
from models.folding import fold
from models.merging.matching import Record, bare_number, initials
from models.merging.rules import postcodes
from models.people.queries.seeing import listed
from models.people.tables import ContactPoint, Person, UnionMembership
from models.places.queries.conditions import begins

AT_ONCE = 900
# Whose row it is that the audit names: table → the column with the person.
ABOUT = {"contact_point": "person_id", "union_membership": "person_id", "office_term": "person_id"}


def records(ids: Collection[int] | None = None) -> list[Record]:
    """People on the books as they are compared, by id; of all where no ids are given."""
    points, members, seats = _points(ids), _memberships(ids), _seats(ids)
    query = select(Person.id, Person.given_key, Person.family_key, Person.known_as).where(listed())
    found = []
    for row in _rows(query, Person.id, ids):
        of_kind = points[row.id]
        numbers, branches = members[row.id]
        found.append(
            Record(
                id=row.id,
                given=row.given_key,
                family=row.family_key,
                known=fold(row.known_as or ""),
                numbers=frozenset(numbers),
                emails=frozenset(of_kind["email"]),
                phones=frozenset(of_kind["phone"]),
                postcodes=frozenset(of_kind["postcode"]),
                seats=frozenset(seats[row.id]),
                branches=frozenset(branches),
            )
        )
    return sorted(found, key=lambda record: record.id)


def _rows(query: Any, column: Any, ids: Collection[int] | None) -> Iterator[Any]:
    if ids is None:
        yield from db.session.execute(query)
        return
    wanted = sorted(ids)
    for start in range(0, len(wanted), AT_ONCE):
        yield from db.session.execute(query.where(column.in_(wanted[start : start + AT_ONCE])))


def _points(ids: Collection[int] | None) -> dict[int, dict[str, set[str]]]:
    found: dict[int, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    query = select(
        ContactPoint.person_id, ContactPoint.kind, ContactPoint.value, ContactPoint.value_key
    ).where(ContactPoint.ends_on.is_(None))
    for person_id, kind, value, key in _rows(query, ContactPoint.person_id, ids):
        if kind == "address":
            found[person_id]["postcode"] |= postcodes(value)
        else:
            found[person_id]["email" if kind == "email" else "phone"].add(key)
    return found


def _memberships(ids: Collection[int] | None) -> dict[int, tuple[set[str], set[int]]]:
    found: dict[int, tuple[set[str], set[int]]] = defaultdict(lambda: (set(), set()))
    query = select(UnionMembership.person_id, UnionMembership.number, UnionMembership.branch_id)
    for person_id, number, branch_id in _rows(query, UnionMembership.person_id, ids):
        numbers, branches = found[person_id]
        if number:
            numbers.add(number)
        if branch_id:
            branches.add(branch_id)
    return found


def _seats(ids: Collection[int] | None) -> dict[int, set[tuple[int, int | None]]]:
    found: dict[int, set[tuple[int, int | None]]] = defaultdict(set)
    query = select(OfficeTerm.person_id, OfficeTerm.council_id, OfficeTerm.ward_id).where(
        OfficeTerm.council_id.is_not(None)
    )
    for person_id, council_id, ward_id in _rows(query, OfficeTerm.person_id, ids):
        found[person_id].add((council_id, ward_id))
    return found


def neighbours(about: Iterable[Record]) -> set[int]:
    """The ids of everybody who may share a block with one of these."""
    found: set[int] = set()
    for record in about:
        found.add(record.id)
        for condition in _near(record):
            found.update(db.session.scalars(select(Person.id).where(listed(), condition)))
    return found


def _near(record: Record) -> Iterator[Any]:
    keys = record.emails | record.phones
    if keys:
        yield Person.id.in_(
            select(ContactPoint.person_id).where(
                ContactPoint.kind.in_(("email", "mobile", "phone")),
                ContactPoint.value_key.in_(sorted(keys)),
            )
        )
    numbers = {bare for one in record.numbers if (bare := bare_number(one))} | record.numbers
    if numbers:
        yield Person.id.in_(
            select(UnionMembership.person_id).where(UnionMembership.number.in_(sorted(numbers)))
        )
    if record.family:
        letters = sorted(initials(record))
        initial = or_(*(begins(Person.given_key, one) for one in letters), Person.given_key == "")
        yield and_(Person.family_key == record.family, initial)
        councils = sorted({council for council, _ in record.seats})
        yield and_(
            or_(
                *(begins(Person.family_key, part[0]) for part in record.family.split()),
                Person.family_key.contains(" "),
            ),
            Person.id.in_(select(OfficeTerm.person_id).where(OfficeTerm.council_id.in_(councils))),
        )


def newest_entry() -> int:
    """The last audit entry there is."""
    return db.session.scalar(select(AuditEntry.seq).order_by(AuditEntry.seq.desc()).limit(1)) or 0


def changed_since(seq: int) -> tuple[set[int], int]:
    """The people whose comparable facts changed after this audit entry, and the last entry."""
    newest = newest_entry()
    found: set[int] = set()
    query = select(AuditEntry.subject_id).where(
        AuditEntry.seq > seq, AuditEntry.subject_kind == "person"
    )
    found.update(one for one in db.session.scalars(query) if one is not None)
    for name, column in ABOUT.items():
        table = Base.metadata.tables[name]
        touched = select(AuditEntry.subject_id).where(
            AuditEntry.seq > seq, AuditEntry.subject_kind == name
        )
        found.update(db.session.scalars(select(table.c[column]).where(table.c.id.in_(touched))))
    return found, newest
