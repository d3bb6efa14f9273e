"""The blueprint of the disputes room, and what its pages ask."""

from typing import Any

from flask import Blueprint
from flask_login import current_user

from models.accounts.roles import Permit
from models.councillors import rules, workflow
from models.councillors.control.rules import KINDS
from models.delegates import rules as delegate_rules
from models.delegates import workflow as delegate_steps
from models.disputes.rules import REPLIES, TONES
from views.records import application_href, council_href, person_href

bp = Blueprint("disputes", __name__, url_prefix="/disputes")


@bp.context_processor
def _shown() -> dict[str, Any]:
    permits = current_user.permits if current_user.is_authenticated else frozenset()
    return {
        "may_ask": Permit.CONTACTS_WRITE in permits,
        "may_export": Permit.EXPORT_PEOPLE in permits,
        "person_href": person_href,
        "council_href": council_href,
        "application_href": application_href,
        "replies": REPLIES,
        "reply_tones": TONES,
        "posts": rules.POSTS,
        "delegate_statuses": delegate_steps.STATUSES,
        "delegate_tones": delegate_steps.TONES,
        "ends_soon": delegate_rules.ends_soon,
        "is_over": delegate_rules.is_over,
        "role_kinds": rules.ROLE_KINDS,
        "control_kinds": KINDS,
        "statuses": workflow.STATUSES,
        "tones": workflow.TONES,
    }
