"""The donation statement for the election agent, and how the invoices behind it are split.

Both are for the agent's return: what the union gave, when, to whom, and which part of each invoice
is this candidate's. The same rows go into the .docx, the PDF and the workbook.
"""

from dataclasses import dataclass
from datetime import date

from models import clock
from models.budget.queries.nodes import paid_and_back
from models.days import said_day
from models.evidence.queries.letters import days_of, donor_listing
from models.evidence.queries.reports import shares_of
from models.evidence.spending import CATEGORIES
from models.evidence.tables import SpendingReport
from models.funding.queries.law import coding_of
from models.funding.rules import POSTS
from models.funding.tables import Application
from models.money import in_pounds
from models.payments.queries.one import payments_of
from reports import sheet
from reports.letters import pdf, word
from reports.letters.parts import Part
from reports.sheet import Column, Filled, Sheet
from reports.workbook import write

TITLE = "Statement of support for the return of election expenses"
NOTE = (
    "This is what the union's books say. The agent decides what belongs in the return, and when "
    "it is due. It is not legal advice."
)
GIFTS = Sheet(
    "Support",
    (
        Column("on", "Day", "day", 14),
        Column("what", "What", width=40),
        Column("amount_p", "Amount", "pounds", 14, total=True),
        Column("to", "To", width=30, data_class="special"),
    ),
)
SPLIT = Sheet(
    "Invoice split",
    (
        Column("supplier", "Supplier", width=30),
        Column("number", "Invoice", width=18),
        Column("on", "Date", "day", 14),
        Column("category", "For", width=24),
        Column("net_p", "Net", "pounds", 14),
        Column("vat_p", "VAT", "pounds", 14),
        Column("gross_p", "Gross", "pounds", 14),
        Column("share_p", "This candidate", "pounds", 16, total=True),
        Column("others_p", "Others", "pounds", 14),
        Column("rest_p", "Not claimed", "pounds", 14),
    ),
)


@dataclass(frozen=True)
class Statement:
    """What the statement says: its facts as pairs, and the rows of its two tables."""

    reference: str
    facts: tuple[tuple[str, str], ...]
    gifts: tuple[dict[str, object], ...]
    invoices: tuple[dict[str, object], ...]


def statement_of(application: Application, report: SpendingReport | None) -> Statement:
    """The statement about one award; without a report there are no invoices to split yet."""
    coding = coding_of(application)
    facts = (
        ("Candidate", application.candidate_name),
        ("Post", POSTS[application.post].label),
        ("Contest", application.place_name),
        ("Poll", _day(application.poll_on)),
        ("Award", application.reference),
        ("Donor", f"The union; Certification Officer's list: {donor_listing()}"),
        ("In law", coding.in_law.label if coding.in_law else "not said"),
        ("Section 72 category", f"({coding.s72_category})" if coding.s72_category else "not said"),
        ("Agent's written authority", coding.authority or "none recorded"),
        *((day.label, _day(day.on)) for day in days_of(application).in_law),
    )
    return Statement(
        application.reference, facts, tuple(_gifts(application)), tuple(_invoices(report))
    )


def _gifts(application: Application) -> list[dict[str, object]]:
    """Each payment with its day; what was only marked as paid stands as one."""
    coding, award = coding_of(application), application.award
    to = coding.recipient or application.candidate_name
    what = coding.in_law.label if coding.in_law else "Support"
    rows: list[dict[str, object]] = [
        {"on": one.paid_on, "what": what, "amount_p": one.amount_p, "to": to}
        for one in payments_of(application)
        if one.status in ("paid", "reconciled") and one.paid_on is not None
    ]
    paid_p, back_p = paid_and_back([award])[award.id] if award else (0, 0)
    rest_p = paid_p - sum(int(str(row["amount_p"])) for row in rows)
    if rest_p > 0:
        rows.append({"on": application.paid_on, "what": what, "amount_p": rest_p, "to": to})
    if back_p:
        rows.append({"on": None, "what": "Came back", "amount_p": -back_p, "to": to})
    return rows


def _invoices(report: SpendingReport | None) -> list[dict[str, object]]:
    if report is None:
        return []
    others = shares_of(report)
    return [
        {
            "supplier": one.invoice.supplier,
            "number": one.invoice.number,
            "on": one.invoice.on,
            "category": CATEGORIES[one.category],
            "net_p": one.invoice.net_p,
            "vat_p": one.invoice.vat_p,
            "gross_p": one.invoice.gross_p,
            "share_p": one.share_p,
            "others_p": others.get(one.invoice_id, 0),
            "rest_p": one.invoice.gross_p - one.share_p - others.get(one.invoice_id, 0),
        }
        for one in report.receipts
    ]


def parts(statement: Statement) -> list[Part]:
    """The statement as parts of a letter, tables included."""
    found = [Part("heading", TITLE)]
    found.append(Part("table", rows=(("", "What the books say"), *statement.facts)))
    found.append(Part("heading", "Support given"))
    found.append(_table(GIFTS, statement.gifts, empty="Nothing is paid yet."))
    found.append(Part("heading", "How the invoices are split"))
    found.append(_table(SPLIT, statement.invoices, empty="No invoices are reported yet."))
    found.append(Part("paragraph", NOTE))
    return found


def _table(declared: Sheet, rows: tuple[dict[str, object], ...], *, empty: str) -> Part:
    if not rows:
        return Part("paragraph", empty)
    columns = declared.columns
    head = tuple(column.title for column in columns)
    body = [tuple(_cell(column, row[column.key]) for column in columns) for row in rows]
    totals = Filled(declared, rows).totals()
    foot = ["Together", *("" for _ in columns[1:])]
    for number, column in enumerate(columns):
        if column.key in totals:
            foot[number] = in_pounds(totals[column.key])
    return Part("table", rows=(head, *body, tuple(foot)))


def _cell(column: Column, value: object) -> str:
    if column.kind == "pounds" and isinstance(value, int):
        return in_pounds(value)
    if column.kind == "day" and isinstance(value, date | None):
        return _day(value)
    return str(value)


def _day(day: date | None) -> str:
    return said_day(day) if day else "not known"


def as_docx(statement: Statement) -> bytes:
    """The statement as a .docx."""
    return word.written(parts(statement), title=TITLE, foot=statement.reference, made=clock.now())


def as_pdf(statement: Statement) -> bytes:
    """The statement as a PDF."""
    return pdf.written(parts(statement), title=TITLE, foot=statement.reference)


def as_xlsx(statement: Statement) -> bytes:
    """The statement as a workbook: its facts on the cover, support and invoices as sheets."""
    sheets = (Filled(GIFTS, statement.gifts), Filled(SPLIT, statement.invoices))
    return write(sheet.book(TITLE, sheets, cover=(*statement.facts, ("Note", NOTE))))
