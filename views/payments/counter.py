"""The blueprint of the payments room, and what its pages share."""

from flask import Blueprint, redirect, request, url_for
from flask.typing import ResponseReturnValue

from models.accounts.roles import Permit
from models.funding.tables import Application
from models.payments.tables import Payment
from models.payments.workflow import STATUSES
from views.downloads import registered
from views.guards import reader

bp = Blueprint("payments", __name__, url_prefix="/payments")

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
# The parts of the room that only finance opens.
AREAS = (
    ("Payments", "payments.index"),
    ("Batches", "payments.batches"),
    ("Payees", "payments.payees"),
    ("Paid files", "payments.paid_files"),
    ("Layout of the bank's file", "payments.bank_layout"),
)


def parts() -> list[dict[str, object]]:
    """The room's parts as tabs, for finance; nothing for others, who have one page."""
    if Permit.PAYMENTS_MAKE not in reader().permits:
        return []
    here = request.endpoint
    return [
        {"label": label, "href": url_for(endpoint), "current": endpoint == here}
        for label, endpoint in AREAS
    ]


def status_words(payment: Payment) -> tuple[str, str]:
    """A payment's state in words, and its tone."""
    status = STATUSES[payment.status]
    return status.label, status.tone


def to_payment(payment: Payment) -> ResponseReturnValue:
    """Off to the payment's own page."""
    return redirect(url_for("payments.show", payment_id=payment.id))


def to_award(application: Application) -> ResponseReturnValue:
    """Off to the payments of an award."""
    return redirect(url_for("payments.of_award", application_id=application.id))


def handed_over(
    content: bytes, *, name: str, media_type: str, report: str, rows: int, subject: str
) -> ResponseReturnValue:
    """A file that leaves, with its line in the export register; no cache keeps it."""
    return registered(
        content,
        name=name,
        media_type=media_type,
        report=report,
        permit=Permit.PAYMENTS_MAKE,
        rows=rows,
        of={"of": subject},
        purpose="Paying",
    )
