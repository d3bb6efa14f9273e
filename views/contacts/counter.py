"""The blueprint of the contacts room, and the way back to where somebody came from."""

from typing import Any

from flask import Blueprint, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from models.accounts.roles import Permit
from views.pages import own_referrer
from views.records import person_href

bp = Blueprint("contacts", __name__, url_prefix="/contacts")


@bp.context_processor
def _shown() -> dict[str, Any]:
    """What the room's pages ask: may this person log, and where is a person's record."""
    permits = current_user.permits if current_user.is_authenticated else frozenset()
    return {"may_log": Permit.CONTACTS_WRITE in permits, "person_href": person_href}


def came_from() -> str:
    """The page of ours that led here, as a path; empty if there is none worth going back to."""
    address = own_referrer()
    if address is None or address.path in (request.path, "/sign-in"):
        return ""
    return address.path + (f"?{address.query}" if address.query else "")


def own_path(path: str | None, default: str) -> str:
    """The path, if it is one of this site; else the default. Never another site."""
    if not path or not path.startswith("/") or path.startswith("//") or "\\" in path:
        return default
    return path if path.isprintable() else default


def done(
    words: str, *, undo: str, label: str = "Undo", back: str | None = None
) -> ResponseReturnValue:
    """Go back with a message that carries the way to undo."""
    message = {"text": words, "action": undo, "label": label}
    flash(message, "undo")  # type: ignore[arg-type]  # a toast takes a mapping too
    return redirect(own_path(back or came_from(), url_for("contacts.index")))
