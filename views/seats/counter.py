"""The blueprint of the seats that are up, and what its pages ask."""

from datetime import date
from typing import Any

from flask import Blueprint
from flask_login import current_user

from models.accounts.roles import Permit
from models.councillors import rules, workflow
from models.councillors.seats.rules import OUTCOMES
from models.errors import NotFound
from models.query_args import day
from views.records import council_href, person_href

bp = Blueprint("seats", __name__, url_prefix="/seats-up")

OUTCOME_TONES = {"re-elected": "ok", "lost": "bad", "stood-down": "neutral", "moved": "info"}
KEYS = {"re-elected": "1", "lost": "2", "stood-down": "3", "moved": "4"}


@bp.context_processor
def _shown() -> dict[str, Any]:
    permits = current_user.permits if current_user.is_authenticated else frozenset()
    return {
        "may_write": Permit.COUNCILLORS_WRITE in permits,
        "may_import": Permit.IMPORT in permits,
        "may_export": Permit.EXPORT_PEOPLE in permits,
        "person_href": person_href,
        "council_href": council_href,
        "outcomes": OUTCOMES,
        "outcome_tones": OUTCOME_TONES,
        "outcome_keys": KEYS,
        "end_reasons": rules.END_REASONS,
        "posts": rules.POSTS,
        "statuses": workflow.STATUSES,
        "tones": workflow.TONES,
    }


def day_of(poll: str) -> date:
    """The poll day in an address; raises NotFound where it is none."""
    found = day(poll)
    if found is None:
        raise NotFound("There is no such poll day.")
    return found
