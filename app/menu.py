"""The navigation: areas in their order, each shown to whoever may open it."""

from functools import lru_cache
from typing import NamedTuple

from flask import Flask, request, url_for
from flask_login import current_user

from models.accounts.roles import Permit

# group, label, endpoint, icon, permit, shortcut letter after g
AREAS = (
    ("", "Home", "home.index", "layout-dashboard", Permit.SIGNED_IN, "h"),
    ("Network", "Councillors", "councillors.index", "users", Permit.COUNCILLORS_READ, "c"),
    ("Network", "Delegates", "delegates.index", "id-badge-2", Permit.COUNCILLORS_READ, "n"),
    ("Network", "Contacts", "contacts.index", "phone", Permit.CONTACTS_READ, "l"),
    ("Network", "Seats up", "seats.index", "checklist", Permit.COUNCILLORS_READ, "s"),
    ("Network", "Disputes", "disputes.index", "speakerphone", Permit.CONTACTS_READ, "t"),
    ("Network", "Freshness", "freshness.index", "refresh", Permit.COUNCILLORS_READ, "v"),
    ("Network", "Duplicates", "merging.index", "users-group", Permit.PEOPLE_WRITE, "e"),
    ("Money", "Applications", "funding.index", "clipboard-list", Permit.FUNDING_READ, "f"),
    ("Money", "Payments", "payments.index", "cash", Permit.FUNDING_READ, "y"),
    ("Money", "After the award", "evidence.index", "receipt", Permit.FUNDING_READ, "m"),
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
FOLDED = {"Data", "Office"}  # opened now and then, and folded away on all other pages


ENDPOINTS = {area[2] for area in AREAS}


class Area(NamedTuple):
    """One line of the menu, for one person on one page."""

    group: str
    label: str
    href: str
    icon: str
    key: str
    folded: bool
    current: bool
    badge: int = 0  # how many things there wait for this person


def set_up(app: Flask) -> None:
    """Give templates `menu()`."""
    app.jinja_env.globals["menu"] = menu


def menu() -> tuple[Area, ...]:
    """The areas this person may open, the one that is open marked as current."""
    if not current_user.is_authenticated:
        return ()
    here = request.endpoint or ""
    if here not in ENDPOINTS:
        here = here.split(".")[0]  # a page further in: its room is what counts
    return _areas(current_user.permits, here, request.script_root)


@lru_cache(maxsize=1024)
def _areas(permits: frozenset[Permit], here: str, _root: str) -> tuple[Area, ...]:
    """Alike for everybody of a role; the addresses stand below the root they are served from."""
    room = here.split(".", maxsplit=1)[0]
    alone = sum(area[2].split(".")[0] == room for area in AREAS) == 1
    return tuple(
        Area(
            group,
            label,
            url_for(endpoint),
            icon,
            letter,
            folded=group in FOLDED,
            current=endpoint == here or (alone and endpoint.split(".")[0] == room),
        )
        for group, label, endpoint, icon, permit, letter in AREAS
        if permit in permits
    )
