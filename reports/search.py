"""What a text names, over everything that the reader may see: Ctrl-K, and `hustings search`."""

from collections.abc import Callable
from dataclasses import dataclass

from models.accounts.permits import Actor, may
from models.accounts.roles import Permit
from models.councillors.queries.offices import offices_in_words
from models.funding.queries.lists import find_applications
from models.people import spelling
from models.people.queries.people import find_people
from models.places.queries.councils import find_councils
from models.places.queries.wards import find_wards

PEOPLE, OTHERS = 8, 5


@dataclass(frozen=True)
class Hit:
    """One thing that was found; for a ward, `council_id` says where it is."""

    kind: str
    id: int
    name: str
    detail: str | None = None
    council_id: int | None = None


def groups_of(reader: Actor, text: str, *, people: int = PEOPLE) -> dict[str, list[Hit]]:
    """What the text names, by kind: person, application, council, ward; the best of each first.
    A kind that the reader may not see is not there."""
    kinds: tuple[tuple[str, Permit, Callable[[Actor, str, int], list[Hit]], int], ...] = (
        ("person", Permit.PEOPLE_READ, _people, people),
        ("application", Permit.FUNDING_READ, _applications, OTHERS),
        ("council", Permit.PLACES_READ, _councils, OTHERS),
        ("ward", Permit.PLACES_READ, _wards, OTHERS),
    )
    return {
        kind: find(reader, text, limit)
        for kind, permit, find, limit in kinds
        if may(reader, permit)
    }


def search(reader: Actor, text: str, limit: int = 20) -> list[Hit]:
    """The same in one list, the best first."""
    asked = spelling.tokens(text)
    hits = [
        (-round(_fit(hit, asked, text), 2), order, place, hit)
        for order, (_kind, group) in enumerate(groups_of(reader, text, people=limit).items())
        for place, hit in enumerate(group)
    ]
    return [hit for *_order, hit in sorted(hits, key=lambda one: one[:3])[:limit]]


def _fit(hit: Hit, asked: list[str], text: str) -> float:
    # Who was found by a number or an address was not found by chance.
    key = "@" in text or any(c.isdigit() for c in text)
    if key and hit.kind in ("person", "application"):
        return 1.0
    return spelling.nearness(asked, [" ".join(spelling.tokens(hit.name))])


def _people(reader: Actor, text: str, limit: int) -> list[Hit]:
    people = find_people(reader, text, limit)
    offices = offices_in_words([person.id for person in people])
    return [Hit("person", one.id, one.name, offices.get(one.id)) for one in people]


def _applications(reader: Actor, text: str, limit: int) -> list[Hit]:
    return [
        Hit("application", one.id, f"{one.reference}, {one.candidate_name}", one.place_name)
        for one in find_applications(reader, text, limit=limit)
    ]


def _councils(_reader: Actor, text: str, limit: int) -> list[Hit]:
    return [
        Hit("council", one.id, one.name, f"{one.kind}, {one.nation}", one.id)
        for one in find_councils(text, limit=limit)
    ]


def _wards(_reader: Actor, text: str, limit: int) -> list[Hit]:
    return [
        Hit("ward", one.id, one.name, one.council.name, one.council_id)
        for one in find_wards(text, limit=limit)
    ]
