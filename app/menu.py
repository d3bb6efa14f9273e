"""The navigation: areas in their order, each shown to whoever may open it."""

from typing import Any

from flask import Flask, request, url_for
from flask_login import current_user

from models.accounts import Permit

# group, label, endpoint, icon, permit, shortcut letter after g
AREAS = (
    ("", "Home", "home.index", "layout-dashboard", Permit.SIGNED_IN, "h"),
    ("Network", "Councillors", "councillors.index", "users", Permit.COUNCILLORS_READ, "c"),
    ("Network", "Delegates", "delegates.index", "id-badge-2", Permit.COUNCILLORS_READ, "n"),
    ("Network", "Freshness", "freshness.index", "refresh", Permit.COUNCILLORS_READ, "v"),
    ("Network", "Seats up", "seats.index", "checklist", Permit.COUNCILLORS_READ, "s"),
    ("Network", "Contacts", "contacts.index", "phone", Permit.CONTACTS_READ, "l"),
    ("Network", "Duplicates", "merging.index", "users-group", Permit.PEOPLE_WRITE, "e"),
    ("Network", "Disputes", "disputes.index", "speakerphone", Permit.CONTACTS_READ, "t"),
    ("Money", "Funding applications", "funding.index", "clipboard-list", Permit.FUNDING_READ, "f"),
    ("Money", "Payments", "payments.index", "cash", Permit.FUNDING_READ, "y"),
    ("Money", "After the award", "evidence.index", "checklist", Permit.FUNDING_READ, "m"),
    ("Money", "Rounds", "rounds.index", "calendar", Permit.FUNDING_READ, "d"),
    ("Money", "Budget", "budget.index", "currency-pound", Permit.BUDGET_READ, "b"),
    ("Money", "Law", "elections.index", "scale", Permit.LAW_READ, "w"),
    ("Data", "Imports", "intake.index", "file-import", Permit.IMPORT, "i"),
    ("Data", "Reports", "reports.index", "file-export", Permit.SIGNED_IN, "r"),
    ("Data", "Places", "places.index", "map-pin", Permit.PLACES_READ, "p"),
    ("Office", "Users", "accounts.users", "user-shield", Permit.USERS_MANAGE, "u"),
    ("Office", "Audit", "accounts.audit", "history", Permit.AUDIT_READ, "a"),
    ("Office", "Outbox", "outbox.index", "mail", Permit.JOBS_READ, "o"),
)


def set_up(app: Flask) -> None:
    """Give templates `menu()`."""
    app.jinja_env.globals["menu"] = menu


def menu() -> list[dict[str, Any]]:
    """The areas this person may open: group, label, href, icon, current, key."""
    if not current_user.is_authenticated:
        return []
    permits, here = current_user.permits, (request.endpoint or "").split(".")[0]
    same_room = [area for area in AREAS if area[2].split(".")[0] == here]
    return [
        {
            "group": group,
            "label": label,
            "href": url_for(endpoint),
            "icon": icon,
            "key": letter,
            "current": request.endpoint == endpoint
            or (endpoint.split(".")[0] == here and len(same_room) == 1),
        }
        for group, label, endpoint, icon, permit, letter in AREAS
        if permit in permits
    ]
