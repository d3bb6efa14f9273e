"""The region's word on an application, and the office's on what a region did not endorse."""

from flask.typing import ResponseReturnValue

from models.accounts.roles import Permit
from models.funding.actions import endorse as funding
from models.funding.actions.endorse import send_back
from views.funding.counter import bp
from views.funding.decide import take_step
from views.guards import needs, reader


@bp.post("/<int:application_id>/endorse")
@needs(Permit.FUNDING_ENDORSE)
def endorse(application_id: int) -> ResponseReturnValue:
    """Endorse it for its region."""
    return take_step(
        application_id,
        "endorse",
        lambda application, form: funding.endorse(
            application, reason=form.reason.data, by=reader(), **form.seen()
        ),
    )


@bp.post("/<int:application_id>/send-back")
@needs(Permit.FUNDING_ENDORSE)
def send_back_in_region(application_id: int) -> ResponseReturnValue:
    """Send it back within the region, for changes."""
    return take_step(
        application_id,
        "send-back",
        lambda application, form: send_back(
            application, reason=form.reason.data, by=reader(), **form.seen()
        ),
    )


@bp.post("/<int:application_id>/not-endorse")
@needs(Permit.FUNDING_ENDORSE)
def not_endorse(application_id: int) -> ResponseReturnValue:
    """Say that the region does not endorse it."""
    return take_step(
        application_id,
        "not-endorse",
        lambda application, form: funding.not_endorse(
            application, reason=form.reason.data, by=reader(), **form.seen()
        ),
    )


@bp.post("/<int:application_id>/take-on")
@needs(Permit.FUNDING_DECIDE)
def take_on(application_id: int) -> ResponseReturnValue:
    """Consider it though its region did not endorse it."""
    return take_step(
        application_id,
        "take-on",
        lambda application, form: funding.take_on(
            application, reason=form.reason.data, by=reader(), **form.seen()
        ),
    )
