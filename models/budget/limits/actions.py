"""Setting and ending delegated limits: a limit is never changed, only ended and set anew."""

from datetime import date, timedelta

from models import audit, clock
from models.accounts.permits import Actor, require
from models.accounts.roles import Permit, Role
from models.base import db, hold_row, one_at_a_time
from models.budget.limits import queries, rules
from models.budget.limits.tables import DelegatedLimit
from models.errors import Invalid


def add_limit(
    *,
    amount_p: int,
    starts_on: date,
    by: Actor,
    role: str | None = None,
    user_id: int | None = None,
    region_id: int | None = None,
    ends_on: date | None = None,
) -> DelegatedLimit:
    """Let a role, or one person, award up to an amount for one candidate in one contest."""
    require(by, Permit.LIMITS_SET)
    rules.check(role, user_id, amount_p, starts_on, ends_on)
    if user_id is not None and user_id == by.id:
        raise Invalid("Somebody else must set your own limit.", field="whose")
    return _add(
        by,
        role=role,
        user_id=user_id,
        region_id=region_id,
        amount_p=amount_p,
        starts_on=starts_on,
        ends_on=ends_on,
    )


def end_limit(limit: DelegatedLimit, *, by: Actor) -> DelegatedLimit:
    """End a limit at once: yesterday was its last day. An ended one stays as it is."""
    require(by, Permit.LIMITS_SET)
    hold_row(limit)
    if limit.user_id is not None and limit.user_id == by.id:
        raise Invalid("Somebody else must end your own limit.")
    today = clock.today()
    if limit.ends_on is None or limit.ends_on >= today:
        before, after = audit.changes(limit, {"ends_on": today - timedelta(days=1)})
        db.session.flush()
        audit.record("limit.ended", limit, by=by, before=before, after=after)
    return limit


def limit_for_new_fund(*, cap_p: int, starts_on: date, by: Actor) -> None:
    """Give political officers the cap as their limit, where no limit is set for them yet."""
    require(by, Permit.BUDGET_SET)
    one_at_a_time("first limit")
    role = str(Role.POLITICAL_OFFICER)
    if not queries.role_has_limit(role):
        _add(by, role=role, amount_p=cap_p, starts_on=min(starts_on, clock.today()))


def _add(by: Actor, **values: object) -> DelegatedLimit:
    limit = DelegatedLimit(**values, set_by_id=by.id)
    db.session.add(limit)
    db.session.flush()
    audit.record("limit.set", limit, by=by, after=values)
    return limit
