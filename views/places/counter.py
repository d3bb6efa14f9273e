"""The blueprint of the places room, and what its pages ask."""

from typing import Any

from flask import Blueprint
from flask_login import current_user

from models.accounts.roles import Permit
from views.records import council_href, person_href

bp = Blueprint("places", __name__, url_prefix="/places")


@bp.context_processor
def _shown() -> dict[str, Any]:
    permits = current_user.permits if current_user.is_authenticated else frozenset()
    return {
        "may_write": Permit.PLACES_WRITE in permits,
        "may_add_office": Permit.COUNCILLORS_WRITE in permits,
        "person_href": person_href,
        "council_href": council_href,
    }
