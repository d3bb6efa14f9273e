"""Reading people. Who reads comes first, and decides who is there at all."""

from collections.abc import Iterable

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from models.accounts.permits import Actor
from models.base import Base, db
from models.errors import Invalid, NotFound
from models.people import keys
from models.people.numbers import membership_number
from models.people.queries.finding import found_people
from models.people.queries.seeing import listed, visible_people
from models.people.tables import ContactPoint, Person, UnionMembership
from models.places.queries.conditions import in_force
from models.places.tables import CouncilRegion


def regions_of_person(person: Person) -> frozenset[int]:
    """The ids of the regions that see this person: home, and of each office ever held."""
    office = Base.metadata.tables["office_term"]
    found = set(
        db.session.scalars(
            select(CouncilRegion.region_id)
            .join(office, office.c.council_id == CouncilRegion.council_id)
            .where(office.c.person_id == person.id, in_force())
        )
    )
    if person.home_region_id is not None:
        found.add(person.home_region_id)
    return frozenset(found)


def person_for(user: Actor, person_id: int) -> Person:
    """The person, archived or not; raises NotFound where this user may not know of them."""
    person = db.session.scalars(
        select(Person)
        .options(joinedload(Person.home_region))
        .where(Person.id == person_id, visible_people(user))
    ).one_or_none()
    if person is None:
        raise NotFound("There is no such person, or they are not in your region.")
    return person


def find_people(user: Actor, text: str, limit: int = 8) -> list[Person]:
    """The first people this user may see whom the text names, the best first: whole words before
    beginnings, in any order, without accents, and with the slips of the fingers forgiven."""
    return found_people(user, text, limit)


def person_by_number(number: str) -> Person | None:
    """Whoever holds this union membership number, in any region; nobody by a text that is none.
    For rules, not for pages."""
    try:
        wanted = membership_number(number)
    except Invalid:
        return None
    return db.session.scalars(
        select(Person)
        .join(UnionMembership, UnionMembership.person_id == Person.id)
        .where(UnionMembership.number == wanted)
    ).one_or_none()


def people_by_email(address: str) -> list[Person]:
    """Everybody with this e-mail address, in any region. For rules, not for pages."""
    return _people_by_point(("email",), keys.email_key(address))


def _people_by_point(kinds: Iterable[str], key: str) -> list[Person]:
    if not key:
        return []
    holders = select(ContactPoint.person_id).where(
        ContactPoint.kind.in_(tuple(kinds)),
        ContactPoint.value_key == key,
        ContactPoint.ends_on.is_(None),
    )
    return list(
        db.session.scalars(
            select(Person).where(Person.id.in_(holders), listed()).order_by(Person.id)
        )
    )
