"""The forms of the budget counter."""

import uuid
from collections.abc import Mapping, Sequence
from datetime import date

from wtforms import HiddenField, RadioField, SelectChoice, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, Regexp

from models.budget.planning.rules import field_of
from models.budget.plans import Terms
from models.money import in_pounds
from models.year_end.queries import OpenLine
from models.year_end.rules import CARRY, CHOICES
from views.forms import BaseForm, ChoiceField, DayField, PoundsField

KINDS = {
    "allot": "Allocated",
    "vire": "Moved",
    "commit": "Awarded",
    "release": "Released",
    "pay": "Paid",
    "return": "Returned",
}


def _reason() -> TextAreaField:
    """The last question of each form that moves money."""
    return TextAreaField(
        "Reason",
        description="It stays in the ledger for good.",
        validators=[InputRequired("Enter a reason."), Length(max=500)],
    )


class MoneyForm(BaseForm):
    """A form that moves money: its key makes a second click of the same form harmless."""

    key = HiddenField(
        default=lambda: uuid.uuid4().hex,
        validators=[Regexp("[0-9a-f]{32}$", message="Load this page again and repeat it.")],
    )

    @property
    def amount_p(self) -> int:
        """The amount in pence; nothing where the field could not be read."""
        return self["amount"].data or 0


class CapForm(MoneyForm):
    """The new cap of the whole fund, and who resolved it."""

    amount = PoundsField("New cap", validators=[InputRequired("Enter the new cap in pounds.")])
    authority = StringField(
        "Resolved by",
        description="Who decided it and when, such as “Executive, 12 November, minute 4”.",
        validators=[InputRequired("Say who resolved it, and when."), Length(max=200)],
    )
    reason = _reason()


class AllocateForm(MoneyForm):
    """More or less for one place, out of or back into what stands above it."""

    node = ChoiceField("Head or region", validators=[InputRequired("Choose a head or a region.")])
    direction = RadioField(
        "What to do",
        choices=[SelectChoice("down", "Hand down"), SelectChoice("back", "Take back")],
        default="down",
    )
    amount = PoundsField("Amount", validators=[InputRequired("Enter an amount in pounds.")])
    reason = _reason()

    @property
    def change_p(self) -> int:
        """The amount with its direction, in pence."""
        return self.amount_p if self.direction.data == "down" else -self.amount_p


class VirementForm(MoneyForm):
    """Money from one place of the tree to another."""

    source = ChoiceField("From", validators=[InputRequired("Choose where the money comes from.")])
    target = ChoiceField("To", validators=[InputRequired("Choose where the money goes.")])
    amount = PoundsField("Amount", validators=[InputRequired("Enter an amount in pounds.")])
    reason = _reason()


class FundForm(MoneyForm):
    """A fund's name, period and largest grant."""

    name = StringField("Name", validators=[InputRequired("Enter a name."), Length(max=120)])
    starts_on = DayField("From", validators=[InputRequired("Enter the first day.")])
    ends_on = DayField("To", validators=[InputRequired("Enter the last day.")])
    max_grant = PoundsField(
        "Largest grant for a candidate", validators=[InputRequired("Enter the largest grant.")]
    )


class RulesForm(FundForm):
    """The same of a fund that is there, with its rule for a second person."""

    approve_above = PoundsField(
        "Second person above",
        description="A virement that moves more needs a second person. Left empty: once something "
        "is awarded, whatever moves between heads.",
    )
    reason = TextAreaField(
        "Reason",
        description="Needed for everything but the name: a second person reads it and agrees.",
        validators=[Length(max=500)],
    )

    @property
    def terms(self) -> Terms:
        """What was typed, as it is asked for."""
        assert self.starts_on.data is not None  # noqa: S101 - both are required
        assert self.ends_on.data is not None  # noqa: S101
        return Terms(
            name=self.name.data or "",
            starts_on=self.starts_on.data,
            ends_on=self.ends_on.data,
            max_grant_p=self.max_grant.data or 0,
            approve_above_p=self.approve_above.data,
        )


class AnswerForm(BaseForm):
    """What a second person says to a request."""

    answer = TextAreaField(
        "Note",
        description="Needed when you refuse.",
        validators=[Length(max=500)],
    )


class PlanForm(BaseForm):
    """One box for each month; an empty box plans nothing."""

    @property
    def plan(self) -> dict[date, int]:
        """What was typed: the first day of each month -> pence."""
        return {
            month: self[field_of(month)].data
            for month in self.months
            if self[field_of(month)].data is not None
        }

    def fill(self, amounts: Sequence[int]) -> None:
        """Put these amounts into the boxes instead of what was typed."""
        for month, amount_p in zip(self.months, amounts, strict=True):
            field = self[field_of(month)]
            field.raw_data, field.data = None, amount_p

    months: tuple[date, ...] = ()


def plan_form(months: Sequence[date], stored: Mapping[date, int]) -> PlanForm:
    """The form of a plan over these months, filled with what is stored."""
    fields = {field_of(month): PoundsField(f"{month:%B %Y}") for month in months}
    kind: type[PlanForm] = type("PlanForm", (PlanForm,), {**fields, "months": tuple(months)})
    return kind(**{field_of(month): amount_p for month, amount_p in stored.items()})


class YearEndForm(MoneyForm):
    """What becomes of a fund at its year's end; one choice for each open commitment is added."""

    next_fund = ChoiceField(
        "Next year's fund", validators=[InputRequired("Choose the fund of the next year.")]
    )
    balance = PoundsField(
        "Of what is unspent, carry forward",
        description="It raises the next fund's cap and lowers this one's. Empty: nothing.",
    )
    authority = StringField(
        "Resolved by",
        description="Who decided it and when, such as “Executive, 12 November, minute 4”.",
        validators=[InputRequired("Say who resolved it, and when."), Length(max=200)],
    )
    reason = _reason()
    award_ids: tuple[int, ...] = ()

    @property
    def choices(self) -> dict[int, str]:
        """What was chosen for each open commitment."""
        return {award_id: self[f"choice_{award_id}"].data for award_id in self.award_ids}


def year_end_form(lines: Sequence[OpenLine]) -> YearEndForm:
    """The form with a choice for each of these commitments."""
    fields = {
        f"choice_{line.award_id}": RadioField(
            f"{line.reference}, {line.candidate}: {in_pounds(line.committed_p)}",
            description=line.place,
            choices=[SelectChoice(*choice) for choice in CHOICES.items()],
            default=CARRY,
        )
        for line in lines
    }
    award_ids = tuple(line.award_id for line in lines)
    kind: type[YearEndForm] = type(
        "YearEndForm", (YearEndForm,), {**fields, "award_ids": award_ids}
    )
    return kind()


class NewFundForm(FundForm):
    """A whole new fund with its heads."""

    code = StringField(
        "Code",
        description="Short, in capital letters and digits, such as EF26.",
        validators=[InputRequired("Enter a code."), Length(max=16)],
    )
    amount = PoundsField("Cap", validators=[InputRequired("Enter the cap in pounds.")])
    heads = TextAreaField(
        "Budget heads",
        description="One on each line.",
        validators=[InputRequired("Enter at least one head."), Length(max=2000)],
    )
    split = RadioField(
        "Regional allocations",
        choices=[
            SelectChoice("equal", "Share the cap equally over all heads and regions"),
            SelectChoice("later", "Allocate later"),
        ],
        default="equal",
    )

    @property
    def cap_p(self) -> int:
        """The cap in pence; nothing where the field could not be read."""
        return self.amount.data or 0

    @property
    def head_names(self) -> list[str]:
        """The heads, one for each line that says something."""
        lines = (line.strip() for line in (self.heads.data or "").splitlines())
        return [line[:120] for line in lines if line]


class FurtherFundForm(NewFundForm):
    """A fund beside others: a second person reads who resolved it, and why."""

    authority = StringField(
        "Resolved by",
        description="Who decided it and when, such as “Executive, 12 November, minute 4”.",
        validators=[InputRequired("Say who resolved it, and when."), Length(max=200)],
    )
    reason = _reason()


class HeadForm(BaseForm):
    """A further head."""

    name = StringField("Name", validators=[InputRequired("Enter a name."), Length(max=120)])


class LedgerFilters(BaseForm):
    """What the ledger is narrowed to."""

    fund = HiddenField()
    kind = ChoiceField(
        "What", empty="Everything", choices=[SelectChoice(*kind) for kind in KINDS.items()]
    )
    region = ChoiceField("Region", empty="All")

    class Meta(BaseForm.Meta):
        """A form that only reads needs no token."""

        csrf = False

    @property
    def count(self) -> int:
        """How many filters are on."""
        return sum(bool(field.data) for field in (self.kind, self.region))
