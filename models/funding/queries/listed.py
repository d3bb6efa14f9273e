"""The list of applications as its page shows it: names and amounts only, nothing else is loaded."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select

from models.accounts import Actor
from models.base import db
from models.funding.queries.lists import Filters, paged
from models.funding.rules import place_words
from models.funding.tables import Application
from models.people.tables import Person, everyday_name
from models.places.tables import Constituency, Council, UnionRegion, Ward

COLUMNS = (
    Application.id,
    Application.reference,
    Application.status,
    Application.poll_on,
    Application.requested_p,
    Application.awarded_p,
    UnionRegion.name,
    Person.known_as,
    Person.given_name,
    Person.family_name,
    Ward.name,
    Council.name,
    Constituency.name,
)
LISTED = (
    select(*COLUMNS)
    .select_from(Application)
    .outerjoin(Ward, Ward.id == Application.ward_id)
    .outerjoin(Constituency, Constituency.id == Application.constituency_id)
)


@dataclass(frozen=True, slots=True)
class Listed:
    """A line of the list. `candidate` is None while nobody is chosen."""

    id: int
    reference: str
    status: str
    poll_on: date | None
    requested_p: int | None
    awarded_p: int | None
    region: str
    candidate: str | None
    place: str


def page_of(
    user: Actor,
    filters: Filters,
    *,
    sort: str = "reference",
    descending: bool = True,
    page: int = 1,
    size: int = 50,
) -> list[Listed]:
    """One page of the applications this person may read; `total_of` says how many there are."""
    rows = db.session.execute(
        paged(LISTED, user, filters, sort=sort, descending=descending, page=page, size=size)
    )
    return [_listed(row) for row in rows]


def _listed(row: Any) -> Listed:
    number, reference, status, poll_on, requested_p, awarded_p, region, *names = row
    known_as, given, family, ward, council, constituency = names
    return Listed(
        id=number,
        reference=reference,
        status=status,
        poll_on=poll_on,
        requested_p=requested_p,
        awarded_p=awarded_p,
        region=region,
        candidate=None if given is None else everyday_name(known_as, given, family),
        place=place_words(ward, council, constituency),
    )
