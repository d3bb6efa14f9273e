"""Nobody alone raises what can be awarded, or pays: in any order, by every role.

Ten people act, each with an account, and with those that they make for themselves. Funds, caps,
terms, rounds, users, roles, payees and payments: each act is done or refused by the product. What
must hold is written here from the design and asked of the tables.

A short form runs with the suite; HUSTINGS_MACHINE says how many acts the long one tries on SQLite,
and PostgreSQL three tenths of them.
"""

import os
import re
from datetime import date, timedelta
from itertools import count

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)

from models import clock
from models.accounts.actions.passwords import send_link
from models.accounts.actions.proposing import (
    agree_to_proposal,
    propose_change,
    propose_link,
    propose_user,
)
from models.accounts.actions.users import add_user, change_user, disable_user, enable_user
from models.accounts.links import LinkDesk
from models.accounts.roles import Permit, Role
from models.accounts.rules import needs_two
from models.accounts.tables import User, UserProposal
from models.base import db, is_sqlite
from models.budget.actions import caps
from models.budget.actions.tree import rename_fund, set_up_fund
from models.budget.approvals.actions.answering import approve, refuse
from models.budget.approvals.actions.asking import ask_cap, ask_fund, ask_terms
from models.budget.approvals.tables import BudgetRequest
from models.budget.plans import FundPlan, Terms
from models.budget.queries import periods
from models.budget.queries.nodes import nodes_under
from models.budget.tables import Fund
from models.funding.actions.decide import award, mark_paid
from models.funding.actions.draft import save_draft, start_draft, submit
from models.funding.references.tables import BankReference
from models.funding.tables import Application
from models.payments.actions import plan as payments
from models.payments.actions.batches import make_batch
from models.payments.actions.paying import mark_sent_paid, release
from models.payments.paid_files.actions import take_in
from models.payments.paid_files.matching import GivenRow
from models.payments.payees.actions import add_payee, confirm_account, enter_account
from models.payments.queries.one import payments_of
from models.payments.rules import Tranche
from models.payments.tables import Payment, PaymentStep
from models.payments.workflow import PAID
from models.rounds.actions.planning import change_round, plan_round
from models.rounds.tables import Round
from tests.budgets import make_fund
from tests.cast import PEOPLE, load_cast
from tests.funding_factories import CODING, answers_for, first_leaf, make_contest
from tests.models.payments.hands import DONE, REFUSED, Hands, attempt, make_person
from tests.payment_factories import HOW, NUMBER, SORT_CODE, pay_day
from tests.round_factories import FORM, terms

pytestmark = pytest.mark.slow

LONG = int(os.environ.get("HUSTINGS_MACHINE", "0"))
# How many acts the short form tries at least.
SHORT = {"sqlite": 150, "postgresql": 60}
DRAW = st.integers(0, 1023)
DRAWS = st.tuples(*[DRAW] * 8)
CAP_P = 20_000_00
POUNDS_P = st.sampled_from((1_000_00, CAP_P, 25_000_00, 60_000_00))
GRANT_P = st.sampled_from((100_00, 500_00, 900_00, 30_000_00))
ROLES = st.sampled_from(list(Role))
# Whoever tries it all alone; None lets everybody do their part.
ALONE = st.sampled_from((*[None] * 6, "Alice Ash", "Olive Oak", "Carol Cedar", "Bob Birch"))
DESK = LinkDesk("secret", "https://hustings.example.org", mails=True)


class NobodyAlone(RuleBasedStateMachine):
    @initialize()
    def set_up(self):
        # Each example has a savepoint of its own: what it commits is rolled back at its end.
        db.session.remove()
        self.savepoint = db.engine.begin_nested()
        self.cast, self.hands, self.numbers = load_cast(), Hands(), count(1)
        for name in PEOPLE:
            self.hands.own(getattr(self.cast, name))
        for name, role in (("Ada", Role.NATIONAL_OFFICER), ("Frank", Role.FINANCE)):
            self.hands.own(make_person(name, role))
        self.fund = make_fund(
            self.cast.alice, cap_p=CAP_P, allocations={"PRINT": {"NWI": 9_000_00}}
        )
        self.answered, self.judged, self.grants = set(), set(), {}
        self.most = self.may_award()

    def by(self, draw, permit, only=None):
        return self.hands.pick(draw, permit, only)

    def key(self):
        return f"alone:{next(self.numbers)}"

    # ---- what can be awarded

    @rule(draws=DRAWS, amount_p=POUNDS_P, grant_p=GRANT_P, kind=st.integers(0, 5), only=ALONE)
    def more_money(self, draws, amount_p, grant_p, kind, only):
        """A further fund, another cap, other terms: asked for and answered, or tried alone."""
        asker = self.by(draws[0], Permit.BUDGET_ASK, only)
        funds = periods.funds()
        fund, offset = funds[draws[1] % len(funds)], (0, 200, 365, 800)[draws[2] % 4]
        said = {"reason": "More polls", "by": asker, "key": self.key()}
        if kind == 0:
            plan = self.plan_of(amount_p, grant_p, offset)
            asked = attempt("ask fund", lambda: ask_fund(plan=plan, authority="Minute 4", **said))
        elif kind == 1:
            asked = attempt(
                "ask cap",
                lambda: ask_cap(fund=fund, amount_p=amount_p, authority="Minute 4", **said),
            )
        elif kind == 2:
            wanted = self.terms_of(fund, grant_p, offset)
            asked = attempt("ask terms", lambda: ask_terms(fund=fund, terms=wanted, **said))
        else:
            self.alone(kind, fund, amount_p, grant_p, offset, self.by(draws[0], Permit.BUDGET_SET))
            return
        if asked is not None:
            self.answer(draws[3], asked, only)

    def plan_of(self, amount_p, grant_p, offset):
        number, first = next(self.numbers), date(2026, 4, 1) + timedelta(days=offset)
        return FundPlan(
            name=f"Fund {number}", code=f"N{number}", cap_p=amount_p, starts_on=first,
            ends_on=first + timedelta(days=364), max_grant_p=grant_p, heads={"Print": "PRINT"},
            allocations={},
        )  # fmt: skip

    def terms_of(self, fund, grant_p, offset):
        first = date(2026, 4, 1) + timedelta(days=offset)
        last = first + timedelta(days=364)
        return Terms(f"Fund {next(self.numbers)}", first, last, grant_p)

    def alone(self, kind, fund, amount_p, grant_p, offset, by):
        """One person tries what needs two, by the acts that one person has."""
        if kind == 3:
            plan = vars(self.plan_of(amount_p, grant_p, offset))
            attempt("set up alone", lambda: set_up_fund(**plan, by=by))
        elif kind == 4:
            head = nodes_under(fund)[1]
            attempt(
                "hand down",
                lambda: caps.allot(node=head, amount_p=amount_p, by=by, key=self.key()),
            )
        else:
            name = f"Fund {next(self.numbers)}"
            attempt("rename", lambda: rename_fund(fund=fund, name=name, by=by))

    def answer(self, draw, asked, only):
        second = self.by(draw, Permit.BUDGET_APPROVE, only)
        if draw % 5 == 4:
            attempt("refuse", lambda: refuse(asked, answer="No", by=second))
        else:
            attempt(f"approve {asked.kind}", lambda: approve(asked, by=second))

    @rule(draw=DRAW, only=ALONE)
    def answer_what_waits(self, draw, only):
        waiting = db.session.query(BudgetRequest).filter_by(status="waiting")
        found = waiting.order_by(BudgetRequest.id).all()
        if found:
            self.answer(draw, found[draw % len(found)], only)

    @rule(draw=DRAW, grant_p=st.one_of(st.none(), GRANT_P), again=st.booleans())
    def a_round(self, draw, grant_p, again):
        """A round with a highest grant of its own, or another one for the round there is."""
        by = self.by(draw, Permit.ROUNDS_WRITE)
        last = db.session.query(Round).order_by(Round.id.desc()).first()
        if again and last is not None:
            wanted = terms(code=last.code, max_grant_p=grant_p)
            attempt("change round", lambda: change_round(last, terms=wanted, by=by))
            return
        wanted = terms(code=f"R{next(self.numbers)}", max_grant_p=grant_p)
        attempt(
            "plan round",
            lambda: plan_round(fund=self.fund, terms=wanted, form=FORM, by=by),
        )

    # ---- users and roles

    @rule(draws=DRAWS, role=ROLES, two=st.booleans(), only=ALONE)
    def a_new_account(self, draws, role, two, only):
        """Somebody makes an account alone, or proposes one and a second person is asked."""
        by = self.by(draws[0], Permit.USERS_MANAGE, only)
        regions = [self.cast.regions["NWI"].id] if role is Role.REGIONAL_OFFICER else []
        number = next(self.numbers)
        said = {"email": f"n{number}@example.org", "name": f"N {number}", "role": role}
        said |= {"region_ids": regions, "by": by}
        if two:
            made = attempt("propose user", lambda: propose_user(**said, desk=DESK))
            self.agree(draws[1], made, only)
            return
        made = attempt("add user", lambda: add_user(**said))
        if made is not None:
            self.hands.taken(made, by)

    @rule(draws=DRAWS, role=ROLES, how=st.integers(0, 5), only=ALONE)
    def a_change_of_an_account(self, draws, role, how, only):
        """Another role, a way in, out or in again: of any account, by whoever manages users."""
        by = self.by(draws[0], Permit.USERS_MANAGE, only)
        users = db.session.query(User).order_by(User.id).all()
        user = users[draws[1] % len(users)]
        regions = [self.cast.regions["NWI"].id] if role is Role.REGIONAL_OFFICER else []
        moved = {"role": role, "region_ids": regions, "by": by}
        if how == 0:
            attempt("change user", lambda: change_user(user, name=user.name, **moved))
        elif how == 1:
            if attempt("send link", lambda: send_link(user, by=by, desk=DESK)):
                self.hands.taken(user, by)
        elif how == 2:
            made = attempt("propose change", lambda: propose_change(user, **moved, desk=DESK))
            self.agree(draws[2], made, only)
        elif how == 3:
            made = attempt("propose link", lambda: propose_link(user, by=by, desk=DESK))
            self.agree(draws[2], made, only)
        else:
            act = enable_user if user.disabled_at else disable_user
            # The two who must be able to agree stay, or every run ends in an empty office.
            if user.disabled_at or draws[3] % 3 == 0:
                attempt(act.__name__, lambda: act(user, by=by))

    def agree(self, draw, proposal, only):
        if proposal is None:
            return
        second, first = self.by(draw, Permit.USERS_AGREE, only), proposal.proposed_by
        user = attempt(
            f"agree to {proposal.what}",
            lambda: agree_to_proposal(proposal, by=second, desk=DESK),
        )
        if user is None:
            return
        assert not self.hands.of(first.id) & self.hands.of(second.id), "one person was both"
        if proposal.what == "add" or (proposal.what == "change" and needs_two(user.role)):
            self.hands.agreed(user)

    @rule(draw=DRAW, only=ALONE)
    def agree_to_what_waits(self, draw, only):
        waiting = db.session.query(UserProposal).filter_by(state="waiting")
        found = waiting.order_by(UserProposal.id).all()
        if found:
            self.agree(draw, found[draw % len(found)], only)

    # ---- from an application to its payment

    @rule(draws=DRAWS, late=DRAWS, outright=st.booleans(), repeated=st.booleans(), only=ALONE)
    def a_whole_road(self, draws, late, outright, repeated, only):
        """An application, its award, a payee, a payment: by everybody, or by one person alone."""
        application = self.awarded(draws, only)
        payee = self.payee(draws[3], draws[4], only)
        if application is None or payee is None:
            return
        [payment] = payments_of(application) or [None]
        planner = self.by(draws[5], Permit.PAYMENTS_RELEASE, only)
        tranches = [Tranche(300_00, payee.id)]
        attempt("plan", lambda: payments.plan(application, tranches, by=planner))
        if outright:
            self.outright(draws[6], application, repeated, only)
        else:
            self.by_batch(late, payment, only)

    def awarded(self, draws, only):
        writer = self.by(draws[0], Permit.FUNDING_APPLY, only)
        sender = self.by(draws[1], Permit.FUNDING_APPLY, only) if draws[1] % 3 == 0 else writer
        region = self.cast.regions["NWI"]
        answers = answers_for(make_contest(region), amount_p=300_00)

        def apply():
            made = start_draft(region_id=region.id, fund=self.fund, by=writer)
            save_draft(made, answers=answers, by=writer)
            return submit(made, by=sender)

        made = attempt("apply", apply)
        if made is None:
            return None
        decider = self.by(draws[2], Permit.FUNDING_DECIDE, only)
        said = {"coding": CODING, "answers": {"over-threshold": "They know"}, "by": decider}
        leaf = first_leaf(made)
        return attempt("award", lambda: award(made, amount_p=300_00, node=leaf, **said))

    def payee(self, first, second, only):
        by, number = self.by(first, Permit.PAYEES_WRITE, only), next(self.numbers)
        payee = attempt(
            "add payee", lambda: add_payee(name=f"Payee {number}", kind="branch", by=by)
        )
        if payee is None:
            return None
        typed = {"sort_code": SORT_CODE, "number": NUMBER}
        account = attempt("enter account", lambda: enter_account(payee, **typed, holder="P", by=by))
        again = self.by(second, Permit.PAYEES_CONFIRM, only)
        if again is by and second % 3:
            again = self.by(second + 16, Permit.PAYEES_CONFIRM, only)
        if account is not None:
            attempt(
                "confirm account",
                lambda: confirm_account(account, **typed, checked_how=HOW, by=again),
            )
        return payee

    def outright(self, draw, application, repeated, only):
        by = self.by(draw, Permit.FUNDING_PAY, only)
        reference = "BACS 1" if repeated else f"BACS {self.key()}"
        today = clock.today()
        attempt(
            "pay outright",
            lambda: mark_paid(application, paid_on=today, reference=reference, by=by),
        )

    def by_batch(self, late, payment, only):
        releaser = self.by(late[0], Permit.PAYMENTS_RELEASE, only)
        payer = self.by(late[1], Permit.PAYMENTS_MAKE, only)
        booker = self.by(late[2], Permit.PAYMENTS_MAKE, only)
        if not attempt("release", lambda: release(payment, by=releaser)):
            return
        ids, name = [payment.id], f"{next(self.numbers):064d}"
        if not attempt("send", lambda: make_batch(ids, pay_on=pay_day(), by=payer)):
            return
        row = GivenRow(2, payment.reference, payment.amount_p)
        back = GivenRow(3, payment.reference, payment.amount_p, None, "It came back.", "returned")
        rows = [(row,), (back,), (back, row)][late[3] % 3]
        if late[4] % 2:
            attempt("take in", lambda: take_in(name="x", sha256=name, rows=rows, by=booker))
            assert payment.status != "reconciled" or row in rows, "what came back was booked"
            own = booker.id == payment.released_by_id
            assert not own or payment.status not in PAID, "released and booked by one"
        else:
            today = clock.today()
            attempt(
                "mark as paid",
                lambda: mark_sent_paid(payment, paid_on=today, by=booker),
            )

    # ---- what must hold whatever happened

    def may_award(self):
        """What each fund may award, when, and how much at once."""
        return {
            one.id: (one.node.cap_p, one.max_grant_p, one.starts_on, one.ends_on)
            for one in db.session.query(Fund).order_by(Fund.id)
        }

    @invariant()
    def nobody_raised_it_alone(self):
        if not hasattr(self, "most"):
            return
        now, approved = (
            self.may_award(),
            db.session.query(BudgetRequest).filter_by(status="approved"),
        )
        fresh = [one for one in approved if one.id not in self.answered]
        assert fresh or now == self.most, "what can be awarded changed, and nobody approved it"
        for one in fresh:
            asked, decided = self.hands.of(one.asked_by_id), self.hands.of(one.decided_by_id)
            assert not asked & decided, "one person asked and approved"
            self.answered.add(one.id)
        self.most = now
        for day in {day for one in now.values() for day in one[2:]}:
            there = [one for one in now.values() if one[2] <= day <= one[3]]
            assert len(there) == 1, f"{len(there)} funds add their caps up on {day}"
        grants = {one.id: (one.fund_id, one.max_grant_p) for one in db.session.query(Round)}
        for number, (fund_id, grant_p) in grants.items():
            # Two people may lower the fund's grant under a round's; nobody raises a round above it.
            if self.grants.get(number) != (fund_id, grant_p):
                assert (grant_p or 0) <= now[fund_id][1], "a round above its fund"
        self.grants = grants

    @invariant()
    def nobody_paid_alone(self):
        if not hasattr(self, "most"):
            return
        paid = db.session.query(Payment).filter(Payment.status.in_(PAID))
        for payment in paid.filter(Payment.id.not_in(self.judged)):
            self.judged.add(payment.id)
            self.others_stand_behind(payment, payment.application)

    def others_stand_behind(self, payment, application):
        account, of = payment.account, self.hands.of
        said = db.session.query(PaymentStep.by_id).filter_by(payment_id=payment.id)
        said = said.filter(PaymentStep.step.in_(("pay", "match")))
        assert payment.released_by_id not in {by_id for (by_id,) in said if by_id}, "said alone"
        assert account is not None, "paid into no account"
        assert account.payee_id == payment.payee_id
        wrote = {application.drafted_by_id, application.submitted_by_id}
        wrote |= set(application.written_by_ids)
        assert application.decided_by_id not in wrote
        assert payment.paid_by_id not in wrote | {application.decided_by_id}
        entered, confirmed = of(account.entered_by_id), of(account.confirmed_by_id)
        assert not entered & confirmed, "one person entered and confirmed the account"
        assert not of(application.decided_by_id) & of(payment.paid_by_id), "decided and paid"
        one_alone = of(*wrote) & of(application.decided_by_id) & entered & confirmed
        assert not one_alone, "one person did it all"
        assert payment.entry_id in {
            row.entry_id for row in db.session.query(BankReference).filter_by(ended=False)
        }, "paid without a reference"

    @invariant()
    def a_reference_stands_once(self):
        if not hasattr(self, "most"):
            return
        rows = db.session.query(Application.payment_reference).filter(
            Application.payment_reference.is_not(None)
        )
        said = [re.sub(r"[\W_]", "", reference.casefold()) for (reference,) in rows]
        assert len(said) == len(set(said))

    def teardown(self):
        if hasattr(self, "savepoint"):
            db.session.remove()
            self.savepoint.rollback()


def test_nobody_alone_raises_what_can_be_awarded_or_pays(database, cast, capsys):
    sqlite = is_sqlite(database.connection().engine)
    wanted = LONG if sqlite else LONG * 3 // 10
    wanted = wanted or SHORT["sqlite" if sqlite else "postgresql"]
    DONE.clear()
    REFUSED.clear()
    for _ in range(50):
        run_state_machine_as_test(
            NobodyAlone,
            settings=settings(
                max_examples=10 if LONG else 4,
                stateful_step_count=50 if LONG else 30,
                deadline=None,
                database=None,
                suppress_health_check=list(HealthCheck),
                phases=[Phase.generate],  # making an example small takes longer than the run
            ),
        )
        if DONE.total() + REFUSED.total() >= wanted:
            break
    with capsys.disabled():
        print(
            f"\n{'SQLite' if sqlite else 'PostgreSQL'}: {DONE.total() + REFUSED.total()} acts, "
            f"{DONE.total()} done, {REFUSED.total()} refused"
        )
        if LONG:
            print(f"done {dict(DONE)}\nrefused {dict(REFUSED)}")
    assert DONE.total() + REFUSED.total() >= wanted
    if LONG:
        assert not EVERY_ACT - set(DONE) - (set() if sqlite else SELDOM)


EVERY_ACT = {
    "ask fund", "ask cap", "ask terms", "approve fund", "approve cap", "approve terms", "refuse",
    "rename", "plan round", "change round", "add user", "propose user", "agree to add",
    "propose change", "agree to change", "change user", "send link", "apply", "award", "add payee",
    "enter account", "confirm account", "plan", "release", "send", "take in", "mark as paid",
    "pay outright",
}  # fmt: skip
# What so much shorter a run may never come to do.
SELDOM = {"approve fund", "approve cap", "approve terms", "refuse", "send", "take in"} | {
    "mark as paid", "pay outright", "change user", "send link", "rename",
}  # fmt: skip
