"""Doubtful names beside the office holders they may be: a human says who is who."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from models.accounts.roles import Permit
from models.councillors.seats.actions import match_candidates, settle_name
from models.councillors.seats.queries.polls import match_for
from models.councillors.seats.queries.seats import seats_for
from models.councillors.seats.rules import summary
from views.guards import needs, reader
from views.pages import PAGE_SIZE, Page, page_number
from views.seats.counter import bp, day_of


@bp.get("/<string:poll>/doubtful")
@needs(Permit.COUNCILLORS_READ)
def doubtful(poll: str) -> ResponseReturnValue:
    """Every office holder with a name that somebody must look at, side by side."""
    poll_on, number = day_of(poll), page_number()
    rows, total = seats_for(reader(), poll_on, tab="doubtful", page=number, size=PAGE_SIZE)
    return render_template(
        "seats/doubtful.html", poll=poll, poll_on=poll_on, page=Page(rows, number, total)
    )


@bp.post("/names/<int:match_id>")
@needs(Permit.COUNCILLORS_WRITE)
def settle(match_id: int) -> ResponseReturnValue:
    """The same person, or somebody else."""
    match, term, poll_on = match_for(reader(), match_id)
    settle_name(match, term, same=request.form.get("same") == "yes", by=reader())
    flash("Noted: the same person." if match.verdict == "same" else "Noted: somebody else.", "ok")
    if request.form.get("back") == "triage":
        return redirect(url_for("seats.decide", poll=poll_on.isoformat(), term_id=term.id))
    return redirect(url_for("seats.doubtful", poll=poll_on.isoformat()))


@bp.post("/<string:poll>/compare")
@needs(Permit.COUNCILLORS_WRITE)
def compare(poll: str) -> ResponseReturnValue:
    """Compare the names on the ballots with the office holders once more."""
    counts = match_candidates(day_of(poll), by=reader())
    flash(f"Compared: {summary(counts)}", "ok")
    return redirect(url_for("seats.day", poll=poll))
