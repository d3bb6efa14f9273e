"""The blueprint of the evidence room."""

from flask import Blueprint, redirect, url_for
from flask.typing import ResponseReturnValue

from models.errors import NotFound
from models.funding.queries.one import application_for
from models.funding.tables import Application
from views.guards import reader

bp = Blueprint("evidence", __name__, url_prefix="/afterwards")


def awarded_application(application_id: int) -> Application:
    """An application to which something was awarded; NotFound for any other."""
    application = application_for(reader(), application_id)
    if application.award_id is None:
        raise NotFound("Nothing was awarded here yet, so there is nothing to follow.")
    return application


def to_page(application: Application) -> ResponseReturnValue:
    """Off to what comes after this award."""
    return redirect(url_for("evidence.show", application_id=application.id))
