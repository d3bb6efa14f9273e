"""The forms of the funding room. Limits come from the fund, never from here."""

from collections.abc import Sequence
from typing import Any

from wtforms import (
    BooleanField,
    FieldList,
    FormField,
    HiddenField,
    RadioField,
    SelectChoice,
    SelectField,
    StringField,
    TextAreaField,
)
from wtforms.validators import InputRequired, Length, Optional, ValidationError

from models import clock
from models.elections.limits import check_electors
from models.errors import Invalid
from models.funding.coding import CATEGORIES, CLASSES, Coding
from models.funding.eligibility.rules import Result
from models.funding.law import (
    AFTER_POLL,
    JOINT,
    LATE_PAYMENT,
    OVER_LIMIT,
    OVER_THRESHOLD,
    TOO_EARLY,
    WARNINGS,
)
from models.funding.queries.choices import HeadChoice
from models.funding.rules import POSTS
from models.funding.workflow import STATUSES
from models.money import in_pounds
from models.places.tables import UnionRegion
from models.rounds.queries import phase_now
from models.rounds.rules import in_london
from models.rounds.tables import Round
from views.forms import (
    BaseForm,
    ChoiceField,
    DayField,
    Days,
    LookupField,
    PartForm,
    PoundsField,
    SafeForm,
    WholeField,
    one_id,
)

MOST_LINES = 20
SPARE_LINES = 2
NO_ROUND = "none"


class NewForm(SafeForm):
    """What is needed to start: the region, and the candidate where one is known."""

    region = RadioField("Region", validators=[InputRequired("Choose the region that applies.")])
    person = LookupField(
        "Candidate",
        kind="person",
        render_kw={"data-lookup-id": "person_id"},
        validators=[Optional()],
    )
    person_id = HiddenField()

    round = RadioField("Round", validators=[InputRequired("Choose the round.")])
    late_reason = TextAreaField(
        "Why it is late", render_kw={"rows": 2}, validators=[Optional(), Length(max=2000)]
    )

    def offer_rounds(self, found: list[Round], *, needed: bool) -> None:
        """The rounds that take applications; with one only, or where there is none, nothing is
        asked. Without `needed` the fund that runs has no rounds, and may be applied to without.

        The reason is asked for where one of them is closed.
        """
        if not found or phases_of(found) == {"open"}:
            del self.late_reason
        if not needed and not found:
            del self.round
            return
        several = len({one.fund_id for one in found}) > 1
        self.round.choices = [
            SelectChoice(
                str(one.id),
                f"{one.name}, {one.fund.name}, {words_of_closing(one)}"
                if several
                else f"{one.name}, {words_of_closing(one)}",
            )
            for one in found
        ]
        if not needed:
            none = SelectChoice(NO_ROUND, "No round: the fund that runs today")
            self.round.choices = [none, *self.round.choices]
            self.round.data = self.round.data or NO_ROUND
        elif len(found) == 1:
            self.round.data = str(found[0].id)
            self.round.raw_data = [self.round.data]

    def offer(self, regions: list[UnionRegion]) -> None:
        """The regions this person may apply for; with one only, nothing is asked."""
        self.region.choices = [SelectChoice(str(region.id), region.name) for region in regions]
        if len(regions) == 1:
            self.region.data = str(regions[0].id)
            self.region.raw_data = [self.region.data]


def phases_of(found: list[Round]) -> set[str]:
    """Where these rounds stand, by key."""
    return {phase_now(one).key for one in found}


def words_of_closing(round_: Round) -> str:
    """Until when a round takes applications, or that it is closed."""
    closed = "closed" if phase_now(round_).key == "late" else "open until"
    return f"{closed} {in_london(round_.closes_at)}"


def _together(form: Any, field: Any) -> None:
    """A cost line has both its parts or none."""
    what, amount = form.what, form.amount
    if field is what and not what.data and amount.raw_data and any(amount.raw_data):
        raise ValidationError("Say what this cost is for.")
    if field is amount and what.data and amount.data is None and not amount.process_errors:
        raise ValidationError("Enter the cost in pounds.")
    if field is amount and amount.data is not None and amount.data < 1:
        raise ValidationError("A cost must be more than nothing.")


def _electorate(_form: Any, field: Any) -> None:
    """No contest has none, and none has more than the country."""
    try:
        check_electors(field.data)
    except Invalid as wrong:
        raise ValidationError(wrong.message) from wrong


def answer_name(warning: str) -> str:
    """The field in which a warning of the law is answered."""
    return f"answer_{warning.replace('-', '_')}"


def _answer_field() -> TextAreaField:
    return TextAreaField(
        "Your answer", render_kw={"rows": 2}, validators=[Optional(), Length(max=4000)]
    )


# What is usually answered to an award before the notice of election; the officer may change it.
EARLY_ANSWER = "To be paid once the candidate is nominated."
ANSWER_LABELS = {
    OVER_LIMIT: "Over the candidate's limit: your answer",
    OVER_THRESHOLD: "Over a threshold: your answer",
    AFTER_POLL: "After the poll: your answer",
    LATE_PAYMENT: "Paid after the last day for bills: your answer",
    TOO_EARLY: "Before anybody is a candidate: your answer",
}
TOO_LONG = "Say it in at most 160 characters."
JOINTLY = [SelectChoice(str(number), words) for number, words in JOINT.items()]
AREAS = [SelectChoice("borough", "Borough (burgh)"), SelectChoice("county", "County")]


class LineForm(PartForm):
    """One cost line."""

    what = StringField(
        "What",
        filters=[lambda text: text.strip() if text else text],
        validators=[Length(max=160, message="Say it in at most 160 characters."), _together],
    )
    amount = PoundsField("Cost in pounds", validators=[_together])


class DraftForm(SafeForm):
    """The whole application on one page. `faults` is what was typed and is not understood."""

    person = LookupField("Candidate", kind="person", render_kw={"data-lookup-id": "person_id"})
    person_id = HiddenField()
    post = SelectField(
        "Post", choices=[SelectChoice(post.key, post.label) for post in POSTS.values()]
    )
    council = LookupField("Council", kind="council")
    ward = LookupField("Ward", kind="ward")
    new_ward = BooleanField("Add this ward: it is not in the list yet")
    constituency = LookupField("Constituency", kind="constituency")
    poll_on = DayField("Date of the poll", days=Days.ANY)
    lines = FieldList(FormField(LineForm), "Cost lines", max_entries=MOST_LINES)
    amount = PoundsField("Amount asked for, in pounds")
    electorate = WholeField("Electors in the contest", validators=[_electorate])
    joint = ChoiceField("Standing jointly with others?", empty="Not known yet", choices=JOINTLY)
    area = ChoiceField("Kind of constituency", empty="Not known yet", choices=AREAS)
    purpose = TextAreaField("What the money is for", render_kw={"rows": 5})
    late_reason = TextAreaField("Why it is late", render_kw={"rows": 2})

    faults: dict[str, str]

    def number_lines(self, wanted: int = 0) -> None:
        """Label the cost lines, with room for two more than are filled, or for `wanted`."""
        filled = [number for number, line in enumerate(self.lines, 1) if _is_filled(line.form)]
        room = max(max(filled, default=0) + SPARE_LINES, wanted)
        while len(self.lines) < min(room, MOST_LINES):
            self.lines.append_entry()
        for number, line in enumerate(self.lines, 1):
            line.label.text = f"Cost line {number}"

    def validate_person(self, _field: Any) -> None:
        """The name must mean one person whom this user may put forward."""
        self._raise_fault("person")

    def validate_council(self, _field: Any) -> None:
        """The text must mean one council."""
        self._raise_fault("council")

    def validate_ward(self, _field: Any) -> None:
        """The text must mean a ward of the council, or a ward to add."""
        self._raise_fault("ward")

    def validate_constituency(self, _field: Any) -> None:
        """The text must mean one constituency."""
        self._raise_fault("constituency")

    def validate_amount(self, field: Any) -> None:
        """An amount is more than nothing."""
        if field.data is not None and field.data < 1:
            raise ValidationError("The amount must be more than nothing.")

    def _raise_fault(self, name: str) -> None:
        if name in self.faults:
            raise ValidationError(self.faults[name])


def _is_filled(line: Any) -> bool:
    return any(bool(field._value()) for field in (line.what, line.amount))


class SubmitForm(SafeForm):
    """The last click of an application."""


class ReasonForm(SafeForm):
    """A step that is explained in words."""

    reason = TextAreaField("Reason", render_kw={"rows": 3}, validators=[Length(max=4000)])


class AmountForm(SafeForm):
    """An amount and why."""

    amount = PoundsField("Amount, in pounds", validators=[InputRequired("Enter the amount.")])
    reason = TextAreaField("Reason", render_kw={"rows": 3}, validators=[Length(max=4000)])


class OverruleForm(BaseForm):
    """Which soft rule of eligibility is overruled, and why."""

    rule = RadioField("Rule", validators=[InputRequired("Choose the rule to overrule.")])
    reason = TextAreaField(
        "Why it may be granted all the same",
        render_kw={"rows": 3},
        validators=[InputRequired("Say why it may be granted all the same."), Length(max=4000)],
    )

    def offer(self, results: Sequence[Result]) -> None:
        """The soft rules that stand in the way; one alone is chosen already."""
        open_ones = [result for result in results if result.may_be_overruled]
        self.rule.choices = [SelectChoice(one.rule.key, one.rule.label) for one in open_ones]
        if len(open_ones) == 1 and not self.rule.raw_data:
            self.rule.data = open_ones[0].rule.key


class AwardForm(SafeForm):
    """How much, out of which head, what it is in law, and what is answered to the warnings."""

    amount = PoundsField(
        "Amount to award, in pounds", validators=[InputRequired("Enter the amount to award.")]
    )
    node = RadioField(
        "Budget head", coerce=one_id, validators=[InputRequired("Choose the budget head.")]
    )
    reason = TextAreaField(
        "Reason", render_kw={"rows": 3}, validators=[Length(max=4000), Optional()]
    )
    legal_class = ChoiceField(
        "What it is in law",
        choices=[SelectChoice(one.key, one.label) for one in CLASSES.values()],
        validators=[InputRequired("Choose what the award is in law.")],
    )
    s72_category = ChoiceField(
        "Category under section 72",
        choices=[SelectChoice(key, f"({key}) {words}") for key, words in CATEGORIES.items()],
        validators=[
            InputRequired("Choose the category under section 72. Nothing is awarded without it.")
        ],
    )
    recipient = StringField(
        "Party unit that is paid", validators=[Optional(), Length(max=160, message=TOO_LONG)]
    )
    electorate = WholeField("Electors in the contest", validators=[Optional(), _electorate])
    joint = ChoiceField(
        "Standing jointly with others?",
        empty="Not known yet",
        choices=JOINTLY,
        validators=[Optional()],
    )
    area = ChoiceField(
        "Kind of constituency", empty="Not known yet", choices=AREAS, validators=[Optional()]
    )
    authority = StringField(
        "Agent's written authority", validators=[Optional(), Length(max=160, message=TOO_LONG)]
    )
    authority_on = DayField("Day of the authority", days=Days.PAST, validators=[Optional()])
    answer_over_limit = _answer_field()
    answer_over_threshold = _answer_field()
    answer_after_poll = _answer_field()
    answer_too_early = _answer_field()

    def offer(self, choices: list[HeadChoice]) -> None:
        """The heads of the application's region, each with what is left in it."""
        self.node.choices = [
            SelectChoice(
                choice.node_id, f"{choice.name}: {in_pounds(choice.figures.available_p)} left"
            )
            for choice in choices
        ]

    def show(self, coding: Coding) -> None:
        """Fill in what was said before; class and category are picked anew by whoever awards."""
        self.answer_too_early.data = EARLY_ANSWER
        self.electorate.data, self.area.data = coding.electorate, coding.area
        self.joint.data = str(coding.joint) if coding.joint else None

    @property
    def coding(self) -> Coding:
        """What was said about the award, as the action takes it."""
        return Coding(
            legal_class=self.legal_class.data,
            s72_category=self.s72_category.data,
            recipient=self.recipient.data or None,
            electorate=self.electorate.data,
            joint=int(self.joint.data) if self.joint.data in ("1", "2", "3") else None,
            area=self.area.data,
            authority=self.authority.data or None,
            authority_on=self.authority_on.data,
        )

    @property
    def answers(self) -> dict[str, str]:
        """What was answered to each warning of the law."""
        return {key: self[answer_name(key)].data or "" for key in WARNINGS}


class PayForm(SafeForm):
    """When it was paid, and under which reference."""

    paid_on = DayField(
        "Paid on", days=Days.PAST, default=clock.today, validators=[InputRequired("Enter the day.")]
    )
    reference = StringField(
        "Payment reference",
        validators=[
            InputRequired("Enter the payment's reference."),
            Length(max=60, message="A reference has at most 60 characters."),
        ],
    )
    answer = _answer_field()


class FilterForm(BaseForm):
    """The filters above the list; they live in the address."""

    q = StringField("Reference or candidate")
    status = ChoiceField("State", empty="Any", validators=[Optional()])
    region = ChoiceField("Region", empty="All", validators=[Optional()])
    council = LookupField("Council", kind="council")
    poll = ChoiceField("Poll", empty="Any", validators=[Optional()])
    round = ChoiceField("Round", empty="Any", validators=[Optional()])

    def offer_states(self) -> None:
        """Every state, and both kinds of draft together."""
        states = [SelectChoice(status.key, status.label) for status in STATUSES.values()]
        self.status.choices = [SelectChoice("drafts", "Drafts and returned"), *states]
