"""Answering the form of a round: by the region, and by the candidate with a link."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy.orm.attributes import flag_modified

from models import audit, clock, outbox
from models.accounts.permits import Actor, require
from models.accounts.roles import Permit
from models.accounts.tables import User
from models.base import db
from models.errors import Gone, Refused
from models.funding import workflow
from models.funding.actions.steps import hold
from models.funding.queries.one import application_by_id
from models.funding.tables import Application
from models.links import LinkDesk
from models.rounds import answering
from models.rounds.actions.inviting import (
    Candidate,
    make_invitation,
    read_invitation,
    use_up,
    withdraw_invitations,
)
from models.rounds.actions.sheets import put_file, take_file_away, write_answers
from models.rounds.forms import Section
from models.rounds.tables import AnswerSheet, Invitation

NO_ROUND = "This application is in no round, so there are no further questions."
SENT_ALREADY = "Your region has sent the application off, so it can no longer be changed here."


def save_answers(
    application: Application,
    *,
    section: Section,
    answers: Mapping[str, Any],
    by: User,
    typed: Mapping[str, Any] | None = None,
    key: str | None = None,
    seen: str | None = None,
) -> Application:
    """Keep the answers of one section, complete or not; `typed` is what is not understood yet.

    `seen` is the section's mark as the form showed it: a newer one is a Conflict, unless the same
    open form (`key`) saved it.
    """
    sheet = _sheet_to_write(application, by=by)
    _write(
        application,
        sheet,
        (section,),
        answers,
        typed or {},
        by=by,
        key=key,
        seen=None if seen is None else {section.key: seen},
    )
    _note_writer(application, by=by)
    return application


def save_file(
    application: Application, *, question: str, name: str, content: bytes, by: User
) -> Application:
    """Answer a question by a file; Invalid, in a sentence, where it is not one we take."""
    sheet = _sheet_to_write(application, by=by)
    put_file(
        sheet,
        question=sheet.form.question(question).key,
        name=name,
        content=content,
        region_id=application.region_id,
        by=by,
    )
    _note_writer(application, by=by)
    return application


def remove_file(application: Application, *, question: str, by: User) -> Application:
    """Take a question's file away for good."""
    sheet = _sheet_to_write(application, by=by)
    take_file_away(sheet, question=question, region_id=application.region_id, by=by)
    _note_writer(application, by=by)
    return application


def invite_candidate(
    application: Application, *, by: User, desk: LinkDesk, sent_to: str | None = None
) -> str:
    """A link by which the candidate fills their part; returns its address, and mails it if asked.

    Earlier links of this application stop working. Raises Refused where nothing is asked of them.
    """
    sheet = _sheet_to_write(application, by=by)
    if not sheet.form.parts_of("candidate"):
        raise Refused("The form of this round asks nothing of the candidate.")
    invitation, address = make_invitation(
        application_id=application.id,
        region_id=application.region_id,
        sent_to=sent_to,
        by=by,
        desk=desk,
    )
    if sent_to and desk.mails:
        text = (
            f"Hello,\n\n{by.name} asks you to fill in your part of a form. No account is "
            f"needed:\n\n{address}\n\nThe link works until you send the form off, for "
            "14 days at most. It is for you alone.\n"
        )
        outbox.post_mail(
            to=sent_to,
            subject="Your part of a form",
            text=text,
            key=f"invitation:{invitation.id}",
        )
    return address


def withdraw_links(application: Application, *, by: User) -> int:
    """Make the application's links stop working; how many they were."""
    require(by, Permit.FUNDING_APPLY, regions=[application.region_id])
    return withdraw_invitations(
        application_id=application.id, region_id=application.region_id, by=by
    )


def application_of_link(
    token: str, *, desk: LinkDesk, hold_it: bool = False
) -> tuple[Application, Invitation, Candidate]:
    """What a live link leads to, and who holds it; NotFound or Gone, with the reason, for others.

    `hold_it` locks the link and the application, so that of two uses at once one wins.
    """
    invitation = read_invitation(token, desk=desk, hold=hold_it)
    application = application_by_id(invitation.application_id)
    if hold_it:
        hold(application)
    if application.status not in workflow.EDITABLE or application.sheet is None:
        raise Gone(SENT_ALREADY)
    return application, invitation, Candidate(frozenset({application.region_id}))


def save_by_link(
    application: Application,
    *,
    answers: Mapping[str, Any],
    typed: Mapping[str, Any],
    by: Candidate,
    key: str | None = None,
    seen: Mapping[str, str] | None = None,
) -> Application:
    """Keep what the candidate has said so far in their part."""
    sheet = _sheet_to_write(application, by=by)
    parts = sheet.form.parts_of("candidate")
    _write(application, sheet, parts, answers, typed, by=by, key=key, seen=seen)
    return application


def save_file_by_link(
    application: Application, *, question: str, name: str, content: bytes, by: Candidate
) -> Application:
    """Answer a question of the candidate's part by a file."""
    sheet = _sheet_to_write(application, by=by)
    if sheet.form.section_of(question).who != "candidate":
        raise Refused("This question is for the region.")
    put_file(
        sheet, question=question, name=name, content=content,
        region_id=application.region_id, by=by,
    )  # fmt: skip
    return application


def send_by_link(application: Application, invitation: Invitation, *, by: Candidate) -> Application:
    """Hand the candidate's part over to the region: the link is used up, and the region hears.

    Raises Refused while something in that part is missing.
    """
    sheet = _sheet_to_write(application, by=by)
    faults = answering.problems(
        sheet.form,
        sheet.given,
        today=clock.today(),
        unread=sheet.typed,
        sections=sheet.form.parts_of("candidate"),
    )
    if faults:
        raise Refused(faults[0].message)
    use_up(invitation, by=by)
    sheet.candidate_at = clock.now()
    db.session.flush()
    audit.record("funding.candidate", application, by=by, after={"invitation": invitation.id})
    _tell_region(application, invitation)
    return application


def _tell_region(application: Application, invitation: Invitation) -> None:
    maker = db.session.get_one(User, invitation.made_by_id)
    if maker.is_active:
        outbox.post_mail(
            to=maker.email,
            subject=f"{application.reference}: the candidate's part is in",
            text=f"The candidate has filled in their part of {application.reference}.\n\n"
            "Sign in to Hustings to read it, complete the application and submit it.\n",
            key=f"invitation:{invitation.id}:used",
        )


def _sheet_to_write(application: Application, *, by: Actor) -> AnswerSheet:
    require(by, Permit.FUNDING_APPLY, regions=[application.region_id])
    hold(application)
    workflow.check_editable(application.status)
    if application.sheet is None:
        raise Refused(NO_ROUND)
    return application.sheet


def _write(
    application: Application,
    sheet: AnswerSheet,
    sections: tuple[Section, ...],
    answers: Mapping[str, Any],
    typed: Mapping[str, Any],
    *,
    by: Actor,
    key: str | None,
    seen: Mapping[str, str] | None,
) -> None:
    old = dict(sheet.answers)
    changed = write_answers(
        sheet,
        sections=sections,
        answers=answers,
        typed=typed,
        region_id=application.region_id,
        by=by,
        key=key,
        seen=seen,
    )
    if changed:
        before = {name: old.get(name) for name in changed}
        audit.record("funding.answered", application, by=by, before=before, after=changed)


def _note_writer(application: Application, *, by: User) -> None:
    """Whoever wrote an answer neither decides on the application nor pays it."""
    if by.id not in application.written_by_ids:
        application.written_by_ids = [*application.written_by_ids, by.id]
        flag_modified(application, "written_by_ids")
        db.session.flush()
