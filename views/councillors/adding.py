"""A new councillor: person and office in one form, never silently a double."""

from flask import render_template
from flask.typing import ResponseReturnValue

from models.accounts.roles import Permit
from models.councillors.actions import add_councillor, possible_same
from models.councillors.matching import Match
from models.errors import DomainError
from models.people.queries.people import person_for
from views.asked import asked
from views.councillors.counter import back_to, bp
from views.councillors.forms import CouncillorForm
from views.guards import needs, reader
from views.pages import render_form, submitted


@bp.get("/new")
@needs(Permit.COUNCILLORS_WRITE)
def new() -> ResponseReturnValue:
    """The empty form; the council may be named in the address."""
    form = CouncillorForm(council=asked().text("council") or "")
    form.offer()
    return render_template("councillors/new.html", form=form, matches=[])


@bp.post("/new")
@needs(Permit.COUNCILLORS_WRITE)
def create() -> ResponseReturnValue:
    """Add the councillor, or show whom it may be."""
    form = CouncillorForm()
    form.offer()
    term = submitted(
        form,
        lambda: add_councillor(
            form.new_person(),
            form.new_term(reader()),
            by=reader(),
            reach=form.reach(),
            somebody_else=form.somebody_else.data,
        ),
    )
    if term is None:
        return render_form("councillors/new.html", form, matches=_matches(form))
    return back_to(person_for(reader(), term.person_id))


def _matches(form: CouncillorForm) -> list[Match]:
    try:
        return possible_same(
            form.new_person(), form.new_term(reader()).council, form.reach(), by=reader()
        )
    except DomainError:
        return []  # a field is not understood yet; its own error says so
