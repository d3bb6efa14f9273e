"""Ways to reach a person."""

from datetime import date

from models import audit, clock
from models.accounts.permits import Actor, require
from models.accounts.roles import Permit
from models.base import db, hold_row
from models.people import keys, rules
from models.people.actions.whose import person_of
from models.people.queries.facts import contact_points_of
from models.people.queries.people import regions_of_person
from models.people.tables import (
    ContactPoint,
    Person,
)


def add_contact_point(
    person: Person,
    *,
    by: Actor,
    kind: str,
    value: str,
    source: str | None = None,
    verified_on: date | None = None,
    preferred: bool = False,
) -> ContactPoint:
    """Add a way to reach the person; one that is there already is returned, not doubled."""
    require(by, Permit.PEOPLE_WRITE, regions=regions_of_person(person))
    hold_row(person)
    shown, key = keys.point(kind, value)
    rules.not_in_future(verified_on, field="verified_on", today=clock.today())
    others = [point for point in contact_points_of(person) if point.kind == kind]
    same = next((point for point in others if point.value_key == key), None)
    if same is not None:
        return same
    if preferred:
        for point in others:
            point.preferred = False
    point = ContactPoint(
        person_id=person.id,
        kind=kind,
        value=shown,
        value_key=key,
        preferred=preferred or not others,
        source=source or None,
        verified_on=verified_on,
        verified_by_id=by.id if verified_on else None,
    )
    db.session.add(point)
    db.session.flush()
    audit.record("contact_point.added", point, by=by, after={"kind": kind, "value": shown})
    return point


def verify_contact_point(point: ContactPoint, *, by: Actor, on: date, source: str) -> ContactPoint:
    """Note that the contact point was found true on a day, and how."""
    person = person_of(point)
    require(by, Permit.PEOPLE_WRITE, regions=regions_of_person(person))
    rules.not_in_future(on, field="verified_on", today=clock.today())
    before, after = audit.changes(
        point, {"verified_on": on, "source": source.strip() or point.source}
    )
    point.verified_by_id = by.id
    db.session.flush()
    audit.record("contact_point.verified", point, by=by, before=before, after=after)
    return point


def end_contact_point(point: ContactPoint, *, by: Actor) -> ContactPoint:
    """Say that the person is no longer reached there; it stays in the history."""
    require(by, Permit.PEOPLE_WRITE, regions=regions_of_person(person_of(point)))
    hold_row(point)
    point.ends_on = clock.today()
    point.preferred = False
    db.session.flush()
    audit.record("contact_point.ended", point, by=by, after={"ends_on": point.ends_on})
    return point
