"""Taking an award back, in part or whole: what is released is free again in the same breath."""

from models.accounts.tables import User
from models.budget.actions import money
from models.budget.queries.nodes import paid_of
from models.errors import Invalid, Refused
from models.funding import letters, rules
from models.funding.actions.steps import begin, finish, said
from models.funding.tables import Application


def withdraw(
    application: Application,
    *,
    by: User,
    reason: str | None = None,
    key: str | None = None,
    version: int | None = None,
) -> Application:
    """Take it back, until it is paid; what was committed is free again at once."""
    step = begin(application, "withdraw", by=by, key=key, version=version)
    if step is None:
        return application
    released_p = _release_all(application, by=by)
    finish(application, step, by=by, key=key, reason=reason or None, amount_p=released_p)
    return application


def lapse(
    application: Application,
    *,
    reason: str,
    by: User,
    key: str | None = None,
    version: int | None = None,
) -> Application:
    """End it because its occasion is gone; what was committed is free again at once."""
    step = begin(application, "lapse", by=by, key=key, version=version)
    if step is None:
        return application
    reason_said = said(step, reason)
    released_p = _release_all(application, by=by)
    taken = finish(application, step, by=by, key=key, reason=reason_said, amount_p=released_p)
    letters.lapsed(application, taken)
    return application


def reduce(
    application: Application,
    *,
    amount_p: int,
    reason: str,
    by: User,
    key: str | None = None,
    version: int | None = None,
) -> Application:
    """Make an award smaller: `amount_p` is what is left of it, at least what is paid already."""
    step = begin(application, "reduce", by=by, key=key, version=version, amount_p=amount_p)
    if step is None:
        return application
    if application.award is None:
        raise Refused("There is no award to reduce.")
    awarded_p, paid_p = application.awarded_p or 0, paid_of(application.award)
    problem = rules.reduction_problem(amount_p, awarded_p=awarded_p, paid_p=paid_p)
    if problem:
        raise Invalid(problem, field="amount")
    reason_said = said(step, reason)
    money.release(
        award=application.award,
        amount_p=awarded_p - amount_p,
        by=by,
        key=f"award:{application.id}:reduce:{application.version}",
    )
    application.awarded_p = amount_p
    taken = finish(application, step, by=by, key=key, reason=reason_said, amount_p=amount_p)
    letters.reduced(application, taken)
    return application


def _release_all(application: Application, *, by: User) -> int | None:
    """Give back what is committed still; how much that was, or None without an award."""
    if application.award is None:
        return None
    released_p = application.award.committed_p
    money.release(
        award=application.award, amount_p=released_p, by=by, key=f"award:{application.id}:release"
    )
    return released_p
