"""The outbox counter: what waits, what failed, and e-mails of which nobody knows."""

from flask import Blueprint, current_app, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from models.accounts.permits import may
from models.accounts.roles import Permit
from models.jobs import actions as jobs
from models.jobs import queries as jobs_queries
from models.jobs.queries import open_work
from views.asked import asked
from views.guards import needs
from views.pages import PAGE_SIZE, Page, page_number

bp = Blueprint("outbox", __name__, url_prefix="/outbox")


@bp.get("")
@needs(Permit.JOBS_READ)
def index() -> ResponseReturnValue:
    """Work that is not done, by state."""
    state = asked().key("state")
    number = page_number()
    rows, total = open_work(
        current_user, state=state, offset=(number - 1) * PAGE_SIZE, limit=PAGE_SIZE
    )
    return render_template(
        "outbox/index.html",
        rows=rows,
        page=Page(rows, number, total),
        state=state,
        counts=jobs_queries.counts(),
        may_retry=may(current_user, Permit.JOBS_RETRY),
        mail_ready=bool(current_app.config["SETTINGS"].smtp_host),
    )


@bp.post("/<uuid:row_id>/retry")
@needs(Permit.JOBS_RETRY)
def retry(row_id: object) -> ResponseReturnValue:
    """Try failed or uncertain work again."""
    jobs.retry(jobs_queries.locked(str(row_id)), by=current_user)
    flash("It will be tried again within a few seconds.")
    return redirect(url_for("outbox.index"))


@bp.post("/<uuid:row_id>/mark-as-sent")
@needs(Permit.JOBS_RETRY)
def mark_sent(row_id: object) -> ResponseReturnValue:
    """An uncertain e-mail did arrive."""
    jobs.mark_sent(jobs_queries.locked(str(row_id)), by=current_user)
    flash("The e-mail is marked as sent.")
    return redirect(url_for("outbox.index"))
