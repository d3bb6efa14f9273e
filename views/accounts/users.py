"""The list of users; inviting, changing, disabling them."""

from flask import flash, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue

from models.accounts import (
    MATRIX,
    Permit,
    Role,
    User,
    add_user,
    all_regions,
    change_user,
    disable_user,
    enable_user,
    end_sessions_of,
    send_link,
    user_for,
    users_for,
)
from views.accounts.forms import UserFilterForm, UserForm
from views.accounts.room import bp, link_desk
from views.asked import heard
from views.guards import needs, reader
from views.pages import PAGE_SIZE, Page, page_number, render_form, submitted

SHOWN_LINK = "link_to_show"


@bp.get("/users")
@needs(Permit.USERS_MANAGE)
def users() -> ResponseReturnValue:
    """All users, with filters."""
    form, number = heard(UserFilterForm(request.args)), page_number()
    rows, total = users_for(
        reader(),
        text=form.q.data or "",
        role=form.role.data,
        state=form.state.data,
        page=number,
        size=PAGE_SIZE,
    )
    asked = sum(bool(field.data) for field in form)
    page = Page(rows, number, total)
    return render_template("accounts/users.html", form=form, page=page, asked=asked)


@bp.route("/users/new", methods=["GET", "POST"])
@needs(Permit.USERS_MANAGE)
def new_user() -> ResponseReturnValue:
    """Invite somebody."""
    form = UserForm()
    form.offer(all_regions())
    user = submitted(
        form,
        lambda: add_user(
            email=form.email.data or "",
            name=form.name.data or "",
            role=Role(form.role.data),
            region_ids=form.regions.data or [],
            by=reader(),
        ),
    )
    if user is None:
        return render_form("accounts/new_user.html", form)
    return _hand_over_link(user)


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
    changed = submitted(
        form,
        lambda: change_user(
            person,
            name=form.name.data or "",
            role=Role(form.role.data),
            region_ids=form.regions.data or [],
            by=reader(),
        ),
    )
    if changed is None:
        link = session.pop(SHOWN_LINK, None)
        own = person.id == reader().id
        return render_form("accounts/user.html", form, person=person, link=link, own=own)
    flash(f"{person.name} is saved.")
    return redirect(url_for("accounts.users"), 303)


@bp.post("/users/<int:user_id>/link")
@needs(Permit.USERS_MANAGE)
def new_link(user_id: int) -> ResponseReturnValue:
    """A new invitation or reset link."""
    return _hand_over_link(user_for(reader(), user_id))


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
    person = disable_user(user_for(reader(), user_id), by=reader())
    flash(f"{person.name} is disabled and signed out.")
    return redirect(url_for("accounts.users"), 303)


@bp.post("/users/<int:user_id>/enable")
@needs(Permit.USERS_MANAGE)
def enable(user_id: int) -> ResponseReturnValue:
    """Let somebody in again."""
    person = enable_user(user_for(reader(), user_id), by=reader())
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
