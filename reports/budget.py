"""The finance workbook: summary with a chart, heads, committed by head and region, ledger, awards.

A reader who is held to regions gets those regions' leaves, entries and awards, and no total of
anybody else's. All amounts are pence until the workbook is written.
"""

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import aliased, joinedload

from models.accounts.permits import Actor
from models.accounts.tables import User
from models.base import db
from models.budget.queries.periods import shown_fund
from models.budget.queries.tree import fund_by_code
from models.budget.tables import Award, BudgetNode, BudgetPath, Fund, LedgerEntry
from models.funding.tables import Application
from models.funding.workflow import STATUSES
from models.people.tables import Person
from models.places.tables import Constituency, Council, UnionRegion, Ward
from reports.frames import FIGURES, pivot, sum_by
from reports.funding import in_law
from reports.sheet import Book, Chart, Column, Filled, Sheet, book

NATIONAL = "National"

FILTERS = ("fund",)

_FIVE = (
    Column("cap_p", "Allocated", "pounds", 16, total=True),
    Column("paid_p", "Paid", "pounds", 16, total=True),
    Column("committed_p", "Committed", "pounds", 16, total=True),
    Column("returned_p", "Returned", "pounds", 16, total=True),
    Column("available_p", "Available", "pounds", 16, total=True),
)
SUMMARY = Sheet("Summary", (Column("region", "Region", width=34), *_FIVE))
FUNDS = Sheet(
    "Fund",
    (
        Column("name", "Fund", width=40),
        Column("starts_on", "From", "day", 14),
        Column("ends_on", "To", "day", 14),
        Column("handed_p", "Handed down", "pounds", 16),
        *(Column(one.key, one.title, one.kind, one.width) for one in _FIVE),
    ),
)
HEADS = Sheet("Heads", (Column("head", "Budget head", width=34), *_FIVE))
LEDGER = Sheet(
    "Ledger",
    (
        Column("id", "Entry", "number", 10),
        Column("at", "When", "moment", 18),
        Column("kind", "What", width=12),
        Column("amount_p", "Amount", "pounds", 16),
        Column("head", "Budget head", width=28),
        Column("region", "Region", width=30),
        Column("award", "Award", width=16),
        Column("actor", "By", width=24, data_class="personal"),
        Column("reason", "Reason", width=40),
        Column("authority", "Resolved by", width=30),
        Column("reverses_id", "Corrects entry", "number", 14),
    ),
)
AWARDS = Sheet(
    "Awards",
    (
        Column("reference", "Application", width=16),
        Column("payee", "Candidate", width=28, data_class="special"),
        Column("contest", "Contest", width=38),
        Column("poll_on", "Polling day", "day", 14),
        Column("region", "Region", width=30),
        Column("head", "Budget head", width=28),
        Column("status", "Status", width=12),
        Column("requested_p", "Requested", "pounds", 14, total=True),
        Column("recommended_p", "Recommended", "pounds", 14, total=True),
        Column("awarded_p", "Awarded", "pounds", 14, total=True),
        Column("committed_p", "Committed", "pounds", 14, total=True),
        Column("paid_p", "Paid", "pounds", 14, total=True),
        Column("returned_p", "Returned", "pounds", 14, total=True),
        Column("legal_class", "Legal class", width=30),
        Column("s72", "Section 72", width=30),
        Column("recipient", "Paid to", width=26),
        Column("decided_on", "Decided", "moment", 18),
        Column("paid_on", "Paid on", "day", 14),
        Column("payment_reference", "Payee reference", width=24, data_class="bank"),
    ),
)
LEDGER_WORDS = {
    "allot": "Allocated",
    "vire": "Virement",
    "commit": "Committed",
    "release": "Released",
    "pay": "Paid",
    "return": "Returned",
}


def build(reader: Actor, filters: dict[str, str]) -> Book:
    """The workbook of one fund (`fund` is its code; default: the one that runs) for this reader.

    The figures are those of the budget page.
    """
    fund = fund_by_code(filters.get("fund", "")) or shown_fund()
    nodes = nodes_of(fund)
    parts = leaves(reader, nodes)
    sheets = [
        Filled(SUMMARY, by_region(parts), chart()),
        Filled(HEADS, sum_by(parts, "head")),
        _committed_by_head_and_region(parts),
        Filled(LEDGER, _ledger(reader, nodes)),
        Filled(AWARDS, award_rows(reader, nodes)),
    ]
    if fund and reader.region_ids is None:
        sheets.insert(0, Filled(FUNDS, [_fund(fund)]))
    return book("Election budget", sheets)


def chart() -> Chart:
    """What each region paid, has committed and has left, as stacked bars."""
    return Chart(
        "Paid, committed and available by region",
        "region",
        ("paid_p", "committed_p", "available_p"),
    )


def _fund(fund: Fund) -> dict[str, Any]:
    return {
        "name": fund.name,
        "starts_on": fund.starts_on,
        "ends_on": fund.ends_on,
        "handed_p": fund.node.handed_p,
        **figures_of(fund.node),
    }


def nodes_of(fund: Fund | None) -> Any:
    """A subquery of the fund's own tree; of nothing where there is no fund."""
    root = fund.node_id if fund else None
    return select(BudgetPath.node_id).where(BudgetPath.ancestor_id == root)


def figures_of(node: BudgetNode) -> dict[str, int]:
    """The five figures of a node, in pence."""
    return {figure: getattr(node, figure) for figure in FIGURES}


def _scoped(query: Any, reader: Actor, nodes: Any) -> Any:
    """Only nodes of the fund, and of the reader's own regions where the reader is held to some."""
    query = query.where(BudgetNode.id.in_(nodes))
    if reader.region_ids is None:
        return query
    return query.where(BudgetNode.region_id.in_(reader.region_ids))


def leaves(reader: Actor, nodes: Any) -> list[dict[str, Any]]:
    """The nodes that hold awards: everything that has no children, with its five figures."""
    head, child = aliased(BudgetNode), aliased(BudgetNode)
    query = (
        select(BudgetNode, head.name, UnionRegion.name)
        .join(head, BudgetNode.parent_id == head.id)
        .outerjoin(UnionRegion, BudgetNode.region_id == UnionRegion.id)
        .where(~select(child.id).where(child.parent_id == BudgetNode.id).exists())
        .order_by(head.id, BudgetNode.id)
    )
    return [
        {"head": head_name, "region": region or NATIONAL, **figures_of(node)}
        for node, head_name, region in db.session.execute(_scoped(query, reader, nodes))
    ]


def by_region(leaves: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The five figures of each region, all heads together; National last."""
    return sorted(
        sum_by(leaves, "region"), key=lambda row: (row["region"] == NATIONAL, row["region"])
    )


def _committed_by_head_and_region(leaves: list[dict[str, Any]]) -> Filled:
    spent = [{**leaf, "spent_p": leaf["paid_p"] + leaf["committed_p"]} for leaf in leaves]
    names, rows = pivot(spent, down="region", across="head", figure="spent_p")
    columns = [Column("region", "Region", width=34)]
    columns += [Column(name, name, "pounds", 18, total=True) for name in names]
    return Filled(Sheet("Paid and committed", tuple(columns)), list(rows))


def _ledger(reader: Actor, nodes: Any) -> list[dict[str, Any]]:
    head = aliased(BudgetNode)
    query = (
        select(
            LedgerEntry.id,
            LedgerEntry.at,
            LedgerEntry.kind,
            LedgerEntry.amount_p,
            LedgerEntry.reason,
            LedgerEntry.authority,
            LedgerEntry.reverses_id,
            BudgetNode.name.label("node"),
            BudgetNode.level,
            head.name.label("head"),
            UnionRegion.name.label("region"),
            Award.reference.label("award"),
            User.name.label("actor"),
        )
        .join(BudgetNode, LedgerEntry.node_id == BudgetNode.id)
        .outerjoin(head, BudgetNode.parent_id == head.id)
        .outerjoin(UnionRegion, BudgetNode.region_id == UnionRegion.id)
        .outerjoin(Award, LedgerEntry.award_id == Award.id)
        .outerjoin(User, LedgerEntry.actor_id == User.id)
        .order_by(LedgerEntry.id)
    )
    return [
        _ledger_row(row) for row in db.session.execute(_scoped(query, reader, nodes)).mappings()
    ]


def _ledger_row(row: Any) -> dict[str, Any]:
    leaf = row["level"] == "region"
    return {
        **row,
        "kind": LEDGER_WORDS[row["kind"]],
        "head": row["head"] if leaf else row["node"],
        "region": (row["region"] or NATIONAL) if leaf else None,
        "actor": row["actor"] or "Command line",
    }


def award_rows(reader: Actor, nodes: Any) -> list[dict[str, Any]]:
    """Every award made from these nodes that this reader may see, as rows of AWARDS."""
    head = aliased(BudgetNode)
    query = (
        select(
            Application,
            Award,
            Person,
            Council.name.label("council"),
            Ward.name.label("ward"),
            Constituency.name.label("constituency"),
            UnionRegion.name.label("region"),
            head.name.label("head"),
        )
        .join(Award, Application.award_id == Award.id)
        .join(BudgetNode, Award.node_id == BudgetNode.id)
        .outerjoin(head, BudgetNode.parent_id == head.id)
        .join(UnionRegion, Application.region_id == UnionRegion.id)
        .outerjoin(Person, Application.person_id == Person.id)
        .outerjoin(Council, Application.council_id == Council.id)
        .outerjoin(Ward, Application.ward_id == Ward.id)
        .outerjoin(Constituency, Application.constituency_id == Constituency.id)
        .options(joinedload(Application.law))
        .order_by(Application.reference)
    )
    return [_award_row(row) for row in db.session.execute(_scoped(query, reader, nodes))]


def _award_row(row: Any) -> dict[str, Any]:
    application, award, person = row.Application, row.Award, row.Person
    return {
        "reference": application.reference,
        "payee": person.name if person else None,
        "contest": row.constituency or " – ".join(filter(None, (row.council, row.ward))),
        "poll_on": application.poll_on,
        "region": row.region,
        "head": row.head,
        "status": STATUSES[application.status].label,
        "requested_p": application.requested_p,
        "recommended_p": application.recommended_p,
        "awarded_p": application.awarded_p,
        "committed_p": award.committed_p,
        "paid_p": award.paid_p,
        "returned_p": award.returned_p,
        **in_law(application.law),
        "decided_on": application.decided_at,
        "paid_on": application.paid_on,
        "payment_reference": application.payment_reference,
    }
