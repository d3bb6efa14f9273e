"""Who signed in by this browser before: a signed cookie that outlives the session.

It opens nothing. It only gives the browser a counter of wrong tries of its own, so that a
stranger's tries do not keep its people out. A new epoch (a new password, a new role, signed out
everywhere) makes it worthless for that user.
"""

import secrets
from datetime import timedelta

from flask import Response, after_this_request, current_app, request
from itsdangerous import BadSignature, URLSafeTimedSerializer

from models.accounts.tables import User

KEPT = timedelta(days=180)
MOST = 8  # people at one desk


def read() -> tuple[str, frozenset[tuple[int, int]]]:
    """The browser's own random name and who is known here; an empty name where nobody is."""
    cookie = request.cookies.get(_name(), "")
    try:
        browser, pairs = _serializer().loads(cookie, max_age=int(KEPT.total_seconds()))
        return str(browser), frozenset((int(user), int(epoch)) for user, epoch in pairs)
    except (BadSignature, ValueError, TypeError):
        return "", frozenset()


def remember(user: User) -> None:
    """Let this browser be known for the user from now on, with the answer that is made."""
    browser, known = read()
    others = [pair for pair in sorted(known) if pair[0] != user.id][: MOST - 1]
    value = _serializer().dumps(
        [browser or secrets.token_urlsafe(16), [(user.id, user.epoch), *others]]
    )

    @after_this_request
    def keep(answer: Response) -> Response:
        answer.set_cookie(
            _name(),
            value,
            max_age=KEPT,
            secure=current_app.config["SETTINGS"].secure_cookies,
            httponly=True,
            samesite="Lax",
        )
        return answer


def _name() -> str:
    secure = current_app.config["SETTINGS"].secure_cookies
    return "__Host-hustings-known" if secure else "hustings-known"


def _serializer() -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(
        str(current_app.config["SECRET_KEY"]), salt="hustings.known-browser"
    )
