"""Tags and notes."""

from flask import redirect
from flask.typing import ResponseReturnValue

from models.accounts.roles import Permit
from models.errors import NotFound
from models.people.actions.marks import remove_note, tag_person, untag_person, write_note
from models.people.queries.facts import note_for, tags_of
from models.people.queries.people import person_for
from views.guards import needs, reader
from views.pages import submitted
from views.people.counter import back_to, bp, form_page
from views.people.forms import NoteForm, TagForm
from views.records import person_href


@bp.route("/<int:person_id>/tags/new", methods=["GET", "POST"])
@needs(Permit.PEOPLE_WRITE)
def new_tag(person_id: int) -> ResponseReturnValue:
    """Put a tag on the person."""
    person, form = person_for(reader(), person_id), TagForm()
    done = submitted(form, lambda: tag_person(person, by=reader(), name=form.name.data or ""))
    return back_to(person) if done is not None else form_page(form, person, "Add a tag")


@bp.post("/<int:person_id>/tags/<int:tag_id>/remove")
@needs(Permit.PEOPLE_WRITE)
def remove_tag(person_id: int, tag_id: int) -> ResponseReturnValue:
    """Take a tag off the person."""
    person = person_for(reader(), person_id)
    tag = next((tag for tag in tags_of(person) if tag.id == tag_id), None)
    if tag is None:
        raise NotFound("The person does not have that tag.")
    untag_person(person, by=reader(), tag=tag)
    return redirect(person_href(person.id))


@bp.route("/<int:person_id>/notes/new", methods=["GET", "POST"])
@needs(Permit.PEOPLE_WRITE)
def new_note(person_id: int) -> ResponseReturnValue:
    """Write a note."""
    person, form = person_for(reader(), person_id), NoteForm()
    done = submitted(form, lambda: write_note(person, by=reader(), body=form.body.data or ""))
    return back_to(person) if done is not None else form_page(form, person, "Write a note")


@bp.post("/notes/<int:note_id>/remove")
@needs(Permit.PEOPLE_WRITE)
def take_note_off(note_id: int) -> ResponseReturnValue:
    """Take one's own note off the record."""
    note = remove_note(note_for(reader(), note_id), by=reader())
    return redirect(person_href(note.person_id))
