"""Offices: adding one to a person, correcting it, ending it."""

from typing import Any

from flask import redirect
from flask.typing import ResponseReturnValue

from models import clock
from models.accounts.roles import Permit
from models.councillors.actions import add_term, change_term, end_term, reopen_term
from models.councillors.queries.offices import term_for
from models.councillors.tables import OfficeTerm
from models.people.queries.people import person_for
from models.places.queries.councils import council_for
from views.councillors.counter import bp
from views.councillors.forms import AreaForm, EditTermForm, EndTermForm
from views.guards import needs, reader
from views.pages import render_form, submitted
from views.records import person_href


@bp.route("/terms/new/<int:person_id>", methods=["GET", "POST"])
@needs(Permit.COUNCILLORS_WRITE)
def new_term(person_id: int) -> ResponseReturnValue:
    """A further office of a person."""
    person = person_for(reader(), person_id)
    form = AreaForm()
    form.offer()
    term = submitted(form, lambda: add_term(person, form.new_term(reader()), by=reader()))
    if term is not None:
        return redirect(person_href(person.id))
    return render_form("councillors/term.html", form, person=person, title="Add an office")


@bp.route("/terms/<int:term_id>/edit", methods=["GET", "POST"])
@needs(Permit.COUNCILLORS_WRITE)
def edit_term(term_id: int) -> ResponseReturnValue:
    """Correct an office."""
    term = term_for(reader(), term_id)
    council = council_for(reader(), term.council_id) if term.council_id else None
    form = EditTermForm(data=_as_typed(term))
    form.party.choices = _parties()
    done = submitted(
        form, lambda: change_term(term, by=reader(), values=form.values(council, reader()))
    )
    if done is not None:
        return redirect(person_href(term.person_id))
    person = person_for(reader(), term.person_id)
    title = f"Change the office on {term.area}"
    return render_form("councillors/term.html", form, person=person, title=title)


def _as_typed(term: OfficeTerm) -> dict[str, Any]:
    """The office as its form shows it; the ward and the party stand there in words and by id."""
    names = ("elected_on", "by_election", "expected_end", "source", "verified_on")
    return {
        "ward": term.ward.name if term.ward else "",
        "party": str(term.party_id) if term.party_id else "",
        **{name: getattr(term, name) for name in names},
    }


def _parties() -> list[tuple[str, str]]:
    form = AreaForm()
    form.offer()
    return list(form.party.choices)


@bp.route("/terms/<int:term_id>/end", methods=["GET", "POST"])
@needs(Permit.COUNCILLORS_WRITE)
def end(term_id: int) -> ResponseReturnValue:
    """Say when and why an office ended."""
    term = term_for(reader(), term_id)
    form = EndTermForm(actual_end=min(term.expected_end or clock.today(), clock.today()))
    done = submitted(
        form,
        lambda: end_term(
            term,
            by=reader(),
            on=form.actual_end.data or clock.today(),
            reason=form.reason.data or "",
        ),
    )
    if done is not None:
        return redirect(person_href(term.person_id))
    person = person_for(reader(), term.person_id)
    title = f"End the office on {term.area}"
    return render_form("councillors/term.html", form, person=person, title=title)


@bp.post("/terms/<int:term_id>/reopen")
@needs(Permit.COUNCILLORS_WRITE)
def reopen(term_id: int) -> ResponseReturnValue:
    """Take the end of an office back."""
    term = term_for(reader(), term_id)
    reopen_term(term, by=reader())
    return redirect(person_href(term.person_id))
