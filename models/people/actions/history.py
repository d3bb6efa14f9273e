"""Putting back what a change of a person's facts took away."""

from models import audit
from models.accounts.permits import Actor, require
from models.accounts.roles import Permit
from models.audit import AuditEntry
from models.base import db
from models.errors import Refused
from models.people.actions.marks import tag_person, untag_person
from models.people.actions.records import change_person
from models.people.queries.facts import tag_of, tagging_of
from models.people.queries.history import CHANGED, ENDED, TAGGED, change_of
from models.people.queries.people import regions_of_person
from models.people.tables import ContactPoint, Person
from models.plain import plain_value

SINCE = "It was changed again since. Change it by hand."


def undo_change(person: Person, seq: int, *, by: Actor) -> Person:
    """Put back what one change of this record replaced; raises Refused where that was changed
    since, so that nobody's later word is lost."""
    require(by, Permit.PEOPLE_WRITE, regions=regions_of_person(person))
    entry = change_of(person, seq)
    if entry.event == CHANGED:
        _facts_back(person, entry, by=by)
    elif entry.event == ENDED:
        _point_back(entry, by=by)
    else:
        _tag_back(person, entry, by=by)
    return person


def _facts_back(person: Person, entry: AuditEntry, *, by: Actor) -> None:
    before, after = entry.before or {}, entry.after or {}
    if any(plain_value(getattr(person, name)) != value for name, value in after.items()):
        raise Refused(SINCE)
    change_person(person, by=by, values=before)


def _point_back(entry: AuditEntry, *, by: Actor) -> None:
    point = db.session.get_one(ContactPoint, entry.subject_id)
    if point.ends_on is None:
        raise Refused("The person is reached there again already.")
    point.ends_on = None
    db.session.flush()
    audit.record("contact_point.reopened", point, by=by)


def _tag_back(person: Person, entry: AuditEntry, *, by: Actor) -> None:
    name = (entry.after or entry.before or {}).get("tag", "")
    tag = tag_of(str(name))
    there = tag is not None and tagging_of(person, tag) is not None
    if tag is None or there != (entry.event == TAGGED):
        raise Refused(SINCE)
    if there:
        untag_person(person, by=by, tag=tag)
    else:
        tag_person(person, by=by, name=tag.name)
