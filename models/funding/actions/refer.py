"""Recommending an application, and passing it up to whoever may decide on its amount."""

from models.accounts.tables import User
from models.errors import Invalid
from models.funding import rules
from models.funding.actions.steps import begin, finish, said
from models.funding.queries.limits import over_limit
from models.funding.tables import Application


def recommend(
    application: Application,
    *,
    amount_p: int,
    reason: str,
    by: User,
    key: str | None = None,
    version: int | None = None,
) -> Application:
    """Recommend an amount, saying why; who recommends does not decide."""
    return _pass_on(
        application, "recommend", amount_p=amount_p, reason=reason, by=by, key=key, version=version
    )


def refer(
    application: Application,
    *,
    amount_p: int,
    by: User,
    reason: str | None = None,
    key: str | None = None,
    version: int | None = None,
) -> Application:
    """Approve an amount above one's own limit: the next level decides."""
    return _pass_on(
        application, "refer", amount_p=amount_p, reason=reason, by=by, key=key, version=version
    )


def _pass_on(
    application: Application,
    name: str,
    *,
    amount_p: int,
    reason: str | None,
    by: User,
    key: str | None,
    version: int | None,
) -> Application:
    step = begin(application, name, by=by, key=key, version=version, amount_p=amount_p)
    if step is None:
        return application
    requested_p = application.requested_p or 0
    problem = rules.award_problem(
        amount_p, requested_p=requested_p, max_grant_p=application.max_grant_p
    )
    if problem:
        raise Invalid(problem, field="amount")
    if name == "refer" and over_limit(by, application, amount_p) is None:
        raise Invalid("This is within your own limit: award it, or decline it.", field="amount")
    reason_said = said(step, reason, in_part=amount_p < requested_p)
    application.recommended_p = amount_p
    application.handled_by_ids = [*application.handled_by_ids, by.id]
    finish(application, step, by=by, key=key, reason=reason_said, amount_p=amount_p)
    return application
