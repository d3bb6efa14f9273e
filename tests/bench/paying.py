"""What the payment pages need in the large union: payees, and tranches of two hundred awards."""

from datetime import date, timedelta
from types import SimpleNamespace

import sqlalchemy as sa

from models import clock
from models.funding.tables import Application
from models.payments.sealing import Details, seal
from models.payments.tables import Condition, PaidRow, Payee, PayeeAccount, Payment, PaymentStep
from tests.bench.rows import ids_of, write

PAYEES, IN_BATCH, ON_FILE = 200, 120, 150
DAY = date(2026, 11, 2)


def fill(cast: SimpleNamespace, own: SimpleNamespace) -> None:
    """Write it, and put into `own` what each address of the walk is to ask for."""
    payees = _payees(cast)
    own.payee = SimpleNamespace(id=payees[0])
    _payments(cast, own, payees)


def _payees(cast: SimpleNamespace) -> list[int]:
    """Party units with a confirmed account each."""
    write(
        Payee,
        (
            {
                "kind": "party-unit",
                "name": f"Borough {n:03} Labour",
                "name_key": f"bench borough {n:03} labour",
                "added_by_id": cast.carol.id,
            }
            for n in range(PAYEES)
        ),
    )
    payees = ids_of(Payee, Payee.name_key.like("bench %"))
    write(
        PayeeAccount,
        (
            {
                "payee_id": payee,
                "holder": "Borough Labour",
                "sealed": seal(payee, Details("204567", "12345678")),
                "tail": "5678",
                "entered_by_id": cast.carol.id,
                "confirmed_by_id": cast.olive.id,
                "confirmed_at": clock.now(),
            }
            for payee in payees
        ),
    )
    return payees


def _payments(cast: SimpleNamespace, own: SimpleNamespace, payees: list[int]) -> None:
    """Tranches of two hundred awards: some in one batch, of which the paid file speaks."""
    accounts = ids_of(PayeeAccount, PayeeAccount.payee_id.in_(payees))
    awarded = ids_of(Application, sa.and_(Application.status == "awarded", Application.id < 401))
    rows = []
    for n, award in enumerate(awarded):
        for number in (1, 2, 3):
            sent = number == 1 and n < IN_BATCH
            status = "exported" if sent else ("released" if number == 2 else "scheduled")
            rows.append(
                {
                    "application_id": award,
                    "number": number,
                    "reference": f"FA-2026-{award:04}-P{number}",
                    "payee_id": payees[n],
                    "amount_p": 100,
                    "status": status,
                    "batch_id": own.payment_batch.id if sent else None,
                    "account_id": accounts[n] if sent else None,
                    "released_by_id": cast.olive.id,
                    "released_at": clock.now(),
                    "waits_for": "award",
                    "due_on": DAY + timedelta(days=number),
                }
            )
    write(Payment, rows)
    payments = ids_of(Payment, Payment.application_id.in_(awarded))
    write(
        PaymentStep,
        (
            {
                "payment_id": payment,
                "step": "release",
                "from_status": "scheduled",
                "to_status": "released",
                "by_id": cast.olive.id,
            }
            for payment in payments
        ),
    )
    write(
        PaidRow,
        (
            {
                "file_id": own.paid_file.id,
                "number": 10 + n,
                "reference": "FA",
                "amount_p": 100,
                "verdict": "differing" if n % 2 else "matched",
                "payment_id": payments[n],
                "because": "The amount differs.",
            }
            for n in range(ON_FILE)
        ),
    )
    write(
        Condition,
        (
            {"application_id": own.awarded.id, "what": f"Proof {n}", "set_by_id": cast.alice.id}
            for n in range(8)
        ),
    )
