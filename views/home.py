"""The home page: the money, what waits for this reader, two charts."""

from datetime import datetime, timedelta
from typing import Any

from flask import Blueprint, render_template, url_for
from flask.typing import ResponseReturnValue

from models import clock
from models.accounts.permits import may
from models.accounts.roles import Permit
from models.accounts.tables import User
from models.budget.queries.tree import Tree, tree_for
from models.contacts.follow_ups.list import FollowUpLine, queue_for
from models.contacts.queries import contacts_by_month
from models.councillors.list import COUNCILLORS, CouncillorLine
from models.evidence.queries.work import WorkRow, asked_of
from models.funding.queries.work import QueueRow, waiting_for
from models.funding.queries.work import queue_for as applications_waiting_for
from models.places.queries.councils import UNMAPPED, CouncilFilters, councils_for
from models.workshop.asking import question
from models.workshop.reading import count, page
from reports.home import network_by_region, paid_by_month, planned_by, records_to_mend
from views.accounts.proposals import proposal_rows
from views.budget.counter import fund_words
from views.budget.waiting import decision_rows
from views.guards import needs, reader
from views.payments.waiting import payment_rows
from views.records import application_href, person_href

bp = Blueprint("home", __name__)

Row = dict[str, Any]
FOLLOW_UPS, APPLICATIONS, MOST_QUIET, MISSING = 4, 5, 2, 3
QUIET_DAYS = 365
LONG_WAIT = timedelta(days=14)


@bp.get("/")
@needs(Permit.SIGNED_IN)
def index() -> ResponseReturnValue:
    """What needs this reader today."""
    user = reader()
    tree = tree_for(user) if may(user, Permit.BUDGET_READ) else None
    rows = queue_rows(user)
    return render_template(
        "home/index.html",
        greeting=f"{greeting(clock.now())}, {user.name.split()[0]}",
        tree=tree,
        fund_words=fund_words(tree.fund) if tree else None,
        waiting_p=waiting_for(user, tree.fund).total_p if tree else 0,
        rows=rows,
        first_steps=_first_steps(user, tree) if tree is None or not rows else [],
        may_log=may(user, Permit.CONTACTS_WRITE),
        **_charts(user, tree),
    )


def greeting(moment: datetime) -> str:
    """Good morning until noon in London, good afternoon until six, then good evening."""
    hour = moment.astimezone(clock.LONDON).hour
    return "Good morning" if hour < 12 else "Good afternoon" if hour < 18 else "Good evening"


def queue_rows(user: User) -> list[Row]:
    """Everything that waits for this reader, the most urgent kind first."""
    rows = [_follow_up(row) for row in queue_for(user, limit=FOLLOW_UPS)]
    if may(user, Permit.FUNDING_READ):
        rows += [_application(row) for row in applications_waiting_for(user, limit=APPLICATIONS)]
        rows += payment_rows(user) + decision_rows(user)
        # Finance chases receipts first; the others find the list one click away, under the queue.
        if not may(user, Permit.CONTACTS_WRITE):
            rows += [_missing(row) for row in asked_of(user, limit=MISSING)]
    rows += proposal_rows(user)
    if may(user, Permit.CONTACTS_WRITE) and may(user, Permit.COUNCILLORS_READ):
        asked = question(COUNCILLORS, user, "contact", status="joined", quiet_days=QUIET_DAYS)
        quiet = page(asked, size=MOST_QUIET)
        rows += [_not_contacted(line) for line in quiet]
    pairs, councils = records_to_mend(user)
    return rows + _duplicates(pairs) + _unmapped(councils)


def _follow_up(row: FollowUpLine) -> Row:
    label, tone = row.stands
    open_contact = row.contact_id and url_for("contacts.show", interaction_id=row.contact_id)
    return {
        "icon": "calendar-due",
        "label": f"{row.what}: {row.name}",
        "detail": "Follow-up",
        "href": open_contact or person_href(row.person_id),
        "due": {"label": label, "tone": tone},
    }


def _application(row: QueueRow) -> Row:
    waited = clock.now() - row.since
    days = "today" if waited.days < 1 else f"{waited.days} day{'s' if waited.days > 1 else ''}"
    return {
        "icon": "receipt" if row.kind == "pay" else "clipboard-list",
        "label": f"{row.verb} {row.reference}: {row.person}",
        "detail": row.place,
        "href": _work_href(row),
        "amount_p": row.amount_p,
        "due": {
            "label": f"Since {days}" if days == "today" else f"Waiting {days}",
            "tone": "warning" if waited > LONG_WAIT else "neutral",
        },
    }


def _missing(row: WorkRow) -> Row:
    """What is not in yet of an award: the whole list stands under After the award."""
    application, due_on = row.application, row.missing.due_on
    due = f"{due_on.day} {due_on:%B}" if due_on else "Now"
    return {
        "icon": "checklist",
        "label": f"{row.missing.label}: {application.candidate_name}",
        "detail": f"{application.reference}, {application.place_name}",
        "href": url_for("evidence.show", application_id=application.id),
        "due": {
            "label": f"Overdue since {due}" if row.missing.overdue else f"Due {due}",
            "tone": "bad" if row.missing.overdue else "neutral",
        },
    }


def _work_href(row: QueueRow) -> str:
    if row.kind == "edit":
        return url_for("funding.edit", application_id=row.application_id)
    return application_href(row.application_id)


def _not_contacted(line: CouncillorLine) -> Row:
    ward = f" – {line.ward}" if line.ward else ""
    return {
        "icon": "phone",
        "label": f"Contact {line.name}",
        "detail": f"{line.area}{ward}: no contact for 12 months",
        "href": person_href(line.person_id),
        "due": {"label": "When you can", "tone": "neutral"},
    }


def _duplicates(count: int) -> list[Row]:
    if not count:
        return []
    pairs = "1 pair" if count == 1 else f"{count:,} pairs"
    return [
        {
            "icon": "users-group",
            "label": f"Look at {pairs} of records",
            "detail": "Duplicates: each pair may be one person",
            "href": url_for("merging.index"),
        }
    ]


def _unmapped(count: int) -> list[Row]:
    if not count:
        return []
    councils = "1 council" if count == 1 else f"{count} councils"
    return [
        {
            "icon": "map-pin",
            "label": f"Give {councils} a region",
            "detail": "Nobody of a region sees the offices held there until then",
            "href": url_for("places.councils", region=UNMAPPED),
        }
    ]


def _charts(user: User, tree: Tree | None) -> dict[str, Any]:
    if tree is not None:
        return {"by_region": _money_by_region(tree), "by_month": _money_by_month(user, tree)}
    contacts = contacts_by_month(user) if may(user, Permit.CONTACTS_READ) else []
    network = network_by_region(user) if may(user, Permit.COUNCILLORS_READ) else []
    return {
        "network": [{"label": name, "values": [joined, asked]} for name, joined, asked in network],
        "contacts": [{"label": f"{month:%b}", "values": [count]} for month, count in contacts],
    }


def _money_by_region(tree: Tree) -> list[Row]:
    return [
        {"label": one.name, "values": [one.paid_p - one.returned_p, one.committed_p]}
        for one in (region.figures for region in tree.regions)
    ]


def _money_by_month(user: User, tree: Tree) -> list[Row]:
    cap_p = tree.figures.cap_p
    return [
        {"label": f"{month:%b}", "values": [paid, planned_by(month, tree.fund, cap_p)]}
        for month, paid in paid_by_month(user, tree.fund)
    ]


def _first_steps(user: User, tree: Tree | None) -> list[Row]:
    """What a new installation lacks, for who can add it; empty once it is all there."""
    if not may(user, Permit.USERS_MANAGE):
        return []
    councils = councils_for(user, CouncilFilters(), size=1)[1]
    people = count(question(COUNCILLORS, user))
    steps = [
        ("Import the councils", "hustings import councils FILE", "places.index", councils),
        ("Import or add councillors", "A spreadsheet as it is will do", "intake.index", people),
        ("Set up the fund", "Its cap, heads and regions", "budget.index", tree),
        ("Add your colleagues", "Each with a role and a region", "accounts.users", None),
    ]
    if councils and people and tree:
        return []
    return [
        {
            "label": label,
            "hint": hint,
            "href": url_for(endpoint),
            "status": ("Done", "ok") if there else ("To do", "info"),
        }
        for label, hint, endpoint, there in steps
    ]
