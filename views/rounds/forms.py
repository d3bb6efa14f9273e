"""The forms of the rounds room: a round's terms, a section, a question."""

from dataclasses import asdict
from typing import Any

from wtforms import (
    BooleanField,
    HiddenField,
    RadioField,
    SelectChoice,
    SelectField,
    StringField,
    TextAreaField,
)
from wtforms.validators import InputRequired, Length, Optional, ValidationError

from models.budget.tables import Fund
from models.rounds.forms import DAYS, KINDS, WHO, Condition, Form, Question
from models.rounds.rules import Terms
from models.rounds.tables import Round
from views.forms import BaseForm, ChoiceField, DayField, Days, MomentField, PoundsField, WholeField

NO_CONDITION = ""
SEPARATOR = "="


class TermsForm(BaseForm):
    """The terms of a round; times are London's."""

    name = StringField(
        "Name", validators=[InputRequired("Give the round a name."), Length(max=120)]
    )
    code = StringField("Code", validators=[InputRequired("Give the round a code."), Length(max=20)])
    election = StringField("Election", validators=[Optional(), Length(max=120)])
    poll_on = DayField("Day of the poll", days=Days.ANY, validators=[Optional()])
    fast_track = BooleanField("By-election fast track: each application brings its own poll")
    opens_at = MomentField(
        "Opens", days=Days.ANY, validators=[InputRequired("Say when the round opens.")]
    )
    closes_at = MomentField(
        "Closes", days=Days.ANY, validators=[InputRequired("Say when the round closes.")]
    )
    late_allowed = BooleanField("Late applications are taken, with a reason")
    max_grant = PoundsField("Highest grant for one candidate", validators=[Optional()])
    scores_needed = WholeField("Scores needed before a decision", default=0)
    spread_flag = WholeField("Points apart from which scores are flagged", default=30)
    submission_endorses = BooleanField(
        "A regional officer who submits endorses it with that", default=True
    )
    fund = ChoiceField("Fund", validators=[InputRequired("Choose the fund.")])
    start_with = ChoiceField("Start with the form of", empty="The standard questions")

    def validate_max_grant(self, field: Any) -> None:
        """A grant is more than nothing."""
        if field.data is not None and field.data < 1:
            raise ValidationError("The highest grant must be more than nothing.")

    def offer(self, rounds: list[Round]) -> None:
        """Forms to start with: none, or that of an earlier round."""
        self.start_with.choices = [
            SelectChoice("none", "No questions yet"),
            *(SelectChoice(str(one.id), one.name) for one in rounds),
        ]

    def offer_funds(self, funds: list[Fund]) -> None:
        """The funds a round can be of, the one that runs first; with one only nothing is asked."""
        if len(funds) < 2:
            del self.fund
            return
        self.fund.choices = [SelectChoice(str(one.id), one.name) for one in funds]
        if not self.fund.raw_data:
            self.fund.data = self.fund.choices[0].value

    def show(self, terms: Terms) -> None:
        """Fill in the terms as they stand."""
        for name, value in asdict(terms).items():
            self["max_grant" if name == "max_grant_p" else name].data = value

    @property
    def terms(self) -> Terms:
        """What was typed and judged, as the actions take it."""
        opens_at, closes_at = self.opens_at.data, self.closes_at.data
        assert opens_at is not None  # noqa: S101 - both are required
        assert closes_at is not None  # noqa: S101
        return Terms(
            name=self.name.data or "",
            code=(self.code.data or "").upper(),
            election=self.election.data or "",
            poll_on=self.poll_on.data,
            fast_track=bool(self.fast_track.data),
            opens_at=opens_at,
            closes_at=closes_at,
            late_allowed=bool(self.late_allowed.data),
            max_grant_p=self.max_grant.data,
            scores_needed=self.scores_needed.data or 0,
            spread_flag=30 if self.spread_flag.data is None else self.spread_flag.data,
            submission_endorses=bool(self.submission_endorses.data),
        )


class SectionForm(BaseForm):
    """A section's title and help, and who fills it."""

    title = StringField(
        "Title", validators=[InputRequired("Give the section a title."), Length(max=120)]
    )
    help = TextAreaField(
        "Help for whoever fills it",
        render_kw={"rows": 2},
        validators=[Optional(), Length(max=1000)],
    )
    who = RadioField(
        "Filled in by",
        choices=[SelectChoice(key, words) for key, words in WHO.items()],
        default="region",
        validators=[InputRequired("Choose who fills the section.")],
    )


class QuestionForm(BaseForm):
    """One question with its kind, its help and its condition."""

    label = StringField(
        "Question", validators=[InputRequired("Write the question."), Length(max=300)]
    )
    kind = SelectField(
        "Kind of answer", choices=[SelectChoice(key, words) for key, words in KINDS.items()]
    )
    help = TextAreaField(
        "Help text", render_kw={"rows": 2}, validators=[Optional(), Length(max=1000)]
    )
    required = BooleanField("It must be answered", default=True)
    choices = TextAreaField(
        "Answers to choose from",
        render_kw={"rows": 4},
        validators=[Optional(), Length(max=6000)],
    )
    days = SelectField(
        "Days that may be answered",
        choices=[SelectChoice(key, words) for key, words in DAYS.items()],
        validate_choice=False,
    )
    show_if = SelectField("Ask it only if", validate_choice=False)
    key = HiddenField()

    def offer(self, form: Form, key: str | None) -> None:
        """The answers of earlier questions on which this one can depend."""
        pairs = [
            SelectChoice(f"{question.key}{SEPARATOR}{answer}", f"{question.label} {answer}")
            for question in form.before(key)
            for answer in question.answers
        ]
        self.show_if.choices = [SelectChoice(NO_CONDITION, "Always ask it"), *pairs]

    def show(self, question: Question) -> None:
        """Fill in a question as it stands."""
        for name in ("label", "kind", "help", "required", "days"):
            self[name].data = getattr(question, name)
        self.choices.data = "\n".join(question.choices)
        wanted = question.show_if
        self.show_if.data = f"{wanted.question}{SEPARATOR}{wanted.answer}" if wanted else ""

    def question(self, key: str = "") -> Question:
        """What was typed, as the actions take it; parts of other kinds are left out."""
        kind = self.kind.data
        lines = (line.strip() for line in (self.choices.data or "").splitlines())
        asked, _, answer = (self.show_if.data or "").partition(SEPARATOR)
        return Question(
            key=key,
            label=self.label.data or "",
            kind=kind,
            help=self.help.data or "",
            required=bool(self.required.data),
            choices=tuple(filter(None, lines)) if kind in ("choice", "choices") else (),
            days=(self.days.data or "") if kind == "date" else "",
            show_if=Condition(asked, answer) if asked else None,
        )
