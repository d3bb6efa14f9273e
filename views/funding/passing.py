"""Recommending, passing up, reducing and lapsing."""

from flask.typing import ResponseReturnValue

from models.accounts.roles import Permit
from models.funding.actions import refer as funding
from models.funding.actions import undo
from views.funding.counter import bp
from views.funding.decide import take_step
from views.guards import needs, reader


@bp.post("/<int:application_id>/recommend")
@needs(Permit.FUNDING_SCORE)
def recommend(application_id: int) -> ResponseReturnValue:
    """Recommend an amount."""
    return take_step(
        application_id,
        "recommend",
        lambda application, form: funding.recommend(
            application,
            amount_p=form.amount.data,
            reason=form.reason.data or "",
            by=reader(),
            **form.seen(),
        ),
    )


@bp.post("/<int:application_id>/refer")
@needs(Permit.FUNDING_DECIDE)
def refer(application_id: int) -> ResponseReturnValue:
    """Approve an amount above one's own limit and pass it up."""
    return take_step(
        application_id,
        "refer",
        lambda application, form: funding.refer(
            application,
            amount_p=form.amount.data,
            reason=form.reason.data,
            by=reader(),
            **form.seen(),
        ),
    )


@bp.post("/<int:application_id>/reduce")
@needs(Permit.FUNDING_DECIDE)
def reduce(application_id: int) -> ResponseReturnValue:
    """Make the award smaller."""
    return take_step(
        application_id,
        "reduce",
        lambda application, form: undo.reduce(
            application,
            amount_p=form.amount.data,
            reason=form.reason.data or "",
            by=reader(),
            **form.seen(),
        ),
    )


@bp.post("/<int:application_id>/lapse")
@needs(Permit.FUNDING_DECIDE)
def lapse(application_id: int) -> ResponseReturnValue:
    """Let it lapse."""
    return take_step(
        application_id,
        "lapse",
        lambda application, form: undo.lapse(
            application, reason=form.reason.data or "", by=reader(), **form.seen()
        ),
    )
