"""The list of office holders: one line for each office that somebody holds or held."""

from datetime import date, datetime, timedelta
from typing import NamedTuple

from sqlalchemy import ColumnElement, and_, or_, select

from models import clock
from models.accounts.permits import Actor
from models.accounts.roles import Permit
from models.councillors.control.tables import ControlPeriod
from models.councillors.queries.offices import (
    councils_with_offices,
    holding,
    offices_in_words,
    roles_in_words,
)
from models.councillors.rules import POSTS, ROLE_KINDS
from models.councillors.tables import NetworkMembership, OfficeRole, OfficeTerm
from models.councillors.workflow import STATUSES
from models.folding import fold
from models.people.list import EMAIL, LAST_CONTACT, MOBILE, NAME, PEOPLE, REGIONS, TAG
from models.people.queries.in_lists import branches_of, numbers_of
from models.people.queries.matching import matching
from models.people.queries.seeing import listed, visible_people
from models.people.tables import Person, everyday_name
from models.places.queries.conditions import begins, in_force
from models.places.queries.parties import parties
from models.places.queries.regions import region_names
from models.places.tables import Constituency, Council, CouncilRegion, Party, UnionRegion, Ward
from models.workshop.listing import Column, Filter, Fixed, Found, Join, Listing, Tab

NOT_ASKED, NO_CONTROL = "none", "none"
SPANS = {"30": "30 days", "60": "60 days", "90": "90 days", "180": "180 days", "365": "a year"}
OFFICES = {"current": "In office", "overdue": "Over?", "former": "Former", "any": "All"}


class CouncillorLine(NamedTuple):
    """One office with its holder, as the list and the workbook show it."""

    id: int
    person_id: int
    title: str | None
    given_name: str
    family_name: str
    known_as: str | None
    last_contacted_at: datetime | None
    post: str
    council_id: int | None
    council: str | None
    council_code: str | None
    constituency: str | None
    body: str | None
    ward: str | None
    party: str | None
    status: str | None
    elected_on: date | None
    expected_end: date | None
    actual_end: date | None
    verified_on: date | None

    @property
    def name(self) -> str:
        """The holder's everyday name."""
        return everyday_name(self.known_as, self.given_name, self.family_name)

    @property
    def area(self) -> str:
        """Where the office is held: the council, the constituency or the party body."""
        return self.council or self.constituency or self.body or ""


def not_asked() -> ColumnElement[bool]:
    """True where nobody asked the holder into the network yet."""
    status = NetworkMembership.status
    return or_(status.is_(None), status == "prospect")


def no_contact_since(day: date) -> ColumnElement[bool]:
    """True for people with whom nobody was in contact from a day on."""
    return or_(Person.last_contacted_at.is_(None), Person.last_contacted_at < clock.midnight(day))


def _in_region(code: str) -> ColumnElement[bool]:
    councils = (
        select(CouncilRegion.council_id)
        .join(UnionRegion, UnionRegion.id == CouncilRegion.region_id)
        .where(UnionRegion.code == code, in_force())
    )
    return OfficeTerm.council_id.in_(councils)


def _office(which: str) -> ColumnElement[bool]:
    if which == "former":
        return ~holding()
    if which == "overdue":
        return and_(holding(), OfficeTerm.expected_end < clock.today())
    return OfficeTerm.id.is_not(None) if which == "any" else holding()


def _with_status(status: str) -> ColumnElement[bool]:
    return not_asked() if status == NOT_ASKED else NetworkMembership.status == status


def _named(text: str) -> ColumnElement[bool]:
    key = fold(text)
    if not key:
        return matching(text)
    return or_(matching(text), begins(Council.name_key, key), begins(Ward.name_key, key))


def _run_by(control: str) -> ColumnElement[bool]:
    today = clock.today()
    period = ControlPeriod
    present = select(period.council_id).where(
        or_(period.starts_on.is_(None), period.starts_on <= today),
        or_(period.ends_on.is_(None), period.ends_on > today),
    )
    run = period.kind == "none" if control == NO_CONTROL else period.party_id == int(control)
    return OfficeTerm.council_id.in_(present.where(run))


def _with_role(kind: str) -> ColumnElement[bool]:
    held = select(OfficeRole.term_id).where(
        OfficeRole.kind == kind,
        or_(OfficeRole.ends_on.is_(None), OfficeRole.ends_on > clock.today()),
    )
    return OfficeTerm.id.in_(held)


def _not_verified_since(day: date) -> ColumnElement[bool]:
    verified = OfficeTerm.verified_on
    return or_(verified.is_(None), verified < day)


def _ago(days: str) -> date:
    return clock.today() - timedelta(days=int(days))


def _ahead(days: str) -> date:
    return clock.today() + timedelta(days=int(days))


def _began_by(day: date) -> ColumnElement[bool]:
    begun = or_(OfficeTerm.elected_on.is_(None), OfficeTerm.elected_on <= day)
    return and_(holding(day), begun)


def _parties(_reader: Actor) -> list[tuple[int, str]]:
    return [(one.id, one.name) for one in parties()]


def _controls(reader: Actor) -> list[tuple[str, str]]:
    return [(NO_CONTROL, "No overall control"), *((str(a), b) for a, b in _parties(reader))]


FILTERS = (
    Filter("text", "Name, ward or number", _named, "text", "matching “{}”"),
    Filter("council", "Council", OfficeTerm.council_id.__eq__, "id", "on {}",
           Found(lambda reader: [(one.id, one.name) for one in councils_with_offices(reader)])),
    Filter("region", "Region of the council", _in_region, "key", "in the region {}",
           REGIONS),
    Filter("control", "Council run by", _run_by, "key",
           {NO_CONTROL: "on councils under no overall control", "": "on councils run by {}"},
           Found(_controls)),
    Filter("party", "Party", OfficeTerm.party_id.__eq__, "id", "of {}", Found(_parties)),
    Filter("status", "Network", _with_status, "key",
           {NOT_ASKED: "not asked to join the network yet",
            "": "with the network status “{}”"},
           Fixed({NOT_ASKED: "Not asked yet", **STATUSES})),
    Filter("role", "Role", _with_role, "key", "with the role “{}”", Fixed(ROLE_KINDS)),
    TAG,
    Filter("ending_within", "Term ends within", lambda days: OfficeTerm.expected_end < _ahead(days),
           "key", "whose term ends within {}", Fixed(SPANS)),
    Filter("ending_before", "Term ends before", OfficeTerm.expected_end.__lt__, "day",
           "whose term ends before {}"),
    Filter("quiet_days", "Not contacted for", lambda days: no_contact_since(_ago(days)), "key",
           "not contacted for {}", Fixed(SPANS)),
    Filter("no_contact_since", "Not contacted since", no_contact_since, "day",
           "not contacted since {}"),
    Filter("verified_before", "Not verified since", _not_verified_since, "day",
           "whose office was not verified since {}"),
    Filter("on", "As at", _began_by, "day", "as at {}", shown=False),
    Filter("office", "Office", _office, "key", "", Fixed(OFFICES),
           default=lambda asked: None if "on" in asked else "current",
           subject={"overdue": "Office holders whose term seems to be over",
                    "former": "People who held an office",
                    "any": "Everybody who holds or held an office"}, shown=False),
)  # fmt: skip

COLUMNS = (
    NAME,
    Column("title", "Title", shown=False, width=10, data_class="personal"),
    Column("given_name", "Given name", shown=False, width=16, data_class="personal"),
    Column("family_name", "Family name", shown=False, width=18, data_class="personal"),
    Column("post", "Post", value=lambda it: POSTS.get(it.post, it.post), shown=False, width=14),
    Column("council", "Council and ward", heading="Council", value=lambda it: it.area, width=26,
           sort=(Council.name_key, Ward.name_key, Person.family_key)),
    Column("council_code", "Council code", shown=False, width=12),
    Column("ward", "Ward", shown=False, width=24),
    Column("party", "Party", sort=(Party.name, Person.family_key), width=24),
    Column("region", "Region of the council", load=region_names, by="council_id", shown=False,
           width=28),
    Column("status", "Network", heading="Network status", width=14, data_class="special",
           value=lambda it: STATUSES.get(it.status)),
    Column("roles", "Roles", load=roles_in_words, by="id", shown=False, width=30),
    Column("number", "Membership number", load=numbers_of, shown=False, width=16,
           data_class="special"),
    Column("branch", "Branch", load=branches_of, shown=False, width=22, data_class="special"),
    EMAIL,
    MOBILE,
    Column("elected_on", "Elected", "day", shown=False, width=14),
    Column("end", "Term ends", "day", value=lambda it: it.expected_end, width=14,
           sort=(OfficeTerm.expected_end, Person.family_key)),
    LAST_CONTACT,
    Column("act", "Log a contact", value=lambda _: None, hidden_label=True),
    Column("verified_on", "Office verified", "day", shown=False, width=14),
)  # fmt: skip

COUNCILLORS = Listing(
    name="councillors",
    title="Councillors",
    permit=Permit.COUNCILLORS_READ,
    one="office",
    many="offices",
    subject="Office holders",
    source=OfficeTerm,
    key=OfficeTerm.id,
    about=Person.id,
    line=CouncillorLine,
    reads=(
        OfficeTerm.id, Person.id, Person.title, Person.given_name, Person.family_name,
        Person.known_as, Person.last_contacted_at, OfficeTerm.post, Council.id, Council.name,
        Council.code, Constituency.name, OfficeTerm.body, Ward.name, Party.name,
        NetworkMembership.status, OfficeTerm.elected_on, OfficeTerm.expected_end,
        OfficeTerm.actual_end, OfficeTerm.verified_on,
    ),
    joins=(
        Join(Person, Person.id == OfficeTerm.person_id, outer=False),
        Join(Council, Council.id == OfficeTerm.council_id),
        Join(Constituency, Constituency.id == OfficeTerm.constituency_id),
        Join(Ward, Ward.id == OfficeTerm.ward_id),
        Join(Party, Party.id == OfficeTerm.party_id),
        Join(NetworkMembership, and_(NetworkMembership.person_id == OfficeTerm.person_id,
                                     NetworkMembership.ended_at.is_(None))),
    ),
    visible=lambda reader: (visible_people(reader), listed()),
    columns=COLUMNS,
    filters=FILTERS,
    tabs=(
        Tab("In office", {}),
        Tab("Network", {"status": "joined"}),
        Tab("Invited", {"status": "invited"}),
        Tab("Not asked", {"status": NOT_ASKED}),
        Tab("Ends soon", {"ending_within": "180"}),
        Tab("Over?", {"office": "overdue"}),
        Tab("Not contacted", {"quiet_days": "180"}),
        Tab("Former", {"office": "former"}),
    ),
)  # fmt: skip

PEOPLE.add_column(Column("office", "Office", load=offices_in_words, width=36), after="name")
