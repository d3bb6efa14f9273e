"""The forms of the payments room."""

from typing import Any

from flask_wtf.file import FileField, FileRequired
from wtforms import (
    BooleanField,
    FieldList,
    FormField,
    RadioField,
    SelectChoice,
    StringField,
    TextAreaField,
)
from wtforms.validators import InputRequired, Length, Optional, ValidationError
from wtforms.widgets import CheckboxInput, ListWidget

from models import clock
from models.payments import layout as bank_file
from models.payments.payees.rules import KINDS
from models.payments.rules import MOST_TRANCHES, Tranche
from models.payments.tables import Payee
from models.payments.workflow import STATUSES, TRIGGERS
from views.forms import (
    BaseForm,
    ChoiceField,
    DayField,
    Days,
    PartForm,
    PoundsField,
    SafeForm,
    one_id,
)
from views.payments.choosing import WaitingField

LONG = Length(max=2_000, message="Use at most 2,000 characters.")
SPARE = 2


class FilterForm(BaseForm):
    """The filters above the list; they live in the address."""

    q = StringField("Reference, payee or candidate")
    status = ChoiceField("State", empty="Any", validators=[Optional()])

    def offer(self) -> None:
        """Every state, and two groups of them."""
        self.status.choices = [
            SelectChoice("open", "Still to be paid"),
            SelectChoice("settled", "Paid"),
            *(SelectChoice(status.key, status.label) for status in STATUSES.values()),
        ]


class StepForm(SafeForm):
    """A step that needs nothing but a click."""


def _answer() -> TextAreaField:
    return TextAreaField(
        "Paid after the last day for bills: your answer",
        render_kw={"rows": 2},
        validators=[Optional(), LONG],
    )


class ReleaseForm(SafeForm):
    """A release; late ones are answered for."""

    answer = _answer()


class ReasonForm(SafeForm):
    """A step that is explained."""

    reason = TextAreaField(
        "Reason", render_kw={"rows": 3}, validators=[InputRequired("Give the reason."), LONG]
    )


class PaidForm(SafeForm):
    """The day on which the bank paid."""

    paid_on = DayField(
        "Paid on",
        days=Days.PAST,
        default=clock.today,
        validators=[InputRequired("Enter the day it was paid.")],
    )
    answer = _answer()


def _needs_amount(form: Any, field: Any) -> None:
    if field.data is None and (form.payee.data or form.waits_for.data or form.due_on.data):
        raise ValidationError("Enter the amount, or empty the whole tranche.")


class TrancheForm(PartForm):
    """One tranche of a plan."""

    amount = PoundsField("Amount in pounds", validators=[_needs_amount])
    payee = ChoiceField("Payee", empty="Not known yet", validators=[Optional()])
    waits_for = ChoiceField(
        "Waits for",
        empty="On the award",
        choices=[SelectChoice(key, label) for key, label in TRIGGERS.items() if key != "award"],
        validators=[Optional()],
    )
    due_on = DayField("Due on", days=Days.TERM)
    condition = ChoiceField("Condition", empty="None", validators=[Optional()])


class PlanForm(SafeForm):
    """The tranches of an award; empty ones are left out."""

    tranches = FieldList(FormField(TrancheForm), "Tranches", max_entries=MOST_TRANCHES)

    def offer(self, payees: list[Payee], conditions: list[tuple[int, str]]) -> None:
        """Room for two more tranches, and what each may choose from."""
        filled = [n for n, one in enumerate(self.tranches, 1) if _is_filled(one.form)]
        while len(self.tranches) < min(max(filled, default=0) + SPARE, MOST_TRANCHES):
            self.tranches.append_entry()
        for number, one in enumerate(self.tranches, 1):
            one.label.text = f"Tranche {number}"
            one.form.payee.choices = [SelectChoice(str(each.id), each.name) for each in payees]
            one.form.condition.choices = [
                SelectChoice(str(key), words[:60]) for key, words in conditions
            ]

    def planned(self) -> list[Tranche]:
        """The tranches as the action takes them."""
        return [_tranche(one.form) for one in self.tranches if one.form.amount.data is not None]


def _is_filled(form: Any) -> bool:
    typed = form.amount.raw_data or [""]
    return form.amount.data is not None or bool(str(typed[0]).strip())


def _tranche(form: Any) -> Tranche:
    return Tranche(
        amount_p=form.amount.data,
        payee_id=int(form.payee.data) if form.payee.data else None,
        waits_for=form.waits_for.data or "award",
        due_on=form.due_on.data,
        condition_id=int(form.condition.data) if form.condition.data else None,
    )


class ConditionForm(SafeForm):
    """Something that an award depends on."""

    what = TextAreaField(
        "What must be done",
        render_kw={"rows": 2},
        validators=[InputRequired("Say what must be done."), LONG],
    )
    due_on = DayField("By when", days=Days.TERM, validators=[Optional()])


class EvidenceForm(SafeForm):
    """A file that shows that a condition is met."""

    file = FileField("Evidence", validators=[FileRequired("Choose a file.")])


class NominationForm(SafeForm):
    """The day on which the candidate was nominated."""

    nominated_on = DayField(
        "Nominated on",
        days=Days.PAST,
        default=clock.today,
        validators=[InputRequired("Enter the day of the nomination.")],
    )


class PayeeForm(SafeForm):
    """A new payee."""

    name = StringField(
        "Name",
        description="As it stands on their account: a branch, a party unit, a supplier.",
        validators=[InputRequired("Enter the payee's name."), Length(max=160)],
    )
    kind = RadioField(
        "What they are",
        choices=[SelectChoice(*pair) for pair in KINDS.items()],
        validators=[InputRequired("Choose what kind of payee it is.")],
    )
    email = StringField("E-mail for remittance advice", validators=[Optional(), Length(max=254)])


class _BankForm(SafeForm):
    sort_code = StringField(
        "Sort code",
        description="Six digits, like 20-45-67.",
        render_kw={"autocomplete": "off", "inputmode": "numeric"},
        validators=[InputRequired("Enter the sort code.")],
    )
    number = StringField(
        "Account number",
        description="Eight digits; some accounts have six or seven.",
        render_kw={"autocomplete": "off", "inputmode": "numeric"},
        validators=[InputRequired("Enter the account number.")],
    )


class AccountForm(_BankForm):
    """A payee's account, entered by the first person."""

    holder = StringField(
        "Name on the account", validators=[InputRequired("Enter the name on the account.")]
    )


class ConfirmForm(_BankForm):
    """The same account, entered again by the second person."""

    checked_how = StringField(
        "How you checked it",
        description="For instance: called the treasurer on the number in the letterhead.",
        validators=[
            InputRequired("Say how you checked it, for instance by whose letter or call."),
            Length(max=200, message="Use at most 200 characters."),
        ],
    )


class BatchForm(SafeForm):
    """Which payments go to the bank, and the day to pay them on."""

    payments = WaitingField(
        "Payments",
        coerce=one_id,
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
        validators=[InputRequired("Choose at least one payment.")],
    )
    pay_on = DayField(
        "Pay on", days=Days.TERM, validators=[InputRequired("Choose the day to pay on.")]
    )


class PaidFileForm(BaseForm):
    """What the bank paid, as finance has it."""

    file = FileField(
        "Paid file",
        description="Excel (.xlsx) or text (.csv), with our payment reference and the amount.",
        validators=[FileRequired("Choose a file.")],
    )


class SettleForm(SafeForm):
    """What becomes of a row that did not fit."""

    take = RadioField(
        "What becomes of it",
        choices=[
            SelectChoice("leave", "Leave it: the payment stays as it is"),
            SelectChoice("take", "Take what the file says"),
        ],
        default="leave",
    )
    reason = TextAreaField(
        "What you found out",
        render_kw={"rows": 3},
        validators=[InputRequired("Say what you found out."), LONG],
    )

    def offer(self, back: str, reference: str) -> None:
        """Let the choice be what becomes of a payment that came back: "fail" or "reverse"."""
        words = {
            "fail": f"It came back: mark {reference} as failed",
            "reverse": f"It came back: reverse {reference}",
        }
        leave = SelectChoice("leave", "Leave it: the payment stays as it is")
        self.take.choices = [leave, SelectChoice("take", words[back])]


class RefundForm(SafeForm):
    """Money of an award that is asked back."""

    amount = PoundsField(
        "Amount in pounds", validators=[InputRequired("Enter the amount to come back.")]
    )
    due_on = DayField("By when", days=Days.TERM, validators=[Optional()])
    reason = TextAreaField(
        "Reason",
        render_kw={"rows": 2},
        validators=[InputRequired("Say why it is asked back."), LONG],
    )


class ReceiptForm(SafeForm):
    """Money that came back."""

    amount = PoundsField("Amount in pounds", validators=[InputRequired("Enter the amount.")])
    received_on = DayField(
        "Received on",
        days=Days.PAST,
        default=clock.today,
        validators=[InputRequired("Enter the day it came.")],
    )
    reference = StringField(
        "Reference on the bank statement",
        validators=[
            InputRequired("Enter the reference on the bank statement."),
            Length(max=60, message="A reference has at most 60 characters."),
        ],
    )


class WriteOffForm(SafeForm):
    """Money to be given up."""

    amount = PoundsField("Amount in pounds", validators=[InputRequired("Enter the amount.")])
    reason = TextAreaField(
        "Reason",
        render_kw={"rows": 2},
        validators=[InputRequired("Say why it cannot come back."), LONG],
    )


class AnswerForm(SafeForm):
    """The answer to a write-off."""

    approve = RadioField(
        "Your decision",
        choices=[SelectChoice("yes", "Approve"), SelectChoice("no", "Refuse")],
        validators=[InputRequired("Approve or refuse.")],
    )
    answer = TextAreaField(
        "Reason", render_kw={"rows": 2}, validators=[InputRequired("Give the reason."), LONG]
    )


class ColumnForm(PartForm):
    """One column of the bank's file."""

    title = StringField("Heading")
    field = ChoiceField(
        "What stands in it",
        empty="Nothing: leave the column out",
        choices=[SelectChoice(*pair) for pair in bank_file.FIELDS.items()],
        validators=[Optional()],
    )
    text = StringField("Text, where it is the same in every row")


class LayoutForm(BaseForm):
    """How the file for the bank is laid out."""

    columns = FieldList(FormField(ColumnForm), "Columns", max_entries=bank_file.MOST_COLUMNS)
    headings = BooleanField("The first row holds the headings")
    delimiter = RadioField(
        "Columns are parted by",
        choices=[SelectChoice(name.lower(), name) for name in bank_file.DELIMITERS.values()],
    )
    amounts = RadioField(
        "Amounts", choices=[SelectChoice(*pair) for pair in bank_file.AMOUNTS.items()]
    )
    dates = RadioField("Dates", choices=[SelectChoice(*pair) for pair in bank_file.DATES.items()])

    def number_columns(self) -> None:
        """Label the columns, with room for two more."""
        filled = [n for n, one in enumerate(self.columns, 1) if one.form.field.data]
        while len(self.columns) < min(max(filled, default=0) + SPARE, bank_file.MOST_COLUMNS):
            self.columns.append_entry()
        for number, one in enumerate(self.columns, 1):
            one.label.text = f"Column {number}"

    def show(self, layout: bank_file.Layout) -> None:
        """Fill in a layout."""
        for column in layout.columns:
            self.columns.append_entry(vars(column))
        self.headings.data = layout.headings
        self.delimiter.data = bank_file.DELIMITERS[layout.delimiter].lower()
        self.amounts.data, self.dates.data = layout.amounts, layout.dates

    @property
    def layout(self) -> bank_file.Layout:
        """The layout as the action takes it."""
        marks = {name.lower(): mark for mark, name in bank_file.DELIMITERS.items()}
        return bank_file.Layout(
            columns=tuple(
                bank_file.BankColumn(
                    (one.form.title.data or "").strip(),
                    one.form.field.data,
                    (one.form.text.data or "").strip(),
                )
                for one in self.columns
                if one.form.field.data
            ),
            headings=bool(self.headings.data),
            delimiter=marks.get(self.delimiter.data or "", ""),
            amounts=self.amounts.data or "",
            dates=self.dates.data or "",
        )
