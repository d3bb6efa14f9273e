"""Steps in the Councillors' Network."""

from flask.typing import ResponseReturnValue

from models.accounts.roles import Permit
from models.councillors import workflow
from models.councillors.actions import move_in_network
from models.councillors.queries.network import network_of
from models.people.queries.people import person_for
from views.councillors.counter import back_to, bp
from views.councillors.forms import NetworkForm
from views.guards import needs, reader
from views.pages import render_form, submitted


@bp.route("/network/<int:person_id>", methods=["GET", "POST"])
@needs(Permit.COUNCILLORS_WRITE)
def move(person_id: int) -> ResponseReturnValue:
    """Take a person a step on: invited, joined, left."""
    person = person_for(reader(), person_id)
    present = network_of(person)
    steps = workflow.steps_from(present.status if present else None)
    form = NetworkForm()
    form.step.choices = [(step.name, step.label) for step in steps]
    moved = submitted(
        form,
        lambda: move_in_network(person, by=reader(), step=form.step.data, reason=form.reason.data),
    )
    if moved is not None:
        return back_to(person)
    return render_form(
        "councillors/network.html",
        form,
        person=person,
        status=workflow.STATUSES[present.status] if present else workflow.NOBODY,
    )
