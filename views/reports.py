"""The reports counter: the catalogue, the downloads and the register of what left."""

import io

from flask import Blueprint, render_template, request, send_file
from flask.typing import ResponseReturnValue
from wtforms import RadioField, SelectChoice, StringField
from wtforms.validators import Length

from models import clock
from models.accounts.permits import require
from models.accounts.roles import Permit
from models.exports.list import REGISTER, of_report
from models.workshop.listing import Filter, Fixed
from reports.catalogue import CATALOGUE, Report, filter_words, report_of
from reports.desk import INSIDE, Handed, Wish, hand_over
from views.asked import asked, heard
from views.downloads import TITLES, enter
from views.forms import BaseForm
from views.guards import keeps_register, needs, reader
from views.workshop.lists import ListPage, show

bp = Blueprint("reports", __name__, url_prefix="/reports")
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class WishForm(BaseForm):
    """Why, and for whom."""

    class Meta(BaseForm.Meta):
        """A download is a GET and changes nothing but the register."""

        csrf = False

    purpose = StringField(
        "What is it for? (optional)",
        description="It is written into the export register and on the cover.",
        validators=[Length(max=200)],
    )
    outside = RadioField(
        "Who will have it?",
        choices=[
            SelectChoice("no", "Only people who work for the union"),
            SelectChoice("yes", "Somebody outside"),
        ],
        default="no",
        description="People without a recorded consent are left out for anybody outside.",
    )
    recipient = StringField("Name of the outside recipient", validators=[Length(max=120)])


@bp.get("")
@needs(Permit.SIGNED_IN)
def index() -> ResponseReturnValue:
    """The workbooks that this person may take."""
    mine = [report for report in CATALOGUE.values() if report.permit in reader().permits]
    return render_template("reports/index.html", reports=mine)


@bp.get("/<string:key>")
@needs(Permit.SIGNED_IN)
def ask(key: str) -> ResponseReturnValue:
    """One workbook: what is in it, and the question why and for whom."""
    report = _allowed(key)
    form = WishForm(request.args)
    heard(form)
    filters = _filters(report)
    return render_template(
        "reports/ask.html",
        report=report,
        form=form,
        filters=filters,
        words=report.said(reader(), filters),
    )


@bp.get("/<string:key>.xlsx")
@needs(Permit.SIGNED_IN)
@keeps_register
def workbook(key: str) -> ResponseReturnValue:
    """Hand the workbook over, and write it into the register."""
    report, person = _allowed(key), reader()
    wish = _wish(report)
    handed = hand_over(report, wish, reader=person, name=person.name)
    enter(
        report=key,
        permit=report.permit,
        filters=handed.filters,
        rows=handed.book.rows,
        purpose=wish.purpose,
        recipient=wish.recipient,
        outside=wish.outside,
        file_hash=handed.file_hash,
    )
    return _download(report, handed)


TITLE_OF = TITLES | {key: report.title for key, report in CATALOGUE.items()}
REGISTER.add(Filter("report", "Report", of_report, "key", "of the report “{}”", Fixed(TITLE_OF)))
LIST = ListPage(
    REGISTER,
    "reports.register",
    cells="reports/cells.html",
    facts="What left Hustings: who, when, how much, for whom and why. Nobody can change it.",
    under=("Reports", "reports.index"),
    widths={
        "at": "moment",
        "name": "long",
        "report": "long",
        "rows": "code",
        "recipient": "long",
        "purpose": "long",
        "filter": "long",
    },
    cards={"at": "title", "report": "under", "rows": "state", "name": "end"},
    empty="Nothing has been exported yet",
    words={"titles": TITLE_OF, "said": filter_words},
)
show(bp, LIST, "/register")


def _allowed(key: str) -> Report:
    report = report_of(key)
    require(reader(), report.permit)
    return report


def _filters(report: Report) -> dict[str, str]:
    return asked().kept(*report.arguments)


def _wish(report: Report) -> Wish:
    outside = asked().key("outside") == "yes"
    recipient = asked().text("recipient", most=120)
    return Wish(
        filters=_filters(report),
        purpose=asked().text("purpose") or "",
        recipient=(recipient or "Not named") if outside else INSIDE,
        outside=outside,
    )


def _download(report: Report, handed: Handed) -> ResponseReturnValue:
    name = f"{report.key}-{clock.today().isoformat()}.xlsx"
    answer = send_file(
        io.BytesIO(handed.content), mimetype=XLSX, as_attachment=True, download_name=name
    )
    answer.headers["Cache-Control"] = "no-store"
    answer.headers["Content-Security-Policy"] = "sandbox"
    return answer
