"""What is asked of whom, and what is missing in the answers to a form. Pure.

Answers are a mapping from a question's key to its value: text, a whole number (pence for money),
a day as "2027-05-06", one answer, or a list of answers. A file counts as answered by its id.
"""

import hashlib
import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from models.rounds.forms import Form, Question, Section

Answers = Mapping[str, Any]
LONGEST = {"text": 200, "long": 4000}


@dataclass(frozen=True)
class Fault:
    """One thing that is missing or wrong in the answers, and where it is put right."""

    section: str
    question: str
    message: str


@dataclass(frozen=True)
class Task:
    """One part of an application in the list of tasks: how many answers are missing in it."""

    key: str
    title: str
    who: str
    faults: tuple[Fault, ...]
    begun: bool

    @property
    def done(self) -> bool:
        """True where nothing is missing."""
        return not self.faults


def is_shown(form: Form, question: Question, answers: Answers) -> bool:
    """True if the answers given so far ask for this question."""
    condition = question.show_if
    if condition is None:
        return True
    asked = form.question(condition.question)
    if not is_shown(form, asked, answers):
        return False
    given = answers.get(asked.key)
    return condition.answer in given if isinstance(given, list) else given == condition.answer


def shown(form: Form, section: Section, answers: Answers) -> tuple[Question, ...]:
    """The questions of a section that are asked, in order."""
    return tuple(one for one in section.questions if is_shown(form, one, answers))


def is_answered(question: Question, answers: Answers) -> bool:
    """True if there is an answer, whatever it says."""
    return answers.get(question.key) not in (None, "", [])


def problem(question: Question, value: Any, today: date) -> str | None:
    """What is wrong with an answer that was understood, in a sentence; None where it is right."""
    if value in (None, "", []):
        return _missing(question) if question.required else None
    longest = LONGEST.get(question.kind)
    if longest and len(value) > longest:
        return f"“{question.label}”: say it in at most {longest:,} characters."
    if question.kind == "date":
        return _day_problem(question, date.fromisoformat(value), today)
    if question.answers and not set(value if isinstance(value, list) else [value]) <= set(
        question.answers
    ):
        return f"“{question.label}”: choose from the answers that are offered."
    return None


def problems(
    form: Form,
    answers: Answers,
    *,
    today: date,
    unread: Collection[str] = (),
    sections: Collection[Section] | None = None,
) -> tuple[Fault, ...]:
    """Everything that is missing or wrong in what is asked, in the form's order.

    `unread` are the questions whose answer was typed and is not understood.
    """
    found = []
    for section in form.sections if sections is None else sections:
        for question in shown(form, section, answers):
            message = problem(question, answers.get(question.key), today)
            if question.key in unread:
                message = f"“{question.label}”: the answer is not understood. Put it right."
            if message:
                found.append(Fault(section.key, question.key, message))
    return tuple(found)


def tasks(
    form: Form, answers: Answers, *, today: date, unread: Collection[str] = ()
) -> tuple[Task, ...]:
    """The sections as tasks; a section of which nothing is asked is none."""
    found = []
    for section in form.sections:
        asked = shown(form, section, answers)
        if not asked:
            continue
        faults = problems(form, answers, today=today, unread=unread, sections=[section])
        begun = any(is_answered(one, answers) or one.key in unread for one in asked)
        found.append(Task(section.key, section.title, section.who, faults, begun))
    return tuple(found)


def seen_of(section: Section, answers: Answers, typed: Answers) -> str:
    """A short mark of what a section holds, to notice that somebody else changed it meanwhile."""
    held = {one.key: (answers.get(one.key), typed.get(one.key)) for one in section.questions}
    text = json.dumps(held, sort_keys=True, ensure_ascii=True)
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def _missing(question: Question) -> str:
    words = {
        "file": "add the file.",
        "choice": "choose one.",
        "choices": "choose at least one.",
        "yes-no": "choose yes or no.",
        "date": "give the date.",
        "money": "enter the amount.",
        "number": "enter the number.",
    }
    return f"“{question.label}”: {words.get(question.kind, 'write an answer.')}"


def _day_problem(question: Question, day: date, today: date) -> str | None:
    if question.days == "future" and day < today:
        return f"“{question.label}”: this day is over. Give one that is still to come."
    if question.days == "past" and day > today:
        return f"“{question.label}”: this day is still to come. Give one that has been."
    return None
