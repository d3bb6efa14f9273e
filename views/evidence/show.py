"""What comes after one award, on one page."""

from flask import render_template
from flask.typing import ResponseReturnValue

from models.accounts.permits import may
from models.accounts.roles import Permit
from models.evidence.queries.letters import days_of, letters_of
from models.evidence.queries.outcomes import outcome_of
from models.evidence.queries.reports import STATES, report_of
from views.evidence.counter import awarded_application, bp
from views.guards import needs, reader


@bp.get("/<int:application_id>")
@needs(Permit.FUNDING_READ)
def show(application_id: int) -> ResponseReturnValue:
    """Result, register of interests, and what else follows this award."""
    application = awarded_application(application_id)
    return render_template(
        "evidence/show.html",
        application=application,
        outcome=outcome_of(application),
        report=report_of(application),
        report_states=STATES,
        letters=letters_of(application),
        days=days_of(application),
        may_read_people=may(reader(), Permit.PEOPLE_READ),
        may_decide=may(reader(), Permit.FUNDING_DECIDE),
        may_write=may(reader(), Permit.EVIDENCE_WRITE),
    )
