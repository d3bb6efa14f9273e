"""Who is signed in: the cookie carries a random token, the database its hash.

Nothing is written on reading. The time of the last click travels in the signed cookie, so that an
idle session ends without a write on every page; it is noted anew once half a minute has gone.
"""

from datetime import timedelta

from flask import current_app, g, request, session

from models import clock
from models.accounts.actions.signing_in import end_session, sign_in
from models.accounts.queries import hash_of, session_of
from models.accounts.tables import User
from views.accounts import known

TOKEN, SEEN = "token", "seen"
NOTED_AFTER_S = 30

# The first that fits: most browsers name their ancestors too.
PROGRAMS = (
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("SamsungBrowser", "Samsung Internet"),
    ("Firefox/", "Firefox"),
    ("FxiOS", "Firefox"),
    ("CriOS", "Chrome"),
    ("Chrome/", "Chrome"),
    ("Safari/", "Safari"),
)
MACHINES = (
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("Windows", "Windows"),
    ("Mac OS X", "Mac"),
    ("CrOS", "Chromebook"),
    ("Linux", "Linux"),
)


def start(user: User) -> None:
    """Sign this browser in with a new token; whatever its cookie held before is gone."""
    session.clear()
    settings = current_app.config["SETTINGS"]
    session.permanent = True
    session[TOKEN] = sign_in(
        user, hours=settings.session_hours, browser=browser_words(request.user_agent.string)
    )
    session[SEEN] = int(clock.now().timestamp())
    g.signed_in_user = user
    known.remember(user)


def current() -> User | None:
    """The signed-in user, or None when the session is unknown, ended, idle or out of date."""
    if "signed_in_user" in g:
        return g.signed_in_user
    g.signed_in_user = _look_up()
    return g.signed_in_user


def end() -> None:
    """Sign this browser out; the token is worth nothing afterwards."""
    if session.get(TOKEN):
        end_session(session[TOKEN])
    forget()


def forget() -> None:
    """Empty the cookie, where the session itself has ended already."""
    session.clear()
    g.signed_in_user = None


def this_session() -> str:
    """The stored hash of this browser's token, to find it in the list of sessions."""
    return hash_of(session.get(TOKEN, ""))


def browser_words(agent: str) -> str:
    """A browser as its owner would name it: "Firefox on Windows"."""
    program = next((name for mark, name in PROGRAMS if mark in agent), "A browser")
    machine = next((name for mark, name in MACHINES if mark in agent), "")
    return f"{program} on {machine}" if machine else program


def _look_up() -> User | None:
    token = session.get(TOKEN)
    if not token:
        return None
    idle = timedelta(minutes=current_app.config["SETTINGS"].idle_minutes)
    now = int(clock.now().timestamp())
    since = now - session.get(SEEN, 0)
    if since > idle.total_seconds():
        return None
    found = session_of(token)
    if found is not None and since >= NOTED_AFTER_S:
        session[SEEN] = now
    return found
