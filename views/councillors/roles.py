"""Roles within an office."""

from flask import redirect
from flask.typing import ResponseReturnValue

from models import clock
from models.accounts.roles import Permit
from models.councillors.actions import add_role, end_role
from models.councillors.queries.offices import role_for, term_for
from models.people.queries.people import person_for
from views.councillors.counter import bp
from views.councillors.forms import EndRoleForm, RoleForm
from views.guards import needs, reader
from views.pages import render_form, submitted
from views.records import person_href


@bp.route("/terms/<int:term_id>/roles/new", methods=["GET", "POST"])
@needs(Permit.COUNCILLORS_WRITE)
def new_role(term_id: int) -> ResponseReturnValue:
    """Add a role to an office."""
    term = term_for(reader(), term_id)
    form = RoleForm()
    role = submitted(
        form,
        lambda: add_role(
            term,
            by=reader(),
            kind=form.kind.data or "",
            detail=form.detail.data,
            starts_on=form.starts_on.data,
        ),
    )
    if role is not None:
        return redirect(person_href(term.person_id))
    person = person_for(reader(), term.person_id)
    title = f"Add a role on {term.area}"
    return render_form("councillors/term.html", form, person=person, title=title)


@bp.route("/roles/<int:role_id>/end", methods=["GET", "POST"])
@needs(Permit.COUNCILLORS_WRITE)
def end_of_role(role_id: int) -> ResponseReturnValue:
    """Say when a role ended."""
    role = role_for(reader(), role_id)
    term = term_for(reader(), role.term_id)
    form = EndRoleForm(ends_on=clock.today())
    done = submitted(
        form, lambda: end_role(role, by=reader(), on=form.ends_on.data or clock.today())
    )
    if done is not None:
        return redirect(person_href(term.person_id))
    person = person_for(reader(), term.person_id)
    return render_form("councillors/term.html", form, person=person, title="End a role")
