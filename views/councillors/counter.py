"""The blueprint of the councillors room, and what its pages ask."""

from typing import Any

from flask import Blueprint, redirect
from flask.typing import ResponseReturnValue
from flask_login import current_user

from models.accounts.roles import Permit
from models.councillors import rules, workflow
from models.people.queries.people import regions_of_person
from models.people.tables import Person
from views.guards import reader
from views.records import council_href, person_href

bp = Blueprint("councillors", __name__, url_prefix="/councillors")


@bp.context_processor
def _shown() -> dict[str, Any]:
    permits = current_user.permits if current_user.is_authenticated else frozenset()
    return {
        "may_write": Permit.COUNCILLORS_WRITE in permits,
        "may_log": Permit.CONTACTS_WRITE in permits,
        "may_export": Permit.EXPORT_PEOPLE in permits,
        "person_href": person_href,
        "council_href": council_href,
        "statuses": workflow.STATUSES,
        "tones": workflow.TONES,
        "posts": rules.POSTS,
    }


def back_to(person: Person) -> ResponseReturnValue:
    """To the person's record; to the list where this user sees the person no more."""
    regions = reader().region_ids
    seen = regions is None or bool(regions & regions_of_person(person))
    return redirect(person_href(person.id) if seen else "/councillors")
