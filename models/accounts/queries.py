"""Reading accounts: who is who, who is signed in, how often somebody tried."""

import hashlib
from collections.abc import Collection, Iterable
from datetime import datetime, timedelta
from functools import cache
from typing import Any

from sqlalchemy import Select, bindparam, inspect, select
from sqlalchemy.orm import joinedload, selectinload

from models import clock
from models.accounts.permits import Actor, require, within
from models.accounts.roles import Permit
from models.accounts.tables import AccountLink, SignInAttempt, SignInSession, User
from models.accounts.throttle import WINDOW, Counter
from models.base import db
from models.errors import Invalid, NotFound


def _region() -> Any:
    # Places stand above this room: the class of a region is known by the relationship only.
    return inspect(User).relationships["regions"].entity.class_


def hash_of(token: str) -> str:
    """What is stored of a random token."""
    return hashlib.sha256(token.encode()).hexdigest()


def session_of(token: str) -> User | None:
    """The user of a live session; None if ended, expired, or older than the user's epoch."""
    found = db.session.scalars(_by_token(), {"token": hash_of(token), "now": clock.now()})
    return found.unique().one_or_none()


@cache
def _by_token() -> Select[Any]:
    """Asked by every request, and so put together once."""
    sessions = select(User).join(SignInSession, SignInSession.user_id == User.id)
    return (
        _live(sessions, bindparam("now"))
        .where(SignInSession.token_hash == bindparam("token"), User.disabled_at.is_(None))
        .options(joinedload(User.regions))
    )


def sessions_of(user: User) -> list[SignInSession]:
    """The browsers in which this user is signed in, newest first."""
    query = select(SignInSession).join(User, SignInSession.user_id == User.id)
    return list(
        db.session.scalars(
            _live(query, clock.now()).where(User.id == user.id).order_by(SignInSession.id.desc())
        )
    )


def _live(query: Select[Any], now: Any) -> Select[Any]:
    return query.where(
        SignInSession.ended_at.is_(None),
        SignInSession.expires_at > now,
        SignInSession.epoch == User.epoch,
    )


def user_by_email(email: str) -> User | None:
    """The user with this address, disabled or not."""
    return db.session.scalars(select(User).where(User.email == email)).one_or_none()


def user_for(reader: Actor, user_id: int) -> User:
    """One user; raises NotFound for none, or for one outside the reader's regions."""
    require(reader, Permit.USERS_MANAGE)
    user = db.session.get(User, user_id)
    if user is None or not within(reader, [region.id for region in user.regions]):
        raise NotFound("There is no such user.")
    return user


def scopes_of(user_ids: Collection[int]) -> dict[int, str]:
    """What each of these users sees, in words."""
    found = select(User).where(User.id.in_(user_ids)).options(selectinload(User.regions))
    return {user.id: user.scope_words for user in db.session.scalars(found)}


def user_names() -> list[tuple[int, str]]:
    """Id and name of every user, for a choice."""
    return [
        (row.id, row.name)
        for row in db.session.execute(select(User.id, User.name).order_by(User.name, User.id))
    ]


def all_regions() -> list[Any]:
    """The regions of the union by name."""
    region = _region()
    return list(db.session.scalars(select(region).order_by(region.name)))


def regions_of(ids: Collection[int]) -> list[Any]:
    """These regions; raises Invalid where one does not exist."""
    found = [region for region in all_regions() if region.id in ids]
    if len(found) != len(set(ids)):
        raise Invalid("There is no such region.", field="regions")
    return found


def region_ids_of_codes(codes: Iterable[str]) -> list[int]:
    """The ids of regions named by code; raises Invalid naming the codes there are."""
    known = {region.code.upper(): region.id for region in all_regions()}
    wanted = [code.strip().upper() for code in codes]
    for code in wanted:
        if code not in known:
            words = ", ".join(sorted(known)) or "none yet: import the councils first"
            raise Invalid(f"There is no region {code}. The codes are: {words}.", field="regions")
    return [known[code] for code in wanted]


def guessable_words(user: User) -> list[str]:
    """What a stranger would try first in this user's password."""
    return [user.name, *user.email.split("@"), *(region.name for region in all_regions())]


def live_link(purpose: str, nonce: str) -> AccountLink | None:
    """The unused, unexpired link of an active user, or None."""
    return db.session.scalars(
        select(AccountLink)
        .join(User, AccountLink.user_id == User.id)
        .where(
            AccountLink.purpose == purpose,
            AccountLink.nonce_hash == hash_of(nonce),
            AccountLink.used_at.is_(None),
            AccountLink.expires_at > clock.now(),
            User.disabled_at.is_(None),
        )
    ).one_or_none()


def has_new_link(user: User, *, since: datetime) -> bool:
    """True where a link that was made after this moment still lets the user set a password."""
    query = select(AccountLink.id).where(
        AccountLink.user_id == user.id,
        AccountLink.used_at.is_(None),
        AccountLink.expires_at > clock.now(),
        AccountLink.created_at > since,
    )
    return db.session.scalars(query.limit(1)).first() is not None


def wait_for(counters: Iterable[Counter]) -> timedelta | None:
    """How long until these counters allow another try; None if one is allowed now."""
    moment = clock.now()
    waits = []
    for one in counters:
        tries = db.session.scalars(
            select(SignInAttempt.at)
            .where(SignInAttempt.key == one.key, SignInAttempt.at > moment - WINDOW)
            .order_by(SignInAttempt.at.desc())
            .limit(one.limit)
        ).all()
        if len(tries) == one.limit:
            waits.append(tries[-1] + WINDOW - moment)
    return max(waits, default=None)
