"""Adding, changing, disabling and enabling users."""

from collections.abc import Collection

from sqlalchemy.exc import IntegrityError

from models import audit, clock
from models.accounts.actions.passwords import end_links
from models.accounts.actions.signing_in import end_sessions
from models.accounts.actions.telling import tell_disabled
from models.accounts.links import LinkDesk
from models.accounts.permits import Actor, require
from models.accounts.queries import regions_of, user_by_email
from models.accounts.roles import Permit, Role
from models.accounts.rules import (
    check_alone,
    check_rank,
    check_regions,
    clean_email,
    clean_name,
    needs_two,
)
from models.accounts.tables import User
from models.base import db, hold_row
from models.errors import Invalid, Refused


def add_user(
    *, email: str, name: str, role: Role, region_ids: Collection[int] = (), by: Actor
) -> User:
    """Add a user without a password; `send_link` lets them choose one.

    Raises Invalid for an address that is taken, a role without its regions, or a bad name, and
    Refused for a role that checks others: see `propose_user`.
    """
    require(by, Permit.USERS_MANAGE, regions=region_ids if by.region_ids is not None else None)
    check_rank(getattr(by, "role", None), role)
    check_regions(role, region_ids)
    check_alone(by.id, role)
    user = insert_user(email, name, role, region_ids)
    audit.record("user.added", user, by=by, after=_told(user))
    return user


def insert_user(email: str, name: str, role: Role, region_ids: Collection[int]) -> User:
    """A new row, without a password; raises Invalid for an address that is taken or a bad name."""
    user = User(email=clean_email(email), name=clean_name(name), role=role)
    taken = f"There is already a user with the address {user.email}."
    if user_by_email(user.email):
        raise Invalid(taken, field="email")
    user.regions = regions_of(region_ids)
    try:
        with db.session.begin_nested():
            db.session.add(user)
    except IntegrityError as error:
        raise Invalid(taken, field="email") from error
    return user


def change_user(
    user: User, *, name: str, role: Role, region_ids: Collection[int], by: Actor
) -> User:
    """Change a name, role or regions; a new role or region ends the user's sessions.

    Raises Refused where somebody would change their own role or regions, or alone the role or
    regions of one who checks others: see `propose_change`.
    """
    require(by, Permit.USERS_MANAGE, regions=_regions(user))
    hold_row(user)
    check_rank(getattr(by, "role", None), Role(user.role), role)
    check_regions(role, region_ids)
    before = _told(user)
    moved = Role(user.role) is not role or set(_regions(user)) != set(region_ids)
    if moved and user.id == by.id:
        raise Refused("You cannot change your own role or regions. Ask a colleague.")
    if moved:
        check_alone(by.id, Role(user.role), role)
    user.name = clean_name(name)
    if moved:
        move_user(user, role, region_ids)
    after = _told(user)
    changed = [key for key in after if before[key] != after[key]]
    if changed:
        audit.record(
            "user.changed",
            user,
            by=by,
            before={key: before[key] for key in changed},
            after={key: after[key] for key in changed},
        )
    db.session.flush()
    return user


def move_user(user: User, role: Role, region_ids: Collection[int]) -> None:
    """Give somebody a role and regions; all sessions end."""
    user.role = role
    user.regions = regions_of(region_ids)
    end_sessions(user)


def disable_user(user: User, *, by: Actor, desk: LinkDesk | None = None) -> User:
    """Keep somebody out from the next request on; their links die with it. Never oneself.

    One person alone may, because it must be quick; of one who checks others the others hear, if
    there is a desk to mail from.
    """
    _require_other(user, by=by)
    hold_row(user)
    if user.disabled_at:
        raise Refused(f"{user.name} is disabled already.")
    user.disabled_at = clock.now()
    end_links(user)
    end_sessions(user)
    audit.record("user.disabled", user, by=by)
    if desk is not None and needs_two(Role(user.role)):
        key = f"user-disabled:{user.id}:{user.disabled_at.isoformat()}"
        tell_disabled(user, by=by, key=key, desk=desk)
    return user


def enable_user(user: User, *, by: Actor) -> User:
    """Let somebody in again, with the password they had; one who checks others is proposed."""
    _require_other(user, by=by)
    hold_row(user)
    check_alone(by.id, Role(user.role))
    if not user.disabled_at:
        raise Refused(f"{user.name} is not disabled.")
    user.disabled_at = None
    audit.record("user.enabled", user, by=by)
    db.session.flush()
    return user


def end_sessions_of(user: User, *, by: Actor) -> User:
    """Sign somebody out of every browser."""
    _require_other(user, by=by)
    end_sessions(user)
    audit.record("user.sessions_ended", user, by=by)
    return user


def set_shortcuts(user: User, *, on: bool, by: User) -> User:
    """Switch one's own single-key shortcuts on or off."""
    require(by, Permit.SIGNED_IN)
    before, after = audit.changes(user, {"shortcuts": on})
    if after:
        audit.record("user.changed", user, by=by, before=before, after=after)
    db.session.flush()
    return user


def _require_other(user: User, *, by: Actor) -> None:
    require(by, Permit.USERS_MANAGE, regions=_regions(user))
    check_rank(getattr(by, "role", None), Role(user.role))
    if user.id == by.id:
        raise Refused("You cannot do this to your own account. Ask a colleague.")


def _regions(user: User) -> list[int]:
    return [region.id for region in user.regions]


def _told(user: User) -> dict[str, object]:
    return {
        "email": user.email,
        "name": user.name,
        "role": str(Role(user.role)),
        "regions": [region.code for region in user.regions],
    }
