"""Signing in and out, and choosing a password by a link."""

from urllib.parse import urlsplit

from flask import (
    Response,
    flash,
    make_response,
    redirect,
    render_template,
    request,
    session,
    url_for,
)
from flask.typing import ResponseReturnValue
from flask_login import current_user

from models.accounts.actions.passwords import read_link, request_reset, set_password_by_link
from models.accounts.actions.signing_in import check_password
from models.accounts.roles import Permit
from views.accounts import browsers
from views.accounts.forms import ForgottenForm, NewPasswordForm, SignInForm
from views.accounts.room import bp, guard, link_desk
from views.guards import keeps_refusals, needs, open_to_all, reads_first
from views.pages import render_form, submitted

WRONG = "The e-mail address or the password is not right."
LINK = "set_password_token"


@bp.route("/sign-in", methods=["GET", "POST"])
@open_to_all("Nobody is signed in before this page.")
@keeps_refusals
@reads_first
def sign_in() -> ResponseReturnValue:
    """The sign-in page."""
    if current_user.is_authenticated:
        return redirect(safe_next(request.args.get("next")))
    form = SignInForm()
    if form.validate_on_submit():
        user = check_password(
            email=form.email.data or "", password=form.password.data or "", guard=guard()
        )
        if user is not None:
            browsers.start(user)
            return redirect(safe_next(request.args.get("next")), 303)
        form.form_errors.append(WRONG)
    return render_form("accounts/sign_in.html", form, next=request.args.get("next"))


@bp.post("/sign-out")
@needs(Permit.SIGNED_IN)
def sign_out() -> ResponseReturnValue:
    """End this session; the browser forgets what it stored of us."""
    browsers.end()
    return signed_out()


def signed_out() -> Response:
    """Back to the sign-in page, with nothing left in the browser but the cookie's empty place."""
    answer = make_response(redirect(url_for("accounts.sign_in"), 303))
    answer.headers["Clear-Site-Data"] = '"cache", "storage"'
    return answer


@bp.route("/forgotten-password", methods=["GET", "POST"])
@open_to_all("Whoever forgot the password cannot sign in.")
@reads_first
def forgotten_password() -> ResponseReturnValue:
    """Ask for a link; the answer is the same whether or not there is such a user."""
    form, desk = ForgottenForm(), link_desk()
    if form.validate_on_submit():
        request_reset(email=form.email.data or "", guard=guard(), desk=desk)
        return render_template("accounts/forgotten_sent.html", mails=desk.mails)
    return render_form("accounts/forgotten.html", form)


@bp.route("/set-password/<string:token>", methods=["GET", "POST"])
@open_to_all("The link itself says who may set the password.")
@reads_first
def open_link(token: str) -> ResponseReturnValue:
    """Keep the token in the cookie and go on to an address without it, which nothing can leak."""
    if request.method == "POST":
        return _choose_password(token)
    session[LINK] = token
    return _private(make_response(redirect(url_for("accounts.set_password"), 303)))


@bp.route("/set-password", methods=["GET", "POST"])
@open_to_all("The link that was opened says who may set the password.")
@reads_first
def set_password() -> ResponseReturnValue:
    """Choose a password and be signed in."""
    return _choose_password(session.get(LINK, ""))


def _choose_password(token: str) -> ResponseReturnValue:
    desk = link_desk()
    link = read_link(token, desk=desk)
    form = NewPasswordForm()
    user = submitted(
        form,
        lambda: set_password_by_link(
            token=token, password=form.password.data or "", guard=guard(), desk=desk
        ),
    )
    if user is None:
        page = render_form("accounts/set_password.html", form, purpose=link.purpose)
        return _private(make_response(page))
    browsers.start(user)
    flash("Your password is set, and you are signed in.")
    return redirect(url_for("home.index"), 303)


def _private(response: Response) -> Response:
    response.headers["Referrer-Policy"] = "no-referrer"
    return response


def safe_next(wanted: str | None) -> str:
    """Where to go after signing in: a path of our own host, else the home page."""
    home = "/"
    if not wanted or not wanted.startswith("/") or not wanted.isprintable() or "\\" in wanted:
        return home
    parts = urlsplit(wanted)
    if parts.scheme or parts.netloc or wanted.startswith("//"):
        return home
    return home if parts.path in ("/sign-in", "/sign-out") else wanted
