"""Who is there for whom, and who is on the books: conditions that other queries are built of."""

from sqlalchemy import ColumnElement, and_, false, or_, select, true

from models.accounts.permits import Actor
from models.base import Base
from models.people.tables import Person
from models.places.queries.regions import council_ids_in


def visible_people(user: Actor) -> ColumnElement[bool]:
    """The one rule of who is there for whom: true for each person that this user may see.

    A region sees a person whose home region is its own, or who holds or held an office there.
    """
    if user.region_ids is None:
        return true()
    if not user.region_ids:
        return false()
    # Offices belong to a room above this one: only their table is named, as by a foreign key.
    office = Base.metadata.tables["office_term"]
    in_office = select(office.c.person_id).where(
        office.c.council_id.in_(council_ids_in(user.region_ids))
    )
    return or_(Person.home_region_id.in_(sorted(user.region_ids)), Person.id.in_(in_office))


def listed() -> ColumnElement[bool]:
    """True for people who are on the books: not archived, not merged into another record."""
    return and_(Person.archived_at.is_(None), Person.merged_into_id.is_(None))
