"""The demonstration's payments: payees, tranches in several states, a batch and its paid file."""

from collections.abc import Sequence
from datetime import timedelta
from random import Random

from app.demo import calendar
from models import clock
from models.accounts.tables import User
from models.funding.queries.lists import Filters, applications_for
from models.funding.tables import Application
from models.payments.actions import paying
from models.payments.actions.batches import make_batch
from models.payments.actions.paying import mark_failed
from models.payments.actions.plan import meet_condition, plan, set_condition
from models.payments.paid_files.actions import take_in
from models.payments.paid_files.matching import GivenRow
from models.payments.payees.actions import add_payee, confirm_account, enter_account
from models.payments.payees.queries import payee_named
from models.payments.queries.batches import payments_in
from models.payments.queries.one import writers_of
from models.payments.refunds.actions import ask_refund, ask_write_off, receive_refund
from models.payments.rules import Tranche, next_bank_day
from models.payments.tables import Payee, Payment, PaymentBatch

HOW = "Called the treasurer on the number in last year's letter."
REPORT = "The candidate's interim report is in, with photographs of the leaflet."
AGENT = "The election agent is named in writing."
NOT_SENT = ("condition", "waiting", "unknown")
FATES = ("tranches", "sent", "differing", "failed", *NOT_SENT)


def pay_all(rng: Random, users: dict[str, User]) -> None:
    """What becomes of the awards that are not paid yet, each another thing; then money back."""
    office = users["national"]
    awarded, _ = applications_for(office, Filters(status="awarded"), sort="reference", size=100)
    awarded = awarded[::-1][: len(FATES)]
    day = next_bank_day(clock.today(), step=-1)
    moments = iter(sorted(calendar.office_hours(rng, day) for _ in range(4)))
    desk = Desk(rng, users)
    with clock.set_to(next(moments)):
        plans = [
            desk.planned(application, fate)
            for application, fate in zip(awarded, FATES, strict=False)
        ]
    with clock.set_to(next(moments)):
        released = [one for group, fate in plans if fate not in NOT_SENT for one in group[:1]]
        for payment in released:
            desk.release(payment)
    if not released:
        return
    with clock.set_to(next(moments)):
        batch = make_batch([one.id for one in released], pay_on=day, by=users["payments"])
    with clock.set_to(next(moments)):
        fates = [fate for _group, fate in plans if fate not in NOT_SENT]
        desk.paid_file(batch, dict(zip((one.id for one in released), fates, strict=True)))
    desk.money_back()


class Desk:
    """Finance at work: who may do what is asked of the payments themselves."""

    def __init__(self, rng: Random, users: dict[str, User]) -> None:
        self.rng = rng
        self.users = users
        self.finance, self.second = users["finance"], users["payments"]

    def planned(self, application: Application, fate: str) -> tuple[list[Payment], str]:
        """The tranches of an award, as its fate needs them."""
        officer = self.users["officer"]
        whole_p = application.awarded_p or 0
        payee = None if fate == "unknown" else self.payee(application, confirmed=fate != "waiting")
        payee_id = payee.id if payee is not None else None
        tranches = [Tranche(whole_p, payee_id)]
        if fate == "tranches":
            rest_p = whole_p // 3
            later = Tranche(rest_p, payee_id, waits_for="nomination")
            tranches = [Tranche(whole_p - rest_p, payee_id), later]
        if fate == "condition":
            due_on = clock.today() + timedelta(days=21)
            one = set_condition(application, what=REPORT, due_on=due_on, by=self.users["national"])
            half_p = whole_p // 2
            tied = Tranche(half_p, payee_id, waits_for="condition", condition_id=one.id)
            tranches = [Tranche(whole_p - half_p, payee_id), tied]
        if fate == "sent":
            agent = set_condition(application, what=AGENT, due_on=None, by=self.users["national"])
            meet_condition(agent, by=self.finance)
        return plan(application, tranches, by=officer), fate

    def payee(self, application: Application, *, confirmed: bool) -> Payee:
        """The candidate's campaign, with an account that one or two people entered."""
        name = f"{application.candidate_name} campaign account"
        there = payee_named(name)
        if there is not None:
            return there
        payee = add_payee(name=name, kind="agent", by=self.finance)
        code = f"{self.rng.randrange(10, 99)}{self.rng.randrange(1000, 9999)}"
        number = f"{self.rng.randrange(10**7, 10**8)}"
        account = enter_account(
            payee, sort_code=code, number=number, holder=name[:60], by=self.finance
        )
        if confirmed:
            confirm_account(account, sort_code=code, number=number, checked_how=HOW, by=self.second)
        return payee

    def planner(self, application: Application) -> User:
        """The political officer, or finance where the officer applied."""
        officer = self.users["officer"]
        wrote = officer.id in writers_of(application)
        return self.finance if wrote else officer

    def release(self, payment: Payment) -> None:
        """By whoever may see to it and did not apply."""
        paying.release(payment, by=self.planner(payment.application))

    def paid_file(self, batch: PaymentBatch, fates: dict[int, str]) -> None:
        """What the bank says: one is missing and failed, one came with another amount."""
        rows = []
        for number, payment in enumerate(payments_in(batch), start=2):
            fate = fates[payment.id]
            if fate == "failed":
                mark_failed(payment, reason="Account closed", by=self.second)
                continue
            off_p = 10_00 if fate == "differing" else 0
            amount_p = payment.amount_p - off_p
            rows.append(GivenRow(number, payment.reference, amount_p, batch.pay_on))
        rows.append(GivenRow(len(rows) + 3, "STANDING ORDER RENT", 640_00, batch.pay_on))
        take_in(
            name=f"paid-{batch.reference.lower()}.csv",
            sha256=batch.reference.encode().hex().ljust(64, "0")[:64],
            rows=rows,
            by=self.second,
        )

    def money_back(self) -> None:
        """Of one paid award a part came back, and the rest may have to be given up."""
        paid: Sequence[Application] = applications_for(
            self.users["national"], Filters(status="paid"), size=5
        )[0]
        if not paid:
            return
        application = paid[0]
        refund = ask_refund(
            application,
            amount_p=120_00,
            reason="The printer's bill was lower than the offer.",
            due_on=clock.today() + timedelta(days=28),
            by=self.finance,
        )
        receive_refund(
            refund,
            amount_p=90_00,
            received_on=clock.today(),
            reference="CR 55120",
            by=self.finance,
            key=f"demo-{refund.id}",
        )
        ask_write_off(
            refund,
            amount_p=30_00,
            reason="The printer kept it for the cancelled second run.",
            by=self.finance,
        )
