"""The accounts counter's blueprint, and what its actions need to know of this installation."""

from flask import Blueprint, current_app, request

from models.accounts.links import LinkDesk
from models.accounts.tables import User
from models.accounts.throttle import Guard
from views.accounts import known

bp = Blueprint("accounts", __name__)


def guard(signed_in: User | None = None) -> Guard:
    """Who is trying, for the throttle; a browser in which somebody is signed in is known."""
    browser, before = known.read()
    if signed_in is not None:
        browser = browser or f"session of {signed_in.id}"
        before |= {(signed_in.id, signed_in.epoch)}
    address = request.remote_addr or "unknown"
    return Guard(secret=_secret(), address=address, browser=browser, known=before)


def link_desk() -> LinkDesk:
    """How links are signed and addressed here, and whether they are mailed."""
    settings = current_app.config["SETTINGS"]
    return LinkDesk(_secret(), base_url=settings.base_url, mails=bool(settings.smtp_host))


def _secret() -> str:
    return str(current_app.config["SECRET_KEY"])
