"""A new person, without an office."""

from flask.typing import ResponseReturnValue

from models.accounts.roles import Permit
from models.people.actions.records import add_person
from views.guards import needs, reader
from views.pages import render_form, submitted
from views.people.counter import back_to, bp
from views.people.forms import PersonForm


@bp.route("/new", methods=["GET", "POST"])
@needs(Permit.PEOPLE_WRITE)
def new() -> ResponseReturnValue:
    """A person who holds no office."""
    form = PersonForm()
    form.offer(reader())
    person = submitted(form, lambda: add_person(form.new_person(), by=reader()))
    if person is not None:
        return back_to(person)
    return render_form("people/new.html", form)
