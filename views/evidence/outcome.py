"""Recording what became of the candidate."""

from flask import flash, request, url_for
from flask.typing import ResponseReturnValue

from models.accounts.roles import Permit
from models.evidence.actions.outcomes import note_registered, record_outcome
from models.evidence.queries.outcomes import outcome_for, outcome_of
from views.evidence.counter import awarded_application, bp, to_page
from views.evidence.forms import OutcomeForm, RegisteredForm
from views.guards import needs, reader
from views.pages import render_form, submitted


@bp.route("/<int:application_id>/outcome", methods=["GET", "POST"])
@needs(Permit.EVIDENCE_WRITE)
def outcome(application_id: int) -> ResponseReturnValue:
    """Nominated, elected, with how many votes, and where that is from."""
    application = awarded_application(application_id)
    form = OutcomeForm()
    known = outcome_of(application)
    if request.method == "GET" and known is not None:
        form.show(known)
    done = submitted(form, lambda: record_outcome(application, form.result, by=reader()))
    if done is None:
        return render_form("evidence/outcome.html", form, application=application)
    flash(f"{application.reference}: the result is recorded.", "ok")
    return to_page(application)


@bp.route("/<int:application_id>/registered", methods=["GET", "POST"])
@needs(Permit.EVIDENCE_WRITE)
def registered(application_id: int) -> ResponseReturnValue:
    """The register of interests was filled in."""
    known = outcome_for(reader(), application_id)
    form = RegisteredForm()
    day = form.registered_on
    done = submitted(form, lambda: note_registered(known, registered_on=day.data, by=reader()))
    application = known.application
    if done is None:
        back = url_for("evidence.show", application_id=application_id)
        return render_form(
            "evidence/registered.html", form, application=application, outcome=known, back=back
        )
    flash(f"{application.reference}: the register of interests is filled in.", "ok")
    return to_page(application)
