"""The list of people: one line for each human being on the books, in office or not."""

from datetime import datetime
from typing import NamedTuple

from sqlalchemy import ColumnElement, select

from models.accounts.roles import Permit
from models.folding import fold
from models.people.queries.in_lists import emails_of, mobiles_of
from models.people.queries.matching import matching
from models.people.queries.seeing import listed, visible_people
from models.people.tables import Person, PersonTag, Tag, everyday_name
from models.places.queries.regions import regions
from models.places.tables import UnionRegion
from models.workshop.listing import Column, Filter, Fixed, Found, Join, Listing, Tab

ARCHIVED, ON_THE_BOOKS = "1", "0"


class PersonLine(NamedTuple):
    """One person. `id` and `person_id` are the same."""

    id: int
    person_id: int
    title: str | None
    given_name: str
    family_name: str
    known_as: str | None
    suffix: str | None
    region: str | None
    last_contacted_at: datetime | None

    @property
    def name(self) -> str:
        """The person's everyday name."""
        return everyday_name(self.known_as, self.given_name, self.family_name)


def tagged(tag: str) -> ColumnElement[bool]:
    """True for people with this tag, in any spelling."""
    people = select(PersonTag.person_id).join(Tag, Tag.id == PersonTag.tag_id)
    return Person.id.in_(people.where(Tag.key == fold(tag)))


def _archived(which: str) -> ColumnElement[bool]:
    return Person.archived_at.is_not(None) if which == ARCHIVED else listed()


# What every list of people says of one, and offers of the union's map.
NAME = Column(
    "name", "Name", sort=(Person.family_key, Person.given_key), width=26, data_class="personal"
)
EMAIL = Column("email", "E-mail", load=emails_of, shown=False, width=30, data_class="personal")
MOBILE = Column("mobile", "Mobile", load=mobiles_of, width=16, data_class="personal")
LAST_CONTACT = Column(
    "contact",
    "Last contact",
    "moment",
    value=lambda it: it.last_contacted_at,
    sort=(Person.last_contacted_at, Person.family_key),
    unknown_first=True,
    width=18,
)
REGIONS = Found(lambda _: [(one.code, one.name) for one in regions()])
TAG = Filter("tag", "Tag", tagged, "text", "tagged “{}”")

PEOPLE = Listing(
    name="people",
    title="People",
    permit=Permit.PEOPLE_READ,
    one="person",
    many="people",
    subject="People",
    source=Person,
    key=Person.id,
    about=Person.id,
    line=PersonLine,
    reads=(
        Person.id, Person.id, Person.title, Person.given_name, Person.family_name,
        Person.known_as, Person.suffix, UnionRegion.name, Person.last_contacted_at,
    ),
    joins=(Join(UnionRegion, UnionRegion.id == Person.home_region_id),),
    visible=lambda reader: (visible_people(reader),),
    columns=(
        NAME,
        Column("title", "Title", shown=False, width=10, data_class="personal"),
        Column("given_name", "Given name", shown=False, width=16, data_class="personal"),
        Column("family_name", "Family name", shown=False, width=18, data_class="personal"),
        Column("region", "Home region", sort=(UnionRegion.name, Person.family_key), width=28),
        EMAIL,
        MOBILE,
        LAST_CONTACT,
        Column("act", "Log a contact", value=lambda _: None, hidden_label=True),
    ),
    filters=(
        Filter("text", "Name, number, e-mail", matching, "text", "matching “{}”"),
        Filter("region", "Home region", UnionRegion.code.__eq__, "key", "of the region {}",
               REGIONS),
        TAG,
        Filter("archived", "Archived", _archived, "key", "", Fixed({ARCHIVED: "Archived"}),
               default=ON_THE_BOOKS, subject={ARCHIVED: "People who are archived"}, shown=False),
    ),
    tabs=(Tab("On the books", {}), Tab("Archived", {"archived": ARCHIVED})),
)  # fmt: skip
