"""Spending reports, their receipts and the invoices behind them."""

from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload, selectinload

from models import clock
from models.accounts.permits import Actor
from models.base import db
from models.errors import NotFound
from models.evidence.tables import Invoice, Receipt, SpendingReport
from models.funding.queries.lists import visible_to, with_names
from models.funding.tables import Application
from models.links import LinkDesk, nonce_hash
from models.people.tables import ContactPoint

STATES = {
    "open": ("Being filled in", "info"),
    "submitted": ("Sent in, to be judged", "warning"),
    "sent-back": ("Changes asked for", "warning"),
    "accepted": ("Accepted", "ok"),
}


def report_of(application: Application) -> SpendingReport | None:
    """The award's report with its receipts, if it was started."""
    return db.session.scalars(
        select(SpendingReport)
        .where(SpendingReport.application_id == application.id)
        .options(*_whole(), joinedload(SpendingReport.judged_by))
    ).one_or_none()


def report_for(reader: Actor, application_id: int) -> SpendingReport:
    """A report for this reader; NotFound where they may not read it or none was started."""
    report = db.session.scalars(
        select(SpendingReport)
        .join(SpendingReport.application)
        .where(SpendingReport.application_id == application_id, visible_to(reader))
        .options(*_whole(), joinedload(SpendingReport.judged_by))
    ).one_or_none()
    if report is None:
        raise NotFound("There is no such report, or it is not in your region.")
    return report


def report_by_link(token: str, *, desk: LinkDesk) -> SpendingReport:
    """The report that a link opens; NotFound, saying why, where it opens none any more."""
    nonce = desk.read(token)
    report = None if nonce is None else _report_with_link(nonce_hash(nonce))
    if report is None or report.link_ends_at is None:
        raise NotFound(
            "This link does not open anything: it is not whole, or a newer one has taken its "
            "place. Open the newest link, or ask your regional office for another."
        )
    if report.link_ends_at <= clock.now():
        raise NotFound("This link has expired. Ask your regional office for a new one.")
    return report


def _report_with_link(link_hash: str) -> SpendingReport | None:
    return db.session.scalars(
        select(SpendingReport).where(SpendingReport.link_hash == link_hash).options(*_whole())
    ).one_or_none()


def _whole() -> tuple[Any, ...]:
    receipts = selectinload(SpendingReport.receipts)
    return (
        receipts.joinedload(Receipt.invoice),
        receipts.joinedload(Receipt.attachment),
        joinedload(SpendingReport.application).options(*with_names()),
    )


def receipt_in(report: SpendingReport, receipt_id: int) -> Receipt:
    """One receipt of this report; NotFound for any other."""
    found = next((one for one in report.receipts if one.id == receipt_id), None)
    if found is None:
        raise NotFound("There is no such receipt in this report.")
    return found


def invoice_like(supplier_key: str, number_key: str, gross_p: int) -> Invoice | None:
    """The invoice of this supplier, number and amount, held until the transaction ends."""
    return db.session.scalars(
        select(Invoice)
        .where(
            Invoice.supplier_key == supplier_key,
            Invoice.number_key == number_key,
            Invoice.gross_p == gross_p,
        )
        .with_for_update()
        .execution_options(populate_existing=True)
    ).one_or_none()


def invoice_held(invoice_id: int) -> Invoice:
    """One invoice, held until the transaction ends."""
    return db.session.scalars(
        select(Invoice)
        .where(Invoice.id == invoice_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).one()


def unclaimed_invoices() -> list[Invoice]:
    """Invoices of which no report claims anything."""
    claimed = select(Receipt.invoice_id)
    return list(
        db.session.scalars(
            select(Invoice)
            .where(Invoice.shared_p == 0, Invoice.id.not_in(claimed))
            .order_by(Invoice.id)
        )
    )


def shares_of(report: SpendingReport) -> dict[int, int]:
    """What other reports claim of this report's invoices, by invoice id, in pence."""
    ids = [receipt.invoice_id for receipt in report.receipts]
    rows = db.session.execute(
        select(Receipt.invoice_id, func.sum(Receipt.share_p))
        .where(Receipt.invoice_id.in_(ids), Receipt.report_id != report.id)
        .group_by(Receipt.invoice_id)
        .order_by(Receipt.invoice_id)
    )
    return {invoice_id: int(total) for invoice_id, total in rows}


def candidate_addresses(application: Application) -> list[str]:
    """The candidate's own e-mail addresses, the preferred one first."""
    return list(
        db.session.scalars(
            select(ContactPoint.value)
            .where(ContactPoint.person_id == application.person_id, ContactPoint.kind == "email")
            .order_by(ContactPoint.preferred.desc(), ContactPoint.id)
        )
    )
