"""What payments bring about: the last tranche settles an application, a reversal opens it again."""

from datetime import date

from models.accounts.permits import may, require
from models.accounts.roles import Permit
from models.accounts.tables import User
from models.budget.queries.nodes import paid_of
from models.errors import Refused
from models.funding import workflow
from models.funding.actions.steps import finish, hold, said
from models.funding.tables import Application


def settle(application: Application, *, paid_on: date, reference: str, by: User) -> Application:
    """All that is committed is paid: the application is paid. The rules of who are the payments'.

    Refused while anything of the award is committed and not paid.
    """
    step = workflow.step_named("pay")
    # An award that is reduced to what was paid is settled by whoever decided that.
    permit = step.permit if may(by, step.permit) else Permit.FUNDING_DECIDE
    require(by, permit, regions=[application.region_id])
    hold(application)
    if application.status not in step.from_ or application.award is None:
        raise Refused("There is no award to pay.")
    if application.award.committed_p:
        raise Refused("Part of this award is still to be paid.")
    application.paid_on, application.payment_reference = paid_on, reference
    paid_p = paid_of(application.award)
    finish(application, step, by=by, key=None, amount_p=paid_p)
    return application


def reopen(application: Application, *, reason: str, by: User) -> Application:
    """A payment was reversed: the application waits for its payment again."""
    step = workflow.step_named("reopen")
    require(by, step.permit, regions=[application.region_id])
    hold(application)
    if application.status not in step.from_:
        raise Refused("Only a paid application can be opened again.")
    application.paid_on = application.payment_reference = None
    finish(application, step, by=by, key=None, reason=said(step, reason))
    return application
