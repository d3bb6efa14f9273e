"""The board: applications by step. A move opens the form of the step that makes it."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from models.accounts.roles import Permit
from models.funding.queries.board import board_for, steps_from
from models.funding.queries.lists import regions_to_read
from models.funding.queries.one import application_for
from models.funding.workflow import STATUSES, words_for
from views.asked import asked
from views.funding.counter import bp
from views.guards import needs, reader, reads_only


@bp.get("/board")
@needs(Permit.FUNDING_READ)
def board() -> ResponseReturnValue:
    """Applications by step, with the moves each allows."""
    region_id = asked().id("region")
    return render_template(
        "funding/board.html",
        columns=board_for(reader(), region_id=region_id),
        regions=regions_to_read(reader()),
        region_id=region_id,
        statuses=STATUSES,
        words={key: words_for(key, reader()) for key in STATUSES},
    )


@bp.post("/<int:application_id>/move")
@needs(Permit.FUNDING_READ)
@reads_only
def move(application_id: int) -> ResponseReturnValue:
    """Open the form of the step that leads where it was put; say so where none does."""
    application = application_for(reader(), application_id)
    wanted = request.form.get("to", "")
    steps = steps_from(application, reader())
    step = next((one for one in steps if wanted in (one.name, one.to)), None)
    if step is None:
        now = words_for(application.status, reader()).lower()
        flash(f"{application.reference} cannot be moved there: its state is “{now}”.", "stay")
        return redirect(url_for("funding.board"))
    if step.name == "submit":
        return redirect(url_for("funding.check", application_id=application_id))
    page = url_for("funding.show", application_id=application_id)
    return redirect(f"{page}#step-{step.name}")
