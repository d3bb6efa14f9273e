"""Conditions on an office that look at related records: who runs the council, tags, roles,
follow-ups, the last contact."""

from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import ColumnElement, or_, select

from models import clock
from models.base import Base
from models.councillors.filters import DELEGATES, NO_CONTROL, CouncillorFilters
from models.councillors.tables import OfficeRole, OfficeTerm
from models.delegates import is_delegate
from models.kinds import fold
from models.people.tables import Person, PersonTag, Tag


def related_clauses(filters: CouncillorFilters) -> list[ColumnElement[bool]]:
    """What the filters ask of the records beside the office; joined with Person."""
    clauses: list[ColumnElement[bool]] = []
    if filters.control:
        clauses.append(_run_by(filters.control))
    if filters.tag and fold(filters.tag):
        clauses.append(_tagged(fold(filters.tag)))
    if filters.role:
        clauses.append(_with_role(filters.role))
    if filters.owner_id is not None:
        clauses.append(_promised_by(filters.owner_id))
    if filters.no_contact_since is not None:
        clauses.append(no_contact_since(filters.no_contact_since))
    if filters.quiet_days is not None:
        clauses.append(no_contact_since(clock.today() - timedelta(days=filters.quiet_days)))
    if filters.people is not None:
        clauses.append(Person.id.in_(filters.people))
    if filters.delegate in DELEGATES:
        clauses.append(is_delegate() if filters.delegate == "now" else ~is_delegate())
    if filters.verified_before is not None:
        verified = OfficeTerm.verified_on
        clauses.append(or_(verified.is_(None), verified < filters.verified_before))
    return clauses


def no_contact_since(day: date) -> ColumnElement[bool]:
    """True for people with whom nobody was in contact from a day on."""
    moment = datetime.combine(day, time(), clock.LONDON)
    return or_(Person.last_contacted_at.is_(None), Person.last_contacted_at < moment)


def _run_by(control: str) -> ColumnElement[bool]:
    # The rooms of control stand above the offices: only their table is named.
    period: Any = Base.metadata.tables["control_period"].c
    today = clock.today()
    present = select(period.council_id).where(
        or_(period.starts_on.is_(None), period.starts_on <= today),
        or_(period.ends_on.is_(None), period.ends_on > today),
    )
    if control == NO_CONTROL:
        return OfficeTerm.council_id.in_(present.where(period.kind == "none"))
    party = int(control[:12]) if control.isascii() and control.isdigit() else 0
    return OfficeTerm.council_id.in_(present.where(period.party_id == party))


def _tagged(key: str) -> ColumnElement[bool]:
    tagged = select(PersonTag.person_id).join(Tag, Tag.id == PersonTag.tag_id)
    return Person.id.in_(tagged.where(Tag.key == key))


def _with_role(kind: str) -> ColumnElement[bool]:
    today = clock.today()
    held = select(OfficeRole.term_id).where(
        OfficeRole.kind == kind, or_(OfficeRole.ends_on.is_(None), OfficeRole.ends_on > today)
    )
    return OfficeTerm.id.in_(held)


def _promised_by(owner_id: int) -> ColumnElement[bool]:
    # Follow-ups belong to a room above this one: only their table is named.
    promise = Base.metadata.tables["follow_up"]
    is_open: Any = promise.c.status == "open"
    return Person.id.in_(select(promise.c.person_id).where(is_open, promise.c.owner_id == owner_id))
