"""The list of users, under what waits for a second person."""

from flask import render_template

from models.accounts.list import USERS
from models.accounts.permits import may
from models.accounts.roles import Permit
from views.accounts import proposals
from views.accounts.room import bp
from views.guards import reader
from views.workshop.lists import Button, ListPage, show


def _waiting() -> str:
    agreeing = may(reader(), Permit.USERS_AGREE)
    return render_template("accounts/proposed.html", proposals=proposals.lines(), agreeing=agreeing)


LIST = ListPage(
    USERS,
    "accounts.users",
    cells="accounts/cells.html",
    above=_waiting,
    buttons=(
        Button("What each role may do", "accounts.access", Permit.SIGNED_IN, kind="secondary"),
        Button("Invite a user", "accounts.new_user", Permit.USERS_MANAGE, icon="plus"),
    ),
    widths={"name": "name", "email": "text", "role": "place", "scope": "place", "state": "status"},
    cards={"name": "title", "email": "under", "state": "state", "role": "end"},
    empty="No users yet",
    hint="Invite somebody.",
    words={"tones": {"active": "ok", "invited": "warning", "disabled": "bad"}},
    links={"user": ("accounts.user", "user_id")},
)
show(bp, LIST, "/users")
