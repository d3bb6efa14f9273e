"""Drafting and submitting: what a region does."""

from sqlalchemy import text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm.attributes import flag_modified

from models import audit, clock
from models.accounts.permits import require
from models.accounts.roles import Permit
from models.accounts.tables import User
from models.base import db
from models.budget.plans import CLOSED, OVER, PLANNED
from models.budget.queries.periods import current_fund, shown_fund, state_of
from models.budget.tables import Fund
from models.days import said_day
from models.errors import Conflict, Invalid, Refused
from models.funding import rules, workflow
from models.funding.actions.endorse import endorse_with_submission
from models.funding.actions.law import ASKED, check_asked, keep_asked
from models.funding.actions.rivals import alone
from models.funding.actions.steps import CHANGED, REPEATED, add_step, begin, finish, hold
from models.funding.queries.choices import candidate_for
from models.funding.queries.one import answers_of, application_by_id, step_with_key
from models.funding.rules import Answers, Line
from models.funding.tables import Application, CostLine
from models.rounds.actions.sheets import open_sheet, say_why_late
from models.rounds.queries import has_rounds
from models.rounds.tables import Round

# One statement on both databases; the row stays locked until the commit, so no number comes twice.
NEXT_NUMBER = text(
    "insert into application_number (year, last) values (:year, 1) "
    "on conflict (year) do update set last = application_number.last + 1 returning last"
)


def start_draft(
    *,
    region_id: int,
    by: User,
    fund: Fund | None = None,
    round_: Round | None = None,
    late_reason: str | None = None,
    key: str | None = None,
) -> Application:
    """An empty application of a region to a fund (default: the one that runs), with its reference.

    A fund that has rounds is applied to in one of them. Raises Refused where that takes none now,
    and where it is closed and `late_reason` does not say why.
    """
    require(by, Permit.FUNDING_APPLY, regions=[region_id])
    earlier = _draft_of(key, by=by)
    if earlier is not None:
        return earlier
    fund = _fund_of(round_, fund)
    step = workflow.step_named("draft")
    try:
        with db.session.begin_nested():
            application = Application(
                reference=_next_reference(),
                fund=fund,
                region_id=region_id,
                poll_on=round_.poll_on if round_ else None,
                drafted_by_id=by.id,
                written_by_ids=[by.id],
            )
            db.session.add(application)
            db.session.flush()
            if round_ is not None:
                application.sheet = open_sheet(
                    application_id=application.id,
                    region_id=region_id,
                    round_=round_,
                    late_reason=late_reason,
                    by=by,
                )
            add_step(application, step, None, by=by, key=key)
    except IntegrityError:
        # The same click arrived twice at once: the other one has made the draft.
        earlier = _draft_of(key, by=by)
        if earlier is None:
            raise
        return earlier
    after = {"reference": application.reference, "region_id": region_id}
    audit.record("funding.draft", application, by=by, after=after)
    return application


def _fund_of(round_: Round | None, fund: Fund | None) -> Fund:
    fund = round_.fund if round_ else fund or current_fund()
    if fund is None:
        raise Refused(no_fund_words())
    if state_of(fund) in (OVER, CLOSED):
        raise Refused(f"The days of {fund.name} are over. Nothing more is applied for in it.")
    if round_ is None and has_rounds(fund):
        raise Refused("Choose the round in which you apply.", field="round")
    return fund


def no_fund_words() -> str:
    """Why nothing can be applied for today, where no fund runs."""
    nearest = shown_fund()
    if nearest is None:
        return "There is no fund to apply to yet. The national office has to set one up."
    if state_of(nearest) == PLANNED:
        begins = said_day(nearest.starts_on)
        return f"No fund runs today. {nearest.name} begins on {begins}."
    return (
        f"No fund runs today: the days of {nearest.name} are over. The national office has to "
        "plan the next one."
    )


def _draft_of(key: str | None, *, by: User) -> Application | None:
    step = step_with_key(key)
    if step is None:
        return None
    if step.step != "draft" or step.by_id != by.id:
        raise Conflict(REPEATED)
    return application_by_id(step.application_id)


def _next_reference() -> str:
    year = clock.today().year
    number = db.session.execute(NEXT_NUMBER, {"year": year}).scalar_one()
    return f"FA-{year}-{number:04d}"


def save_draft(
    application: Application,
    *,
    answers: Answers,
    by: User,
    version: int | None = None,
    key: str | None = None,
    typed: dict[str, object] | None = None,
) -> Application:
    """Keep these answers, complete or not; `typed` is what was typed and not understood yet.

    `key` names the open form: its own earlier saves do not count as somebody else's change.
    """
    require(by, Permit.FUNDING_APPLY, regions=[application.region_id])
    hold(application)
    workflow.check_editable(application.status)
    mine = key is not None and application.edited_with == key
    if version is not None and application.version != version and not mine:
        raise Conflict(CHANGED)
    _check_answers(application, answers, by=by)
    _write_answers(application, answers, typed, by=by, key=key)
    return application


def _check_answers(application: Application, answers: Answers, *, by: User) -> None:
    amounts = [line.amount_p for line in answers.lines]
    if answers.requested_p is not None:
        amounts.append(answers.requested_p)
    if any(not 0 < amount_p <= rules.MOST_P for amount_p in amounts):
        raise Invalid("An amount must be more than nothing.", field="amount")
    if answers.post not in rules.POSTS:
        raise Invalid("Choose the post.", field="post")
    check_asked(answers.electorate, answers.joint, answers.area)
    if answers.person_id is not None and answers.person_id != application.person_id:
        candidate_for(by, answers.person_id)


def _write_answers(
    application: Application,
    answers: Answers,
    typed: dict[str, object] | None,
    *,
    by: User,
    key: str | None,
) -> None:
    old = answers_of(application)
    apart = ("lines", "late_reason", *ASKED)
    values = {name: getattr(answers, name) for name in vars(answers) if name not in apart}
    before, after = audit.changes(application, values)
    for changes, asked in zip((before, after), keep_asked(application, answers), strict=True):
        changes.update(asked)
    if application.sheet and say_why_late(
        application.sheet, reason=answers.late_reason, region_id=application.region_id, by=by
    ):
        before["late_reason"], after["late_reason"] = old.late_reason, answers.late_reason
    if old.lines != answers.lines:
        before["lines"], after["lines"] = _in_words(old.lines), _in_words(answers.lines)
        _write_lines(application, answers.lines)
    if not after and application.typed == typed:
        return
    application.typed = typed
    application.edited_with = key
    if by.id not in application.written_by_ids:
        application.written_by_ids = [*application.written_by_ids, by.id]
    # Cost lines are rows of their own: the version must rise with them too.
    flag_modified(application, "edited_with")
    db.session.flush()
    if after:
        audit.record("funding.saved", application, by=by, before=before, after=after)


def _write_lines(application: Application, lines: tuple[Line, ...]) -> None:
    rows = application.lines
    for position, line in enumerate(lines):
        if position < len(rows):
            rows[position].what, rows[position].amount_p = line.what, line.amount_p
        else:
            rows.append(CostLine(position=position, what=line.what, amount_p=line.amount_p))
    del rows[len(lines) :]


def _in_words(lines: tuple[Line, ...]) -> list[list[object]]:
    return [[line.what, line.amount_p] for line in lines]


def submit(
    application: Application, *, by: User, key: str | None = None, version: int | None = None
) -> Application:
    """Send a complete application off; where its region's word is enough, it is endorsed as well.

    Refused while anything is missing (`queries.problems_of` lists it all); Conflict where the
    candidate has another live application for the same contest.
    """
    step = begin(application, "submit", by=by, key=key, version=version)
    if step is None:
        return application
    answers = answers_of(application)
    contest_key = rules.contest_key(answers)
    with alone(application, contest_key, by=by):
        application.contest_key = contest_key
    application.requested_p = answers.asked_p
    application.submitted_by_id = by.id
    application.submitted_at = clock.now()
    application.recommended_p, application.handled_by_ids = None, []
    finish(application, step, by=by, key=key, amount_p=answers.asked_p)
    endorse_with_submission(application, by=by)
    return application
