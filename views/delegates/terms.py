"""A person's terms as delegate: adding one, correcting it, moving it on, taking a step back."""

from typing import Any

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue

from models import clock
from models.accounts.roles import Permit
from models.councillors.queries.offices import offices_in_words
from models.delegates import workflow
from models.delegates.actions import add_delegate, change_delegate, move_delegate, take_back
from models.delegates.queries import delegate_for
from models.delegates.tables import DelegateTerm
from models.people.queries.people import find_people, person_for
from models.people.tables import Person
from models.query_args import whole
from views.delegates.counter import bp
from views.delegates.forms import NewForm, StepForm, TermForm, WhoForm
from views.guards import needs, reader, reads_only
from views.pages import render_form, submitted
from views.records import person_href


@bp.route("/new", methods=["GET", "POST"])
@needs(Permit.COUNCILLORS_WRITE)
@reads_only
def choose() -> ResponseReturnValue:
    """Whose term is it? A name stays out of the address: it is asked by POST."""
    form = WhoForm()
    found = submitted(form, lambda: _fitting(form.who.data or ""))
    if found is not None and len(found) == 1:
        return redirect(url_for("delegates.new", person_id=found[0].id))
    words = offices_in_words([one.id for one in found or []])
    return render_form("delegates/choose.html", form, found=found, offices=words)


def _fitting(text: str) -> list[Person]:
    # A suggestion that was chosen is the record's number.
    if text.isdecimal():
        return [person_for(reader(), whole(text) or 0)]
    return find_people(reader(), text)


@bp.route("/new/<int:person_id>", methods=["GET", "POST"])
@needs(Permit.COUNCILLORS_WRITE)
def new(person_id: int) -> ResponseReturnValue:
    """A further term of a person."""
    person, form = person_for(reader(), person_id), NewForm()
    form.offer(reader())
    term = submitted(form, lambda: add_delegate(person, form.new(), by=reader()))
    if term is None:
        return render_form("delegates/term.html", form, person=person, title="Add as delegate")
    flash(f"{person.name} is on the books as delegate to {term.clp}.", "ok")
    return redirect(person_href(person.id))


@bp.route("/<int:delegate_id>/edit", methods=["GET", "POST"])
@needs(Permit.COUNCILLORS_WRITE)
def edit(delegate_id: int) -> ResponseReturnValue:
    """Correct the branch, the days or the source of a term."""
    term = delegate_for(reader(), delegate_id)
    person = person_for(reader(), term.person_id)
    form = TermForm(data=_as_typed(term))
    form.offer(reader(), term.branch)
    done = submitted(form, lambda: change_delegate(term, by=reader(), values=form.values()))
    if done is not None:
        return redirect(person_href(person.id))
    title = f"Change the term at {term.clp}"
    return render_form("delegates/term.html", form, person=person, title=title)


def _as_typed(term: DelegateTerm) -> dict[str, Any]:
    """The term as its form shows it; the branch stands there by its id."""
    names = ("starts_on", "certified_on", "ends_on", "source")
    branch = str(term.branch_id) if term.branch_id else ""
    return {"branch": branch, **{name: getattr(term, name) for name in names}}


@bp.route("/<int:delegate_id>/move", methods=["GET", "POST"])
@needs(Permit.COUNCILLORS_WRITE)
def move(delegate_id: int) -> ResponseReturnValue:
    """Take a term a step on: certified, credentialled, ended, resigned, rejected."""
    term = delegate_for(reader(), delegate_id)
    person = person_for(reader(), term.person_id)
    form = StepForm()
    form.step.choices = [(step.name, step.label) for step in workflow.steps_from(term.status)]
    done = submitted(form, lambda: _move(term, form))
    if done is None:
        return render_form("delegates/move.html", form, person=person, term=term)
    words = f"{person.name}, {done.clp}: {workflow.STATUSES[done.status].lower()}."
    message = {"text": words, "action": url_for("delegates.back", delegate_id=term.id)}
    flash(message, "undo")  # type: ignore[arg-type]  # a toast takes a mapping too
    return redirect(person_href(person.id))


def _move(term: DelegateTerm, form: StepForm) -> DelegateTerm:
    return move_delegate(
        term,
        by=reader(),
        step=form.step.data or "",
        on=form.on.data or clock.today(),
        reason=form.reason.data,
    )


@bp.post("/<int:delegate_id>/back")
@needs(Permit.COUNCILLORS_WRITE)
def back(delegate_id: int) -> ResponseReturnValue:
    """Take the last step back."""
    term = take_back(delegate_for(reader(), delegate_id), by=reader())
    flash(f"{term.clp}: {workflow.STATUSES[term.status].lower()} again.", "ok")
    return redirect(person_href(term.person_id))
