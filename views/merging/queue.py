"""The queue: pairs to look at, pairs dismissed, merges made."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from models.accounts.roles import Permit
from models.merging.actions import finding
from models.merging.actions.finding import pair_up
from models.merging.queries.pairs import last_run, merges_for, open_pairs_count, pairs_for
from models.people.queries.people import person_for
from views.asked import asked
from views.guards import needs, reader, reads_slowly
from views.merging.forms import OtherForm
from views.merging.room import bp
from views.pages import PAGE_SIZE, Page, page_number, render_form, submitted

SHOWN = {"open": "To look at", "dismissed": "Not the same", "merged": "Merged"}


@bp.get("")
@needs(Permit.PEOPLE_WRITE)
def index() -> ResponseReturnValue:
    """Pairs of records that may be one person, the likeliest first."""
    number, show = page_number(), asked().one_of("show", SHOWN) or "open"
    if show == "merged":
        rows, total = merges_for(reader(), page=number, size=PAGE_SIZE)
        page = Page(rows, number, total)
    else:
        pairs, total = pairs_for(reader(), state=show, page=number, size=PAGE_SIZE)
        page = Page(pairs, number, total)
    waiting = total if show == "open" else open_pairs_count(reader())
    tabs = [
        {
            "label": label,
            "href": url_for(".index", show=None if key == "open" else key),
            "current": key == show,
            "count": waiting if key == "open" else None,
        }
        for key, label in SHOWN.items()
    ]
    return render_template("merging/index.html", page=page, show=show, tabs=tabs, run=last_run())


@bp.post("/look")
@needs(Permit.PEOPLE_WRITE)
@reads_slowly
def look_again() -> ResponseReturnValue:
    """Look at whoever was changed since the last look."""
    if finding.look(by=reader()) is None:
        flash("The worker compares everybody now. Come back in a minute.", "ok")
    else:
        flash("The queue is up to date.", "ok")
    return redirect(url_for(".index"))


@bp.route("/with/<int:person_id>", methods=["GET", "POST"])
@needs(Permit.PEOPLE_WRITE)
def choose(person_id: int) -> ResponseReturnValue:
    """Choose the record with which this one is to be compared."""
    person, form = person_for(reader(), person_id), OtherForm()
    pair = submitted(form, lambda: pair_up(person, form.person(reader()), by=reader()))
    if pair is None:
        return render_form("merging/choose.html", form, person=person)
    return redirect(url_for(".show", pair_id=pair.id))
