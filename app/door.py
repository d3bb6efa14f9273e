"""The door: who is there, may they come in, and which headers every answer carries."""

import logging

from flask import Flask, Response, abort, current_app, g, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import LoginManager, current_user
from flask_wtf.csrf import CSRFError, CSRFProtect

from app.faults import Fault
from models.accounts.roles import Permit
from views.accounts import browsers
from views.guards import reader

CSP = (
    "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)
HEADERS = {
    "Content-Security-Policy": CSP,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
}

SIGNED_OUT = Fault(
    "signed-out",
    400,
    "You are not signed in any more",
    "This was not taken.",
    "Sign in in another window of this browser, then come back here and send it again.",
)

log = logging.getLogger("hustings.door")
login = LoginManager()
csrf = CSRFProtect()


def set_up(app: Flask) -> None:
    """Close the door: nobody passes without a mark on the route that lets them."""
    secure = app.config["SETTINGS"].secure_cookies
    app.config.update(
        SESSION_COOKIE_NAME="__Host-hustings" if secure else "hustings",
        SESSION_COOKIE_SECURE=secure,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_REFRESH_EACH_REQUEST=False,  # the last click is noted twice a minute, no oftener
    )
    csrf.init_app(app)
    login.init_app(app)
    login.session_protection = None  # our sessions are rows; see views/accounts/browsers.py
    login.user_loader(lambda _user_id: None)
    login.request_loader(lambda _request: browsers.current())
    app.before_request(_gate)
    app.after_request(with_headers)
    app.register_error_handler(CSRFError, _stale_form)


def _gate() -> ResponseReturnValue | None:
    if request.endpoint is None:
        return None  # an unknown address: 404 tells nobody anything
    view = current_app.view_functions[request.endpoint]
    if getattr(view, "open_because", None):
        return None
    permit: Permit | None = getattr(view, "permit", None)
    if permit is None:
        # An unmarked route is a mistake of ours; it is not served at all.
        abort(500)
    if not current_user.is_authenticated:
        return _to_sign_in()
    if permit not in reader().permits:
        log.warning("denied", extra={"endpoint": request.endpoint, "user": reader().id})
        abort(403)
    return None


def _to_sign_in() -> ResponseReturnValue:
    if request.headers.get("HX-Request"):
        # A redirect would put the sign-in page into the middle of the page that asked.
        return "", 204, {"HX-Redirect": url_for("accounts.sign_in")}
    asked_for = request.full_path.rstrip("?") if request.method == "GET" else None
    return redirect(url_for("accounts.sign_in", next=asked_for))


def with_headers(response: Response) -> Response:
    """The answer with the headers that every answer carries."""
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
    if current_app.config["SETTINGS"].secure_cookies:
        response.headers["Strict-Transport-Security"] = "max-age=31536000; includeSubDomains"
    if request.endpoint != "static":
        response.headers.setdefault("Cache-Control", "no-store")
        response.vary.add("HX-Request")
    return response


def _stale_form(_error: CSRFError) -> Response:
    from app.errors import page

    g.stale_form = True
    view = current_app.view_functions.get(request.endpoint or "")
    if not current_user.is_authenticated and not getattr(view, "open_because", None):
        return page(400, fault=SIGNED_OUT)
    return page(400, "This form is no longer valid, or it was sent from another site.")
