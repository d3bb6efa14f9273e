"""The forms of assessing. A round's criteria make the fields of the score form."""

from collections.abc import Sequence
from typing import Any

from flask import request
from wtforms import FieldList, FormField, RadioField, SelectChoice, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, Optional, ValidationError

from models.funding.assessing.rules import INTERESTS, MOST_POINTS, WORDS, Sheet, Wanted
from models.funding.assessing.tables import Criterion
from views.forms import BaseForm, ChoiceField, PartForm, WholeField

SPARE = 2
MOST = 12
POINTS = [SelectChoice(str(number), f"{number} – {words}") for number, words in WORDS.items()]


class InterestForm(BaseForm):
    """Whether one has an interest in an application."""

    answer = RadioField(
        "Do you have an interest in it?",
        choices=[SelectChoice(key, words) for key, words in INTERESTS.items()],
        validators=[InputRequired("Say whether you have an interest in it.")],
    )
    detail = TextAreaField(
        "What it is", render_kw={"rows": 2}, validators=[Optional(), Length(max=4000)]
    )


class NoteForm(BaseForm):
    """What the assessors agreed."""

    note = TextAreaField(
        "Note",
        render_kw={"rows": 3},
        validators=[InputRequired("Write what was agreed."), Length(max=4000)],
    )


class ScoreFormBase(BaseForm):
    """Points and a reason for each criterion of a round."""

    numbers: tuple[int, ...] = ()

    @property
    def points(self) -> dict[int, int | None]:
        """The points by criterion, as the action takes them."""
        given = {number: self[f"points_{number}"].data for number in self.numbers}
        return {number: None if data is None else int(data) for number, data in given.items()}

    @property
    def reasons(self) -> dict[int, str]:
        """The reasons by criterion."""
        return {number: self[f"reason_{number}"].data or "" for number in self.numbers}


def score_form(criteria: Sequence[Criterion], mine: Sheet | None = None) -> Any:
    """The form of these criteria, filled with one's own earlier scores where it is fresh."""
    fields: dict[str, Any] = {"numbers": tuple(one.id for one in criteria)}
    for one in criteria:
        earlier = mine.scores.get(one.id) if mine else None
        fields[f"points_{one.id}"] = ChoiceField(
            f"Points out of {MOST_POINTS}: {one.label}",
            choices=POINTS,
            default=str(earlier.points) if earlier else None,
            validators=[InputRequired("Choose the points for every criterion.")],
        )
        fields[f"reason_{one.id}"] = TextAreaField(
            f"Why: {one.label}",
            render_kw={"rows": 2},
            default=earlier.justification if earlier else None,
            validators=[InputRequired("Say why, for every criterion."), Length(max=4000)],
        )
    made = type("ScoreForm", (ScoreFormBase,), fields)
    return made() if request.method == "POST" else made(formdata=None)


def _together(form: Any, field: Any) -> None:
    """A criterion has a name and a weight, or is left out."""
    if field is form.label and not field.data and (form.weight.raw_data or [""])[0]:
        raise ValidationError("Say what this criterion asks.")
    if field is form.weight and form.label.data:
        if field.data is None:
            raise ValidationError("Give it a weight from 1 to 100.")
        if not 1 <= field.data <= 100:
            raise ValidationError("A weight is from 1 to 100.")


class CriterionForm(PartForm):
    """One criterion."""

    label = StringField(
        "What it asks",
        filters=[lambda text: text.strip() if text else text],
        validators=[Length(max=160, message="Say it in at most 160 characters."), _together],
    )
    weight = WholeField("Weight, 1 to 100", validators=[_together])
    guidance = StringField("What to look for", validators=[Length(max=1000)])


class CriteriaForm(BaseForm):
    """What a round is scored by; an empty line is left out."""

    lines = FieldList(FormField(CriterionForm), "Criteria", max_entries=MOST)

    def make_room(self) -> None:
        """Two lines more than are filled."""
        filled = sum(1 for line in self.lines if line.form.label.data)
        while len(self.lines) < min(filled + SPARE, MOST):
            self.lines.append_entry()
        for number, line in enumerate(self.lines, 1):
            line.label.text = f"Criterion {number}"

    @property
    def wanted(self) -> list[Wanted]:
        """The criteria as the action takes them."""
        return [
            Wanted(line.form.label.data, line.form.weight.data or 0, line.form.guidance.data)
            for line in self.lines
            if line.form.label.data
        ]
