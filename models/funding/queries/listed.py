"""The list of applications as its page shows it: names and amounts only, nothing else is loaded."""

from datetime import date
from functools import lru_cache
from typing import Any, NamedTuple

from sqlalchemy import Select, select

from models.accounts.permits import Actor, Scope, scope_of
from models.base import db
from models.funding.queries.lists import Filters, paged
from models.funding.rules import place_words
from models.funding.tables import Application
from models.people.tables import Person, everyday_name
from models.places.tables import Constituency, Council, UnionRegion, Ward
from models.rounds.tables import AnswerSheet, Round

# Asked for each row by itself: with two more tables to join PostgreSQL plans longer than it reads.
FAST_TRACK = (
    select(AnswerSheet.application_id)
    .join(Round, Round.id == AnswerSheet.round_id)
    .where(AnswerSheet.application_id == Application.id, Round.fast_track)
    .correlate(Application)
    .exists()
)
COLUMNS = (
    Application.id,
    Application.reference,
    Application.status,
    Application.poll_on,
    Application.requested_p,
    Application.awarded_p,
    FAST_TRACK,
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


class Listed(NamedTuple):
    """A line of the list.

    `candidate` is None while nobody is chosen; `by_election` is true in a round of the fast track.
    """

    id: int
    reference: str
    status: str
    poll_on: date | None
    requested_p: int | None
    awarded_p: int | None
    region: str
    candidate: str | None
    place: str
    by_election: bool


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
    order = {"sort": sort, "descending": descending, "page": page, "size": size}
    rows = db.session.execute(_question(scope_of(user), filters, **order))
    return [_listed(row) for row in rows]


@lru_cache(maxsize=256)
def _question(scope: Scope, filters: Filters, **order: Any) -> Select[Any]:
    """Put together once for all who may read the same: that costs more than to answer it."""
    return paged(LISTED, scope, filters, **order)


def _listed(row: Any) -> Listed:
    number, reference, status, poll_on, requested_p, awarded_p, fast_track, region, *names = row
    known_as, given, family, ward, council, constituency = names
    return Listed(
        number,
        reference,
        status,
        poll_on,
        requested_p,
        awarded_p,
        region,
        candidate=None if given is None else everyday_name(known_as, given, family),
        place=place_words(ward, council, constituency),
        by_election=bool(fast_track),
    )
