"""Search and jump (Ctrl-K), and the suggestions of lookup fields.

What is asked may be a name, so pages ask by POST and it stays out of addresses and logs; a GET
answers the same. Nothing is written either way.
"""

from collections.abc import Callable
from typing import Any

from flask import Blueprint, abort, render_template, request, url_for
from flask.typing import ResponseReturnValue
from wtforms import StringField

from models.accounts.permits import may
from models.accounts.roles import Permit
from models.accounts.tables import User
from models.contacts.follow_ups.queries import owners_for
from models.councillors.queries.offices import offices_in_words
from models.folding import fold
from models.people.queries.people import find_people
from models.places.queries.councils import council_by_text, find_councils
from models.places.queries.wards import find_constituencies, find_wards
from models.places.tables import Council, Ward
from reports.search import Hit, groups_of
from views.forms import BaseForm
from views.guards import needs, reader, reads_only
from views.pages import wants_fragment
from views.records import application_href, council_href, person_href


class SearchForm(BaseForm):
    """The box of the search page."""

    q = StringField("Name, place, reference or membership number")


bp = Blueprint("search", __name__, url_prefix="/search")

Option = dict[str, Any]
SUGGESTIONS, LONGEST = 10, 100
LABELS = {
    "person": "People",
    "application": "Funding applications",
    "council": "Councils",
    "ward": "Wards",
}
ICONS = {
    "person": "user",
    "application": "clipboard-list",
    "council": "building-bank",
    "ward": "map-pin",
}
HREFS: dict[str, Callable[[int], str]] = {
    "person": person_href,
    "application": application_href,
    "council": council_href,
    "ward": council_href,
}

# label, endpoint, icon, permit, shortcut
ACTIONS = (
    ("Log a contact", "contacts.new", "phone", Permit.CONTACTS_WRITE, "C"),
    ("My follow-ups", "contacts.follow_ups", "calendar-due", Permit.CONTACTS_READ, None),
    ("New funding application", "funding.new", "clipboard-list", Permit.FUNDING_APPLY, None),
    ("Add a councillor", "councillors.new", "user-plus", Permit.COUNCILLORS_WRITE, None),
    ("Add a person", "people.new", "user-plus", Permit.PEOPLE_WRITE, None),
    ("Invite a user", "accounts.new_user", "user-shield", Permit.USERS_MANAGE, None),
    ("Your account", "accounts.account", "key", Permit.SIGNED_IN, None),
)


@bp.get("")
@bp.post("")
@needs(Permit.SIGNED_IN)
@reads_only
def index() -> ResponseReturnValue:
    """What the words name, as a page; as options for the palette where htmx asks."""
    asked = _asked()
    groups = found_by(reader(), asked)
    if wants_fragment():
        return render_template("search/options.html", groups=groups, wanted=fold(asked))
    form = SearchForm(request.values)
    return render_template("search/index.html", form=form, groups=groups, asked=asked)


@bp.get("/lookup")
@bp.post("/lookup")
@needs(Permit.SIGNED_IN)
@reads_only
def lookup() -> ResponseReturnValue:
    """Suggestions of one kind for a lookup field."""
    kind = KINDS.get(request.values.get("kind", ""))
    if kind is None:
        abort(404)
    label, permit, suggest = kind
    if not may(reader(), permit):
        abort(403)
    groups = [{"label": label, "items": suggest(reader(), _asked())}]
    return render_template("search/lookup.html", groups=groups)


def found_by(user: User, asked: str) -> list[dict[str, Any]]:
    """Groups of options this user may see: people, applications, councils, wards, actions."""
    if not fold(asked) and "@" not in asked:
        return [{"label": "Actions", "items": _actions(user, "")}]
    groups: list[dict[str, Any]] = [
        {"label": LABELS[kind], "items": [_hit(hit) for hit in hits]}
        for kind, hits in groups_of(user, asked).items()
    ]
    return [*groups, {"label": "Actions", "items": _actions(user, asked)}]


def _hit(hit: Hit) -> Option:
    place = hit.council_id if hit.kind in ("council", "ward") else hit.id
    return {
        "label": hit.name,
        "detail": hit.detail,
        "href": HREFS[hit.kind](place or hit.id),
        "icon": ICONS[hit.kind],
    }


def _asked() -> str:
    return request.values.get("q", "").strip()[:LONGEST]


def _actions(user: User, asked: str) -> list[Option]:
    words = fold(asked).split()
    return [
        {"label": label, "href": url_for(endpoint), "icon": icon, "shortcut": shortcut}
        for label, endpoint, icon, permit, shortcut in ACTIONS
        if may(user, permit) and all(word in fold(label) for word in words)
    ]


def _sort_of(council: Council) -> str:
    return f"{council.kind}, {council.nation}"


def _suggest_people(user: User, asked: str) -> list[Option]:
    people = find_people(user, asked, limit=SUGGESTIONS)
    offices = offices_in_words([person.id for person in people])
    return [_option(person.id, person.name, offices.get(person.id)) for person in people]


def _suggest_councils(_user: User, asked: str) -> list[Option]:
    found = find_councils(asked, limit=SUGGESTIONS)
    return [_option(council.id, council.name, _sort_of(council)) for council in found]


def _suggest_wards(_user: User, asked: str) -> list[Option]:
    typed = request.values.get("council", "").strip()[:LONGEST]
    council = council_by_text(typed) if typed else None
    if typed and council is None:
        return []
    found = find_wards(asked, limit=SUGGESTIONS, council_id=council.id if council else None)
    return [_option(ward.id, ward.name, _council_of(ward, council)) for ward in found]


def _council_of(ward: Ward, chosen: Council | None) -> str | None:
    return None if chosen else ward.council.name


def _suggest_constituencies(_user: User, asked: str) -> list[Option]:
    found = find_constituencies(asked, limit=SUGGESTIONS)
    return [_option(one.id, one.name, one.welsh_name) for one in found]


def _suggest_users(user: User, asked: str) -> list[Option]:
    words = fold(asked).split()
    found = [one for one in owners_for(user) if all(word in fold(one.name) for word in words)]
    return [_option(one.id, one.name, one.role_label) for one in found[:SUGGESTIONS]]


def _option(record_id: int, label: str, detail: str | None) -> Option:
    return {"id": record_id, "label": label, "value": label, "detail": detail}


KINDS: dict[str, tuple[str, Permit, Callable[[User, str], list[Option]]]] = {
    "person": ("People", Permit.PEOPLE_READ, _suggest_people),
    "council": ("Councils", Permit.PLACES_READ, _suggest_councils),
    "ward": ("Wards", Permit.PLACES_READ, _suggest_wards),
    "constituency": ("Constituencies", Permit.PLACES_READ, _suggest_constituencies),
    "user": ("Users", Permit.CONTACTS_WRITE, _suggest_users),
}
