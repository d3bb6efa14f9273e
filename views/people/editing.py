"""Changing the names and the home region; putting a record away and back."""

from flask.typing import ResponseReturnValue

from models.accounts.roles import Permit
from models.people.actions.records import archive_person, change_person, restore_person
from models.people.queries.people import person_for
from models.query_args import whole
from views.guards import needs, reader
from views.pages import submitted
from views.people.counter import back_to, bp, form_page
from views.people.forms import ArchiveForm, PersonForm


@bp.route("/<int:person_id>/edit", methods=["GET", "POST"])
@needs(Permit.PEOPLE_WRITE)
def edit(person_id: int) -> ResponseReturnValue:
    """Change names and home region."""
    person = person_for(reader(), person_id)
    form = PersonForm(obj=person, home_region_id=str(person.home_region_id or ""))
    form.offer(reader())
    typed = str(form.version.data or "")
    read = whole(typed) or 0
    done = submitted(
        form,
        lambda: change_person(person, by=reader(), values=form.values(), version=read),
    )
    return back_to(person) if done is not None else form_page(form, person, "Change the person")


@bp.route("/<int:person_id>/archive", methods=["GET", "POST"])
@needs(Permit.PEOPLE_WRITE)
def archive(person_id: int) -> ResponseReturnValue:
    """Put a record away."""
    person, form = person_for(reader(), person_id), ArchiveForm()
    done = submitted(
        form, lambda: archive_person(person, by=reader(), reason=form.reason.data or "")
    )
    return back_to(person) if done is not None else form_page(form, person, "Archive the record")


@bp.post("/<int:person_id>/restore")
@needs(Permit.PEOPLE_WRITE)
def restore(person_id: int) -> ResponseReturnValue:
    """Put an archived record back on the books."""
    person = person_for(reader(), person_id)
    restore_person(person, by=reader())
    return back_to(person)
