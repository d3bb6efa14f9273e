"""The morning after: one seat at a time, one key or button each, and a way back."""

from datetime import date

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from wtforms import BooleanField, SelectChoice

from models import clock
from models.accounts.roles import Permit
from models.councillors.seats.actions import NextTerm, decide_seat, undo_seat
from models.councillors.seats.dates import next_end
from models.councillors.seats.queries.seats import SeatLine, figures_for, seat_after, seat_for
from models.councillors.seats.rules import OUTCOMES, outcomes_of
from models.councillors.seats.tables import SeatOutcome
from models.councillors.tables import OfficeTerm
from models.places.queries.wards import wards_of
from models.places.tables import Ward
from views.asked import asked
from views.forms import BaseForm, ChoiceField, DayField, Days
from views.guards import needs, reader
from views.pages import render_form, submitted
from views.seats.counter import bp, day_of


class OutcomeForm(BaseForm):
    """What follows where the holder was elected again. What came of the seat, the buttons say."""

    expected_end = DayField(
        "If elected, the new term ends on",
        days=Days.TERM,
        description="Proposed from how long such a term usually is. Change it where you know more.",
    )
    end_unknown = BooleanField("Nobody knows yet when it ends")
    ward = ChoiceField("If they moved: the ward they sit for now", empty="Choose the ward")


@bp.get("/<string:poll>/triage")
@needs(Permit.COUNCILLORS_WRITE)
def next_seat(poll: str) -> ResponseReturnValue:
    """The next seat that nobody has decided: with `after`, the one that follows that seat."""
    line, _left = seat_after(reader(), day_of(poll), asked().id("after"))
    return _card(poll, line, _form_for(line, day_of(poll)))


@bp.route("/<string:poll>/seat/<int:term_id>", methods=["GET", "POST"])
@needs(Permit.COUNCILLORS_WRITE)
def decide(poll: str, term_id: int) -> ResponseReturnValue:
    """One seat: decide it, then on to the next."""
    poll_on = day_of(poll)
    line = seat_for(reader(), poll_on, term_id)
    form = _form_for(line, poll_on)
    done = submitted(form, lambda: _decide(line, poll_on, form))
    if done is None:
        return _card(poll, line, form)
    name, words = line.person.name, OUTCOMES[done.outcome].lower()
    back = url_for("seats.undo", poll=poll, term_id=term_id)
    message = {"text": f"{name}: {words}.", "action": back}
    flash(message, "undo")  # type: ignore[arg-type]  # a toast takes a mapping too
    return redirect(url_for("seats.next_seat", poll=poll, after=term_id))


def _form_for(line: SeatLine | None, poll_on: date) -> OutcomeForm:
    form = OutcomeForm(expected_end=_usual_end(line.term, poll_on) if line else None)
    wards = _other_wards(line) if line else []
    form.ward.choices = [SelectChoice(str(ward.id), ward.name) for ward in wards]
    return form


def _usual_end(term: OfficeTerm, poll_on: date) -> date:
    council = term.council
    return next_end(
        poll_on,
        post=term.post,
        nation=council.nation if council else None,
        was=term.expected_end,
        council_ends=council.ends_on if council else None,
    )


def _other_wards(line: SeatLine) -> list[Ward]:
    """The wards to which a councillor may have moved, where no ballot says to which."""
    term = line.term
    if "moved" not in outcomes_of(term.post) or term.council is None or line.ballot_ward_id:
        return []
    return [ward for ward in wards_of(term.council) if ward.id != term.ward_id]


def _card(poll: str, line: SeatLine | None, form: OutcomeForm) -> ResponseReturnValue:
    poll_on = day_of(poll)
    return render_form(
        "seats/triage.html",
        form,
        poll=poll,
        poll_on=poll_on,
        over=poll_on <= clock.today(),
        line=line,
        may_come=outcomes_of(line.term.post) if line else {},
        figures=figures_for(reader(), poll_on),
    )


def _decide(line: SeatLine, poll_on: date, form: OutcomeForm) -> SeatOutcome:
    wards = {str(ward.id): ward for ward in _other_wards(line)}
    following = NextTerm(
        expected_end=form.expected_end.data,
        end_known=not form.end_unknown.data,
        ward=wards.get(form.ward.data or ""),
    )
    said = request.form.get("outcome", "")
    return decide_seat(line.term, poll_on, said, by=reader(), following=following)


@bp.post("/<string:poll>/seat/<int:term_id>/undo")
@needs(Permit.COUNCILLORS_WRITE)
def undo(poll: str, term_id: int) -> ResponseReturnValue:
    """Take a decision back."""
    line = seat_for(reader(), day_of(poll), term_id)
    undo_seat(line.term, day_of(poll), by=reader())
    flash(f"{line.person.name} is to be decided again.", "ok")
    return redirect(url_for("seats.day", poll=poll))
