"""The gallery /_ui: every macro in every state, for eyes and for axe. Served in debug mode only."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from flask import Blueprint, flash, render_template
from flask.typing import ResponseReturnValue
from flask_wtf import FlaskForm
from flask_wtf.file import FileField
from werkzeug.datastructures import MultiDict
from wtforms import (
    BooleanField,
    DateField,
    FieldList,
    FormField,
    IntegerField,
    PasswordField,
    RadioField,
    SelectChoice,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms import Form as PlainForm
from wtforms.validators import DataRequired, Email, InputRequired, NumberRange, Optional
from wtforms.widgets import CheckboxInput, ListWidget

from models import clock
from views.guards import open_to_all

bp = Blueprint("gallery", __name__)

LONG = "North East, Yorkshire and Humber, with the whole of the former county of Cleveland"


def choices(*pairs: tuple[str, str]) -> list[SelectChoice]:
    """Values with their words."""
    return [SelectChoice(value, label) for value, label in pairs]


class CostLine(PlainForm):
    """One line of costs, inside a list of them."""

    what = StringField("What", [DataRequired("Say what it is for")])
    amount = StringField("Amount in pounds", [DataRequired("Enter an amount like 1,240.00")])


class SampleForm(FlaskForm):
    """A field of every kind."""

    class Meta(FlaskForm.Meta):
        """Nothing is sent from here."""

        csrf = False

    name = StringField("Candidate’s full name", [DataRequired("Enter the candidate’s name")])
    number = StringField(
        "Membership number",
        [DataRequired("Enter 7 to 9 digits, like 01234567")],
        description="7 to 9 digits. It is on the membership card.",
    )
    email = StringField("Email address", [Email("Enter an address like name@example.org")])
    council = StringField(
        "Council",
        [DataRequired("Choose a council")],
        description="Begin to type its name.",
        render_kw={"data-lookup": "/search/lookup?kind=council"},
    )
    region = SelectField(
        "Region",
        [DataRequired("Choose a region")],
        choices=choices(("", "Choose a region"), ("LON", "London"), ("SCO", "Scotland")),
    )
    election = RadioField(
        "What election is it for?",
        [InputRequired("Select what election it is for")],
        choices=choices(("local", "Local council"), ("mayor", "Metro mayor"), ("uk", "Parliament")),
        description="One application for each election.",
    )
    amount = IntegerField(
        "Amount asked for, in pounds",
        [NumberRange(50, 5000, "Amount must be between £50 and £5,000")],
        description="£82,350 is left in this year’s fund.",
    )
    held_on = DateField("Day of the election", [InputRequired("Enter the day of the election")])
    uses = SelectMultipleField(
        "What will the money pay for?",
        [InputRequired("Select at least one thing the money will pay for")],
        choices=choices(("print", "Leaflets and print"), ("post", "Postage"), ("stall", "Stalls")),
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
    )
    costs = FieldList(FormField(CostLine), "Cost lines", min_entries=1)
    purpose = TextAreaField("How will this help members?", [DataRequired("Say how it will help")])
    quote = FileField("Quote or invoice", [Optional()], description="PDF, up to 10 MB.")
    secret = PasswordField("Password", [DataRequired("Enter your password")])
    agreed = BooleanField(
        "The candidate has agreed that we may hold this information",
        [DataRequired("Confirm that the candidate has agreed")],
        description="Ask before you send.",
    )


class FilterForm(FlaskForm):
    """A filter bar as lists have it."""

    class Meta(FlaskForm.Meta):
        csrf = False

    q = StringField("Search", render_kw={"placeholder": "Name, council or ward"})
    place = SelectField("Region", choices=choices(("", "All regions"), ("LON", "London")))
    year = SelectField("Term ends", choices=choices(("", "Any year"), ("2027", "2027")))


@dataclass(frozen=True)
class Figures:
    """The five figures of a budget, in pence."""

    cap_p: int
    committed_p: int
    paid_p: int
    returned_p: int

    @property
    def available_p(self) -> int:
        """What may still be awarded."""
        return self.cap_p - self.committed_p - self.paid_p + self.returned_p


@dataclass(frozen=True)
class SampleSort:
    """A list sorted by name."""

    key: str = "name"
    direction: str = "asc"

    def href(self, key: str) -> str:
        """The list sorted by another column."""
        return f"?sort={key}"


@dataclass(frozen=True)
class SamplePage:
    """The seventh of twenty pages."""

    number: int = 7
    pages: int = 20
    total: int = 998
    size: int = 50
    first: int = 301
    last: int = 350

    def href(self, number: int) -> str:
        """Another page."""
        return f"?page={number}"


@bp.get("/_ui")
@open_to_all("shows samples only, and is registered in debug mode only")
def gallery() -> ResponseReturnValue:
    """Every macro in every state."""
    undo: Any = {"text": "Contact logged", "action": "/_ui"}
    flash(undo, "undo")
    flash("The draft could not be saved", "error")
    wrong = SampleForm(
        MultiDict({"wrong-number": "12A", "wrong-costs-0-what": ""}), prefix="wrong-"
    )
    wrong.validate()
    context: dict[str, Any] = {
        "wrong": wrong,
        "fresh": SampleForm(formdata=None, prefix="fresh-"),
        "filters": FilterForm(formdata=None),
        "sort": SampleSort(),
        "page": SamplePage(),
        "moment": clock.now() - timedelta(hours=3),
        "long": LONG,
        **_figures(),
        **_lists(),
    }
    return render_template("gallery.html", **context)


@bp.get("/_ui/list")
@open_to_all("shows samples only, and is registered in debug mode only")
def gallery_list() -> ResponseReturnValue:
    """A list page at its best."""
    page = SamplePage(number=1, pages=3, total=43, size=20, first=1, last=20)
    return render_template("gallery_list.html", page=page, sort=SampleSort("contact"))


def _figures() -> dict[str, Any]:
    regions = [
        ("London", [3_120_000, 900_000, 410_000]),
        (LONG, [1_890_000, 1_425_000, 0]),
        ("Scotland", [960_000, 990_000, 1_240_000]),
        ("Wales and South West", [0, 0, 0]),
    ]
    months = ["Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec", "Jan", "Feb", "Mar"]
    paid = [40, 310, 380, 420, 480, 690, 900, 964, None, None, None, None]
    return {
        "figures": Figures(25_000_000, 7_125_000, 9_640_000, 0),
        "full": Figures(25_000_000, 9_000_000, 16_500_000, 500_000),
        "untouched": Figures(25_000_000, 0, 0, 0),
        "bars": [{"label": label, "values": values} for label, values in regions],
        "months": [
            {"label": month, "values": [value and value * 10_000, 900_000 * number]}
            for number, (month, value) in enumerate(zip(months, paid, strict=True), 1)
        ],
    }


def _lists() -> dict[str, Any]:
    people = [
        ("Eilidh MacLeod", "Glasgow City", "Abbey", "Scotland", 124_000, ("Joined", "ok")),
        ("Rhys Griffiths", "Sandwell", "Abbey", LONG, 0, ("Invited", "info")),
        ("Carys Roberts", "Leeds", "Kingsway", "Yorkshire", 4_250_050, ("Declined", "warning")),
        ("Jamal Nowak", "Nottingham", "Castle", "Midlands", 95_000, ("Left", "neutral")),
    ]
    keys = ("name", "council", "ward", "region", "amount_p", "status")
    return {
        "rows": [dict(zip(keys, person, strict=True)) for person in people],
        "columns": [
            {"key": "name", "label": "Name", "sort": True},
            {"key": "council", "label": "Council and ward", "sort": True},
            {"key": "region", "label": "Region", "sort": True},
            {"key": "amount", "label": "Awarded", "align": "right", "sort": True},
            {"key": "status", "label": "Status"},
        ],
    }
