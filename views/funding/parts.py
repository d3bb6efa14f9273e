"""Answering the form of a round part by part, and the link for the candidate."""

from collections.abc import Callable

from flask import flash, redirect, request, session, url_for
from flask.typing import ResponseReturnValue
from wtforms import StringField
from wtforms.validators import Email, Length, Optional

from models import clock
from models.accounts.roles import Permit
from models.errors import Invalid, NotFound
from models.funding.actions.answers import (
    invite_candidate,
    remove_file,
    save_answers,
    save_file,
    withdraw_links,
)
from models.funding.queries.one import application_for, draft_for, tasks_of
from models.funding.tables import Application
from models.funding.workflow import EDITABLE
from models.links import LinkDesk
from models.rounds import answering, links
from models.rounds.answering import Fault, seen_of
from models.rounds.forms import Question, Section
from models.rounds.queries import newest_invitation
from models.rounds.tables import AnswerSheet, Invitation
from views.accounts.room import link_desk
from views.forms import BaseForm, new_key
from views.funding.counter import bp, closed, facts_of, to_page
from views.guards import needs, reader
from views.pages import render_form, tried
from views.rounds.asking import AnswerForm, Given, given_in, mark, sent_form, stored_form

SHOWN_LINK = "candidate_link_to_show"


class InviteForm(BaseForm):
    """Where the candidate's link goes, if it is mailed."""

    email = StringField(
        "Candidate's e-mail",
        validators=[Optional(), Length(max=254), Email("Enter an e-mail address.")],
    )


def candidate_desk() -> LinkDesk:
    """How candidates' links are signed and addressed here, and whether they are mailed."""
    desk = link_desk()
    return links.candidate_desk(desk.secret, desk.base_url, mails=desk.mails)


@bp.get("/<int:application_id>/parts/<string:part>")
@needs(Permit.FUNDING_APPLY)
def part(application_id: int, part: str) -> ResponseReturnValue:
    """One part of the round's form."""
    application = application_for(reader(), application_id)
    if application.status not in EDITABLE:
        return closed(application)
    sheet, section = _place(application, part)
    form = stored_form(answering.shown(sheet.form, section, sheet.given), sheet)
    form.key.data = new_key()
    form.seen_mark.data = seen_of(section, sheet.answers, sheet.typed)
    return _page(application, section, form)


@bp.post("/<int:application_id>/parts/<string:part>")
@needs(Permit.FUNDING_APPLY)
def save_part(application_id: int, part: str) -> ResponseReturnValue:
    """Keep the answers of a part; `do` says whether they are checked as well, or a file goes."""
    application = draft_for(reader(), application_id)
    sheet, section = _place(application, part)
    form = sent_form(section.questions)
    given = given_in(form, section.questions, sheet)
    what = request.form.get("do", "continue")
    if what.startswith("remove-"):
        question = what.removeprefix("remove-")
        remove_file(application, question=question, by=reader())
        return redirect(url_for("funding.part", application_id=application.id, part=part))
    if what == "continue" and mark(form, faults_of(sheet, (section,), given, form)):
        return _page(application, section, form)
    if not tried(form, lambda: _write(application, section, form, given)):
        # Sent once more, it replaces what is there by now.
        form.seen_mark.data = seen_of(section, sheet.answers, sheet.typed)
        return _page(application, section, form)
    if what != "continue":
        flash(f"{application.reference} is saved as a draft.", "ok")
        return to_page(application)
    return redirect(_onward(application, section, form))


@bp.post("/<int:application_id>/parts/<string:part>/autosave")
@needs(Permit.FUNDING_APPLY)
def autosave_part(application_id: int, part: str) -> ResponseReturnValue:
    """Keep what is typed so far, understood or not; answers with the time."""
    application = draft_for(reader(), application_id)
    sheet, section = _place(application, part)
    form = sent_form(section.questions)
    given = given_in(form, section.questions, sheet)
    given.files.clear()
    _write(application, section, form, given)
    return f"Saved {clock.now().astimezone(clock.LONDON):%H:%M}"


@bp.post("/<int:application_id>/link")
@needs(Permit.FUNDING_APPLY)
def invite(application_id: int) -> ResponseReturnValue:
    """Make the candidate's link; it is shown once, and mailed where an address is given."""
    application = draft_for(reader(), application_id)
    form, desk = InviteForm(prefix="invite-"), candidate_desk()
    if not form.validate():
        flash("Enter an e-mail address, or leave it empty. No link was made.", "bad")
        return to_page(application)
    sent_to = form.email.data or None
    address = invite_candidate(application, sent_to=sent_to, by=reader(), desk=desk)
    session[SHOWN_LINK] = [application.id, address]
    if sent_to and desk.mails:
        flash("The link goes to the candidate by e-mail.", "ok")
    return to_page(application)


@bp.post("/<int:application_id>/link/withdraw")
@needs(Permit.FUNDING_APPLY)
def withdraw_link(application_id: int) -> ResponseReturnValue:
    """Make the candidate's link stop working."""
    application = application_for(reader(), application_id)
    withdraw_links(application, by=reader())
    flash("The candidate's link no longer works.", "ok")
    return to_page(application)


def about_candidate(application: Application) -> dict[str, object]:
    """What the card of the candidate's link shows, for who may write in a draft that asks them."""
    sheet, writes = application.sheet, Permit.FUNDING_APPLY in reader().permits
    if sheet is None or not writes or application.status not in EDITABLE:
        return {"invite_form": None}
    if not sheet.form.parts_of("candidate"):
        return {"invite_form": None}
    shown_for, address = session.pop(SHOWN_LINK, None) or (None, None)
    invitation = newest_invitation(application.id)
    return {
        "invite_form": InviteForm(prefix="invite-", formdata=None),
        "invitation": invitation,
        "link_state": _state_of(invitation),
        "link": address if shown_for == application.id else None,
    }


def _state_of(invitation: Invitation | None) -> tuple[str, str, bool] | None:
    """What became of a link: in words, its tone, and whether it can still be withdrawn."""
    if invitation is None:
        return None
    if invitation.used_at is not None:
        return ("Sent by the candidate", "ok", False)
    if invitation.withdrawn_at is not None:
        return ("Link withdrawn", "neutral", False)
    if invitation.expires_at < clock.now():
        return ("Link too old", "warning", False)
    return ("Waiting for the candidate", "info", True)


def faults_of(
    sheet: AnswerSheet, sections: tuple[Section, ...], given: Given, form: AnswerForm
) -> list[Fault]:
    """What is wrong in these sections as they were sent, at questions that were on the page."""
    held = {**sheet.given, **{q.key: None for s in sections for q in s.questions}}
    files = {one.question: one.attachment_id for one in sheet.files}
    held |= {**given.answers, **files, **dict.fromkeys(given.files, 1)}
    found = answering.problems(
        sheet.form, held, today=clock.today(), unread=given.typed, sections=sections
    )
    return [fault for fault in found if fault.question in form.was_asked]


def next_after(application: Application, part: str | None) -> str:
    """The page after a part, or after the application's own facts: the next part, or the check."""
    keys = [task.key for task in tasks_of(application)]
    rest = keys[keys.index(part) + 1 :] if part in keys else keys
    if not rest:
        return url_for("funding.check", application_id=application.id)
    return url_for("funding.part", application_id=application.id, part=rest[0])


def files_into(given: Given, save: Callable[..., Application]) -> None:
    """Hand each file that was sent to `save`; a refusal is said at its question."""
    for question, file in given.files.items():
        try:
            save(question=question, name=file.filename or "", content=file.read())
        except Invalid as refusal:
            raise Invalid(refusal.message, field=question) from refusal


def _onward(application: Application, section: Section, form: AnswerForm) -> str:
    """The next part; this one again where the answers ask for more in it."""
    sheet = application.sheet
    asked = answering.shown(sheet.form, section, sheet.given) if sheet else ()
    more = [question.key for question in asked if question.key not in form.was_asked]
    if not more:
        return next_after(application, section.key)
    flash("Your answers lead to a further question.", "ok")
    here = url_for("funding.part", application_id=application.id, part=section.key)
    return f"{here}#{more[0]}"


def _write(
    application: Application, section: Section, form: AnswerForm, given: Given
) -> Application:
    files_into(given, lambda **file: save_file(application, by=reader(), **file))
    return save_answers(
        application,
        section=section,
        answers=given.answers,
        typed=given.typed,
        key=form.seen()["key"],
        seen=form.seen_mark.data or None,
        by=reader(),
    )


def _place(application: Application, part: str) -> tuple[AnswerSheet, Section]:
    if application.sheet is None:
        raise NotFound("This application is in no round, so it has no further parts.")
    return application.sheet, application.sheet.form.section(part)


def _page(application: Application, section: Section, form: AnswerForm) -> ResponseReturnValue:
    form.asked.data = ",".join(q.key for q in asked_now(application, section, form))
    return render_form(
        "funding/part.html",
        form,
        **facts_of(application),
        section=section,
        questions=asked_now(application, section, form),
        files={one.question: one.attachment for one in application.sheet.files},  # type: ignore[union-attr]
    )


def asked_now(application: Application, section: Section, form: AnswerForm) -> list[Question]:
    """The questions of a section on the page: those that were on it, else those that are asked."""
    sheet = application.sheet
    asked = answering.shown(sheet.form, section, sheet.given) if sheet else ()
    keys = form.was_asked or {question.key for question in asked}
    return [question for question in section.questions if question.key in keys]
