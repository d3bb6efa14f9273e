"""What came after an award, of each region, for the authorisation walk."""

from datetime import date
from types import SimpleNamespace
from typing import Any

from models.evidence.tables import AwardLetter, Invoice, Outcome, Receipt, SpendingReport

DAY = date(2026, 11, 2)


def plant_afterwards(garden: Any, rows: SimpleNamespace) -> None:
    """A letter, a result, and a spending report with one receipt."""
    label, award, author = rows.label, rows.awarded, rows.author
    garden.put(
        Outcome, label, application_id=award.id, nominated=True, elected=True, on=DAY,
        recorded_by_id=author.id,
    )  # fmt: skip
    rows.letter = garden.put(
        AwardLetter, label, application_id=award.id, number=1, template_number=0, amount_p=1,
        made_by_id=garden.cast.alice.id,
    )  # fmt: skip
    report = garden.put(SpendingReport, label, application_id=award.id, status="open")
    invoice = garden.put(
        Invoice, label, supplier_key=label, number_key=label, on=DAY, net_p=100, vat_p=20,
        gross_p=120, shared_p=120,
    )  # fmt: skip
    rows.receipt = garden.put(
        Receipt, label, report_id=report.id, invoice_id=invoice.id, category="other", share_p=120,
    )  # fmt: skip
