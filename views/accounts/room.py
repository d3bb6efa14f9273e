"""The accounts counter's blueprint, and what its actions need to know of this installation."""

from flask import Blueprint, current_app, request

from models.accounts import Guard, LinkDesk

bp = Blueprint("accounts", __name__)


def guard() -> Guard:
    """Who is trying, for the throttle."""
    return Guard(secret=_secret(), address=request.remote_addr or "unknown")


def link_desk() -> LinkDesk:
    """How links are signed and addressed here, and whether they are mailed."""
    settings = current_app.config["SETTINGS"]
    return LinkDesk(_secret(), base_url=settings.base_url, mails=bool(settings.smtp_host))


def _secret() -> str:
    return str(current_app.config["SECRET_KEY"])
