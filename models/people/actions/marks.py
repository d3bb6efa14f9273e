"""Tags and notes."""

from models import audit, clock
from models.accounts.permits import Actor, require
from models.accounts.roles import Permit
from models.base import db, hold_row, one_at_a_time
from models.errors import Invalid, Refused
from models.folding import fold
from models.people import rules
from models.people.actions.whose import person_of
from models.people.queries.facts import tag_of, tagging_of
from models.people.queries.people import regions_of_person
from models.people.tables import (
    Person,
    PersonNote,
    PersonTag,
    Tag,
)


def tag_person(person: Person, *, by: Actor, name: str) -> Tag:
    """Put a tag on a person; the tag is made if it is new."""
    require(by, Permit.PEOPLE_WRITE, regions=regions_of_person(person))
    name = " ".join(name.split())
    if not fold(name) or len(name) > 60:
        raise Invalid("A tag has one to 60 characters.", field="name")
    one_at_a_time("tag", fold(name))
    tag = tag_of(name)
    if tag is None:
        tag = Tag(name=name, key=fold(name))
        db.session.add(tag)
        db.session.flush()
    if tagging_of(person, tag) is None:
        db.session.add(PersonTag(person_id=person.id, tag_id=tag.id))
        db.session.flush()
        audit.record("person.tagged", person, by=by, after={"tag": tag.name})
    return tag


def untag_person(person: Person, *, by: Actor, tag: Tag) -> None:
    """Take a tag off a person."""
    require(by, Permit.PEOPLE_WRITE, regions=regions_of_person(person))
    one_at_a_time("tag", tag.key)
    tagging = tagging_of(person, tag)
    if tagging is not None:
        db.session.delete(tagging)
        db.session.flush()
        audit.record("person.untagged", person, by=by, before={"tag": tag.name})


def write_note(person: Person, *, by: Actor, body: str) -> PersonNote:
    """Write a note. It belongs to the writer's region: another region never reads it."""
    regions = regions_of_person(person)
    require(by, Permit.PEOPLE_WRITE, regions=regions)
    if not body.strip():
        raise Invalid("Write the note.", field="body")
    note = PersonNote(
        person_id=person.id,
        region_id=rules.region_of_writer(by.region_ids, regions),
        body=body.strip(),
        written_by_id=by.id,
    )
    db.session.add(note)
    db.session.flush()
    audit.record("note.written", note, by=by, after={"person_id": person.id, "body": note.body})
    return note


def remove_note(note: PersonNote, *, by: Actor) -> PersonNote:
    """Take a note off the record; only its writer may. A second time changes nothing."""
    require(by, Permit.PEOPLE_WRITE, regions=regions_of_person(person_of(note)))
    hold_row(note)
    if note.written_by_id != by.id:
        raise Refused("Only whoever wrote a note may remove it.")
    if note.removed_at is not None:
        return note
    note.removed_at = clock.now()
    db.session.flush()
    audit.record("note.removed", note, by=by)
    return note
