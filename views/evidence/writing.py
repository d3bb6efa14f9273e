"""The pages on which a spending report is written, the same for whoever holds the pen."""

from flask import flash, redirect, request
from flask.typing import ResponseReturnValue

from models.budget.queries.nodes import paid_and_back
from models.evidence.actions.receipts import remove_receipt, save_receipt
from models.evidence.actions.reports import submit_report
from models.evidence.queries.letters import days_of
from models.evidence.queries.reports import STATES, receipt_in, shares_of
from models.evidence.spending import CATEGORIES, unspent_p
from models.evidence.tables import Receipt
from views.evidence.forms import DeclareForm, ReceiptForm
from views.evidence.pen import Pen
from views.pages import render_form, submitted


def facts_of(pen: Pen) -> dict[str, object]:
    """What every page of a report shows."""
    report, award = pen.report, pen.application.award
    paid_p, back_p = paid_and_back([award])[award.id] if award else (0, 0)
    paid_p -= back_p
    return {
        "pen": pen,
        "report": report,
        "application": pen.application,
        "paid_p": paid_p,
        "left_p": unspent_p(paid_p=paid_p, returned_p=0, spent_p=report.spent_p),
        "days": days_of(pen.application),
        "categories": CATEGORIES,
        "state": STATES[report.status],
        "open": report.status in ("open", "sent-back"),
        "others": shares_of(report),
    }


def receipt_page(pen: Pen, receipt_id: int | None = None) -> ResponseReturnValue:
    """Add a receipt, or change one."""
    receipt = None if receipt_id is None else receipt_in(pen.report, receipt_id)
    form = ReceiptForm()
    if receipt is not None and request.method == "GET":
        form.show(receipt)
    done = submitted(form, lambda: _save(pen, form, receipt))
    if done is None:
        return render_form("evidence/receipt.html", form, receipt=receipt, **facts_of(pen))
    flash(f"Invoice {done.invoice.number} is in the report.", "ok")
    return redirect(pen.href("report"))


def _save(pen: Pen, form: ReceiptForm, receipt: Receipt | None) -> Receipt:
    return save_receipt(
        pen.report,
        form.bill,
        by=pen.by,
        receipt=receipt,
        answer=form.answer.data,
        file=form.upload,
    )


def drop_receipt(pen: Pen, receipt_id: int) -> ResponseReturnValue:
    """Take a receipt out again."""
    receipt = receipt_in(pen.report, receipt_id)
    number = receipt.invoice.number
    remove_receipt(receipt, by=pen.by)
    flash(f"Invoice {number} is taken out of the report.", "ok")
    return redirect(pen.href("report"))


def send_page(pen: Pen) -> ResponseReturnValue:
    """Declare the report complete and send it in."""
    form = DeclareForm()
    if request.method == "GET":
        form.declared_by.data = pen.by.name
        form.return_on.data, form.note.data = pen.report.return_on, pen.report.note
    done = submitted(
        form,
        lambda: submit_report(
            pen.report,
            declared_by=form.declared_by.data or "",
            return_on=form.return_on.data,
            note=form.note.data,
            by=pen.by,
        ),
    )
    if done is None:
        return render_form("evidence/send_report.html", form, **facts_of(pen))
    flash("The report is sent in. Thank you.", "ok")
    return redirect(pen.href("sent" if pen.by_link else "report"))
