"""What the filters of the list ask of an office, within what its reader may see."""

from sqlalchemy import ColumnElement, Select, and_, or_, select

from models import clock
from models.accounts import Actor
from models.councillors.filters import NO_STATUS, CouncillorFilters
from models.councillors.queries.offices import holding
from models.councillors.queries.related import related_clauses
from models.councillors.tables import NetworkMembership, OfficeTerm
from models.kinds import fold
from models.people.queries import listed, matching, visible_people
from models.places.queries import begins, in_force
from models.places.tables import Council, CouncilRegion, UnionRegion, Ward


def councillor_clauses(user: Actor, filters: CouncillorFilters) -> list[ColumnElement[bool]]:
    """What the filters ask for, within what the user may see."""
    clauses = [visible_people(user), listed(), _office(filters.office)]
    if filters.on is not None:
        begun = or_(OfficeTerm.elected_on.is_(None), OfficeTerm.elected_on <= filters.on)
        clauses = [visible_people(user), listed(), holding(filters.on), begun]
    if filters.region:
        clauses.append(OfficeTerm.council_id.in_(_councils_of(filters.region)))
    if filters.council_id is not None:
        clauses.append(OfficeTerm.council_id == filters.council_id)
    if filters.party_id is not None:
        clauses.append(OfficeTerm.party_id == filters.party_id)
    if filters.status == NO_STATUS:
        clauses.append(not_asked())
    elif filters.status:
        clauses.append(NetworkMembership.status == filters.status)
    if filters.ending_before is not None:
        clauses.append(OfficeTerm.expected_end < filters.ending_before)
    if filters.text and filters.text.strip():
        clauses.append(_named(filters.text))
    return [*clauses, *related_clauses(filters)]


def _office(which: str) -> ColumnElement[bool]:
    if which == "former":
        return ~holding()
    if which == "overdue":
        return and_(holding(), OfficeTerm.expected_end < clock.today())
    if which == "any":
        return OfficeTerm.id.is_not(None)
    return holding()


def not_asked() -> ColumnElement[bool]:
    """True where nobody asked the holder into the network yet."""
    status = NetworkMembership.status
    return or_(status.is_(None), status == "prospect")


def _councils_of(region_code: str) -> Select[int]:
    return (
        select(CouncilRegion.council_id)
        .join(UnionRegion, UnionRegion.id == CouncilRegion.region_id)
        .where(UnionRegion.code == region_code, in_force())
    )


def _named(text: str) -> ColumnElement[bool]:
    key = fold(text)
    if not key:
        return matching(text)
    return or_(matching(text), begins(Council.name_key, key), begins(Ward.name_key, key))
