"""The outbox counter: what waits, what failed, and e-mails of which nobody knows."""

from flask import Blueprint, current_app, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from models.accounts.roles import Permit
from models.jobs import actions as jobs
from models.jobs import queries
from models.jobs.list import OUTBOX
from models.workshop.asking import question
from models.workshop.reading import count
from views.guards import needs
from views.workshop.lists import ListPage, show

bp = Blueprint("outbox", __name__, url_prefix="/outbox")


def _mail_ready() -> bool:
    return bool(current_app.config["SETTINGS"].smtp_host)


def _above() -> str:
    uncertain = count(question(OUTBOX, current_user, state="uncertain"))
    return render_template("outbox/above.html", mail_ready=_mail_ready(), uncertain=uncertain)


LIST = ListPage(
    OUTBOX,
    "outbox.index",
    cells="outbox/cells.html",
    facts="E-mails and long imports that are not done yet.",
    above=_above,
    widths={
        "what": "name",
        "state": "status",
        "since": "moment",
        "because": "long",
        "acts": "place",
    },
    cards={"what": "title", "because": "under", "state": "state", "since": "end", "acts": "acts"},
    empty="Nothing waits, and nothing failed.",
    words={
        "mail_ready": _mail_ready,
        "tones": {"waiting": "info", "failed": "bad", "uncertain": "warning"},
    },
    links={"retry": ("outbox.retry", "row_id"), "mark_sent": ("outbox.mark_sent", "row_id")},
)
show(bp, LIST)


@bp.post("/<uuid:row_id>/retry")
@needs(Permit.JOBS_RETRY)
def retry(row_id: object) -> ResponseReturnValue:
    """Try failed or uncertain work again."""
    jobs.retry(queries.locked(str(row_id)), by=current_user)
    flash("It will be tried again within a few seconds.")
    return redirect(url_for("outbox.index"))


@bp.post("/<uuid:row_id>/mark-as-sent")
@needs(Permit.JOBS_RETRY)
def mark_sent(row_id: object) -> ResponseReturnValue:
    """An uncertain e-mail did arrive."""
    jobs.mark_sent(queries.locked(str(row_id)), by=current_user)
    flash("The e-mail is marked as sent.")
    return redirect(url_for("outbox.index"))
