"""The list of delegates: one line for each term at a constituency party."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, and_, func

from models import clock
from models.accounts.permits import Actor
from models.accounts.roles import Permit
from models.base import db
from models.councillors.list import COUNCILLORS
from models.councillors.queries.offices import offices_in_words
from models.delegates.queries import clps_with_delegates, current, is_delegate
from models.delegates.rules import WARNED_DAYS, clp_of
from models.delegates.tables import DelegateTerm
from models.delegates.workflow import STATUSES
from models.people.list import EMAIL, LAST_CONTACT, NAME, REGIONS
from models.people.queries.in_lists import mobiles_of
from models.people.queries.matching import matching
from models.people.queries.seeing import listed, visible_people
from models.people.tables import Person, everyday_name
from models.places.tables import Constituency, UnionBranch, UnionRegion
from models.workshop.asking import question
from models.workshop.listing import Column, Filter, Fixed, Found, Join, Listing, Tab
from models.workshop.reading import lines

STATES = {
    "current": "Current",
    "soon": "Ends soon",
    "over": "Over?",
    "past": "Past",
    "any": "All",
}


class DelegateLine(NamedTuple):
    """One term with its holder. `region` is that of the appointing branch, or where it is not known
    the person's home."""

    id: int
    person_id: int
    given_name: str
    family_name: str
    known_as: str | None
    last_contacted_at: datetime | None
    constituency_id: int
    constituency: str
    gss: str
    branch: str | None
    region: str | None
    status: str
    starts_on: date | None
    certified_on: date | None
    ends_on: date | None
    ended_on: date | None
    why: str | None

    @property
    def name(self) -> str:
        """The holder's everyday name."""
        return everyday_name(self.known_as, self.given_name, self.family_name)

    @property
    def clp(self) -> str:
        """The constituency party, by name."""
        return clp_of(self.constituency)


def _in_state(state: str) -> ColumnElement[bool]:
    today, ends = clock.today(), DelegateTerm.ends_on
    states: Mapping[str, ColumnElement[bool]] = {
        "current": current(),
        "soon": and_(current(), ends.between(today, today + timedelta(days=WARNED_DAYS))),
        "over": and_(current(), ends < today),
        "past": ~current(),
    }
    return states.get(state, DelegateTerm.id.is_not(None))


def _state_meant(asked: Mapping[str, Any]) -> str:
    # Whoever asks for a status means all who have it, also where that ends a term.
    return "any" if "status" in asked else "current"


def _clps(reader: Actor) -> list[tuple[int, str]]:
    return [(one.id, clp_of(one.name)) for one in clps_with_delegates(reader)]


def _is_delegate(which: str) -> ColumnElement[bool]:
    return is_delegate() if which == "now" else ~is_delegate()


DELEGATES = Listing(
    name="delegates",
    title="Delegates",
    permit=Permit.COUNCILLORS_READ,
    one="delegate",
    many="delegates",
    subject="Delegates",
    source=DelegateTerm,
    key=DelegateTerm.id,
    about=Person.id,
    line=DelegateLine,
    reads=(
        DelegateTerm.id, Person.id, Person.given_name, Person.family_name, Person.known_as,
        Person.last_contacted_at, Constituency.id, Constituency.name, Constituency.gss,
        UnionBranch.name, UnionRegion.name, DelegateTerm.status, DelegateTerm.starts_on,
        DelegateTerm.certified_on, DelegateTerm.ends_on, DelegateTerm.ended_on, DelegateTerm.why,
    ),
    joins=(
        Join(Person, Person.id == DelegateTerm.person_id, outer=False),
        Join(Constituency, Constituency.id == DelegateTerm.constituency_id, outer=False),
        Join(UnionBranch, UnionBranch.id == DelegateTerm.branch_id),
        Join(UnionRegion, UnionRegion.id == func.coalesce(UnionBranch.region_id,
                                                          Person.home_region_id)),
    ),
    visible=lambda reader: (visible_people(reader), listed()),
    columns=(
        NAME,
        Column("clp", "Constituency party", heading="CLP", width=28, data_class="special",
               sort=(Constituency.name_key, Person.family_key, Person.given_key)),
        Column("gss", "Constituency code", shown=False, width=14),
        Column("branch", "Branch and region", heading="Appointing branch", width=24,
               data_class="special"),
        Column("region", "Region", shown=False, width=28),
        Column("status", "Status", value=lambda it: STATUSES[it.status], width=14,
               data_class="special"),
        Column("starts_on", "Since", "day", shown=False, width=14),
        Column("certified_on", "Certified", "day", shown=False, width=14),
        Column("end", "Annual meeting", "day", value=lambda it: it.ends_on, width=16,
               sort=(DelegateTerm.ends_on, Person.family_key)),
        Column("ended_on", "Ended", "day", shown=False, width=14),
        Column("why", "Why", shown=False, width=28, data_class="special"),
        Column("offices", "Offices", load=offices_in_words, shown=False, width=36),
        EMAIL,
        Column("mobile", "Mobile", load=mobiles_of, shown=False, width=16, data_class="personal"),
        LAST_CONTACT,
        Column("act", "Move on", value=lambda _: None, hidden_label=True),
    ),
    filters=(
        Filter("text", "Name or number", matching, "text", "matching “{}”"),
        Filter("region", "Region", UnionRegion.code.__eq__, "key", "in the region {}",
               REGIONS),
        Filter("clp", "Constituency party", DelegateTerm.constituency_id.__eq__, "id", "at {}",
               Found(_clps)),
        Filter("status", "Status", DelegateTerm.status.__eq__, "key", "with the status “{}”",
               Fixed(STATUSES)),
        Filter("state", "State", _in_state, "key", "", Fixed(STATES), default=_state_meant,
               subject={"soon": "Delegates whose term ends soon",
                        "over": "Delegates whose annual meeting has passed",
                        "past": "People who were delegates",
                        "any": "Everybody who is or was a delegate"}, shown=False),
    ),
    tabs=(
        Tab("Current", {}),
        Tab("Ends soon", {"state": "soon"}),
        Tab("Over?", {"state": "over"}),
        Tab("Past", {"state": "past"}),
        Tab("All", {"state": "any"}),
    ),
)  # fmt: skip

COUNCILLORS.add(
    Filter("delegate", "Delegate", _is_delegate, "key",
           {"now": "who are delegates to a constituency party",
            "": "who are delegates to no constituency party"},
           Fixed({"now": "Delegate now", "none": "No delegate"})),
)  # fmt: skip


def delegates_at(reader: Actor, where: ColumnElement[bool]) -> list[DelegateLine]:
    """The open terms at the CLPs of the constituencies of which `where` is true, CLP by CLP."""
    asked = lines(question(DELEGATES, reader, sort="clp")).where(where)
    return [DelegateLine(*row) for row in db.session.execute(asked)]
