"""What may be read of the contact log: each query takes the reader first."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import ColumnElement, and_, case, func, or_, select

from models import clock
from models.accounts.permits import Actor, may
from models.accounts.roles import Permit
from models.accounts.tables import User
from models.base import db
from models.contacts import rules
from models.contacts.tables import Interaction, InteractionPerson
from models.errors import NotFound
from models.people.queries.matching import matching
from models.people.queries.seeing import visible_people
from models.people.tables import Person

PAGE = 50


@dataclass(frozen=True)
class Named:
    """Somebody the reader may see, by name."""

    id: int
    name: str


@dataclass(frozen=True)
class ContactRow:
    """A contact as one reader may see it: `others` counts people who are not theirs to see;
    `regional` says that it belongs to one region, which alone reads it beside the national office.
    """

    id: int
    at: datetime
    channel: rules.Choice
    summary: str
    outcome: str | None
    confidential: bool
    author: str
    people: tuple[Named, ...]
    others: int
    regional: bool
    changeable: bool

    @property
    def who(self) -> str:
        """The people in words: "Priya Kaur, Owen Davies and 1 other"."""
        names = ", ".join(person.name for person in self.people)
        if not self.others:
            return names
        return f"{names} and {self.others} {'other' if self.others == 1 else 'others'}"


@dataclass(frozen=True)
class ContactFilter:
    """What a list of contacts is narrowed to; days are London's, both ends included."""

    person_id: int | None = None
    channel: str | None = None
    mine: bool = False
    since: date | None = None
    until: date | None = None
    text: str | None = None


def contacts_for(
    user: Actor, wanted: ContactFilter | None = None, *, page: int = 1, size: int = PAGE
) -> tuple[list[ContactRow], int]:
    """One page of the contacts this reader may see, newest first, and how many there are."""
    narrowed = _narrowed(user, wanted or ContactFilter())
    all_of_them = select(func.count()).select_from(Interaction)
    total = db.session.scalar(all_of_them.where(readable(user, many=True), *narrowed)) or 0
    found = db.session.scalars(
        select(Interaction)
        .where(readable(user), *narrowed)
        .order_by(Interaction.at.desc(), Interaction.id.desc())
        .limit(size)
        .offset((page - 1) * size)
    ).all()
    return described(user, found), total


def contact_for(user: Actor, contact_id: int, *, removed: bool = False) -> Interaction:
    """The contact, if this reader may see it; else NotFound. `removed` asks for one taken back."""
    state = Interaction.removed_at.is_not(None) if removed else Interaction.removed_at.is_(None)
    found = db.session.scalars(
        select(Interaction).where(Interaction.id == contact_id, state, *_in_scope(user))
    ).one_or_none()
    if found is None:
        raise NotFound("There is no such contact, or it is not in your region.")
    return found


def described(user: Actor, found: Sequence[Interaction]) -> list[ContactRow]:
    """The contacts with their people and authors, naming only whom the reader may see."""
    if not found:
        return []
    people, others = _people_of(user, [contact.id for contact in found])
    authors = names_of({contact.logged_by_id for contact in found})
    return [
        ContactRow(
            id=contact.id,
            at=contact.at,
            channel=rules.channel_of(contact.channel),
            summary=contact.summary,
            outcome=rules.outcome_label(contact.outcome),
            confidential=contact.confidential,
            author=authors[contact.logged_by_id],
            people=tuple(people.get(contact.id, ())),
            others=others.get(contact.id, 0),
            regional=contact.region_id is not None,
            changeable=changeable(user, contact),
        )
        for contact in found
    ]


def changeable(user: Actor, contact: Interaction) -> bool:
    """True if this reader, who can see the contact, may also change it."""
    return may(user, Permit.CONTACTS_WRITE) and rules.may_change(
        author_id=contact.logged_by_id,
        region_id=contact.region_id,
        reader_id=user.id,
        regions=user.region_ids,
    )


def timeline_for(user: Actor, person: Person, *, limit: int = 100) -> list[dict[str, Any]]:
    """A person's contacts for the timeline, newest first: kind, id, at, icon, title, body, meta."""
    if not may(user, Permit.CONTACTS_READ):
        return []
    found = db.session.scalars(
        select(Interaction)
        .where(readable(user), *_narrowed(user, ContactFilter(person_id=person.id)))
        .order_by(Interaction.at.desc(), Interaction.id.desc())
        .limit(limit)
    ).all()
    return [_event(row, person) for row in described(user, found)]


def _event(row: ContactRow, person: Person) -> dict[str, Any]:
    company = replace(row, people=tuple(one for one in row.people if one.id != person.id)).who
    meta = (
        f"with {company.removeprefix(' and ')}" if company else None,
        row.outcome,
        f"logged by {row.author}",
        "confidential" if row.confidential else None,
    )
    return {
        "kind": "contact",
        "id": row.id,
        "at": row.at,
        "icon": row.channel.icon,
        "title": row.channel.label,
        "body": row.summary,
        "meta": " · ".join(part for part in meta if part),
        "changeable": row.changeable,
    }


def readable(user: Actor, *, many: bool = False) -> ColumnElement[bool]:
    """The condition on Interaction that this reader may see it and it was not taken back.

    The same contacts either way; `many` is quicker where nearly all are looked at, as in a count.
    """
    return and_(Interaction.removed_at.is_(None), *_in_scope(user, many=many))


def _in_scope(user: Actor, *, many: bool = False) -> list[ColumnElement[bool]]:
    parts: list[ColumnElement[bool]] = []
    if not may(user, Permit.CONTACTS_CONFIDENTIAL):
        parts.append(or_(Interaction.confidential.is_(False), Interaction.logged_by_id == user.id))
    if user.region_ids is not None:
        parts.append(
            or_(Interaction.region_id.is_(None), Interaction.region_id.in_(user.region_ids))
        )
        parts.append((_among if many else _with)(visible_people(user)))
    return parts


def _with(*people: ColumnElement[bool]) -> ColumnElement[bool]:
    """For a few contacts: each is asked whether such a person was there."""
    return (
        select(InteractionPerson.person_id)
        .join(Person, Person.id == InteractionPerson.person_id)
        .where(InteractionPerson.interaction_id == Interaction.id, *people)
        .correlate(Interaction)
        .exists()
    )


def _among(*people: ColumnElement[bool]) -> ColumnElement[bool]:
    """For few people or many contacts: begins with the people's contacts."""
    return Interaction.id.in_(
        select(InteractionPerson.interaction_id)
        .join(Person, Person.id == InteractionPerson.person_id)
        .where(*people)
    )


def _narrowed(user: Actor, wanted: ContactFilter) -> list[ColumnElement[bool]]:
    parts: list[ColumnElement[bool]] = []
    if wanted.person_id is not None:
        parts.append(_among(Person.id == wanted.person_id, visible_people(user)))
    if wanted.channel:
        parts.append(Interaction.channel == wanted.channel)
    if wanted.mine:
        parts.append(Interaction.logged_by_id == user.id)
    if wanted.since:
        parts.append(Interaction.at >= _midnight(wanted.since))
    if wanted.until:
        parts.append(Interaction.at < _midnight(wanted.until + timedelta(days=1)))
    if wanted.text and wanted.text.strip():
        parts.append(_mentions(user, wanted.text.strip()))
    return parts


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), clock.LONDON)


def _mentions(user: Actor, text: str) -> ColumnElement[bool]:
    # Names count only where the reader may see the person; else a filter would betray them.
    in_summary = Interaction.summary.icontains(text, autoescape=True)
    return or_(in_summary, _among(visible_people(user), matching(text)))


def _people_of(user: Actor, ids: Collection[int]) -> tuple[dict[int, list[Named]], dict[int, int]]:
    seen: dict[int, list[Named]] = {}
    unseen: dict[int, int] = {}
    rows = db.session.execute(
        select(InteractionPerson.interaction_id, Person, visible_people(user).label("seen"))
        .join(Person, Person.id == InteractionPerson.person_id)
        .where(InteractionPerson.interaction_id.in_(ids))
        .order_by(Person.family_key, Person.given_key, Person.id)
    )
    for contact_id, person, may_see in rows:
        if may_see:
            seen.setdefault(contact_id, []).append(Named(person.id, person.name))
        else:
            unseen[contact_id] = unseen.get(contact_id, 0) + 1
    return seen, unseen


def people_ids(contact: Interaction) -> set[int]:
    """The ids of everybody in a contact, whoever may see them: for the room's actions."""
    return set(
        db.session.scalars(
            select(InteractionPerson.person_id).where(
                InteractionPerson.interaction_id == contact.id
            )
        )
    )


def links_of(contact: Interaction) -> list[InteractionPerson]:
    """The stored links of a contact to its people."""
    return list(
        db.session.scalars(
            select(InteractionPerson).where(InteractionPerson.interaction_id == contact.id)
        )
    )


def people_in(user: Actor, contact: Interaction) -> list[Person]:
    """The people of a contact whom this reader may see, by name."""
    return list(
        db.session.scalars(
            select(Person)
            .join(InteractionPerson, InteractionPerson.person_id == Person.id)
            .where(InteractionPerson.interaction_id == contact.id, visible_people(user))
            .order_by(Person.family_key, Person.given_key, Person.id)
        )
    )


def seen_by(user: Actor, ids: Collection[int]) -> list[Person]:
    """Those of these people whom the reader may see, by name."""
    if not ids:
        return []
    return list(
        db.session.scalars(
            select(Person)
            .where(Person.id.in_(ids), visible_people(user))
            .order_by(Person.family_key, Person.given_key, Person.id)
        )
    )


def lock_people(ids: Collection[int]) -> None:
    """Hold these people's rows, so that the newest contact is reckoned by one at a time.

    FOR NO KEY UPDATE: the links' foreign keys hold KEY SHARE locks, with which FOR UPDATE would
    deadlock.
    """
    db.session.execute(
        select(Person.id)
        .where(Person.id.in_(ids))
        .order_by(Person.id)
        .with_for_update(key_share=True)
    ).all()


def newest_contact() -> Any:
    """For an UPDATE of Person: when the person's newest contact was that still stands."""
    return (
        select(func.max(Interaction.at))
        .join(InteractionPerson, InteractionPerson.interaction_id == Interaction.id)
        .where(InteractionPerson.person_id == Person.id, Interaction.removed_at.is_(None))
        .correlate(Person)
        .scalar_subquery()
    )


def logged_with(form_key: str) -> Interaction | None:
    """The contact that this very form has logged already."""
    return db.session.scalars(
        select(Interaction).where(Interaction.form_key == form_key)
    ).one_or_none()


@dataclass(frozen=True)
class _Region:
    """Whoever sees one region and no other."""

    region_ids: frozenset[int]
    id: int | None = None
    name: str = "A region"
    permits: frozenset[Permit] = frozenset()


def region_of_contact(user: Actor, ids: Collection[int]) -> int | None:
    """The reader's region that knows most of these people; None for who sees all regions."""
    if user.region_ids is None:
        return None
    regions = sorted(user.region_ids)
    if len(regions) == 1:
        return regions[0]
    known = {region: len(seen_by(_Region(frozenset({region})), ids)) for region in regions}
    return max(regions, key=lambda region: (known[region], -region), default=None)


def names_of(ids: Iterable[int]) -> dict[int, str]:
    """Users' names by id."""
    rows = db.session.execute(select(User.id, User.name).where(User.id.in_(set(ids))))
    return {row.id: row.name for row in rows}


def contacts_by_month(user: Actor, *, months: int = 12) -> list[tuple[date, int]]:
    """How many contacts the reader may see in each of the last months, the oldest first."""
    starts = _month_starts(clock.today(), months)
    first = _midnight(starts[0])
    # The latest month first: most rows are judged by one comparison.
    numbered = [(Interaction.at >= _midnight(day), number) for number, day in enumerate(starts)]
    month = case(*reversed(numbered))
    counts = dict.fromkeys(range(months), 0)
    for number, count in db.session.execute(
        select(month, func.count())
        .where(readable(user, many=True), Interaction.at >= first)
        .group_by(month)
    ):
        counts[number] = count
    return list(zip(starts, counts.values(), strict=True))


def how_many(condition: ColumnElement[bool]) -> ColumnElement[int]:
    """A column that counts the rows for which the condition holds; 0 over no rows."""
    return func.coalesce(func.sum(case((condition, 1), else_=0)), 0)


def _month_starts(today: date, months: int) -> list[date]:
    numbers = range(today.year * 12 + today.month - months, today.year * 12 + today.month)
    return [date(number // 12, number % 12 + 1, 1) for number in numbers]
