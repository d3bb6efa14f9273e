"""Signing in and out. Failed tries are counted; whoever tries hears the same either way."""

import secrets
from datetime import timedelta

from sqlalchemy import delete, update

from models import audit, clock
from models.accounts.passwords import fits, hash_password, outdated
from models.accounts.queries import hash_of, user_by_email, wait_for
from models.accounts.tables import SignInAttempt, SignInSession, User
from models.accounts.throttle import KEPT, Counter, Guard, wait_words
from models.base import begin_writing, db, one_at_a_time
from models.errors import NotFound, TooMany


def check_password(*, email: str, password: str, guard: Guard) -> User | None:
    """The user of this address and password, or None, which counts as a failed try.

    Answers alike, and takes as long, for a wrong password, an unknown address, a disabled user
    and one who has not set a password yet. Raises TooMany once the limit is reached. The caller
    must commit also where the answer is None: see `keeps_refusals`.

    The password is compared before the writing transaction begins; in it the limit is looked at,
    and whether the password that was compared is the stored one still.
    """
    email = email.strip().lower()
    user = user_by_email(email)
    keys = guard.counters(email, known=user is not None and guard.knows(user.id, user.epoch))
    _not_too_many(keys)
    stored = _stored(user)
    right = fits(stored, password)
    fresh = hash_password(password) if right and stored and outdated(stored) else None
    begin_writing()
    check_throttle(keys)
    user = user_by_email(email)
    if not right or user is None or _stored(user) != stored:
        note_try(keys)
        return None
    if fresh is not None:
        user.password_hash = fresh
    return user


def _stored(user: User | None) -> str | None:
    return user.password_hash if user and user.disabled_at is None else None


def sign_in(user: User, *, hours: int, browser: str | None = None) -> str:
    """Start a session and say so in the audit; returns the token for the cookie."""
    token = start_session(user, hours=hours, browser=browser)
    audit.record("user.signed_in", user, by=user)
    return token


def start_session(user: User, *, hours: int, browser: str | None = None) -> str:
    """Add a session for the user; returns the token for the cookie (256 random bits)."""
    token = secrets.token_urlsafe(32)
    db.session.add(
        SignInSession(
            token_hash=hash_of(token),
            user_id=user.id,
            epoch=user.epoch,
            browser=browser[:60] if browser else None,
            expires_at=clock.now() + timedelta(hours=hours),
        )
    )
    db.session.flush()
    return token


def end_session(token: str) -> None:
    """End one session, if it is still there."""
    _end(SignInSession.token_hash == hash_of(token))


def end_own_session(session_id: int, *, by: User) -> None:
    """End one of one's own sessions; raises NotFound for anybody else's."""
    if not _end(SignInSession.id == session_id, SignInSession.user_id == by.id):
        raise NotFound("There is no such session, or it has ended.")
    audit.record("user.session_ended", by, by=by, after={"session": session_id})


def sign_out_everywhere(user: User, *, by: User) -> User:
    """End all of one's own sessions, this one too."""
    if user.id != by.id:
        raise NotFound("There is no such user.")
    end_sessions(user)
    audit.record("user.signed_out_everywhere", user, by=by)
    return user


def end_sessions(user: User) -> None:
    """End every session of a user by raising the epoch."""
    user.epoch = User.epoch + 1
    _end(SignInSession.user_id == user.id)
    db.session.flush()


def _end(*conditions: object) -> int:
    result = db.session.execute(
        update(SignInSession)
        .where(*conditions, SignInSession.ended_at.is_(None))  # type: ignore[arg-type]
        .values(ended_at=clock.now())
    )
    return int(result.rowcount)  # type: ignore[attr-defined]


def check_throttle(keys: tuple[Counter, ...]) -> None:
    """Raise TooMany if one of the counters is full.

    Tries of the same account or address wait for each other until the commit, so that a burst
    of them cannot slip past the limit together. SQLite has one writer anyway.
    """
    for key in sorted(one.key for one in keys):
        one_at_a_time("tries", key)
    _not_too_many(keys)


def _not_too_many(keys: tuple[Counter, ...]) -> None:
    wait = wait_for(keys)
    if wait is not None:
        raise TooMany(wait_words(wait))


def note_try(keys: tuple[Counter, ...]) -> None:
    """Count one try, and forget those of long ago."""
    moment = clock.now()
    db.session.execute(delete(SignInAttempt).where(SignInAttempt.at < moment - KEPT))
    db.session.add_all(SignInAttempt(key=one.key, at=moment) for one in keys)
    db.session.flush()


def forget_tries(keys: tuple[Counter, ...]) -> None:
    """Forget the failed tries of these counters: the account's owner has just come in."""
    keys_only = [one.key for one in keys]
    db.session.execute(delete(SignInAttempt).where(SignInAttempt.key.in_(keys_only)))
