"""The list of follow-ups, and what they add to a list below: whom somebody still owes something."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import NamedTuple

from sqlalchemy import ColumnElement, and_, case, or_, select, true

from models import clock
from models.accounts.permits import Actor, may
from models.accounts.roles import Permit
from models.accounts.tables import User
from models.contacts import rules
from models.contacts.follow_ups.queries import owed, owners_for
from models.contacts.queries import readable
from models.contacts.tables import FollowUp, Interaction
from models.councillors.list import COUNCILLORS
from models.people.queries.matching import matching
from models.people.tables import Person, everyday_name
from models.workshop.asking import question
from models.workshop.listing import Column, Filter, Fixed, Found, Join, Listing, Tab
from models.workshop.reading import page

ME, EVERYBODY = "me", "all"
STATES = {
    "open": "Open",
    "soon": "Overdue or due within a week",
    "overdue": "Overdue",
    "due": "Due",
    "done": "Done",
    "all": "All",
}


class FollowUpLine(NamedTuple):
    """What was promised to whom, by whom, until when; `contact_id` is None where the reader may
    not open the contact."""

    id: int
    person_id: int
    given_name: str
    family_name: str
    known_as: str | None
    contact_id: int | None
    what: str
    due_on: date
    status: str
    closed_at: datetime | None
    owner: str

    @property
    def name(self) -> str:
        """The everyday name of whoever it was promised to."""
        return everyday_name(self.known_as, self.given_name, self.family_name)

    @property
    def stands(self) -> tuple[str, str]:
        """How it stands, as words and a tone."""
        return rules.due_label(self.status, self.due_on, clock.today())


def _in_state(state: str) -> ColumnElement[bool]:
    today, is_open = clock.today(), FollowUp.status == "open"
    states: dict[str, ColumnElement[bool]] = {
        "due": and_(is_open, FollowUp.due_on >= today),
        "overdue": and_(is_open, FollowUp.due_on < today),
        "soon": and_(is_open, FollowUp.due_on <= today + rules.SOON),
        "done": FollowUp.status == "done",
        "all": true(),
    }
    return states.get(state, is_open)


def _owned(who: str, reader: Actor) -> ColumnElement[bool]:
    if who == EVERYBODY:
        return true()
    return FollowUp.owner_id == (reader.id if who == ME else int(who))


def _mentions(text: str) -> ColumnElement[bool]:
    return or_(FollowUp.what.icontains(text, autoescape=True), matching(text))


def _others(reader: Actor) -> list[tuple[str, str]]:
    others = [(str(one.id), one.name) for one in owners_for(reader) if one.id != reader.id]
    return [(EVERYBODY, "Everybody"), *others]


FOLLOW_UPS = Listing(
    name="follow-ups",
    title="Follow-ups",
    permit=Permit.CONTACTS_READ,
    one="follow-up",
    many="follow-ups",
    subject="Open follow-ups",
    source=FollowUp,
    key=FollowUp.id,
    line=FollowUpLine,
    own=True,
    reads=lambda reader: (
        FollowUp.id, Person.id, Person.given_name, Person.family_name, Person.known_as,
        case((readable(reader), FollowUp.interaction_id)), FollowUp.what, FollowUp.due_on,
        FollowUp.status, FollowUp.closed_at, User.name,
    ),
    joins=(
        Join(Person, Person.id == FollowUp.person_id, outer=False),
        Join(Interaction, Interaction.id == FollowUp.interaction_id),
        Join(User, User.id == FollowUp.owner_id),
    ),
    visible=owed,
    columns=(
        Column("what", "What", sort=(FollowUp.what,)),
        Column("person", "For whom", value=lambda it: it.name,
               sort=(Person.family_key, Person.given_key)),
        Column("stands", "How it stands"),
        Column("due", "Due", "day", value=lambda it: it.due_on, sort=(FollowUp.due_on,)),
        Column("owner", "Who does it", sort=(User.name, FollowUp.due_on)),
        Column("closed", "Closed", value=lambda it: it.closed_at, sort=(FollowUp.closed_at,),
               shown=False),
        Column("act", "Actions", value=lambda _: None, hidden_label=True),
    ),
    filters=(
        Filter("text", "What, or for whom", _mentions, "text", "matching “{}”"),
        Filter("owner", "Whose", _owned, "key", {EVERYBODY: "of everybody", "": "of {}"},
               Found(_others), default=ME, by_reader=True),
        Filter("state", "State", _in_state, "key", "", Fixed(STATES), default="open",
               subject={"soon": "Follow-ups that are overdue or due within a week",
                        "overdue": "Follow-ups that are overdue",
                        "due": "Follow-ups that are due today or later",
                        "done": "Follow-ups that are done",
                        "all": "Follow-ups, open and closed"}),
        Filter("contact", "Contact", FollowUp.interaction_id.__eq__, "id", "of contact {}",
               shown=False),
    ),
    tabs=(
        Tab("Open", {}),
        Tab("Overdue", {"state": "overdue"}),
        Tab("Due", {"state": "due"}),
        Tab("Done", {"state": "done", "sort": "-closed"}),
        Tab("All", {"state": "all"}),
        Tab("Everybody’s", {"owner": EVERYBODY}),
    ),
    sort="due",
)  # fmt: skip


def queue_for(reader: Actor, *, limit: int = 15) -> Sequence[FollowUpLine]:
    """The reader's own follow-ups that are overdue or due within a week, the most urgent first."""
    if not may(reader, Permit.CONTACTS_READ):
        return ()
    return page(question(FOLLOW_UPS, reader, state="soon"), size=limit)


def promised_by(owner_id: int) -> ColumnElement[bool]:
    """True for people with an open follow-up of this user."""
    promised = select(FollowUp.person_id).where(
        FollowUp.status == "open", FollowUp.owner_id == owner_id
    )
    return Person.id.in_(promised)


COUNCILLORS.add(
    Filter("owner", "Follow-up with", promised_by, "id", "with an open follow-up of {}",
           Found(lambda reader: [(one.id, one.name) for one in owners_for(reader)])),
)  # fmt: skip
