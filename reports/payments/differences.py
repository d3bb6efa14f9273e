"""The difference report of a paid file: what came back, what did not fit or is missing."""

from typing import Any

from models.payments.paid_files.queries import ASIDE, missing_from, rows_of, tally_of
from models.payments.tables import PaidFile, PaidRow, Payment
from reports.sheet import Book, Column, Filled, Sheet, book

VERDICTS = {
    "matched": "Matched",
    "differing": "Differing",
    "unknown": "Unknown",
    "returned": "Returned – look at this",
    "look": "Look at this",
}
ROW_COLUMNS = (
    Column("number", "Row", "number", 8),
    Column("verdict", "Verdict", width=14),
    Column("given", "Reference in the file", width=30, data_class="bank"),
    Column("payment", "Payment", width=20),
    Column("payee", "Payee", width=28, data_class="special"),
    Column("file_p", "Amount in the file", "pounds", 16, data_class="bank"),
    Column("ours_p", "Our amount", "pounds", 16),
    Column("off_p", "Difference", "pounds", 14),
    Column("file_day", "Day in the file", "day", 14, data_class="bank"),
    Column("because", "What differs", width=60, data_class="bank"),
    Column("settled", "Settled", width=50, data_class="bank"),
    Column("settled_by", "Settled by", width=22, data_class="personal"),
)
DIFFERENCES = Sheet("Differences", ROW_COLUMNS)
RETURNED = Sheet("Returned", ROW_COLUMNS)
MATCHED = Sheet("Matched", ROW_COLUMNS)
MISSING = Sheet(
    "Missing",
    (
        Column("payment", "Payment", width=20),
        Column("batch", "Batch", width=16),
        Column("payee", "Payee", width=28, data_class="special"),
        Column("amount_p", "Amount", "pounds", 14, total=True),
        Column("pay_on", "Pay on", "day", 14),
    ),
)


def differences_book(file: PaidFile) -> Book:
    """The report as a workbook; the caller has let its reader see the file."""
    tally, missing = tally_of(file), missing_from(file)
    apart = rows_of(file, only_matched=False)
    sheets = (
        Filled(DIFFERENCES, [_row(one) for one in apart if one.verdict not in ASIDE]),
        Filled(RETURNED, [_row(one) for one in apart if one.verdict in ASIDE]),
        Filled(MISSING, [_missing(one) for one in missing]),
        Filled(MATCHED, [_row(one) for one in rows_of(file, only_matched=True)]),
    )
    cover = (
        ("File", file.name),
        ("Matched", f"{tally.matched:,}"),
        ("Differing", f"{tally.differing:,}"),
        ("Unknown", f"{tally.unknown:,}"),
        ("Returned – look at these", f"{tally.returned:,}"),
        ("Missing", f"{len(missing):,}"),
    )
    return book("Difference report", sheets, cover=cover, rows=tally.rows)


def _row(row: PaidRow) -> dict[str, Any]:
    payment = row.payment
    both = row.amount_p is not None and payment is not None
    return {
        "number": row.number,
        "verdict": VERDICTS[row.verdict],
        "given": row.reference,
        "payment": payment.reference if payment else None,
        "payee": payment.payee.name if payment and payment.payee else None,
        "file_p": row.amount_p,
        "ours_p": payment.amount_p if payment else None,
        "off_p": (row.amount_p or 0) - payment.amount_p if both and payment else None,
        "file_day": row.paid_on,
        "because": row.because,
        "settled": row.settled,
        "settled_by": row.settled_by.name if row.settled_by else None,
    }


def _missing(payment: Payment) -> dict[str, Any]:
    return {
        "payment": payment.reference,
        "batch": payment.batch.reference if payment.batch else None,
        "payee": payment.payee.name if payment.payee else None,
        "amount_p": payment.amount_p,
        "pay_on": payment.batch.pay_on if payment.batch else None,
    }
