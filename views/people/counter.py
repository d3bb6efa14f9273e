"""The blueprint of the people room, and what its pages ask."""

from typing import Any

from flask import Blueprint, redirect
from flask.typing import ResponseReturnValue
from flask_login import current_user
from flask_wtf import FlaskForm

from models.accounts.roles import Permit
from models.councillors import rules as office_rules
from models.councillors import workflow
from models.delegates import rules as delegate_rules
from models.delegates import workflow as delegate_steps
from models.people import rules
from models.people.queries.people import regions_of_person
from models.people.tables import Person
from views.guards import reader
from views.pages import render_form
from views.records import council_href, person_href

bp = Blueprint("people", __name__, url_prefix="/people")


@bp.context_processor
def _shown() -> dict[str, Any]:
    permits = current_user.permits if current_user.is_authenticated else frozenset()
    return {
        "may_write": Permit.PEOPLE_WRITE in permits,
        "may_write_offices": Permit.COUNCILLORS_WRITE in permits,
        "may_log": Permit.CONTACTS_WRITE in permits,
        "may_export": Permit.EXPORT_PEOPLE in permits,
        "may_apply": Permit.FUNDING_APPLY in permits,
        "person_href": person_href,
        "council_href": council_href,
        "statuses": workflow.STATUSES,
        "tones": workflow.TONES,
        "delegate_statuses": delegate_steps.STATUSES,
        "delegate_tones": delegate_steps.TONES,
        "ends_soon": delegate_rules.ends_soon,
        "is_over": delegate_rules.is_over,
        "posts": office_rules.POSTS,
        "role_kinds": office_rules.ROLE_KINDS,
        "end_reasons": office_rules.END_REASONS,
        "membership_statuses": rules.MEMBERSHIP_STATUSES,
        "political_fund": rules.POLITICAL_FUND,
        "basis_words": rules.BASES,
        "conditions": rules.CONDITIONS,
    }


def form_page(form: FlaskForm, person: Person, title: str) -> ResponseReturnValue:
    """The page of one short form about a person."""
    return render_form("people/fact.html", form, person=person, title=title)


def back_to(person: Person) -> ResponseReturnValue:
    """To the record; to the list where this user sees the person no more."""
    regions = reader().region_ids
    seen = regions is None or bool(regions & regions_of_person(person))
    return redirect(person_href(person.id) if seen else "/people")
