"""The spending report of an award: written, linked, judged, settled by who is signed in."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from wtforms import SelectChoice

from models.accounts.permits import may
from models.accounts.roles import Permit
from models.evidence.actions.reports import (
    accept_report,
    make_link,
    note_return,
    send_back,
    settle_report,
    start_report,
)
from models.evidence.queries.reports import candidate_addresses
from models.evidence.tables import SpendingReport
from models.money import in_pounds
from views.evidence.counter import awarded_application, bp
from views.evidence.forms import JudgeForm, LinkForm, ReturnForm
from views.evidence.pen import desk, pen_of_reader
from views.evidence.writing import drop_receipt, facts_of, receipt_page, send_page
from views.guards import needs, reader
from views.pages import render_form, submitted


@bp.post("/<int:application_id>/report/start")
@needs(Permit.EVIDENCE_WRITE)
def start(application_id: int) -> ResponseReturnValue:
    """Begin the report."""
    start_report(awarded_application(application_id), by=reader())
    return _to_report(application_id)


@bp.get("/<int:application_id>/report")
@needs(Permit.FUNDING_READ)
def report(application_id: int) -> ResponseReturnValue:
    """What was spent, receipt by receipt, and what can be done about it."""
    pen = pen_of_reader(application_id)
    may_write = may(reader(), Permit.EVIDENCE_WRITE)
    facts = facts_of(pen)
    return render_template(
        "evidence/report.html",
        may_write=may_write,
        may_accept=may(reader(), Permit.EVIDENCE_ACCEPT),
        **facts,
    )


@bp.route("/<int:application_id>/report/receipts/new", methods=["GET", "POST"])
@needs(Permit.EVIDENCE_WRITE)
def add_receipt(application_id: int) -> ResponseReturnValue:
    """One more receipt."""
    return receipt_page(pen_of_reader(application_id))


@bp.route("/<int:application_id>/report/receipts/<int:receipt_id>", methods=["GET", "POST"])
@needs(Permit.EVIDENCE_WRITE)
def change_receipt(application_id: int, receipt_id: int) -> ResponseReturnValue:
    """A receipt to put right."""
    return receipt_page(pen_of_reader(application_id), receipt_id)


@bp.post("/<int:application_id>/report/receipts/<int:receipt_id>/remove")
@needs(Permit.EVIDENCE_WRITE)
def remove(application_id: int, receipt_id: int) -> ResponseReturnValue:
    """A receipt that does not belong here."""
    return drop_receipt(pen_of_reader(application_id), receipt_id)


@bp.route("/<int:application_id>/report/send", methods=["GET", "POST"])
@needs(Permit.EVIDENCE_WRITE)
def send(application_id: int) -> ResponseReturnValue:
    """Send it in."""
    return send_page(pen_of_reader(application_id))


@bp.route("/<int:application_id>/report/link", methods=["GET", "POST"])
@needs(Permit.EVIDENCE_WRITE)
def link(application_id: int) -> ResponseReturnValue:
    """A link by which the candidate fills it in without an account."""
    pen = pen_of_reader(application_id)
    form = LinkForm()
    # Finance sees no contact details of people.
    sees = may(reader(), Permit.PEOPLE_READ)
    addresses = candidate_addresses(pen.application) if sees else []
    form.to.choices = [
        *(SelectChoice(address, f"Mail it to {address}") for address in addresses),
        SelectChoice("", "Show it to me; I pass it on myself"),
    ]
    if form.to.data is None:
        form.to.data = addresses[0] if addresses else ""
    made = submitted(
        form, lambda: make_link(pen.report, desk=desk(), to=form.to.data or None, by=reader())
    )
    if made is not None and form.to.data:
        flash(f"The link is in the outbox, on its way to {form.to.data}.", "ok")
        return _to_report(application_id)
    return render_form("evidence/link.html", form, made=made, **facts_of(pen))


@bp.route("/<int:application_id>/report/judge", methods=["GET", "POST"])
@needs(Permit.EVIDENCE_ACCEPT)
def judge(application_id: int) -> ResponseReturnValue:
    """Accept a report that was sent in, or ask for changes."""
    pen = pen_of_reader(application_id)
    form = JudgeForm()
    done = submitted(form, lambda: _judged(pen.report, form))
    if done is None:
        return render_form("evidence/judge.html", form, **facts_of(pen))
    words = "changes are asked for" if done.status == "sent-back" else "the report is accepted"
    if done.unspent_p and done.status == "accepted":
        words += f"; {in_pounds(done.unspent_p)} are asked back"
    flash(f"{pen.application.reference}: {words}.", "ok")
    return _to_report(application_id)


def _judged(report: SpendingReport, form: JudgeForm) -> SpendingReport:
    if request.form.get("do") == "back":
        return send_back(report, reason=form.reason.data or "", by=reader())
    return accept_report(report, reason=form.reason.data, by=reader())


@bp.post("/<int:application_id>/report/settle")
@needs(Permit.EVIDENCE_ACCEPT)
def settle(application_id: int) -> ResponseReturnValue:
    """Close the award, once the unspent money is back."""
    pen = pen_of_reader(application_id)
    settle_report(pen.report, by=reader())
    flash(f"{pen.application.reference} is closed.", "ok")
    return _to_report(application_id)


@bp.route("/<int:application_id>/report/return", methods=["GET", "POST"])
@needs(Permit.EVIDENCE_WRITE)
def note_of_return(application_id: int) -> ResponseReturnValue:
    """The agent handed in the return of election expenses."""
    pen = pen_of_reader(application_id)
    form = ReturnForm()
    day = form.return_on
    done = submitted(form, lambda: note_return(pen.report, return_on=day.data, by=reader()))
    if done is None:
        return render_form("evidence/return.html", form, **facts_of(pen))
    flash(f"{pen.application.reference}: the return is noted.", "ok")
    return _to_report(application_id)


def _to_report(application_id: int) -> ResponseReturnValue:
    return redirect(url_for("evidence.report", application_id=application_id))
