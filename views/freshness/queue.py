"""The queue of stale facts: look, say what it came to, and on to the next."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from models.accounts.roles import Permit
from models.freshness.actions import checking
from models.freshness.actions.checking import undo_check
from models.freshness.queries.confirmations import answers_waiting
from models.freshness.queries.queue import QueueFilter, check_for, fact_for, queue_for
from models.freshness.rules import VERDICTS
from models.query_args import whole
from views.asked import heard
from views.contacts.counter import came_from, own_path
from views.freshness.counter import bp
from views.freshness.forms import QueueForm
from views.guards import needs, reader
from views.pages import PAGE_SIZE, Page, page_number


@bp.get("/freshness")
@needs(Permit.COUNCILLORS_READ)
def index() -> ResponseReturnValue:
    """What is due to be checked, the most pressing first."""
    form = QueueForm(request.args)
    form.offer(reader())
    heard(form)
    wanted = QueueFilter(form.kind.data or None, whole(form.region.data))
    number = page_number()
    rows, total = queue_for(reader(), wanted, page=number, size=PAGE_SIZE)
    return render_template(
        "freshness/index.html",
        form=form,
        page=Page(rows, number, total),
        answers=answers_waiting(reader()),
        tab="queue",
    )


@bp.post("/freshness/<string:fact_kind>/<int:fact_id>/verify")
@needs(Permit.PEOPLE_WRITE)
def verify(fact_kind: str, fact_id: int) -> ResponseReturnValue:
    """It is still right."""
    check = checking.verify(fact_for(reader(), fact_kind, fact_id), by=reader())
    return _went("Found right today.", check.id)


@bp.post("/freshness/<string:fact_kind>/<int:fact_id>/cannot-reach")
@needs(Permit.PEOPLE_WRITE)
def cannot_reach(fact_kind: str, fact_id: int) -> ResponseReturnValue:
    """Nobody was reached by it, mail bounced, or post came back."""
    fact = fact_for(reader(), fact_kind, fact_id)
    verdict = request.form.get("verdict", "unreachable")
    check = checking.cannot_reach(fact, verdict=verdict, by=reader())
    return _went(f"Noted: {VERDICTS[verdict].label.lower()}.", check.id)


@bp.post("/freshness/checks/<int:check_id>/undo")
@needs(Permit.PEOPLE_WRITE)
def undo(check_id: int) -> ResponseReturnValue:
    """Take a check back."""
    undo_check(check_for(reader(), check_id), by=reader())
    flash("Taken back.", "ok")
    return redirect(_back())


def _went(words: str, check_id: int) -> ResponseReturnValue:
    message = {"text": words, "action": url_for(".undo", check_id=check_id), "label": "Undo"}
    flash(message, "undo")  # type: ignore[arg-type]  # a toast takes a mapping too
    return redirect(_back())


def _back() -> str:
    return own_path(came_from(), url_for(".index"))
