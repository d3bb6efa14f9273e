"""The contact log: one line for each contact that the reader may see."""

from datetime import datetime, timedelta
from typing import NamedTuple

from sqlalchemy import ColumnElement, or_

from models.accounts.permits import Actor
from models.accounts.roles import Permit
from models.accounts.tables import User
from models.clock import midnight
from models.contacts import rules
from models.contacts.queries import among, company_of, readable, seen_by
from models.contacts.tables import Interaction
from models.people.queries.matching import matching
from models.people.queries.seeing import visible_people
from models.people.tables import Person
from models.workshop.asking import question
from models.workshop.listing import Column, Filter, Fixed, Join, Linked, Listing, Tab
from models.workshop.reading import page

MINE = "mine"


class ContactLine(NamedTuple):
    """One contact. With a `region_id` that region alone reads it beside the national office."""

    id: int
    at: datetime
    channel_key: str
    summary: str
    outcome_key: str | None
    confidential: bool
    region_id: int | None
    logged_by_id: int
    author: str

    @property
    def channel(self) -> rules.Choice:
        """How it was."""
        return rules.channel_of(self.channel_key)

    @property
    def outcome(self) -> str | None:
        """What came of it, in words."""
        return rules.outcome_label(self.outcome_key)


def _mentions(text: str, reader: Actor) -> ColumnElement[bool]:
    # Names count only where the reader may see the person; else a filter would betray them.
    in_summary = Interaction.summary.icontains(text, autoescape=True)
    return or_(in_summary, among(visible_people(reader), matching(text)))


def _with(person_id: int, reader: Actor) -> ColumnElement[bool]:
    return among(Person.id == person_id, visible_people(reader))


def _person(reader: Actor, value: str) -> str | None:
    return next((one.name for one in seen_by(reader, [int(value)])), None)


def _words(choices: tuple[rules.Choice, ...]) -> Fixed:
    return Fixed({one.key: one.label for one in choices})


CONTACTS = Listing(
    name="contacts",
    title="Contacts",
    permit=Permit.CONTACTS_READ,
    one="contact",
    many="contacts",
    subject="Contacts",
    source=Interaction,
    key=Interaction.id,
    line=ContactLine,
    own=True,
    reads=(
        Interaction.id, Interaction.at, Interaction.channel, Interaction.summary,
        Interaction.outcome, Interaction.confidential, Interaction.region_id,
        Interaction.logged_by_id, User.name,
    ),
    joins=(Join(User, User.id == Interaction.logged_by_id),),
    visible=lambda reader: (readable(reader),),
    counted=lambda reader: (readable(reader, many=True),),
    columns=(
        Column("at", "When", sort=(Interaction.at, Interaction.id)),
        Column("who", "Who", load=company_of, by="id", by_reader=True),
        Column("summary", "About"),
        Column("outcome", "Outcome"),
        Column("author", "Logged by", sort=(User.name, Interaction.at)),
    ),
    filters=(
        Filter("q", "Name or words", _mentions, "text", "matching “{}”", by_reader=True),
        Filter("channel", "How", Interaction.channel.__eq__, "key", "by {}",
               _words(rules.CHANNELS)),
        Filter("outcome", "Outcome", Interaction.outcome.__eq__, "key", "with the outcome “{}”",
               _words(rules.OUTCOMES)),
        Filter("since", "From", lambda day: Interaction.at >= midnight(day), "day", "from {}"),
        Filter("until", "To", lambda day: Interaction.at < midnight(day + timedelta(days=1)),
               "day", "up to {}"),
        Filter("person", "With", _with, "id", "with {}", Linked(_person), shown=False,
               by_reader=True),
        Filter("view", "Logged by", lambda _, reader: Interaction.logged_by_id == reader.id,
               "key", "", Fixed({MINE: "Me"}), subject={MINE: "Contacts that you logged"},
               shown=False, by_reader=True),
    ),
    tabs=(Tab("Everybody’s", {}), Tab("Logged by me", {"view": MINE})),
    sort="-at",
)  # fmt: skip


def line_of(reader: Actor, contact_id: int) -> ContactLine:
    """The line of a contact that this reader may see."""
    (found,) = page(question(CONTACTS, reader, ticked=(contact_id,)))
    line: ContactLine = found
    return line
