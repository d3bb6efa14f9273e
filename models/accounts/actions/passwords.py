"""Passwords and the single-use links that let somebody set one."""

from datetime import timedelta

from sqlalchemy import update

from models import audit, clock, outbox
from models.accounts.actions.signing_in import (
    check_throttle,
    end_sessions,
    forget_tries,
    note_try,
)
from models.accounts.links import LIFETIME_WORDS, LIFETIMES, LinkDesk, new_nonce
from models.accounts.passwords import fits, hash_password, weakness
from models.accounts.permits import Actor, require
from models.accounts.queries import (
    guessable_words,
    has_new_link,
    hash_of,
    live_link,
    user_by_email,
)
from models.accounts.roles import Permit, Role
from models.accounts.rules import check_alone, check_rank
from models.accounts.tables import AccountLink, User
from models.accounts.throttle import Guard
from models.base import begin_writing, db
from models.errors import Invalid, NotFound, Refused

BETWEEN_LETTERS = timedelta(minutes=15)
DEAD_LINK = "This link has been used or is too old. Ask for a new one on the sign-in page."

MAILS = {
    "invite": (
        "Your account in Hustings",
        "Hello {name},\n\nyou have an account in Hustings, the political office's records. "
        "Choose a password here:\n\n{link}\n\nThe link works once, for {lifetime}.\n",
    ),
    "reset": (
        "A new password for Hustings",
        "Hello {name},\n\nsomebody asked for a new password for your account in Hustings. "
        "If that was you, choose one here:\n\n{link}\n\nThe link works once, for {lifetime}. "
        "If it was not you, you need do nothing: your password is unchanged.\n",
    ),
}


def send_link(user: User, *, by: Actor, desk: LinkDesk) -> str:
    """Make a link for a user and mail it where mail is set up; returns its address.

    An invitation until a password was set, a reset afterwards. Raises Refused for a disabled user,
    and for one who checks others: see `propose_link`.
    """
    require(by, Permit.USERS_MANAGE, regions=_regions(user))
    check_rank(getattr(by, "role", None), user.role)
    check_alone(by.id, Role(user.role))
    if user.disabled_at:
        raise Refused(f"{user.name} is disabled. Enable the account first.")
    purpose = "reset" if user.password_hash else "invite"
    address = make_link(user, purpose=purpose, desk=desk)
    audit.record("user.link_made", user, by=by, after={"purpose": purpose})
    return address


def request_reset(*, email: str, guard: Guard, desk: LinkDesk) -> None:
    """Ask for a reset link to be mailed; tells nobody whether there is such a user.

    The worker looks who it is (`mail_reset`), so that the time this takes tells nothing either.
    What counts is who asks: no stranger can use a named person's turn up. Raises TooMany.
    """
    begin_writing()
    counters = guard.asking()
    check_throttle(counters)
    note_try(counters)
    if desk.mails:
        outbox.post("reset", {"email": email.strip().lower()[:254]}, key=f"reset:{new_nonce()}")


def mail_reset(email: str, *, desk: LinkDesk) -> None:
    """Mail a link if there is such an active user.

    None is sent while one that is younger than BETWEEN_LETTERS is still good: nobody's mailbox can
    be filled, and whoever asks always has a link that lives for a quarter of an hour or longer.
    """
    user = user_by_email(email)
    if user is None or user.disabled_at or not desk.mails:
        return
    if has_new_link(user, since=clock.now() - BETWEEN_LETTERS):
        return
    make_link(user, purpose="reset" if user.password_hash else "invite", desk=desk)
    audit.record("user.reset_requested", user, by=None)


def set_password_by_link(*, token: str, password: str, guard: Guard, desk: LinkDesk) -> User:
    """Set the password by a link, which is used up by it; all sessions end.

    Raises Invalid for a weak password (the link stays good), NotFound for a link that was used,
    is too old, or is not ours. Of two at once, one wins.
    """
    link = read_link(token, desk=desk)
    _check_strength(db.session.get_one(User, link.user_id), password)
    hashed = hash_password(password)
    begin_writing()
    link = read_link(token, desk=desk)
    user = db.session.get_one(User, link.user_id)
    if not _use_up(link):
        raise NotFound(DEAD_LINK)
    _store(user, hashed)
    forget_tries(guard.counters(user.email)[:2])
    audit.record("user.password_set", user, by=user, after={"by": link.purpose})
    return user


def read_link(token: str, *, desk: LinkDesk) -> AccountLink:
    """The live link of a token; raises NotFound for any other."""
    read = desk.read(token)
    link = live_link(*read) if read else None
    if link is None:
        raise NotFound(DEAD_LINK)
    return link


def change_password(
    user: User, *, password: str, by: User, hashed: str | None = None, same: bool | None = None
) -> User:
    """Change one's own password, once the old one was checked; all sessions end.

    `hashed` is its hash, and `same` whether it is the old one, where they were computed before
    the writing transaction began.
    """
    require(by, Permit.SIGNED_IN)
    if user.id != by.id:
        raise NotFound("There is no such user.")
    if fits(user.password_hash, password) if same is None else same:
        raise Invalid("This is the password you have now.", field="password")
    _check_strength(user, password)
    _store(user, hashed or hash_password(password))
    audit.record("user.password_changed", user, by=by)
    return user


def give_password(user: User, *, password: str, by: Actor) -> User:
    """Set somebody's password at the command line or in the demonstration; all sessions end."""
    require(by, Permit.USERS_MANAGE)
    check_rank(getattr(by, "role", None), user.role)
    check_alone(by.id, Role(user.role))
    _check_strength(user, password)
    _store(user, hash_password(password))
    audit.record("user.password_set", user, by=by, after={"by": "command line"})
    return user


def _regions(user: User) -> list[int]:
    return [region.id for region in user.regions]


def _check_strength(user: User, password: str) -> None:
    why = weakness(password, words=guessable_words(user))
    if why:
        raise Invalid(why, field="password")


def _store(user: User, hashed: str) -> None:
    user.password_hash = hashed
    end_links(user)
    end_sessions(user)


def make_link(user: User, *, purpose: str, desk: LinkDesk) -> str:
    """A new link for a user, mailed where mail is set up; returns its address."""
    nonce = new_nonce()
    link = AccountLink(
        user_id=user.id,
        purpose=purpose,
        nonce_hash=hash_of(nonce),
        expires_at=clock.now() + LIFETIMES[purpose],
    )
    db.session.add(link)
    db.session.flush()
    address = desk.address(desk.token(purpose, nonce))
    if desk.mails:
        subject, words = MAILS[purpose]
        text = words.format(name=user.name, link=address, lifetime=LIFETIME_WORDS[purpose])
        payload = {"to": user.email, "subject": subject, "text": text}
        outbox.post("mail", payload, key=f"account-link:{link.id}")
    return address


def _use_up(link: AccountLink) -> bool:
    # The database decides who was first, not what this session read before.
    result = db.session.execute(
        update(AccountLink)
        .where(AccountLink.id == link.id, AccountLink.used_at.is_(None))
        .values(used_at=clock.now())
        .execution_options(synchronize_session=False)
    )
    return bool(result.rowcount)  # type: ignore[attr-defined]


def end_links(user: User) -> None:
    """Make every link of a user worthless."""
    db.session.execute(
        update(AccountLink)
        .where(AccountLink.user_id == user.id, AccountLink.used_at.is_(None))
        .values(used_at=clock.now())
        .execution_options(synchronize_session=False)
    )
