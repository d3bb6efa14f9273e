"""Users: inviting, changing, disabling them."""

from typing import Any

from flask import flash, redirect, render_template, session, url_for
from flask.typing import ResponseReturnValue

from models.accounts.actions.passwords import send_link
from models.accounts.actions.proposing import (
    propose_change,
    propose_enabling,
    propose_link,
    propose_user,
)
from models.accounts.actions.users import (
    add_user,
    change_user,
    disable_user,
    enable_user,
    end_sessions_of,
)
from models.accounts.proposal_queries import proposals_for
from models.accounts.queries import all_regions, user_for
from models.accounts.roles import CHECKING_ROLES, MATRIX, Permit, Role
from models.accounts.rules import needs_two
from models.accounts.tables import User, UserProposal
from views.accounts.forms import UserForm
from views.accounts.room import bp, link_desk
from views.guards import needs, reader
from views.pages import render_form, submitted

SHOWN_LINK = "link_to_show"
WAITS = "It waits for a second person. Until somebody agrees, nothing is changed."


@bp.route("/users/new", methods=["GET", "POST"])
@needs(Permit.USERS_MANAGE)
def new_user() -> ResponseReturnValue:
    """Invite somebody; whoever checks others is proposed."""
    form, desk = UserForm(), link_desk()
    form.offer(all_regions())
    made = submitted(form, lambda: _invite(form))
    if made is None:
        checking = ", ".join(role.label for role in Role if role in CHECKING_ROLES)
        return render_form("accounts/new_user.html", form, checking=checking, mails=desk.mails)
    if isinstance(made, User):
        return _hand_over_link(made)
    flash(f"{made.words} {WAITS}")
    return redirect(url_for("accounts.users"), 303)


def _invite(form: UserForm) -> User | UserProposal:
    role = Role(form.role.data)
    about: dict[str, Any] = {
        "email": form.email.data or "",
        "name": form.name.data or "",
        "role": role,
        "region_ids": form.regions.data or [],
        "by": reader(),
    }
    return propose_user(**about, desk=link_desk()) if needs_two(role) else add_user(**about)


@bp.route("/users/<int:user_id>", methods=["GET", "POST"])
@needs(Permit.USERS_MANAGE)
def user(user_id: int) -> ResponseReturnValue:
    """One user: name, role and regions, and what else may be done."""
    person = user_for(reader(), user_id)
    form = UserForm(obj=person)
    del form.email
    form.offer(all_regions())
    if not form.is_submitted():
        form.regions.data = [region.id for region in person.regions]
    changed = submitted(form, lambda: _change(person, form))
    if changed is None:
        return render_form("accounts/user.html", form, person=person, **_standing(person))
    if isinstance(changed, User):
        flash(f"{person.name} is saved.")
    else:
        flash(f"{changed.words} {WAITS}")
    return redirect(url_for("accounts.users"), 303)


def _change(person: User, form: UserForm) -> User | UserProposal:
    """The name at once; a role or regions that check others as a proposal."""
    now, role = Role(person.role), Role(form.role.data)
    here, regions = [region.id for region in person.regions], form.regions.data or []
    moved = role is not now or set(regions) != set(here)
    name = form.name.data or ""
    if not moved or not needs_two(now, role):
        return change_user(person, name=name, role=role, region_ids=regions, by=reader())
    change_user(person, name=name, role=now, region_ids=here, by=reader())
    return propose_change(person, role=role, region_ids=regions, by=reader(), desk=link_desk())


def _standing(person: User) -> dict[str, Any]:
    """What the page of a user says beside the form."""
    waiting = (one for one in proposals_for(reader()) if one.email == person.email)
    return {
        "link": session.pop(SHOWN_LINK, None),
        "own": person.id == reader().id,
        "checks": needs_two(Role(person.role)),
        "mails": link_desk().mails,
        "waiting": next(waiting, None),
    }


@bp.post("/users/<int:user_id>/link")
@needs(Permit.USERS_MANAGE)
def new_link(user_id: int) -> ResponseReturnValue:
    """A new invitation or reset link; for whoever checks others, a proposal of one."""
    person = user_for(reader(), user_id)
    if not needs_two(Role(person.role)):
        return _hand_over_link(person)
    proposal = propose_link(person, by=reader(), desk=link_desk())
    flash(f"{proposal.words} {WAITS}")
    return redirect(url_for("accounts.users"), 303)


def _hand_over_link(person: User) -> ResponseReturnValue:
    desk = link_desk()
    address = send_link(person, by=reader(), desk=desk)
    if desk.mails:
        flash(f"A link to set a password goes to {person.email}.")
        return redirect(url_for("accounts.users"), 303)
    session[SHOWN_LINK] = address
    return redirect(url_for("accounts.user", user_id=person.id), 303)


@bp.post("/users/<int:user_id>/disable")
@needs(Permit.USERS_MANAGE)
def disable(user_id: int) -> ResponseReturnValue:
    """Keep somebody out."""
    person = disable_user(user_for(reader(), user_id), by=reader(), desk=link_desk())
    flash(f"{person.name} is disabled and signed out.")
    return redirect(url_for("accounts.users"), 303)


@bp.post("/users/<int:user_id>/enable")
@needs(Permit.USERS_MANAGE)
def enable(user_id: int) -> ResponseReturnValue:
    """Let somebody in again; whoever checks others is proposed."""
    person = user_for(reader(), user_id)
    if needs_two(Role(person.role)):
        proposal = propose_enabling(person, by=reader(), desk=link_desk())
        flash(f"{proposal.words} {WAITS}")
        return redirect(url_for("accounts.users"), 303)
    enable_user(person, by=reader())
    flash(f"{person.name} may sign in again.")
    return redirect(url_for("accounts.users"), 303)


@bp.post("/users/<int:user_id>/end-sessions")
@needs(Permit.USERS_MANAGE)
def end_user_sessions(user_id: int) -> ResponseReturnValue:
    """Sign somebody out of every browser."""
    person = end_sessions_of(user_for(reader(), user_id), by=reader())
    flash(f"{person.name} is signed out everywhere.")
    return redirect(url_for("accounts.user", user_id=user_id), 303)


@bp.get("/access")
@needs(Permit.SIGNED_IN)
def access() -> ResponseReturnValue:
    """Who may do what: the matrix that the program itself obeys."""
    return render_template("accounts/access.html", matrix=MATRIX, permits=list(Permit))
