"""The candidate's page: their part of one application, by a link, without an account."""

from flask import (
    Blueprint,
    flash,
    make_response,
    redirect,
    render_template,
    request,
    session,
    url_for,
)
from flask.typing import ResponseReturnValue

from models.funding.actions.answers import (
    application_of_link,
    save_by_link,
    save_file_by_link,
    send_by_link,
)
from models.funding.tables import Application
from models.rounds import answering
from models.rounds.actions.inviting import Candidate
from models.rounds.forms import Question, Section
from models.rounds.tables import AnswerSheet, Invitation
from views.forms import new_key
from views.funding.parts import candidate_desk, faults_of, files_into
from views.guards import open_to_all
from views.pages import render_form, tried
from views.rounds.asking import AnswerForm, Given, given_in, mark, sent_form, stored_form

bp = Blueprint("candidate", __name__, url_prefix="/candidate")

LINK, DONE = "candidate_token", "candidate_done"


@bp.get("/<string:token>")
@open_to_all("The link itself says whose part of which application it opens.")
def open_link(token: str) -> ResponseReturnValue:
    """Keep the token in the cookie and go on to an address without it, which nothing can leak."""
    session[LINK] = token
    answer = make_response(redirect(url_for("candidate.fill"), 303))
    answer.headers["Referrer-Policy"] = "no-referrer"
    return answer


@bp.route("", methods=["GET", "POST"])
@open_to_all("The link that was opened says whose part of which application this is.")
def fill() -> ResponseReturnValue:
    """The candidate's part as one page: saved as often as they like, sent once."""
    sending = request.method == "POST"
    application, invitation, by = application_of_link(
        session.get(LINK, ""), desk=candidate_desk(), hold_it=sending
    )
    sheet = application.sheet
    assert sheet is not None  # noqa: S101 - such a link is dead
    parts = sheet.form.parts_of("candidate")
    if not sending:
        form = stored_form(_shown(sheet, parts), sheet)
        form.key.data = new_key()
        return _page(application, parts, form)
    form = sent_form([question for part in parts for question in part.questions])
    given = given_in(form, [q for part in parts for q in part.questions], sheet)
    return _sent(application, invitation, by, (parts, form, given))


@bp.get("/sent")
@open_to_all("It thanks whoever has sent their part, and shows nothing of it.")
def sent() -> ResponseReturnValue:
    """Thanks, and what happens next."""
    return make_response(render_template("candidate/sent.html"))


def _sent(
    application: Application,
    invitation: Invitation,
    by: Candidate,
    what: tuple[tuple[Section, ...], AnswerForm, Given],
) -> ResponseReturnValue:
    parts, form, given = what
    sheet = application.sheet
    assert sheet is not None  # noqa: S101 - such a link is dead
    send = request.form.get("do", "send") == "send"
    if send and mark(form, faults_of(sheet, parts, given, form)):
        return _page(application, parts, form)
    if not tried(form, lambda: _write(application, by, form, given)):
        return _page(application, parts, form)
    more = [q.key for q in _shown(sheet, parts) if q.key not in form.was_asked]
    if send and not more:
        send_by_link(application, invitation, by=by)
        session.pop(LINK, None)
        return redirect(url_for("candidate.sent"), 303)
    words = "Your answers lead to a further question." if send else "Saved. The link stays good."
    flash(words, "ok")
    return redirect(url_for("candidate.fill", _anchor=more[0] if more else None), 303)


def _write(application: Application, by: Candidate, form: AnswerForm, given: Given) -> Application:
    files_into(given, lambda **file: save_file_by_link(application, by=by, **file))
    return save_by_link(
        application, answers=given.answers, typed=given.typed, key=form.seen()["key"], by=by
    )


def _shown(sheet: AnswerSheet, parts: tuple[Section, ...]) -> list[Question]:
    return [q for part in parts for q in answering.shown(sheet.form, part, sheet.given)]


def _page(
    application: Application, parts: tuple[Section, ...], form: AnswerForm
) -> ResponseReturnValue:
    sheet = application.sheet
    assert sheet is not None  # noqa: S101 - such a link is dead
    keys = form.was_asked or {question.key for question in _shown(sheet, parts)}
    form.asked.data = ",".join(keys)
    asked = [(part, [q for q in part.questions if q.key in keys]) for part in parts]
    answer = render_form(
        "candidate/fill.html",
        form,
        application=application,
        asked=[(part, questions) for part, questions in asked if questions],
        files={one.question: one.attachment for one in sheet.files},
    )
    answer = make_response(answer)
    answer.headers["Referrer-Policy"] = "no-referrer"
    return answer
