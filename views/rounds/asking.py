"""A round's questions as fields of a web form, and what was answered, as far as understood."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import request
from werkzeug.datastructures import FileStorage, MultiDict
from wtforms import (
    Field,
    FileField,
    HiddenField,
    RadioField,
    SelectChoice,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.widgets import CheckboxInput, ListWidget

from models.attachments.rules import MOST_WORDS
from models.rounds.answering import Fault
from models.rounds.forms import Question
from models.rounds.tables import AnswerSheet
from views.forms import DayField, PoundsField, SafeForm, WholeField


class AnswerForm(SafeForm):
    """The questions of a form; `asked` names those that were on the page, `seen` its mark."""

    asked = HiddenField()
    seen_mark = HiddenField()

    @property
    def was_asked(self) -> frozenset[str]:
        """The keys of the questions that were on the page which was sent."""
        return frozenset(filter(None, (self.asked.data or "").split(",")))


@dataclass(frozen=True)
class Given:
    """What was sent: answers that are understood, those that are not as typed, and files."""

    answers: dict[str, Any]
    typed: dict[str, Any]
    files: dict[str, FileStorage]


def field_of(question: Question) -> Any:
    """The unbound field of a question."""
    label, settings = question.label, {"description": question.help}
    choices = [SelectChoice(answer, answer) for answer in question.answers]
    if question.kind == "choices":
        return SelectMultipleField(
            label, choices=choices, validate_choice=False, widget=ListWidget(prefix_label=False),
            option_widget=CheckboxInput(), **settings,
        )  # fmt: skip
    if question.answers:
        return RadioField(label, choices=choices, validate_choice=False, **settings)
    if question.kind == "long":
        return TextAreaField(label, render_kw={"rows": 4}, **settings)
    if question.kind == "file":
        hint = f"{question.help} {MOST_WORDS}".strip()
        return FileField(label, description=hint)
    plain = {"money": PoundsField, "number": WholeField, "date": DayField}
    return plain.get(question.kind, StringField)(label, **settings)


def form_of_questions(
    questions: Sequence[Question], *, formdata: Any, data: Mapping[str, Any] | None = None
) -> AnswerForm:
    """A form that asks these questions, in order."""
    fields = {question.key: field_of(question) for question in questions}
    kind = type("AskedForm", (AnswerForm,), fields)
    form: AnswerForm = kind(formdata=formdata, data=dict(data or {}))
    for question in questions:
        form[question.key].flags.optional = not question.required
    return form


def stored_form(questions: Sequence[Question], sheet: AnswerSheet) -> AnswerForm:
    """The form of a stored sheet; what was not understood stands as it was typed."""
    data = {q.key: _for_field(q, sheet.answers.get(q.key)) for q in questions}
    form = form_of_questions(questions, formdata=None, data=data)
    for question in questions:
        typed = sheet.typed.get(question.key)
        if typed is not None:
            form[question.key].raw_data = [str(typed)]
    form.asked.data = ",".join(question.key for question in questions)
    return form


def sent_form(questions: Sequence[Question]) -> AnswerForm:
    """The form as it was sent, judged field by field."""
    sent: MultiDict[str, Any] = MultiDict(request.form)
    sent.update(MultiDict[str, Any](request.files))
    form = form_of_questions(questions, formdata=sent)
    form.asked.data = request.form.get("asked", "")
    form.validate()
    return form


def given_in(form: AnswerForm, questions: Sequence[Question], sheet: AnswerSheet) -> Given:
    """What was sent; a question that was not on the page keeps what it had."""
    answers, typed, files = dict(sheet.answers), dict(sheet.typed), {}
    for question in questions:
        key, field = question.key, form[question.key]
        if key not in form.was_asked:
            continue
        if question.kind == "file":
            if isinstance(field.data, FileStorage) and field.data.filename:
                files[key] = field.data
            continue
        answers.pop(key, None)
        typed.pop(key, None)
        if field.errors and _raw(field):
            typed[key] = _raw(field)[:4000]
        elif field.data not in (None, "", []):
            answers[key] = _stored(field.data)
    return Given(answers, typed, files)


def mark(form: AnswerForm, faults: Sequence[Fault]) -> bool:
    """Put each fault at its field, unless that says already what is wrong; True if there is one."""
    for fault in faults:
        if fault.question in form and not form[fault.question].errors:
            said = fault.message.partition(": ")[2]
            form[fault.question].errors = [said[:1].upper() + said[1:]]
    return bool(form.errors) or bool(faults)


def _raw(field: Field) -> str:
    return str(field.raw_data[0]).strip() if field.raw_data else ""


def _stored(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value


def _for_field(question: Question, value: Any) -> Any:
    return date.fromisoformat(value) if question.kind == "date" and value else value
