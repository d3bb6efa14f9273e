"""The form builder: sections and questions are added, changed, moved and removed, one at a time."""

from collections.abc import Callable
from functools import partial

from flask import flash, render_template, request
from flask.typing import ResponseReturnValue
from flask_wtf import FlaskForm

from models.accounts.roles import Permit
from models.rounds.actions.building import edit_form, use_form
from models.rounds.forms import (
    Form,
    Section,
    acts_on,
    add_question,
    add_section,
    change_question,
    change_section,
    move,
    remove,
)
from models.rounds.queries import newest_form, round_for
from models.rounds.tables import FormVersion, Round
from views.guards import needs, reader
from views.pages import render_form, submitted
from views.rounds.asking import form_of_questions
from views.rounds.counter import bp, to_form
from views.rounds.forms import QuestionForm, SectionForm

STEPS = {"up": -1, "down": 1}


@bp.get("/<int:round_id>/form")
@needs(Permit.FUNDING_READ)
def form(round_id: int) -> ResponseReturnValue:
    """The form of a round: for the national office with the means to change it."""
    round_ = round_for(reader(), round_id)
    version = newest_form(round_)
    return render_template(
        "rounds/form.html",
        round=round_,
        version=version,
        acts_on=partial(acts_on, version.form),
        questions={question.key: question for question in version.form.questions},
    )


@bp.get("/<int:round_id>/form/preview")
@needs(Permit.FUNDING_READ)
def preview(round_id: int) -> ResponseReturnValue:
    """The form as it will be asked, with every question, also those that wait for an answer."""
    round_ = round_for(reader(), round_id)
    version = newest_form(round_)
    asked = [
        (section, form_of_questions(section.questions, formdata=None))
        for section in version.form.sections
    ]
    return render_template("rounds/preview.html", round=round_, version=version, asked=asked)


@bp.post("/<int:round_id>/form/use")
@needs(Permit.ROUNDS_WRITE)
def use(round_id: int) -> ResponseReturnValue:
    """Ask the newest version of every new application."""
    round_ = round_for(reader(), round_id)
    version = use_form(round_, by=reader())
    flash(f"New applications now answer version {version.number} of the form.", "ok")
    return to_form(round_)


@bp.post("/<int:round_id>/form/move")
@needs(Permit.ROUNDS_WRITE)
def move_part(round_id: int) -> ResponseReturnValue:
    """Move a section or a question up or down."""
    round_ = round_for(reader(), round_id)
    key, by = request.form.get("key", ""), STEPS.get(request.form.get("way", ""), 0)
    edit_form(round_, change=lambda old: move(old, key, by), by=reader())
    return to_form(round_, key)


@bp.post("/<int:round_id>/form/remove")
@needs(Permit.ROUNDS_WRITE)
def remove_part(round_id: int) -> ResponseReturnValue:
    """Take a section or a question away."""
    round_ = round_for(reader(), round_id)
    key = request.form.get("key", "")
    edit_form(round_, change=lambda old: remove(old, key), by=reader())
    flash("Removed from the form.", "ok")
    return to_form(round_)


@bp.route("/<int:round_id>/form/sections/new", methods=["GET", "POST"])
@needs(Permit.ROUNDS_WRITE)
def new_section(round_id: int) -> ResponseReturnValue:
    """Add a section at the end."""
    fields = SectionForm()
    return _changed(round_id, fields, "New section", lambda old: add_section(old, _section(fields)))


@bp.route("/<int:round_id>/form/sections/<string:key>", methods=["GET", "POST"])
@needs(Permit.ROUNDS_WRITE)
def section(round_id: int, key: str) -> ResponseReturnValue:
    """Change a section's words."""
    old = _newest(round_id).form.section(key)
    fields = SectionForm(obj=old)
    typed = lambda: _section(fields)  # noqa: E731
    return _changed(
        round_id,
        fields,
        f"Section “{old.title}”",
        lambda form: change_section(
            form, key, title=typed().title, help=typed().help, who=typed().who
        ),
        anchor=key,
    )


@bp.route("/<int:round_id>/form/sections/<string:key>/questions/new", methods=["GET", "POST"])
@needs(Permit.ROUNDS_WRITE)
def new_question(round_id: int, key: str) -> ResponseReturnValue:
    """Add a question at the end of a section."""
    whole = _newest(round_id).form
    after = whole.section(key).questions
    fields = QuestionForm()
    fields.offer(_until(whole, key), None)
    title = f"New question in “{whole.section(key).title}”"
    return _changed(
        round_id,
        fields,
        title,
        lambda form: add_question(form, key, fields.question()),
        anchor=after[-1].key if after else key,
    )


@bp.route("/<int:round_id>/form/questions/<string:key>", methods=["GET", "POST"])
@needs(Permit.ROUNDS_WRITE)
def question(round_id: int, key: str) -> ResponseReturnValue:
    """Change a question."""
    whole = _newest(round_id).form
    fields, old = QuestionForm(), whole.question(key)
    fields.offer(whole, key)
    if not fields.is_submitted():
        fields.show(old)
    return _changed(
        round_id,
        fields,
        f"Question “{old.label}”",
        lambda form: change_question(form, fields.question(key)),
        anchor=key,
    )


def _newest(round_id: int) -> FormVersion:
    return newest_form(round_for(reader(), round_id))


def _until(whole: Form, key: str) -> Form:
    """The form down to a section: what a question at that section's end can depend on."""
    keys = [section.key for section in whole.sections]
    return Form(whole.sections[: keys.index(key) + 1])


def _section(fields: SectionForm) -> Section:
    return Section("", fields.title.data or "", fields.help.data or "", fields.who.data or "region")


def _changed(
    round_id: int,
    fields: FlaskForm,
    title: str,
    change: Callable[[Form], Form],
    *,
    anchor: str | None = None,
) -> ResponseReturnValue:
    """Show the form of one part, or change it and go back to the builder."""
    round_: Round = round_for(reader(), round_id)
    done = submitted(fields, lambda: edit_form(round_, change=change, by=reader()))
    if done is None:
        template = "question" if isinstance(fields, QuestionForm) else "section"
        return render_form(f"rounds/{template}.html", fields, round=round_, title=title)
    flash(f"Version {done.number} of the form is saved.", "ok")
    return to_form(round_, anchor)
