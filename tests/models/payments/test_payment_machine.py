"""Payments in any order hypothesis thinks of: the sums hold, and a replay changes nothing.

Refusals are part of it: whatever is refused must have changed nothing.
"""

from itertools import count

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)

from models import clock
from models.base import db, is_sqlite
from models.budget.faults import ledger_faults
from models.errors import DomainError
from models.funding.actions import undo
from models.funding.actions.decide import mark_paid
from models.payments import workflow
from models.payments.actions import paying
from models.payments.actions import plan as payments
from models.payments.actions.batches import make_batch
from models.payments.actions.paying import mark_failed, schedule_again
from models.payments.actions.plan import to_plan_p
from models.payments.paid_files.actions import take_in
from models.payments.paid_files.matching import GivenRow
from models.payments.queries.one import payments_of
from models.payments.refunds.actions import ask_refund, receive_refund
from models.payments.refunds.queries import refunds_of
from models.payments.rules import Tranche
from tests.cast import load_cast
from tests.funding_factories import make_awarded
from tests.payment_factories import make_desk, pay_day

pytestmark = pytest.mark.slow
AMOUNTS = st.integers(1, 300_00)
WHICH = st.integers(0, 9)


class Payments(RuleBasedStateMachine):
    @initialize()
    def set_up(self):
        # Each example has a savepoint of its own: what it commits is rolled back at its end.
        db.session.remove()
        self.savepoint = db.engine.begin_nested()
        self.cast = load_cast()
        self.desk = make_desk(self.cast)
        self.people = [self.cast.alice, self.cast.olive, self.cast.carol, self.desk.frank]
        self.keys = count(1)
        self.applications = []
        self.last = None
        self.award()

    def attempt(self, act):
        """Do it under a savepoint; a refusal must leave nothing. Kept to be replayed."""
        before = self.figures()
        try:
            with db.session.begin_nested():
                act()
                db.session.flush()
        except DomainError:
            db.session.expire_all()
            assert self.figures() == before, "a refusal changed something"
            return
        self.last = act

    def payment(self, which):
        found = [one for each in self.applications for one in payments_of(each)]
        return found[which % len(found)]

    def application(self, which):
        return self.applications[which % len(self.applications)]

    @rule()
    def award(self):
        if len(self.applications) < 3:
            made = make_awarded(
                by=self.cast.bob, region=self.cast.regions["NWI"], officer=self.cast.alice
            )
            self.applications.append(made)

    @rule(which=WHICH, first_p=AMOUNTS, second_p=st.integers(0, 300_00))
    def plan(self, which, first_p, second_p):
        application = self.application(which)
        left_p = to_plan_p(application, payments_of(application))
        # Mostly a plan that adds up, sometimes any other.
        parts = [first_p, left_p - first_p] if second_p % 4 else [first_p, second_p]
        if second_p % 5 == 0:
            parts = [left_p]
        tranches = [Tranche(part, self.desk.payee.id) for part in parts]
        self.attempt(lambda: payments.plan(application, tranches, by=self.cast.olive))

    @rule(which=WHICH, who=st.integers(0, 3))
    def release(self, which, who):
        payment, key = self.payment(which), f"m{next(self.keys)}"
        self.attempt(lambda: paying.release(payment, by=self.people[who], key=key))

    @rule(which=WHICH)
    def hold_back(self, which):
        payment, key = self.payment(which), f"m{next(self.keys)}"
        self.attempt(lambda: paying.hold_back(payment, reason="x", by=self.cast.olive, key=key))

    @rule(which=WHICH, other=WHICH, who=st.integers(2, 3))
    def send(self, which, other, who):
        ids, key = {self.payment(which).id, self.payment(other).id}, f"m{next(self.keys)}"
        by = self.people[who]
        self.attempt(lambda: make_batch(ids, pay_on=pay_day(), by=by, key=key))

    @rule(which=WHICH, who=st.integers(2, 3))
    def mark_sent_paid(self, which, who):
        payment, key, by = self.payment(which), f"m{next(self.keys)}", self.people[who]
        self.attempt(lambda: paying.mark_sent_paid(payment, paid_on=clock.today(), by=by, key=key))

    @rule(which=WHICH, off_p=st.sampled_from([0, 0, 0, 1]))
    def bring_a_paid_file(self, which, off_p):
        payment, name = self.payment(which), f"{next(self.keys):064d}"
        rows = [GivenRow(2, payment.reference, payment.amount_p - off_p)]
        self.attempt(lambda: take_in(name="x", sha256=name, rows=rows, by=self.cast.carol))

    @rule(which=WHICH)
    def fail(self, which):
        payment, key = self.payment(which), f"m{next(self.keys)}"
        self.attempt(lambda: mark_failed(payment, reason="x", by=self.cast.carol, key=key))

    @rule(which=WHICH)
    def again(self, which):
        payment, key = self.payment(which), f"m{next(self.keys)}"
        self.attempt(lambda: schedule_again(payment, by=self.cast.carol, key=key))

    @rule(which=WHICH)
    def reverse(self, which):
        payment, key = self.payment(which), f"m{next(self.keys)}"
        self.attempt(lambda: paying.reverse(payment, reason="x", by=self.cast.carol, key=key))

    @rule(which=WHICH)
    def pay_outright(self, which):
        application, key = self.application(which), f"m{next(self.keys)}"
        self.attempt(
            lambda: mark_paid(
                application, paid_on=clock.today(), reference=key, by=self.cast.carol, key=key
            )
        )

    @rule(which=WHICH, to_p=AMOUNTS)
    def reduce(self, which, to_p):
        application, key = self.application(which), f"m{next(self.keys)}"
        self.attempt(
            lambda: undo.reduce(application, amount_p=to_p, reason="x", by=self.cast.alice, key=key)
        )

    @rule(which=WHICH, all_of_it=st.sampled_from([False, False, True]))
    def withdraw(self, which, all_of_it):
        application, key = self.application(which), f"m{next(self.keys)}"
        if all_of_it:
            self.attempt(lambda: undo.withdraw(application, by=self.cast.bob, key=key))

    @rule(which=WHICH, amount_p=AMOUNTS)
    def ask_back(self, which, amount_p):
        application, key = self.application(which), f"m{next(self.keys)}"
        self.attempt(
            lambda: ask_refund(
                application, amount_p=amount_p, reason="x", by=self.cast.carol, key=key
            )
        )

    @rule(which=WHICH, amount_p=AMOUNTS)
    def receive(self, which, amount_p):
        refunds = refunds_of(self.application(which))
        if refunds:
            key = f"m{next(self.keys)}"
            self.attempt(
                lambda: receive_refund(
                    refunds[0], amount_p=amount_p, received_on=clock.today(), reference=key,
                    by=self.cast.carol, key=key,
                )
            )  # fmt: skip

    @rule()
    def replay(self):
        """The last act that was done, sent again: harmless, done or refused."""
        if self.last is None:
            return
        before = self.figures()
        try:
            with db.session.begin_nested():
                self.last()
                db.session.flush()
        except DomainError:
            db.session.expire_all()
        assert self.figures() == before, "a replay changed something"

    def figures(self):
        return [
            (
                each.status,
                each.award.committed_p,
                each.award.paid_p,
                each.award.returned_p,
                [(p.amount_p, p.status, p.batch_id) for p in payments_of(each)],
                [(r.amount_p, r.returned_p) for r in refunds_of(each)],
            )
            for each in self.applications
        ]

    @invariant()
    def the_sums_hold(self):
        if not hasattr(self, "applications"):
            return
        assert list(ledger_faults()) == []
        for each in self.applications:
            there = payments_of(each)
            paid_p = sum(one.amount_p for one in there if one.status in workflow.PAID)
            assert paid_p == each.award.paid_p
            sent_p = sum(one.amount_p for one in there if one.status == "exported")
            assert sent_p <= each.award.committed_p, "more is on its way than is committed"
            assert sum(one.returned_p for one in refunds_of(each)) == each.award.returned_p
            if each.status == "paid":
                assert each.award.committed_p == 0
                assert not [one for one in there if one.status in workflow.OPEN]

    @invariant()
    def nobody_is_two(self):
        for each in getattr(self, "applications", []):
            for payment in payments_of(each):
                released, paid = payment.released_by_id, payment.paid_by_id
                others = {each.decided_by_id, each.submitted_by_id}
                assert released not in others
                assert paid not in others
                assert paid is None or paid != released

    def teardown(self):
        if hasattr(self, "savepoint"):
            db.session.remove()
            self.savepoint.rollback()


def test_payments_in_any_order_keep_the_sums(database):
    on_sqlite = is_sqlite(database.connection().engine)
    run_state_machine_as_test(
        Payments,
        settings=settings(
            max_examples=10 if on_sqlite else 3,
            stateful_step_count=40,
            suppress_health_check=list(HealthCheck),
        ),
    )
