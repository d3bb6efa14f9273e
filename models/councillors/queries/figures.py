"""How many offices stand under each tab of the list."""

from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import and_, case, func, select

from models import clock
from models.accounts import Actor
from models.base import db
from models.councillors.queries.conditions import not_asked
from models.councillors.queries.listing import with_holders
from models.councillors.queries.offices import holding
from models.councillors.queries.related import no_contact_since
from models.councillors.tables import NetworkMembership, OfficeTerm
from models.people.queries import listed, visible_people

SOON = timedelta(days=183)


@dataclass(frozen=True)
class NetworkFigures:
    """How many offices stand under each of the list's tabs, for one user."""

    in_office: int
    joined: int
    invited: int
    not_asked: int
    ending_soon: int
    no_contact: int
    overdue: int
    former: int


def network_figures(user: Actor) -> NetworkFigures:
    """The counts of the list's tabs, in one statement."""
    today = clock.today()
    status = NetworkMembership.status
    now = holding(today)
    tabs = {
        "in_office": now,
        "joined": and_(now, status == "joined"),
        "invited": and_(now, status == "invited"),
        "not_asked": and_(now, not_asked()),
        "ending_soon": and_(now, OfficeTerm.expected_end < today + SOON),
        "no_contact": and_(now, no_contact_since(today - SOON)),
        "overdue": and_(now, OfficeTerm.expected_end < today),
        "former": ~now,
    }
    counts = (func.coalesce(func.sum(case((is_in, 1), else_=0)), 0) for is_in in tabs.values())
    query = with_holders(select(*counts).select_from(OfficeTerm)).where(
        visible_people(user), listed()
    )
    row = db.session.execute(query).one()
    return NetworkFigures(**dict(zip(tabs, map(int, row), strict=True)))
