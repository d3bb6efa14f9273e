"""What is read of delegated limits."""

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from models import clock
from models.accounts.permits import Actor
from models.accounts.tables import User
from models.base import db
from models.budget.limits import rules
from models.budget.limits.rules import Found
from models.budget.limits.tables import DelegatedLimit
from models.errors import NotFound


def limits() -> list[DelegatedLimit]:
    """Every limit there is or was, those that hold longest first."""
    return list(
        db.session.scalars(
            select(DelegatedLimit)
            .options(
                joinedload(DelegatedLimit.user),
                joinedload(DelegatedLimit.region),
                joinedload(DelegatedLimit.set_by),
            )
            .order_by(
                DelegatedLimit.ends_on.is_(None).desc(),
                DelegatedLimit.ends_on.desc(),
                DelegatedLimit.id.desc(),
            )
        )
    )


def limit_by_id(limit_id: int) -> DelegatedLimit:
    """The limit; raises NotFound."""
    limit = db.session.get(DelegatedLimit, limit_id)
    if limit is None:
        raise NotFound("There is no such limit.")
    return limit


def limit_of(user: Actor, region_ids: list[int]) -> dict[int, Found]:
    """What this person may award in each of these regions today."""
    role = getattr(user, "role", "")
    rows = list(
        db.session.scalars(
            select(DelegatedLimit).where(
                (DelegatedLimit.user_id == user.id) | (DelegatedLimit.role == role)
            )
        )
    )
    on = clock.today()
    return {
        region_id: rules.find(rows, user_id=user.id, role=role, region_id=region_id, on=on)
        for region_id in region_ids
    }


def role_has_limit(role: str) -> bool:
    """True if a limit of this role is open."""
    open_one = select(DelegatedLimit.id).where(
        DelegatedLimit.role == role, DelegatedLimit.ends_on.is_(None)
    )
    return db.session.scalars(open_one).first() is not None


def people_with_limits() -> list[User]:
    """The people who may award, by name: whom a limit can be set for."""
    return list(
        db.session.scalars(
            select(User)
            .where(User.role.in_(rules.deciding_roles()), User.disabled_at.is_(None))
            .order_by(User.name, User.id)
        )
    )
