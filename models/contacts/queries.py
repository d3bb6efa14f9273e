"""What may be read of the contact log: each query takes the reader first."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Protocol

from sqlalchemy import ColumnElement, and_, case, func, or_, select

from models import clock
from models.accounts.permits import Actor, may
from models.accounts.roles import Permit
from models.base import db
from models.clock import midnight
from models.contacts import rules
from models.contacts.tables import Interaction, InteractionPerson
from models.errors import NotFound
from models.people.queries.seeing import visible_people
from models.people.tables import Person


@dataclass(frozen=True)
class Named:
    """Somebody the reader may see, by name."""

    id: int
    name: str


@dataclass(frozen=True)
class Company:
    """The people of a contact whom the reader may see, and how many others were there."""

    people: tuple[Named, ...] = ()
    others: int = 0

    @property
    def words(self) -> str:
        """The people in words: "Priya Kaur, Owen Davies and 1 other"."""
        others = f"{self.others} {'other' if self.others == 1 else 'others'}" if self.others else ""
        names = ", ".join(person.name for person in self.people)
        return " and ".join(part for part in (names, others) if part)

    def without(self, person_id: int) -> "Company":
        """The company in which this person was."""
        return replace(self, people=tuple(one for one in self.people if one.id != person_id))


class Logged(Protocol):
    """A contact, or its line in a list: whose it is."""

    @property
    def region_id(self) -> int | None:
        """The region of whoever logged it."""

    @property
    def logged_by_id(self) -> int:
        """Who logged it."""


def contact_for(user: Actor, contact_id: int, *, removed: bool = False) -> Interaction:
    """The contact, if this reader may see it; else NotFound. `removed` asks for one taken back."""
    state = Interaction.removed_at.is_not(None) if removed else Interaction.removed_at.is_(None)
    found = db.session.scalars(
        select(Interaction).where(Interaction.id == contact_id, state, *_in_scope(user))
    ).one_or_none()
    if found is None:
        raise NotFound("There is no such contact, or it is not in your region.")
    return found


def changeable(user: Actor, contact: Logged) -> bool:
    """True if this reader, who can see the contact, may also change it."""
    return may(user, Permit.CONTACTS_WRITE) and rules.may_change(
        author_id=contact.logged_by_id,
        region_id=contact.region_id,
        reader_id=user.id,
        regions=user.region_ids,
    )


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
        parts.append((among if many else _with)(visible_people(user)))
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


def among(*people: ColumnElement[bool]) -> ColumnElement[bool]:
    """For few people or many contacts: begins with the people's contacts."""
    return Interaction.id.in_(
        select(InteractionPerson.interaction_id)
        .join(Person, Person.id == InteractionPerson.person_id)
        .where(*people)
    )


def company_of(ids: Collection[int], user: Actor) -> dict[int, Company]:
    """Who was at these contacts, naming only whom the reader may see."""
    seen: dict[int, list[Named]] = {one: [] for one in ids}
    unseen = dict.fromkeys(ids, 0)
    rows = db.session.execute(
        select(InteractionPerson.interaction_id, Person, visible_people(user).label("seen"))
        .join(Person, Person.id == InteractionPerson.person_id)
        .where(InteractionPerson.interaction_id.in_(ids))
        .order_by(Person.family_key, Person.given_key, Person.id)
    )
    for contact_id, person, may_see in rows:
        if may_see:
            seen[contact_id].append(Named(person.id, person.name))
        else:
            unseen[contact_id] += 1
    return {one: Company(tuple(people), unseen[one]) for one, people in seen.items()}


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


def contacts_by_month(user: Actor, *, months: int = 12) -> list[tuple[date, int]]:
    """How many contacts the reader may see in each of the last months, the oldest first."""
    starts = _month_starts(clock.today(), months)
    first = midnight(starts[0])
    # The latest month first: most rows are judged by one comparison.
    numbered = [(Interaction.at >= midnight(day), number) for number, day in enumerate(starts)]
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
