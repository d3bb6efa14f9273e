"""The list of users: whoever signs in, or did."""

from typing import NamedTuple

from sqlalchemy import ColumnElement, case, select, true

from models.accounts.permits import Actor
from models.accounts.queries import scopes_of
from models.accounts.roles import Permit, Role
from models.accounts.tables import User, user_region
from models.workshop.listing import Column, Filter, Fixed, Listing, Tab
from models.workshop.wording import containing

STATES = {"active": "Active", "invited": "Invited, no password yet", "disabled": "Disabled"}
STATE = case(
    (User.disabled_at.is_not(None), "disabled"),
    (User.password_hash.is_not(None), "active"),
    else_="invited",
)


class UserLine(NamedTuple):
    """One user. `state` is one of STATES."""

    id: int
    name: str
    email: str
    role: str
    state: str


def _visible(reader: Actor) -> tuple[ColumnElement[bool]]:
    if reader.region_ids is None:
        return (true(),)
    theirs = select(user_region.c.user_id).where(user_region.c.region_id.in_(reader.region_ids))
    return (User.id.in_(theirs),)


USERS = Listing(
    name="users",
    title="Users",
    permit=Permit.USERS_MANAGE,
    one="user",
    many="users",
    subject="Users",
    source=User,
    key=User.id,
    line=UserLine,
    reads=(User.id, User.name, User.email, User.role, STATE),
    visible=_visible,
    columns=(
        Column("name", "Name", sort=(User.name,)),
        Column("email", "E-mail address", sort=(User.email,)),
        Column("role", "Role", value=lambda it: Role(it.role).label, sort=(User.role, User.name)),
        Column("scope", "Sees", load=scopes_of, by="id"),
        Column("state", "State", value=lambda it: STATES[it.state], sort=(STATE, User.name)),
    ),
    filters=(
        Filter("q", "Name or e-mail address", containing(User.name, User.email), "text",
               "matching “{}”"),
        Filter("role", "Role", User.role.__eq__, "key", "of the role “{}”",
               Fixed({role.value: role.label for role in Role})),
        Filter("state", "State", STATE.__eq__, "key", "", Fixed(STATES),
               subject={"active": "Users who sign in", "invited": "Users who have no password yet",
                        "disabled": "Users who are kept out"}),
    ),
    tabs=(
        Tab("All", {}),
        Tab("Active", {"state": "active"}),
        Tab("Invited", {"state": "invited"}),
        Tab("Disabled", {"state": "disabled"}),
    ),
)  # fmt: skip
