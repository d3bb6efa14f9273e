"""The blueprint of the delegates room, and what its pages ask."""

from typing import Any

from flask import Blueprint
from flask_login import current_user

from models.accounts.roles import Permit
from models.delegates import rules, workflow
from views.records import person_href

bp = Blueprint("delegates", __name__, url_prefix="/delegates")


@bp.context_processor
def _shown() -> dict[str, Any]:
    permits = current_user.permits if current_user.is_authenticated else frozenset()
    return {
        "may_write": Permit.COUNCILLORS_WRITE in permits,
        "may_export": Permit.EXPORT_PEOPLE in permits,
        "person_href": person_href,
        "statuses": workflow.STATUSES,
        "tones": workflow.TONES,
        "ends_soon": rules.ends_soon,
        "is_over": rules.is_over,
    }
