"""The question form of a round, as data: sections, questions, conditions. Pure.

A form never changes: each change answers with a new one, or raises Invalid with a sentence. Keys
are given once within a form, so that answers find their question after it was moved.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any, TypeVar

from models.errors import Invalid, NotFound

KINDS = {
    "text": "Short text",
    "long": "Long text",
    "number": "Whole number",
    "money": "Amount in pounds",
    "date": "Date",
    "yes-no": "Yes or no",
    "choice": "One of several",
    "choices": "Any of several",
    "file": "File",
}
WITH_CHOICES = frozenset({"choice", "choices"})
Part = TypeVar("Part")
# What a condition can hang on: questions whose answers are known beforehand.
DECIDING = WITH_CHOICES | {"yes-no"}
YES_NO = ("Yes", "No")
DAYS = {"": "Any day", "future": "Today or later", "past": "Today or earlier"}
WHO = {"region": "The region", "candidate": "The candidate, by a link"}
MOST_SECTIONS, MOST_QUESTIONS, MOST_CHOICES = 20, 60, 30


@dataclass(frozen=True)
class Condition:
    """Show a question only where another one has this answer (or it is among its answers)."""

    question: str
    answer: str


@dataclass(frozen=True)
class Question:
    """One question. `days` narrows a date; `show_if` hides it until the condition holds."""

    key: str
    label: str
    kind: str = "text"
    help: str = ""
    required: bool = True
    choices: tuple[str, ...] = ()
    days: str = ""
    show_if: Condition | None = None

    @property
    def answers(self) -> tuple[str, ...]:
        """The answers there are to choose from; none for questions that are typed."""
        return YES_NO if self.kind == "yes-no" else self.choices


@dataclass(frozen=True)
class Section:
    """A part of the form, filled by the region or, by a link, by the candidate."""

    key: str
    title: str
    help: str = ""
    who: str = "region"
    questions: tuple[Question, ...] = ()


@dataclass(frozen=True)
class Form:
    """A whole form, in the order in which it is read."""

    sections: tuple[Section, ...] = ()

    @property
    def questions(self) -> tuple[Question, ...]:
        """Every question, in order."""
        return tuple(question for section in self.sections for question in section.questions)

    def section(self, key: str) -> Section:
        """The section with this key; NotFound where there is none."""
        for section in self.sections:
            if section.key == key:
                return section
        raise NotFound("There is no such section in this form.")

    def question(self, key: str) -> Question:
        """The question with this key; NotFound where there is none."""
        for question in self.questions:
            if question.key == key:
                return question
        raise NotFound("There is no such question in this form.")

    def section_of(self, key: str) -> Section:
        """The section in which a question stands; NotFound where there is none."""
        for section in self.sections:
            if any(question.key == key for question in section.questions):
                return section
        raise NotFound("There is no such question in this form.")

    def parts_of(self, who: str) -> tuple[Section, ...]:
        """The sections that the region, or the candidate, is asked to fill."""
        return tuple(section for section in self.sections if section.who == who)

    def before(self, key: str | None) -> tuple[Question, ...]:
        """The deciding questions above a question, or all of them: what it can depend on."""
        found = []
        for question in self.questions:
            if question.key == key:
                break
            if question.kind in DECIDING:
                found.append(question)
        return tuple(found)


def to_json(form: Form) -> dict[str, Any]:
    """The form as it is stored."""
    return asdict(form)


def from_json(content: Mapping[str, Any]) -> Form:
    """The form as it was stored."""
    return Form(tuple(_section(one) for one in content["sections"]))


def _section(given: Mapping[str, Any]) -> Section:
    questions = tuple(_question(one) for one in given["questions"])
    return Section(**{**given, "questions": questions})


def _question(given: Mapping[str, Any]) -> Question:
    condition = given["show_if"]
    return Question(
        **{
            **given,
            "choices": tuple(given["choices"]),
            "show_if": Condition(**condition) if condition else None,
        }
    )


def add_section(form: Form, section: Section) -> Form:
    """The form with a further section at its end, under the next free key."""
    added = replace(section, key=_next_key("s", [one.key for one in form.sections]))
    return checked(replace(form, sections=(*form.sections, added)))


def change_section(form: Form, key: str, *, title: str, help: str, who: str) -> Form:  # noqa: A002
    """The form with a section's words changed; its questions stay."""
    old = form.section(key)
    return _with_section(form, replace(old, title=title, help=help, who=who))


def add_question(form: Form, section_key: str, question: Question) -> Form:
    """The form with a further question at the end of a section, under the next free key."""
    section = form.section(section_key)
    added = replace(question, key=_next_key("q", [one.key for one in form.questions]))
    return _with_section(form, replace(section, questions=(*section.questions, added)))


def change_question(form: Form, question: Question) -> Form:
    """The form with the question of that key replaced."""
    section = form.section_of(question.key)
    questions = tuple(question if one.key == question.key else one for one in section.questions)
    return _with_section(form, replace(section, questions=questions))


def remove(form: Form, key: str) -> Form:
    """The form without a section (and its questions), or without a question."""
    if any(section.key == key for section in form.sections):
        return checked(Form(tuple(one for one in form.sections if one.key != key)))
    section = form.section_of(key)
    questions = tuple(one for one in section.questions if one.key != key)
    return _with_section(form, replace(section, questions=questions))


def move(form: Form, key: str, by: int) -> Form:
    """The form with a section, or a question in its section, moved `by` places down (or up).

    A question at the end of its section goes on into the neighbouring one.
    """
    keys = [section.key for section in form.sections]
    if key in keys:
        return checked(Form(_moved(form.sections, keys.index(key), by)))
    section = form.section_of(key)
    place = [one.key for one in section.questions].index(key)
    if 0 <= place + by < len(section.questions):
        return _with_section(form, replace(section, questions=_moved(section.questions, place, by)))
    return _over_the_edge(form, section, section.questions[place], by)


def acts_on(form: Form, key: str) -> frozenset[str]:
    """Which of up, down and remove a section or a question allows: a question stays behind the one
    whose answer it asks for."""
    tries = {
        "up": lambda: move(form, key, -1),
        "down": lambda: move(form, key, 1),
        "remove": lambda: remove(form, key),
    }
    return frozenset(act for act, attempt in tries.items() if _holds(attempt))


def _holds(attempt: Callable[[], Form]) -> bool:
    try:
        attempt()
    except Invalid:
        return False
    return True


def _over_the_edge(form: Form, section: Section, question: Question, by: int) -> Form:
    place = form.sections.index(section) + (1 if by > 0 else -1)
    if not 0 <= place < len(form.sections):
        return form
    neighbour = form.sections[place]
    grown = (question, *neighbour.questions) if by > 0 else (*neighbour.questions, question)
    rest = tuple(one for one in section.questions if one.key != question.key)
    changed = {
        section.key: replace(section, questions=rest),
        neighbour.key: replace(neighbour, questions=grown),
    }
    return checked(Form(tuple(changed.get(one.key, one) for one in form.sections)))


def _moved(parts: Sequence[Part], place: int, by: int) -> tuple[Part, ...]:
    kept = list(parts)
    kept.insert(max(0, place + by), kept.pop(place))
    return tuple(kept)


def _with_section(form: Form, section: Section) -> Form:
    sections = tuple(section if one.key == section.key else one for one in form.sections)
    return checked(replace(form, sections=sections))


def _next_key(letter: str, taken: Sequence[str]) -> str:
    numbers = [int(key[1:]) for key in taken if key[1:].isdecimal()]
    return f"{letter}{max(numbers, default=0) + 1}"


def checked(form: Form) -> Form:
    """The form itself; raises Invalid, in a sentence, where it could not be answered."""
    if len(form.sections) > MOST_SECTIONS or len(form.questions) > MOST_QUESTIONS:
        raise Invalid(
            f"A form has at most {MOST_SECTIONS} sections and {MOST_QUESTIONS} questions."
        )
    for section in form.sections:
        if not section.title.strip():
            raise Invalid("Give the section a title.", field="title")
        if section.who not in WHO:
            raise Invalid("Choose who fills the section.", field="who")
    for question in form.questions:
        for check in CHECKS:
            check(form, question)
    return form


def _check_words(_form: Form, question: Question) -> None:
    if not question.label.strip():
        raise Invalid("Write the question.", field="label")
    if question.kind not in KINDS:
        raise Invalid("Choose the kind of answer.", field="kind")
    if question.days not in DAYS:
        raise Invalid("Choose which days may be answered.", field="days")


def _check_choices(_form: Form, question: Question) -> None:
    if question.kind not in WITH_CHOICES:
        return
    if len(question.choices) < 2:
        raise Invalid("Give at least two answers to choose from, one a line.", field="choices")
    if len(set(question.choices)) != len(question.choices):
        raise Invalid("Two of the answers are the same.", field="choices")
    if len(question.choices) > MOST_CHOICES or any(len(one) > 160 for one in question.choices):
        raise Invalid(
            f"Give at most {MOST_CHOICES} answers of at most 160 characters.", field="choices"
        )


def _check_condition(form: Form, question: Question) -> None:
    condition = question.show_if
    if condition is None:
        return
    above = {one.key: one for one in form.before(question.key)}
    if condition.question not in above:
        raise Invalid(
            f"“{question.label}” is shown only after the answer to another question, which must "
            "stay in the form, above it. Change its condition first.",
            field="show_if",
        )
    if condition.answer not in above[condition.question].answers:
        raise Invalid(
            f"“{question.label}” waits for the answer “{condition.answer}”, which “"
            f"{above[condition.question].label}” does not offer. Change its condition first.",
            field="show_if",
        )


CHECKS: tuple[Callable[[Form, Question], None], ...] = (
    _check_words,
    _check_choices,
    _check_condition,
)
