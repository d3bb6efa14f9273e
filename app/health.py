"""/healthz/live and /healthz/ready. Neither writes, and neither shows a figure to a stranger."""

import os
import shutil
from datetime import timedelta

from flask import Blueprint, Flask, current_app
from flask.typing import ResponseReturnValue

import migrations
from app.jobs.registry import kinds_ready
from app.settings import Settings
from models import clock
from models.base import db
from models.jobs.queries import oldest_due
from views.guards import open_to_all

bp = Blueprint("health", __name__, url_prefix="/healthz")

LEAST_FREE_BYTES = 64 * 1024 * 1024
LONGEST_WAIT = timedelta(minutes=15)


def set_up(app: Flask) -> None:
    """Register the two addresses."""
    app.register_blueprint(bp)


@bp.get("/live")
@open_to_all("A supervisor must see that the process answers.")
def live() -> ResponseReturnValue:
    """The process answers."""
    return {"status": "live"}


@bp.get("/ready")
@open_to_all("A supervisor must see that the database is there; no figures are shown.")
def ready() -> ResponseReturnValue:
    """The database answers, its schema is ours, and there is room to write.

    `degraded` says that pages work but work in the background is late.
    """
    fault = _fault(current_app.config["SETTINGS"])
    if fault:
        return {"status": "not ready", "because": fault}, 503
    if _work_is_late():
        return {"status": "ready", "degraded": "work in the outbox is late"}
    return {"status": "ready"}


def _fault(settings: Settings) -> str | None:
    try:
        if migrations.current(db.session.connection()) != migrations.HEAD:
            return "the database is not up to date"
    except Exception:
        return "the database does not answer"
    if not os.access(settings.folder, os.W_OK):
        return "the data folder cannot be written to"
    if shutil.disk_usage(settings.folder).free < LEAST_FREE_BYTES:
        return "the disk is full"
    return None


def _work_is_late() -> bool:
    since = oldest_due(kinds=kinds_ready(current_app))
    return since is not None and clock.now() - since > LONGEST_WAIT
