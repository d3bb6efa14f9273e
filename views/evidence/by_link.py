"""The spending report for the candidate, who has no account and comes by a signed link."""

from flask import Response, make_response, redirect, render_template, session, url_for
from flask.typing import ResponseReturnValue

from models.evidence.queries.reports import report_by_link
from views.evidence.counter import bp
from views.evidence.pen import LINK, desk, pen_by_link
from views.evidence.writing import drop_receipt, facts_of, receipt_page, send_page
from views.guards import open_to_all

BECAUSE = "The link that was opened says whose report it is, and opens no other."


@bp.get("/report-link/<string:token>")
@open_to_all("The link itself says whose report it is.")
def open_report_link(token: str) -> ResponseReturnValue:
    """Keep the token in the cookie and go on to an address without it, which nothing can leak."""
    report_by_link(token, desk=desk())
    session[LINK] = token
    return _private(make_response(redirect(url_for("evidence.my_report"), 303)))


@bp.get("/my-report")
@open_to_all(BECAUSE)
def my_report() -> ResponseReturnValue:
    """The report with its receipts."""
    page = render_template(
        "evidence/report.html", may_write=True, may_accept=False, **facts_of(pen_by_link())
    )
    return _private(make_response(page))


@bp.route("/my-report/receipts/new", methods=["GET", "POST"])
@open_to_all(BECAUSE)
def my_add_receipt() -> ResponseReturnValue:
    """One more receipt."""
    return _private(make_response(receipt_page(pen_by_link())))


@bp.route("/my-report/receipts/<int:receipt_id>", methods=["GET", "POST"])
@open_to_all(BECAUSE)
def my_change_receipt(receipt_id: int) -> ResponseReturnValue:
    """A receipt to put right."""
    return _private(make_response(receipt_page(pen_by_link(), receipt_id)))


@bp.post("/my-report/receipts/<int:receipt_id>/remove")
@open_to_all(BECAUSE)
def my_remove(receipt_id: int) -> ResponseReturnValue:
    """A receipt that does not belong here."""
    return drop_receipt(pen_by_link(), receipt_id)


@bp.route("/my-report/send", methods=["GET", "POST"])
@open_to_all(BECAUSE)
def my_send() -> ResponseReturnValue:
    """Send it in."""
    return _private(make_response(send_page(pen_by_link())))


@bp.get("/my-report/sent")
@open_to_all("Nothing is on this page but thanks.")
def my_sent() -> ResponseReturnValue:
    """It is sent in; the link has ended with it."""
    session.pop(LINK, None)
    return render_template("evidence/sent.html")


def _private(answer: Response) -> Response:
    answer.headers["Referrer-Policy"] = "no-referrer"
    answer.headers["Cache-Control"] = "no-store"
    return answer
