"""The region's word on an application: endorse it, send it back, or not endorse it."""

from models.accounts.permits import may
from models.accounts.roles import Permit
from models.accounts.tables import User
from models.funding import letters, workflow
from models.funding.actions.rivals import alone
from models.funding.actions.steps import begin, finish, said
from models.funding.queries.one import submission_endorses
from models.funding.tables import Application


def endorse(
    application: Application,
    *,
    by: User,
    reason: str | None = None,
    key: str | None = None,
    version: int | None = None,
) -> Application:
    """Say for its region that it should be granted: it goes to the national office."""
    step = begin(application, "endorse", by=by, key=key, version=version)
    if step is not None:
        finish(application, step, by=by, key=key, reason=said(step, reason))
    return application


def endorse_with_submission(application: Application, *, by: User) -> None:
    """Endorse what was submitted in this breath, where submission endorses and `by` may endorse.

    It stands in the history as a step of its own.
    """
    if submission_endorses(application) and may(by, Permit.FUNDING_ENDORSE):
        finish(application, workflow.step_named("endorse"), by=by, key=None)


def send_back(
    application: Application,
    *,
    reason: str,
    by: User,
    key: str | None = None,
    version: int | None = None,
) -> Application:
    """Send it back to whoever wrote it, within the region, saying what to change."""
    step = begin(application, "send-back", by=by, key=key, version=version)
    if step is None:
        return application
    taken = finish(application, step, by=by, key=key, reason=said(step, reason))
    letters.sent_back(application, taken)
    return application


def not_endorse(
    application: Application,
    *,
    reason: str,
    by: User,
    key: str | None = None,
    version: int | None = None,
) -> Application:
    """Say for its region that it should not be granted; the submitter hears of it."""
    step = begin(application, "not-endorse", by=by, key=key, version=version)
    if step is None:
        return application
    taken = finish(application, step, by=by, key=key, reason=said(step, reason))
    letters.not_endorsed(application, taken)
    return application


def take_on(
    application: Application,
    *,
    reason: str,
    by: User,
    key: str | None = None,
    version: int | None = None,
) -> Application:
    """Consider it for the national office though its region did not endorse it.

    Conflict where another application for the candidate and contest lives by now.
    """
    step = begin(application, "take-on", by=by, key=key, version=version)
    if step is None:
        return application
    reason_said = said(step, reason)
    with alone(application, application.contest_key or "", by=by):
        finish(application, step, by=by, key=key, reason=reason_said)
    return application
