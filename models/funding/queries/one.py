"""One application: its answers, its steps, what is wrong with it."""

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from models import clock
from models.accounts.permits import Actor
from models.base import db
from models.errors import NotFound
from models.funding import rules, workflow
from models.funding.queries.lists import visible_to, with_names
from models.funding.rules import Answers, Limits, Line, Problem
from models.funding.tables import Application, ApplicationLaw, ApplicationStep
from models.places.queries.regions import region_of_council
from models.rounds import answering
from models.rounds.answering import Task
from models.rounds.rules import poll_problem, time_problem
from models.rounds.tables import AnswerFile, AnswerSheet


def application_for(user: Actor, application_id: int) -> Application:
    """One application with what its page shows; NotFound where this person may not read it."""
    found = (
        db.session.scalars(
            select(Application)
            .where(Application.id == application_id, visible_to(user))
            .options(
                *with_names(),
                joinedload(Application.lines),
                joinedload(Application.fund),
                joinedload(Application.node),
                joinedload(Application.award),
                joinedload(Application.law).joinedload(ApplicationLaw.classed_by),
                joinedload(Application.sheet).options(
                    joinedload(AnswerSheet.round),
                    joinedload(AnswerSheet.form_version),
                    selectinload(AnswerSheet.files).joinedload(AnswerFile.attachment),
                ),
            )
        )
        .unique()
        .one_or_none()
    )
    if found is None:
        raise NotFound("There is no such application, or it is not in your region.")
    return found


def draft_for(user: Actor, application_id: int) -> Application:
    """An application whose answers may still be changed; Refused for any other, in words."""
    application = application_for(user, application_id)
    workflow.check_editable(application.status)
    return application


def steps_of(application: Application) -> list[ApplicationStep]:
    """Every step it took, newest first, with who took it."""
    return list(
        db.session.scalars(
            select(ApplicationStep)
            .where(ApplicationStep.application_id == application.id)
            .options(joinedload(ApplicationStep.by))
            .order_by(ApplicationStep.id.desc())
        )
    )


def step_with_key(key: str | None) -> ApplicationStep | None:
    """The step that was taken with this key, if one was."""
    if key is None:
        return None
    return db.session.scalars(
        select(ApplicationStep).where(ApplicationStep.idem == key)
    ).one_or_none()


def application_by_id(application_id: int) -> Application:
    """The application, whoever asks: for actions that have checked who asks."""
    return db.session.get_one(Application, application_id)


def live_rival(application: Application, contest_key: str) -> Application | None:
    """Another live application for the same person and contest, of whichever region."""
    return db.session.scalars(
        select(Application).where(
            Application.person_id == application.person_id,
            Application.contest_key == contest_key,
            Application.status.not_in(workflow.DEAD),
            Application.id != application.id,
        )
    ).first()


def answers_of(application: Application) -> Answers:
    """The answers as they are stored."""
    law = application.law
    return Answers(
        person_id=application.person_id,
        post=application.post,
        council_id=application.council_id,
        ward_id=application.ward_id,
        constituency_id=application.constituency_id,
        poll_on=application.poll_on,
        requested_p=application.requested_p,
        purpose=application.purpose,
        lines=tuple(Line(line.what, line.amount_p) for line in application.lines),
        electorate=law.electorate if law else None,
        joint=law.joint if law else None,
        area=law.area if law else None,
        late_reason=application.sheet.late_reason if application.sheet else None,
    )


def problems_of(application: Application, answers: Answers | None = None) -> tuple[Problem, ...]:
    """What stands between this application and the national office, in page order.

    Without `answers` the stored ones are judged, those to its round's form among them.
    """
    judged = answers or answers_of(application)
    limits = Limits(
        max_grant_p=application.max_grant_p,
        today=clock.today(),
        region_id=application.region_id,
        council_region_id=_region_of_council(judged.council_id),
    )
    found = (*rules.problems(judged, limits), *_round_problems(application, judged))
    if answers is not None:
        return found
    if application.typed and not found:
        found = (Problem("", "Some answers are not understood yet. Open them and put them right."),)
    return (*found, *_form_problems(application))


def _round_problems(application: Application, judged: Answers) -> list[Problem]:
    """What its round's terms say: the poll, and the time; sent back, it is not late any more."""
    round_ = application.round
    if round_ is None:
        return []
    found = []
    poll = poll_problem(judged.poll_on, round_.poll_on)
    if poll:
        found.append(Problem("poll_on", poll))
    time = time_problem(round_, clock.now(), judged.late_reason)
    if time and application.submitted_at is None:
        found.append(Problem("late_reason" if round_.late_allowed else "", time))
    return found


def _form_problems(application: Application) -> list[Problem]:
    sheet = application.sheet
    if sheet is None:
        return []
    faults = answering.problems(sheet.form, sheet.given, today=clock.today(), unread=sheet.typed)
    return [Problem(fault.question, fault.message, fault.section) for fault in faults]


def tasks_of(application: Application) -> tuple[Task, ...]:
    """The parts of its round's form as tasks, in order; none outside rounds."""
    sheet = application.sheet
    if sheet is None:
        return ()
    return answering.tasks(sheet.form, sheet.given, today=clock.today(), unread=sheet.typed)


def _region_of_council(council_id: int | None) -> int | None:
    """Where the office's map puts a council today; None where nobody has said."""
    region = None if council_id is None else region_of_council(council_id)
    return None if region is None else region.id


def submission_endorses(application: Application) -> bool:
    """True where whoever submits it for a region endorses it in the same breath.

    So it is unless its round says otherwise.
    """
    return application.round is None or application.round.submission_endorses
