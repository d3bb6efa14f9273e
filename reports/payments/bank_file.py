"""The file for the bank: the only place where an account leaves in full."""

import csv
import io

from models.accounts.permits import Actor
from models.errors import Refused
from models.payments.layout import cells, layout_of
from models.payments.payees.queries import details_of
from models.payments.payees.rules import for_bank
from models.payments.queries.batches import payments_in
from models.payments.tables import Payment, PaymentBatch


def bank_file(batch: PaymentBatch, *, reader: Actor) -> bytes:
    """The batch as CSV in the layout of its day; payments that failed since are left out.

    Raises NotAllowed for anybody but finance, Refused where the key does not open an account.
    """
    layout = layout_of(batch.layout)
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=layout.delimiter, lineterminator="\r\n")
    if layout.headings:
        writer.writerow([column.title for column in layout.columns])
    for payment in payments_in(batch):
        if payment.status != "failed":
            writer.writerow(cells(layout, _values(batch, payment, reader)))
    return out.getvalue().encode("utf-8")


def _values(batch: PaymentBatch, payment: Payment, reader: Actor) -> dict[str, object]:
    account = payment.account
    if account is None:
        raise Refused(f"{payment.reference} has no bank account.")
    details = details_of(account, reader=reader)
    return {
        "sort_code": details.sort_code,
        "number": details.number,
        "holder": for_bank(account.holder),
        "amount": payment.amount_p,
        "reference": for_bank(payment.reference),
        "date": batch.pay_on,
        "batch": batch.reference,
    }
