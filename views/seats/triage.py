"""The morning after: one seat at a time, one key or button each, and a way back."""

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue
from wtforms import HiddenField
from wtforms.validators import AnyOf, Optional

from models import clock
from models.accounts import Permit
from models.councillors.seats import (
    OUTCOMES,
    SeatLine,
    SeatOutcome,
    decide_seat,
    figures_for,
    seat_for,
    seats_for,
    undo_seat,
)
from views.asked import asked
from views.forms import BaseForm, DayField
from views.guards import needs, reader
from views.pages import render_form, submitted
from views.seats.counter import bp, day_of


class OutcomeForm(BaseForm):
    """What came of a seat, and when the next term is expected to end."""

    outcome = HiddenField(validators=[AnyOf(list(OUTCOMES), message="Choose what came of it.")])
    expected_end = DayField(
        "If elected, the new term ends on",
        description="The day of the next election for this seat; leave it empty if not known.",
        validators=[Optional()],
    )


@bp.get("/<string:poll>/triage")
@needs(Permit.COUNCILLORS_WRITE)
def next_seat(poll: str) -> ResponseReturnValue:
    """The next seat that nobody has decided; `after` passes over those before it."""
    poll_on = day_of(poll)
    skip = asked().count("skip") or 0
    rows, total = seats_for(reader(), poll_on, tab="to-decide", page=skip + 1, size=1)
    if not rows and skip:
        return redirect(url_for("seats.next_seat", poll=poll))
    return _card(poll, rows[0] if rows else None, OutcomeForm(), skip=skip, left=total)


def _card(
    poll: str, line: SeatLine | None, form: OutcomeForm, *, skip: int = 0, left: int = 0
) -> ResponseReturnValue:
    poll_on = day_of(poll)
    return render_form(
        "seats/triage.html",
        form,
        poll=poll,
        poll_on=poll_on,
        over=poll_on <= clock.today(),
        line=line,
        skip=skip,
        left=left,
        figures=figures_for(reader(), poll_on),
    )


@bp.route("/<string:poll>/seat/<int:term_id>", methods=["GET", "POST"])
@needs(Permit.COUNCILLORS_WRITE)
def decide(poll: str, term_id: int) -> ResponseReturnValue:
    """One seat: decide it, then on to the next."""
    poll_on = day_of(poll)
    line = seat_for(reader(), poll_on, term_id)
    form = OutcomeForm()
    done = submitted(form, lambda: _decide(poll, line, form))
    if done is None:
        return _card(poll, line, form)
    name, words = line.person.name, OUTCOMES[done.outcome].lower()
    back = url_for("seats.undo", poll=poll, term_id=term_id)
    message = {"text": f"{name}: {words}.", "action": back}
    flash(message, "undo")  # type: ignore[arg-type]  # a toast takes a mapping too
    skip = asked().count("skip") or 0
    return redirect(url_for("seats.next_seat", poll=poll, skip=skip or None))


def _decide(poll: str, line: SeatLine, form: OutcomeForm) -> SeatOutcome:
    return decide_seat(
        line.term,
        day_of(poll),
        form.outcome.data or "",
        by=reader(),
        expected_end=form.expected_end.data,
    )


@bp.post("/<string:poll>/seat/<int:term_id>/undo")
@needs(Permit.COUNCILLORS_WRITE)
def undo(poll: str, term_id: int) -> ResponseReturnValue:
    """Take a decision back."""
    line = seat_for(reader(), day_of(poll), term_id)
    undo_seat(line.term, day_of(poll), by=reader())
    flash(f"{line.person.name} is to be decided again.", "ok")
    return redirect(url_for("seats.day", poll=poll))
