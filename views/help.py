"""The help counter: how the work is done, in the words of the pages."""

from flask import Blueprint, abort, render_template
from flask.typing import ResponseReturnValue

from models.accounts.roles import Permit
from models.funding.workflow import STATUSES, STEPS
from models.payments import workflow as payments
from views.guards import needs

bp = Blueprint("help", __name__, url_prefix="/help")

TOPICS = {
    "contacts": ("Log a contact", "In under ten seconds, with a follow-up and a way back."),
    "councillors": (
        "Councillors and the network",
        "Offices, roles, network status, and who is one person.",
    ),
    "delegates": (
        "Delegates",
        "Who sits for the union at which constituency party, and until when.",
    ),
    "freshness": (
        "Freshness and coverage",
        "What is due to be checked, one key each, and how well councils are covered.",
    ),
    "merging": (
        "One record for each person",
        "Duplicates, merging two records, and taking a merge back.",
    ),
    "seats": (
        "Seats up and the morning after",
        "Who is up when, candidates and results, one key for each seat.",
    ),
    "disputes": (
        "Disputes and GMB groups",
        "One sheet for a council, one ask to many, the replies on one page.",
    ),
    "funding": (
        "Funding applications",
        "From the draft to the payment, and who may take which step.",
    ),
    "payments": (
        "Paying",
        "Tranches, payees, batches, the paid file, and money that comes back.",
    ),
    "afterwards": (
        "After the award",
        "Letters, results, spending reports with receipts, and what is missing.",
    ),
    "law": ("Election law", "Dated figures with their sources; what warns and what blocks."),
    "budget": ("The election budget", "The five figures, the cap, allocations and virements."),
    "imports": ("Spreadsheets in", "Preview first; teach a spelling once; take a batch back."),
    "reports": (
        "Spreadsheets out",
        "Workbooks, the export register, and people outside the union.",
    ),
    "keyboard": ("Search and keyboard", "Every shortcut, and how to switch them off."),
    "access": ("Users and access", "Signing in, roles and regions, and the audit."),
    "words": ("Words", "One name for one thing: the glossary."),
}


@bp.get("")
@needs(Permit.SIGNED_IN)
def index() -> ResponseReturnValue:
    """All topics."""
    return render_template("help/index.html", topics=TOPICS)


@bp.get("/<string:topic>")
@needs(Permit.SIGNED_IN)
def topic(topic: str) -> ResponseReturnValue:
    """One topic."""
    if topic not in TOPICS:
        abort(404)
    return render_template(
        f"help/{topic}.html",
        title=TOPICS[topic][0],
        steps=STEPS,
        statuses=STATUSES,
        payment_steps=payments.STEPS,
        payment_statuses=payments.STATUSES,
    )
