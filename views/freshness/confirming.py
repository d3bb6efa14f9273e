"""Asking people to look at their own details, their answer, and taking it in."""

from flask import Response, flash, make_response, redirect, render_template, request, session
from flask import url_for as address_of
from flask.typing import ResponseReturnValue

from models.accounts.roles import Permit
from models.freshness.actions import confirming
from models.freshness.actions.confirming import shown_to
from models.freshness.queries.confirmations import answer_for, answers_for
from models.people.queries.people import person_for
from models.query_args import whole
from views.freshness.counter import bp, link_desk
from views.freshness.forms import TakeForm, confirm_form
from views.guards import needs, open_to_all, reader
from views.pages import render_form, submitted

LINK = "confirmation-link"
MADE = "confirmation-link-made"


@bp.post("/freshness/people/<int:person_id>/ask")
@needs(Permit.PEOPLE_WRITE)
def ask(person_id: int) -> ResponseReturnValue:
    """Make a link by which the person confirms their own details."""
    person = person_for(reader(), person_id)
    # Shown by an address of its own: read anew, it must not make a link that ends this one.
    session[MADE] = [person.id, confirming.ask(person, by=reader(), desk=link_desk())]
    return redirect(address_of(".asked", person_id=person.id), 303)


@bp.get("/freshness/people/<int:person_id>/ask")
@needs(Permit.PEOPLE_WRITE)
def asked(person_id: int) -> ResponseReturnValue:
    """The link that this browser has made last, for as long as it is signed in."""
    person, desk = person_for(reader(), person_id), link_desk()
    made_for, link = session.get(MADE, (None, None))
    shown = link if made_for == person.id else None
    return _private(
        make_response(
            render_template("freshness/asked.html", person=person, link=shown, mails=desk.mails)
        )
    )


@bp.get("/freshness/answers")
@needs(Permit.PEOPLE_WRITE)
def answers() -> ResponseReturnValue:
    """What people said about themselves and somebody has to look at."""
    return render_template("freshness/answers.html", answers=answers_for(reader()), tab="answers")


@bp.route("/freshness/answers/<int:confirmation_id>", methods=["GET", "POST"])
@needs(Permit.PEOPLE_WRITE)
def settle(confirmation_id: int) -> ResponseReturnValue:
    """Take over what somebody said about themselves, or leave it."""
    confirmation, form = answer_for(reader(), confirmation_id), TakeForm()
    ticked = map(whole, request.form.getlist("take"))
    take = {number for number in ticked if number is not None}
    if submitted(form, lambda: confirming.settle(confirmation, take=take, by=reader())) is None:
        return render_form("freshness/answer.html", form, confirmation=confirmation)
    flash("The answer is settled.", "ok")
    return redirect(address_of(".answers"))


@bp.route("/confirm/<string:token>", methods=["GET", "POST"])
@open_to_all("The link itself says whose details may be confirmed.")
def open_link(token: str) -> ResponseReturnValue:
    """Keep the token in the cookie and go on to an address without it, which nothing can leak."""
    if request.method == "POST":
        return _answer(token)
    session[LINK] = token
    return _private(make_response(redirect(address_of(".confirm"), 303)))


@bp.route("/confirm", methods=["GET", "POST"])
@open_to_all("The link that was opened says whose details may be confirmed.")
def confirm() -> ResponseReturnValue:
    """The details that the office holds, and whether each is right."""
    return _answer(session.get(LINK, ""))


def _answer(token: str) -> ResponseReturnValue:
    desk = link_desk()
    confirmation = confirming.open_link(token, desk=desk)
    shown = shown_to(confirmation)
    form = confirm_form(shown)

    def said() -> object:
        given = {
            one.key: (form[one.key].data or "", form[f"{one.key}-value"].data or "")
            for one in shown
        }
        return confirming.answer(token, given, note=form["note"].data or "", desk=desk)

    name = confirmation.person.known_as or confirmation.person.given_name
    if submitted(form, said) is None:
        page = render_form("freshness/confirm.html", form, shown=shown, name=name)
        return _private(make_response(page))
    session.pop(LINK, None)
    return _private(make_response(render_template("freshness/confirmed.html", name=name)))


def _private(answer: Response) -> Response:
    """Nothing of this may stay in a browser that others use."""
    answer.headers["Cache-Control"] = "no-store"
    answer.headers["Referrer-Policy"] = "no-referrer"
    return answer
