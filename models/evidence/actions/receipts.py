"""Receipts: what a report claims of an invoice. The same invoice is never claimed twice over."""

from datetime import date

from sqlalchemy.exc import IntegrityError

from models import audit, clock
from models.accounts.permits import Actor, require
from models.accounts.roles import Permit
from models.attachments import actions as attachments
from models.attachments.tables import Attachment
from models.base import db, hold_row
from models.errors import Conflict, Invalid, Refused
from models.evidence.queries.letters import days_of
from models.evidence.queries.reports import invoice_held, invoice_like, unclaimed_invoices
from models.evidence.spending import Bill, bill_problem, late_words, number_key, supplier_key
from models.evidence.tables import Invoice, Receipt, SpendingReport
from models.funding.actions.steps import hold
from models.money import in_pounds

MOST_RECEIPTS = 100
KEPT_YEARS = 6
OPEN = ("open", "sent-back")


def save_receipt(
    report: SpendingReport,
    bill: Bill,
    *,
    by: Actor,
    receipt: Receipt | None = None,
    answer: str | None = None,
    file: tuple[str, bytes] | None = None,
) -> Receipt:
    """Add a receipt to a report that is open, or change one of its own; `file` is (name, bytes).

    Invalid where the invoice is in the report already, or where other reports leave too little
    of it; and where the law notes something of its days and `answer` says nothing to that.
    """
    hold_open(report, by=by)
    problem = bill_problem(bill, today=clock.today())
    if problem:
        raise Invalid(problem.message, field=problem.field)
    if receipt is None and len(report.receipts) >= MOST_RECEIPTS:
        raise Refused(f"A report has at most {MOST_RECEIPTS} receipts.")
    late = _late(report, bill, answer)
    if receipt is not None:
        hold_row(receipt)
        _give_back(receipt)
    invoice = _claim(report, bill, besides=receipt)
    values = {
        "invoice_id": invoice.id,
        "category": bill.category,
        "share_p": bill.counted_p,
        "paid_on": bill.paid_on,
        "late": late,
        "answer": (answer or "").strip() or None if late else None,
    }
    if receipt is None:
        receipt = Receipt(added_by_id=by.id, **values)
        report.receipts.append(receipt)
        before = None
    else:
        before, _ = audit.changes(receipt, values)
    db.session.flush()
    if file is not None:
        receipt.attachment = _file(report, file, by=by)
        db.session.flush()
    _forget_unclaimed()
    audit.record("evidence.receipt", receipt, by=by, before=before, after=values)
    return receipt


def remove_receipt(receipt: Receipt, *, by: Actor) -> None:
    """Take a receipt out of a report that is open; its file goes with it."""
    report = receipt.report
    hold_open(report, by=by)
    hold_row(receipt)
    before = {"invoice_id": receipt.invoice_id, "share_p": receipt.share_p}
    audit.record("evidence.receipt_removed", receipt, by=by, before=before)
    _give_back(receipt)
    if receipt.attachment is not None:
        attachments.remove(receipt.attachment, by=by, permit=Permit.EVIDENCE_WRITE)
    report.receipts.remove(receipt)
    db.session.flush()
    _forget_unclaimed()


def hold_open(report: SpendingReport, *, by: Actor) -> None:
    """Lock the report's application; Refused where the report cannot be changed any more."""
    application = report.application
    require(by, Permit.EVIDENCE_WRITE, regions=[application.region_id])
    hold(application)
    db.session.refresh(report)
    if report.status not in OPEN:
        raise Refused("This report was sent in, so it cannot be changed. Ask for it back first.")


def _late(report: SpendingReport, bill: Bill, answer: str | None) -> str | None:
    application = report.application
    late = late_words(bill, days_of(application), poll_on=application.poll_on)
    if late and not (answer or "").strip():
        raise Invalid(f"{late} Say what you answer to this.", field="answer")
    if len(answer or "") > 4_000:
        raise Invalid("Answer in at most 4,000 characters.", field="answer")
    return late


def _claim(report: SpendingReport, bill: Bill, *, besides: Receipt | None) -> Invoice:
    """The invoice, with this share of it taken."""
    supplier, number = supplier_key(bill.supplier), number_key(bill.number)
    invoice = invoice_like(supplier, number, bill.gross_p)
    if invoice is None:
        invoice = _new_invoice(bill, supplier, number)
    mine = {one.invoice_id for one in report.receipts if one is not besides}
    if invoice.id in mine:
        raise Invalid("This invoice is in the report already.", field="number")
    _keep_in_step(invoice, bill)
    left_p = invoice.gross_p - invoice.shared_p
    if bill.counted_p > left_p:
        raise Invalid(_claimed_words(invoice, left_p), field="share" if left_p else "number")
    invoice.shared_p += bill.counted_p
    try:
        with db.session.begin_nested():
            db.session.flush()
    except IntegrityError as error:
        raise Conflict("Another report claimed this invoice a moment ago. Try again.") from error
    return invoice


def _keep_in_step(invoice: Invoice, bill: Bill) -> None:
    """While nobody claims of it its details may be mended; after that they must be the same."""
    values = {"net_p": bill.net_p, "vat_p": bill.vat_p, "on": bill.on}
    same = all(getattr(invoice, name) == value for name, value in values.items())
    if same:
        return
    if invoice.shared_p:
        raise Invalid(
            "Another report has this invoice with another day or other VAT. Check yours.",
            field="number",
        )
    audit.changes(invoice, values)


def _claimed_words(invoice: Invoice, left_p: int) -> str:
    said = f"Invoice {invoice.number} of {invoice.supplier} over {in_pounds(invoice.gross_p)}"
    if left_p == 0:
        return f"{said} is claimed in full in another report. Is it a duplicate?"
    return (
        f"{said} is claimed in another report too: {in_pounds(left_p)} of it are left. "
        "Enter your share."
    )


def _new_invoice(bill: Bill, supplier: str, number: str) -> Invoice:
    invoice = Invoice(
        supplier=bill.supplier.strip(),
        supplier_key=supplier,
        number=bill.number.strip(),
        number_key=number,
        on=bill.on,
        net_p=bill.net_p,
        vat_p=bill.vat_p,
        gross_p=bill.gross_p,
        shared_p=0,
    )
    try:
        with db.session.begin_nested():
            db.session.add(invoice)
            db.session.flush()
    except IntegrityError as error:
        found = invoice_like(supplier, number, bill.gross_p)
        if found is None:
            raise Conflict("Another report entered this invoice a moment ago.") from error
        return found
    return invoice


def _give_back(receipt: Receipt) -> None:
    """Its share of the invoice is free again."""
    invoice = invoice_held(receipt.invoice_id)
    invoice.shared_p -= receipt.share_p
    db.session.flush()


def _forget_unclaimed() -> None:
    """An invoice of which nothing is claimed was a slip of the pen."""
    for invoice in unclaimed_invoices():
        db.session.delete(invoice)
    db.session.flush()


def _file(report: SpendingReport, file: tuple[str, bytes], *, by: Actor) -> Attachment:
    name, content = file
    poll_on = report.application.poll_on or clock.today()
    return attachments.store(
        name=name,
        content=content,
        region_id=report.application.region_id,
        keep_until=date(poll_on.year + KEPT_YEARS, 12, 31),
        by=by,
        permit=Permit.EVIDENCE_WRITE,
    )
