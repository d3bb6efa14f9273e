"""One's own account: who one is, the password, the browsers, the shortcuts."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from models.accounts.actions.passwords import change_password
from models.accounts.actions.signing_in import check_password, end_own_session, sign_out_everywhere
from models.accounts.actions.users import set_shortcuts
from models.accounts.passwords import hash_password
from models.accounts.queries import sessions_of
from models.accounts.roles import Permit
from views.accounts import browsers
from views.accounts.forms import ChangePasswordForm, ShortcutsForm
from views.accounts.room import bp, guard
from views.accounts.signing_in import signed_out
from views.guards import keeps_refusals, needs, reader, reads_first
from views.pages import render_form, submitted


@bp.get("/account")
@needs(Permit.SIGNED_IN)
def account() -> ResponseReturnValue:
    """Who one is here, and where one is signed in."""
    return render_template(
        "accounts/account.html",
        user=reader(),
        sessions=sessions_of(reader()),
        this_session=browsers.this_session(),
        form=ShortcutsForm(obj=reader()),
    )


@bp.route("/account/password", methods=["GET", "POST"])
@needs(Permit.SIGNED_IN)
@keeps_refusals
@reads_first
def password() -> ResponseReturnValue:
    """Change the password; every other browser is signed out."""
    form, user = ChangePasswordForm(), reader()
    if form.validate_on_submit():
        old, new = form.old.data or "", form.password.data or ""
        hashed = hash_password(new)
        known = check_password(email=user.email, password=old, guard=guard(user))
        if known is None:
            form.old.errors = ["This is not the password you have now."]
        elif submitted(
            form,
            lambda: change_password(user, password=new, by=user, hashed=hashed, same=new == old),
        ):
            browsers.start(user)
            flash("Your password is changed. Every other browser is signed out.")
            return redirect(url_for("accounts.account"), 303)
    return render_form("accounts/password.html", form)


@bp.post("/account/shortcuts")
@needs(Permit.SIGNED_IN)
def shortcuts() -> ResponseReturnValue:
    """Switch single-key shortcuts on or off."""
    form = ShortcutsForm()
    set_shortcuts(reader(), on=bool(form.shortcuts.data), by=reader())
    flash("Shortcuts are on." if form.shortcuts.data else "Shortcuts are off.")
    return redirect(url_for("accounts.account"), 303)


@bp.post("/account/sessions/<int:session_id>/end")
@needs(Permit.SIGNED_IN)
def end_session(session_id: int) -> ResponseReturnValue:
    """Sign out one of one's own browsers."""
    end_own_session(session_id, by=reader())
    flash("That browser is signed out.")
    return redirect(url_for("accounts.account"), 303)


@bp.post("/account/sign-out-everywhere")
@needs(Permit.SIGNED_IN)
def end_all_sessions() -> ResponseReturnValue:
    """Sign out everywhere, here too."""
    sign_out_everywhere(reader(), by=reader())
    browsers.forget()
    return signed_out()
