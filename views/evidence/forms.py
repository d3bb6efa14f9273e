"""The forms of the evidence room."""

from flask_wtf.file import FileField
from wtforms import (
    BooleanField,
    HiddenField,
    RadioField,
    SelectChoice,
    StringField,
    TextAreaField,
)
from wtforms.validators import InputRequired, Length, Optional

from models import clock
from models.attachments.rules import MOST_WORDS
from models.evidence.rules import Result
from models.evidence.spending import CATEGORIES, Bill
from models.evidence.tables import Outcome, Receipt
from models.query_args import whole
from views.forms import BaseForm, ChoiceField, DayField, Days, PoundsField, WholeField

KNOWN = {"yes": True, "no": False, "unknown": None}
SAID = {known: word for word, known in KNOWN.items()}
YES_NO = [SelectChoice("yes", "Yes"), SelectChoice("no", "No")]


class OutcomeForm(BaseForm):
    """What became of a candidate."""

    nominated = RadioField(
        "Was the candidate nominated?",
        choices=YES_NO,
        validators=[InputRequired("Say whether the candidate was nominated.")],
    )
    elected = RadioField(
        "Elected?",
        choices=[*YES_NO, SelectChoice("unknown", "Not known yet")],
        default="unknown",
    )
    votes = WholeField("Votes", validators=[Optional()])
    on = DayField(
        "Known on",
        days=Days.PAST,
        description="The day of the result; before the poll, the day of the list of candidates.",
        default=clock.today,
        validators=[InputRequired("Enter the day on which this was known.")],
    )
    took_office_on = DayField(
        "Takes office on",
        days=Days.YEAR,
        description="Of who is elected. The 28 days for the register of interests begin here.",
        validators=[Optional()],
    )
    source = StringField(
        "Where this is from",
        description="Such as the council's declaration of the result.",
        validators=[
            InputRequired("Say where this is from, such as the council's own page."),
            Length(max=200, message="Say it in at most 200 characters."),
        ],
    )

    def show(self, outcome: Outcome) -> None:
        """What is recorded already."""
        self.nominated.data = SAID[outcome.nominated]
        self.elected.data = SAID[outcome.elected]
        self.votes.data, self.on.data = outcome.votes, outcome.on
        self.took_office_on.data, self.source.data = outcome.took_office_on, outcome.source

    @property
    def result(self) -> Result:
        """What was typed, as the action takes it."""
        return Result(
            nominated=KNOWN.get(self.nominated.data or "unknown"),
            elected=KNOWN.get(self.elected.data or "unknown"),
            votes=self.votes.data,
            on=self.on.data,
            source=self.source.data or "",
            took_office_on=self.took_office_on.data,
        )


class RegisteredForm(BaseForm):
    """The day on which the register of interests was filled in."""

    registered_on = DayField(
        "Registered on",
        days=Days.PAST,
        default=clock.today,
        validators=[InputRequired("Enter the day on which the register was filled in.")],
    )


class TemplateForm(BaseForm):
    """The words of the award letter. `seen` is the version that was open."""

    subject = StringField(
        "Subject",
        validators=[
            InputRequired("Enter the letter's subject."),
            Length(max=160, message="The subject is one line of at most 160 characters."),
        ],
    )
    body = TextAreaField(
        "Letter",
        description="“# ” begins a heading, “- ” a line of a list, an empty line a paragraph.",
        render_kw={"rows": 24},
        validators=[InputRequired("Write the letter.")],
    )
    seen = HiddenField()

    def says(self, subject: str, body: str) -> bool:
        """True where these are the words already."""
        typed = (self.body.data or "").replace("\r\n", "\n").strip()
        return (self.subject.data, typed) == (subject, body.strip())

    @property
    def number(self) -> int:
        """The version that was open; -1 where nobody can say."""
        seen = whole(self.seen.data)
        return -1 if seen is None else seen


class SendForm(BaseForm):
    """To whom the letter goes: one of the addresses that are held."""

    to = RadioField("Send the letter to", validators=[InputRequired("Choose to whom it goes.")])


class ReceiptForm(BaseForm):
    """One invoice, as it stands on the paper."""

    supplier = StringField("Supplier", validators=[InputRequired("Enter who sent the invoice.")])
    number = StringField(
        "Invoice number",
        validators=[InputRequired("Enter the number that stands on the invoice.")],
    )
    on = DayField(
        "Date of the invoice",
        days=Days.PAST,
        validators=[InputRequired("Enter the day that stands on the invoice.")],
    )
    category = ChoiceField(
        "What it was for",
        choices=[SelectChoice(key, label) for key, label in CATEGORIES.items()],
        validators=[InputRequired("Choose what it was for.")],
    )
    net = PoundsField(
        "Amount without VAT, in pounds", validators=[InputRequired("Enter the amount.")]
    )
    vat = PoundsField(
        "VAT, in pounds", default=0, validators=[InputRequired("Enter the VAT, or 0.")]
    )
    share = PoundsField(
        "Your share, in pounds",
        description="Only where the invoice is shared with other candidates.",
        validators=[Optional()],
    )
    paid_on = DayField("Paid on", days=Days.PAST, validators=[Optional()])
    file = FileField("The invoice or receipt", description=MOST_WORDS, validators=[Optional()])
    answer = TextAreaField(
        "Your answer to the late date", render_kw={"rows": 3}, validators=[Optional()]
    )

    def show(self, receipt: Receipt) -> None:
        """What is in the report already."""
        invoice = receipt.invoice
        self.supplier.data, self.number.data, self.on.data = (
            invoice.supplier,
            invoice.number,
            invoice.on,
        )
        self.category.data, self.paid_on.data = receipt.category, receipt.paid_on
        self.net.data, self.vat.data, self.answer.data = (
            invoice.net_p,
            invoice.vat_p,
            receipt.answer,
        )
        self.share.data = None if receipt.share_p == invoice.gross_p else receipt.share_p

    @property
    def bill(self) -> Bill:
        """What was typed, as the action takes it."""
        return Bill(
            supplier=self.supplier.data or "",
            number=self.number.data or "",
            on=self.on.data,
            category=self.category.data,
            net_p=self.net.data,
            vat_p=self.vat.data,
            share_p=self.share.data,
            paid_on=self.paid_on.data,
        )

    @property
    def upload(self) -> tuple[str, bytes] | None:
        """The file's name and bytes, if one was chosen."""
        chosen = self.file.data
        if not chosen or not getattr(chosen, "filename", ""):
            return None
        return chosen.filename, chosen.read()


class DeclareForm(BaseForm):
    """Who says that the report is true and complete."""

    note = TextAreaField(
        "Anything we should know",
        description="Needed where there are no receipts.",
        render_kw={"rows": 3},
        validators=[Optional(), Length(max=4000)],
    )
    return_on = DayField(
        "Return of election expenses handed in on",
        days=Days.PAST,
        description="By the agent, to the returning officer. Leave it empty while it is to come.",
        validators=[Optional()],
    )
    declared_by = StringField(
        "Your name", validators=[InputRequired("Enter the name of who declares this.")]
    )
    true = BooleanField(
        "The receipts are true and complete, and the union's support is in the agent's return.",
        validators=[InputRequired("Tick this box, or leave the report as it is for now.")],
    )


class LinkForm(BaseForm):
    """How the link reaches the candidate."""

    to = RadioField("The link", validate_choice=True)


class JudgeForm(BaseForm):
    """What is said of a report that was sent in."""

    reason = TextAreaField(
        "Reason",
        description="Needed to ask for changes, and to accept receipts without their paper.",
        render_kw={"rows": 3},
        validators=[Optional(), Length(max=4000)],
    )


class ReturnForm(BaseForm):
    """The day of the agent's return."""

    return_on = DayField(
        "Return handed in on",
        days=Days.PAST,
        default=clock.today,
        validators=[InputRequired("Enter the day of the return.")],
    )
