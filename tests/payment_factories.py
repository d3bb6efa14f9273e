"""Makers for payment tests: a second finance officer, payees, payments on their way."""

from datetime import date
from types import SimpleNamespace
from typing import Any

from models import clock
from models.accounts.queries import user_by_email
from models.accounts.roles import Role
from models.accounts.tables import User
from models.base import db
from models.funding.actions.decide import mark_paid
from models.funding.tables import Application
from models.payments.actions.batches import make_batch
from models.payments.actions.paying import release
from models.payments.actions.plan import plan
from models.payments.payees.actions import add_payee, confirm_account, enter_account
from models.payments.payees.queries import payee_named
from models.payments.rules import Tranche, next_bank_day
from models.payments.tables import Payee, Payment, PaymentBatch
from tests.funding_factories import make_awarded, make_fund

SORT_CODE, NUMBER = "20-45-67", "12345678"
HOW = "Called the treasurer on the number in their letter."


def make_finance(first: str = "Frank") -> User:
    """One more person of finance: Carol alone can neither confirm her entry nor pay her release."""
    user = User(email=f"{first.lower()}@example.org", name=f"{first} Fir", role=Role.FINANCE)
    db.session.add(user)
    db.session.commit()
    return user


def make_payee(
    cast: SimpleNamespace, frank: User, name: str = "Ambridge CLP", *, number: str = NUMBER
) -> Payee:
    """A payee whose account Carol entered and Frank confirmed."""
    payee = add_payee(name=name, kind="party-unit", by=cast.carol)
    account = enter_account(payee, sort_code=SORT_CODE, number=number, holder=name, by=cast.carol)
    confirm_account(account, sort_code=SORT_CODE, number=number, checked_how=HOW, by=frank)
    db.session.commit()
    return payee


def make_payable(cast: SimpleNamespace, application: Application) -> Payee:
    """Let the whole of an award be paid to a payee whose account two people entered."""
    payee = payee_named("Ambridge CLP")
    if payee is None:
        payee = make_payee(cast, user_by_email("frank@example.org") or make_finance())
    whole = Tranche(application.award.committed_p if application.award else 0, payee.id)
    plan(application, [whole], by=cast.olive)
    db.session.commit()
    return payee


def pay_outright(
    cast: SimpleNamespace,
    application: Application,
    *,
    reference: str,
    paid_on: date | None = None,
    **values: Any,
) -> Application:
    """Carol marks the whole award as paid, into the account of a payee."""
    make_payable(cast, application)
    paid_on = paid_on or clock.today()
    return mark_paid(application, paid_on=paid_on, reference=reference, by=cast.carol, **values)


def make_planned(
    cast: SimpleNamespace, payee: Payee | None, *parts_p: int, **values: Any
) -> tuple[Application, list[Payment]]:
    """An award by Alice to Bob's region, planned in these parts by Olive, all due at once."""
    application = make_awarded(
        by=cast.bob, region=cast.regions["NWI"], officer=cast.alice, amount_p=sum(parts_p), **values
    )
    tranches = [Tranche(part_p, payee.id if payee else None) for part_p in parts_p]
    planned = plan(application, tranches, by=cast.olive)
    db.session.commit()
    return application, planned


def pay_day() -> date:
    """A day on which the bank pays: today, or the next one."""
    return next_bank_day(clock.today())


def make_sent(
    cast: SimpleNamespace, frank: User, payee: Payee, *parts_p: int, **values: Any
) -> tuple[Application, list[Payment], PaymentBatch]:
    """An award whose tranches Olive released and Frank sent to the bank in one batch."""
    application, planned = make_planned(cast, payee, *parts_p, **values)
    for payment in planned:
        release(payment, by=cast.olive)
    batch = make_batch([one.id for one in planned], pay_on=pay_day(), by=frank)
    db.session.commit()
    return application, planned, batch


def make_desk(cast: SimpleNamespace) -> SimpleNamespace:
    """A fund of the cast, Frank, and one payee who can be paid."""
    fund = make_fund(by=cast.alice, starts_on=date(2026, 4, 1), ends_on=date(2027, 12, 31))
    frank = make_finance()
    return SimpleNamespace(fund=fund, frank=frank, payee=make_payee(cast, frank))
