"""The blueprint of the freshness room, and what its pages ask."""

from typing import Any

from flask import Blueprint, current_app
from flask_login import current_user

from models.accounts.roles import Permit
from models.freshness.rules import KINDS, VERDICTS
from models.links import LinkDesk
from views.records import council_href, person_href

bp = Blueprint("freshness", __name__)


@bp.context_processor
def _shown() -> dict[str, Any]:
    permits = current_user.permits if current_user.is_authenticated else frozenset()
    return {
        "may_write": Permit.PEOPLE_WRITE in permits,
        "may_set": Permit.FRESHNESS_SET in permits,
        "person_href": person_href,
        "council_href": council_href,
        "kinds": KINDS,
        "verdicts": VERDICTS,
    }


def link_desk() -> LinkDesk:
    """How the links of this room are signed and addressed here, and whether they are mailed."""
    settings = current_app.config["SETTINGS"]
    return LinkDesk(
        purpose="confirmation",
        path="/confirm/",
        secret=str(current_app.config["SECRET_KEY"]),
        base_url=settings.base_url,
        mails=bool(settings.smtp_host),
    )
