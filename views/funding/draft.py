"""Starting, writing, checking and submitting an application."""

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from models import clock
from models.accounts.roles import Permit
from models.budget.queries.periods import current_fund
from models.funding.actions import draft
from models.funding.actions.draft import save_draft, start_draft
from models.funding.queries.choices import candidate_for, regions_to_apply
from models.funding.queries.law import law_card
from models.funding.queries.one import application_for, draft_for, problems_of, steps_of
from models.funding.rules import Answers
from models.funding.tables import Application
from models.funding.workflow import EDITABLE
from models.rounds.queries import has_rounds, phase_now, round_for, rounds_to_apply
from models.rounds.tables import Round
from views.asked import asked
from views.forms import new_key
from views.funding.counter import bp, closed, facts_of, to_page
from views.funding.forms import MOST_LINES, NO_ROUND, DraftForm, NewForm, SubmitForm
from views.funding.law import law_of_answers
from views.funding.parts import next_after
from views.funding.reading import Reading, form_of, person_meant, read, typed_answers, with_id
from views.guards import needs, reader
from views.pages import render_form, submitted, tried


@bp.route("/new", methods=["GET", "POST"])
@needs(Permit.FUNDING_APPLY)
def new() -> ResponseReturnValue:
    """Start an application: for which region, and for whom."""
    form = NewForm()
    form.offer(regions_to_apply(reader()))
    found, needed = _rounds()
    form.offer_rounds(found, needed=needed)
    if request.method == "GET" and "round" in form and asked().id("round"):
        form.round.data = str(asked().id("round"))
    if request.method == "GET" and "person" in request.args:
        form.person.data = with_id(candidate_for(reader(), asked().id("person") or 0))
    application = submitted(form, lambda: _start(form))
    if application is None:
        return render_form("funding/new.html", form)
    return redirect(url_for("funding.edit", application_id=application.id))


def _start(form: NewForm) -> Application:
    person = person_meant(reader(), form)
    region_id, key = int(form.region.data), form.seen()["key"]
    chosen = form.round.data if "round" in form else None
    round_ = None if chosen in (None, NO_ROUND) else round_for(reader(), int(chosen))
    reason = form.late_reason.data if "late_reason" in form else None
    application = start_draft(
        region_id=region_id, by=reader(), key=key, round_=round_, late_reason=reason
    )
    if person is not None and application.person_id is None:
        answers = Answers(person_id=person.id, late_reason=reason or None)
        save_draft(application, answers=answers, by=reader())
    return application


def _rounds() -> tuple[list[Round], bool]:
    """The rounds that take applications now, and whether one of them must be chosen."""
    fund = current_fund()
    found = rounds_to_apply()
    return found, bool(found) if fund is None else has_rounds(fund)


@bp.get("/<int:application_id>/edit")
@needs(Permit.FUNDING_APPLY)
def edit(application_id: int) -> ResponseReturnValue:
    """The whole application as one form."""
    application = application_for(reader(), application_id)
    if application.status not in EDITABLE:
        return closed(application)
    form = form_of(application)
    form.version.data, form.key.data = str(application.version), new_key()
    form.number_lines(asked().count("lines", most=MOST_LINES) or 0)
    return render_form("funding/edit.html", form, **_about(application), law=law_card(application))


@bp.post("/<int:application_id>/edit")
@needs(Permit.FUNDING_APPLY)
def save(application_id: int) -> ResponseReturnValue:
    """Keep the answers; `do` says whether that is all, or a line is added, or they are checked."""
    application = draft_for(reader(), application_id)
    form = DraftForm()
    reading = read(form, reader())
    what = request.form.get("do", "continue")
    if what == "continue":
        return _go_on(application, form, reading)
    understood = form.validate()
    if not tried(form, lambda: _write(application, form, reading, understood=understood)):
        return _again(application, form)
    if what == "add-line":
        count = min(len(form.lines) + 1, MOST_LINES)
        here = url_for("funding.edit", application_id=application.id, lines=count)
        return redirect(f"{here}#lines-{count - 1}-what")
    flash(f"{application.reference} is saved as a draft.", "ok")
    return to_page(application)


@bp.post("/<int:application_id>/autosave")
@needs(Permit.FUNDING_APPLY)
def autosave(application_id: int) -> ResponseReturnValue:
    """Keep what is typed so far, understood or not; answers with the time."""
    application = draft_for(reader(), application_id)
    form = DraftForm()
    reading = read(form, reader())
    _write(application, form, reading, understood=form.validate())
    return f"Saved {clock.now().astimezone(clock.LONDON):%H:%M}"


@bp.get("/<int:application_id>/check")
@needs(Permit.FUNDING_APPLY)
def check(application_id: int) -> ResponseReturnValue:
    """Every answer with the way to change it, and the button that submits."""
    application = application_for(reader(), application_id)
    if application.status not in EDITABLE:
        return closed(application)
    form = SubmitForm()
    form.version.data = str(application.version)
    return render_form("funding/check.html", form, **_about(application))


@bp.post("/<int:application_id>/submit")
@needs(Permit.FUNDING_APPLY)
def submit(application_id: int) -> ResponseReturnValue:
    """Send it to the national office."""
    application = application_for(reader(), application_id)
    form = SubmitForm()
    done = submitted(form, lambda: draft.submit(application, by=reader(), **form.seen()))
    if done is None:
        return render_form("funding/check.html", form, **_about(application))
    flash(f"{application.reference} is submitted to the national office.", "ok")
    return to_page(application)


def _go_on(application: Application, form: DraftForm, reading: Reading) -> ResponseReturnValue:
    understood = form.validate()
    complete = _mark_problems(application, form, reading) and understood
    done = complete and tried(form, lambda: _write(application, form, reading, understood=True))
    if not done:
        return _again(application, form)
    return redirect(next_after(application, None))


def _mark_problems(application: Application, form: DraftForm, reading: Reading) -> bool:
    """Put everything that is missing on its field; True if there is nothing.

    A field that says already what is wrong with it is left alone.
    """
    problems = problems_of(application, reading.to_check)
    form.number_lines()
    for problem in problems:
        if not problem.field:
            form.form_errors.append(problem.message)
            continue
        field = form[problem.field]
        if not field.errors:
            field = field[0].form.what if problem.field == "lines" else field
            field.errors = [*field.errors, problem.message]
    return not problems


def _write(
    application: Application, form: DraftForm, reading: Reading, *, understood: bool
) -> Application:
    answers = reading.with_ward(reader()) if understood else reading.answers
    typed = None if understood else typed_answers()
    return save_draft(application, answers=answers, typed=typed, by=reader(), **form.seen())


def _again(application: Application, form: DraftForm) -> ResponseReturnValue:
    """The form with all that was typed; saved once more, it replaces what is there by then."""
    form.version.data = str(application.version)
    form.number_lines()
    law = law_of_answers(application, read(form, reader()).answers)
    return render_form("funding/edit.html", form, **_about(application), law=law)


def _about(application: Application) -> dict[str, object]:
    returned = application.status == "returned"
    asked = steps_of(application)[0].reason if returned else None
    sheet = application.sheet
    late = sheet is not None and bool(sheet.late_reason or phase_now(sheet.round).key == "late")
    return {**facts_of(application), "asked": asked, "late": late}
