"""People in NationBuilder's columns: its headings, so that the sheet can be saved as CSV there."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import select

from models.accounts.permits import Actor
from models.base import db
from models.people.queries.people import PeopleFilters, people_for
from models.people.rules import DISCLOSURE
from models.people.tables import Consent, ContactPoint, Person, PersonTag, Tag
from models.query_args import Given
from reports.sheet import Book, Column, Filled, Sheet, book

FILTERS = ("text", "region", "tag")
EVERYBODY = 1_000_000

NATION = Sheet(
    "People",
    (
        Column("prefix", "prefix", width=10, data_class="personal"),
        Column("first_name", "first_name", width=16, data_class="personal"),
        Column("last_name", "last_name", width=18, data_class="personal"),
        Column("suffix", "suffix", width=10, data_class="personal"),
        Column("email", "email", width=30, data_class="personal"),
        Column("phone_number", "phone_number", width=18, data_class="personal"),
        Column("mobile_number", "mobile_number", width=18, data_class="personal"),
        Column("primary_address1", "primary_address1", width=40, data_class="personal"),
        Column("tag_list", "tag_list", width=30, data_class="special"),
    ),
)


def build(reader: Actor, filters: dict[str, str]) -> Book:
    """Everybody on the books whom the reader may see, in the order of the list.

    With the filter `outside` only people with a live consent to disclosure stay in; `held_back`
    counts the others.
    """
    given = Given.of(filters)
    wanted = PeopleFilters(
        region_id=given.id("region"), text=given.text("text"), tag=given.key("tag")
    )
    everybody, _ = people_for(reader, wanted, size=EVERYBODY)
    agreed = _agreed() if filters.get("outside") else None
    kept = [one for one in everybody if agreed is None or one.id in agreed]
    return book(
        "People for NationBuilder",
        [Filled(NATION, _rows(kept))],
        held_back=len(everybody) - len(kept),
    )


def _agreed() -> set[int]:
    return set(
        db.session.scalars(
            select(Consent.person_id).where(
                Consent.purpose == DISCLOSURE, Consent.withdrawn_on.is_(None)
            )
        )
    )


def _rows(people: Sequence[Person]) -> list[Mapping[str, Any]]:
    points, tags = _points(), _tags()
    return [
        {
            "prefix": person.title,
            "first_name": person.known_as or person.given_name,
            "last_name": person.family_name,
            "suffix": person.suffix,
            "email": points.get((person.id, "email")),
            "phone_number": points.get((person.id, "phone")),
            "mobile_number": points.get((person.id, "mobile")),
            "primary_address1": (points.get((person.id, "address")) or "").replace("\n", ", "),
            "tag_list": ", ".join(tags.get(person.id, ())),
        }
        for person in people
    ]


def _points() -> dict[tuple[int, str], str]:
    rows = db.session.execute(
        select(ContactPoint.person_id, ContactPoint.kind, ContactPoint.value)
        .where(ContactPoint.ends_on.is_(None))
        .order_by(ContactPoint.preferred, ContactPoint.id.desc())
    )
    return {(person, kind): value for person, kind, value in rows}


def _tags() -> dict[int, list[str]]:
    found: dict[int, list[str]] = {}
    rows = db.session.execute(
        select(PersonTag.person_id, Tag.name)
        .join(Tag, Tag.id == PersonTag.tag_id)
        .order_by(PersonTag.person_id, Tag.key)
    )
    for person_id, name in rows:
        found.setdefault(person_id, []).append(name)
    return found
