"""Everything that people do with applications and the budget, in any order hypothesis thinks of.

Seven people act: two regional officers, an officer, two national officers, two of finance. Each act
is done or refused by the product; the rules that must hold whatever happened are written here a
second time, from the design, and are read from the tables alone.

A short form runs with the suite. `make machine` runs the long one: HUSTINGS_MACHINE is how many
steps it takes on SQLite; PostgreSQL takes a fifth of them.
"""

import os
from collections import Counter, defaultdict
from datetime import date, timedelta
from itertools import count
from types import SimpleNamespace

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    Bundle,
    RuleBasedStateMachine,
    initialize,
    invariant,
    multiple,
    precondition,
    rule,
    run_state_machine_as_test,
)

from models import clock
from models.accounts.roles import Role
from models.accounts.tables import User
from models.base import db, is_sqlite
from models.budget.actions import caps
from models.budget.actions.gate import crosses_heads
from models.budget.approvals.actions import asking
from models.budget.approvals.actions.answering import approve, refuse
from models.budget.approvals.tables import BudgetRequest
from models.budget.faults import ledger_faults
from models.budget.limits.actions import add_limit
from models.budget.queries.nodes import has_awards, nodes_under
from models.budget.queries.periods import funds
from models.budget.queries.tree import leaf_for
from models.budget.tables import Award, BudgetNode, LedgerEntry
from models.errors import DomainError
from models.funding.actions import decide, draft, undo
from models.funding.actions import endorse as funding
from models.funding.actions import refer as passing
from models.funding.actions.answers import save_answers
from models.funding.actions.decide import ask_for_changes, mark_paid
from models.funding.actions.draft import save_draft, start_draft
from models.funding.actions.endorse import send_back, take_on
from models.funding.actions.undo import lapse
from models.funding.assessing.actions import declare_interest, save_criteria, score
from models.funding.assessing.queries.interests import declared_by
from models.funding.assessing.queries.scores import criteria_of
from models.funding.assessing.rules import Wanted
from models.funding.assessing.tables import Score
from models.funding.tables import Application, ApplicationStep
from models.payments.actions import paying
from models.payments.actions import plan as payments
from models.payments.actions.batches import make_batch
from models.payments.actions.paying import mark_sent_paid, release
from models.payments.actions.plan import to_plan_p
from models.payments.payees.actions import add_payee, confirm_account, enter_account
from models.payments.queries.one import payments_of
from models.payments.refunds.actions import ask_refund, receive_refund
from models.payments.rules import Tranche
from models.payments.tables import Payment, PaymentStep, Refund
from models.rounds.forms import Form, Question, Section
from tests.budgets import make_fund
from tests.cast import load_cast
from tests.funding_factories import CODING, answers_for, make_contest
from tests.payment_factories import HOW, NUMBER, SORT_CODE, pay_day
from tests.round_factories import make_round

pytestmark = pytest.mark.slow

LONG = int(os.environ.get("HUSTINGS_MACHINE", "0"))
SHORT = {"sqlite": (6, 50), "postgresql": (3, 40)}
PEOPLE = ("bob", "ben", "olive", "alice", "ada", "carol", "frank")
AMOUNTS = st.integers(1, 300_00)
WHO = st.sampled_from(PEOPLE)
OFFICE = st.sampled_from(("olive", "alice", "ada"))
FINANCE = st.sampled_from(("carol", "frank"))
LEAVES = st.integers(0, 3)

FORM = Form((Section("s1", "The campaign", "", "region", (Question("q1", "What for?", "long"),)),))

# From DOMAIN and the issue, not from workflow.py: which step leads from where to where.
WAITS = {"endorsed", "recommended", "referred"}
EDGES = {
    "draft": ({None}, "draft"),
    "submit": ({"draft", "returned"}, "submitted"),
    "endorse": ({"submitted"}, "endorsed"),
    "send-back": ({"submitted"}, "returned"),
    "not-endorse": ({"submitted"}, "not_endorsed"),
    "take-on": ({"not_endorsed"}, "endorsed"),
    "recommend": ({"endorsed"}, "recommended"),
    "refer": (WAITS, "referred"),
    "award": (WAITS, "awarded"),
    "return": (WAITS, "returned"),
    "decline": (WAITS, "declined"),
    "reduce": ({"awarded"}, "awarded"),
    "withdraw": ({"draft", "returned", "submitted", "awarded"} | WAITS, "withdrawn"),
    "lapse": ({"submitted", "awarded"} | WAITS, "lapsed"),
    "pay": ({"awarded"}, "paid"),
    "reopen": ({"paid"}, "awarded"),
}
_funds = count(1)
tally = SimpleNamespace(done=Counter(), refused=Counter(), steps=0)


class EverybodyAtWork(RuleBasedStateMachine):
    applications = Bundle("applications")
    requests = Bundle("requests")
    refunds = Bundle("refunds")

    @initialize(target=applications, in_round=st.booleans(), passed_up=st.booleans())
    def set_up(self, in_round, passed_up):
        self.cast = load_cast()
        self.region = self.cast.regions["NWI"]
        self.people = {name: self._person(name) for name in PEOPLE}
        # The fund of the run before is over, so that this one's can run today.
        for before, fund in enumerate(funds()):
            fund.starts_on = date(2000, 1, 1) + timedelta(days=2 * before)
            fund.ends_on = fund.starts_on + timedelta(days=1)
        number = next(_funds)
        self.fund = make_fund(
            self.cast.alice, name=f"Machine {number}", code=f"MACH{number}", cap_p=2_000_00,
            allocations={"PRINT": {"NWI": 800_00, "SO": 100_00}, "DIGI": {"NWI": 500_00}},
        )  # fmt: skip
        # Olive may award little by herself, so that there is something to pass up.
        add_limit(
            amount_p=90_00, user_id=self.cast.olive.id, starts_on=clock.today(), by=self.cast.alice
        )
        self.leaves = [
            leaf_for(self.fund, head, code).id
            for head in ("PRINT", "DIGI")
            for code in ("NWI", "SO")
        ]
        self.numbers, self.asked, self.last, self.checked = count(1), count(1), None, None
        self.round = self._round() if in_round else None
        self.payee = self._payee()
        # Three to begin with, each as far as another: what comes after an award is seldom reached.
        begun = [
            self._apply(who, 100_00, far, leaf)
            for who, far, leaf in (("bob", 1, 0), ("ben", 2, 0), ("olive", 5, 2))
        ]
        if passed_up and in_round:
            self.not_endorse(application=begun[0], who="ben", which=0, taken_on=True)
        elif passed_up:
            self.refer(application=begun[0], who="olive")
        return multiple(*begun)

    def _round(self):
        """One that asks for a score, and in which whoever submits does not endorse by that."""
        made = make_round(
            by=self.cast.alice,
            fund=self.fund,
            form=FORM,
            code=f"R{self.fund.id}",
            scores_needed=1,
            submission_endorses=False,
        )
        save_criteria(made, wanted=[Wanted("Need", 100)], by=self.cast.alice)
        return made

    def _person(self, name):
        known = getattr(self.cast, name, None)
        if known is not None:
            return known
        roles = {
            "ben": Role.REGIONAL_OFFICER, "ada": Role.NATIONAL_OFFICER, "frank": Role.FINANCE,
        }  # fmt: skip
        user = User(email=f"{name}@example.org", name=name.capitalize(), role=roles[name])
        user.regions = [self.region] if name == "ben" else []
        db.session.add(user)
        db.session.flush()
        return user

    def _payee(self):
        carol, frank = self.people["carol"], self.people["frank"]
        payee = add_payee(name=f"CLP of {self.fund.node.code}", kind="party-unit", by=carol)
        account = enter_account(payee, sort_code=SORT_CODE, number=NUMBER, holder="CLP", by=carol)
        confirm_account(account, sort_code=SORT_CODE, number=NUMBER, checked_how=HOW, by=frank)
        return payee.id

    # ---- how an act is tried

    def attempt(self, verb, act):
        """The act is done whole, or refused and nothing is changed."""
        tally.steps += 1
        before = written()
        try:
            with db.session.begin_nested():
                done = act()
                db.session.flush()
        except DomainError:
            tally.refused[verb] += 1
            assert written() == before
            return None
        tally.done[verb] += 1
        self.last = act
        return done

    def key(self):
        return f"{self.fund.id}:{next(self.numbers)}"

    def step(self, verb, application, who, act, **values):
        subject, by, key = db.session.get(Application, application), self.people[who], self.key()
        return self.attempt(verb, lambda: act(subject, by=by, key=key, **values))

    # ---- applying

    @rule(
        target=applications,
        who=st.sampled_from(("bob", "ben", "olive")),
        amount_p=AMOUNTS,
        far=st.integers(0, 5),
        leaf=st.sampled_from((0, 2)),
    )
    def apply(self, who, amount_p, far, leaf):
        """A new application, taken so far on its way."""
        made = self._apply(who, amount_p, far, leaf)
        return multiple() if made is None else made

    def _apply(self, who, amount_p, far, leaf):
        by, contest = self.people[who], make_contest(self.region)

        def act():
            where = {"round_": self.round} if self.round else {"fund": self.fund}
            made = start_draft(region_id=self.region.id, by=by, **where)
            save_draft(made, answers=answers_for(contest, amount_p=amount_p), by=by)
            if self.round:
                [section] = FORM.sections
                save_answers(made, section=section, answers={"q1": "Two drops"}, by=by)
            return made

        made = self.attempt("draft", act)
        self.last = None  # a draft is started as often as one asks for one
        if made is None:
            return None
        if far > 0:
            self.step("submit", made.id, who, draft.submit)
        if far > 1 and self.round:
            self.endorse(application=made.id, who="ben" if who == "bob" else "bob")
            scorer = "ada" if who == "olive" else "olive"
            self.score(application=made.id, who=scorer, points=3)
            self.recommend(application=made.id, who=scorer, amount_p=amount_p)
        if far > 1:
            self.declare(application=made.id, who="alice", answer="none")
            self._award(made.id, "alice", None, leaf)
        if far == 4:
            self.pay_outright(application=made.id, who="carol")
        if far == 5:
            self.pay_by_batch(
                application=made.id,
                releaser="olive" if who != "olive" else "ada",
                payer="carol",
                booker="frank",
                part=2,
            )
        return made.id

    @rule(application=applications, who=WHO)
    def submit(self, application, who):
        self.step("submit", application, who, draft.submit)

    @rule(application=applications, who=WHO)
    def endorse(self, application, who):
        self.step("endorse", application, who, funding.endorse)

    @rule(application=applications, who=WHO, which=st.integers(0, 2), taken_on=st.booleans())
    def not_endorse(self, application, who, which, taken_on):
        """What a region said no to, the national office takes on all the same, or does not."""
        act = (funding.not_endorse, send_back, take_on)[which]
        if self.step(act.__name__, application, who, act, reason="r") and which == 0 and taken_on:
            self.step("take_on", application, "alice", take_on, reason="r")

    @rule(application=applications, who=OFFICE, answer=st.sampled_from(("none", "none", "staff")))
    def declare(self, application, who, answer):
        if self.round:
            subject, by = db.session.get(Application, application), self.people[who]
            self.attempt("declare", lambda: declare_interest(subject, answer=answer, by=by))
            self.last = None  # whoever declares again has two declarations

    @rule(application=applications, who=OFFICE, points=st.integers(0, 4))
    def score(self, application, who, points):
        if not self.round:
            return
        subject, by = db.session.get(Application, application), self.people[who]
        if not declared_by(by, [subject]):
            self.declare(application=application, who=who, answer="none")
        [criterion] = criteria_of(self.round.id)
        given = {"points": {criterion.id: points}, "reasons": {criterion.id: "r"}}
        self.attempt("score", lambda: score(subject, **given, by=by))
        self.last = None  # a second scoring stands beside the first

    @rule(application=applications, who=WHO, amount_p=AMOUNTS)
    def recommend(self, application, who, amount_p):
        self.step("recommend", application, who, passing.recommend, amount_p=amount_p, reason="r")

    @rule(application=applications, who=OFFICE)
    def refer(self, application, who):
        asked_p = db.session.get(Application, application).requested_p or 1
        self.step("refer", application, who, passing.refer, amount_p=asked_p)

    @rule(application=applications, who=OFFICE, amount_p=AMOUNTS, whole=st.booleans(), leaf=LEAVES)
    def award(self, application, who, amount_p, whole, leaf):
        self._award(application, who, None if whole else amount_p, leaf)

    def _award(self, application, who, amount_p, leaf):
        asked_p = db.session.get(Application, application).requested_p or 1
        self.step(
            "award",
            application,
            who,
            decide.award,
            coding=CODING,
            reason="r",
            amount_p=amount_p or asked_p,
            answers={"over-threshold": "They know"},
            node=db.session.get(BudgetNode, self.leaves[leaf]),
        )

    @rule(application=applications, who=OFFICE)
    def decline(self, application, who):
        self.step("decline", application, who, decide.decline, reason="r")

    @rule(application=applications, who=OFFICE, which=st.integers(0, 1))
    def end(self, application, who, which):
        act = (ask_for_changes, lapse)[which]
        self.step(act.__name__, application, who, act, reason="r")

    @rule(application=applications, who=WHO)
    def withdraw(self, application, who):
        self.step("withdraw", application, who, undo.withdraw)

    @rule(application=applications, who=OFFICE, amount_p=AMOUNTS)
    def reduce(self, application, who, amount_p):
        left_p = db.session.get(Application, application).awarded_p or amount_p
        amount_p = amount_p % left_p or 1
        self.step("reduce", application, who, undo.reduce, amount_p=amount_p, reason="r")

    # ---- paying

    @rule(application=applications, who=WHO)
    def pay_outright(self, application, who):
        subject = db.session.get(Application, application)
        if subject.status == "awarded" and any(
            one.payee_id is None for one in payments_of(subject)
        ):
            self.plan(application=application, who="olive", part=4)
        said = {"paid_on": clock.today(), "reference": f"B {self.key()}"}
        self.step("pay", application, who, mark_paid, **said)

    @rule(application=applications, who=WHO, part=st.integers(1, 4))
    def plan(self, application, who, part):
        subject = db.session.get(Application, application)
        left_p = to_plan_p(subject, payments_of(subject))
        first_p = left_p * part // 4
        tranches = [Tranche(p, self.payee) for p in (first_p, left_p - first_p) if p]
        by = self.people[who]
        self.attempt("plan", lambda: payments.plan(subject, tranches, by=by))

    @rule(
        application=applications,
        releaser=OFFICE,
        payer=FINANCE,
        booker=FINANCE,
        part=st.integers(1, 4),
    )
    def pay_by_batch(self, application, releaser, payer, booker, part):
        subject = db.session.get(Application, application)
        ready = [one for one in payments_of(subject) if one.status == "scheduled"]
        if not ready:
            return
        if any(one.payee_id is None for one in ready):
            self.plan(application=application, who="olive", part=part)
            db.session.expire_all()
            ready = [one for one in payments_of(subject) if one.status == "scheduled"]
        payment, people = ready[0], [self.people[name] for name in (releaser, payer, booker)]
        keys = [self.key() for _ in range(3)]
        if self.attempt(
            "release", lambda: release(payment, by=people[0], key=keys[0])
        ) and self.attempt(
            "export",
            lambda: make_batch([payment.id], pay_on=pay_day(), by=people[1], key=keys[1]),
        ):
            self.attempt(
                "book",
                lambda: mark_sent_paid(payment, paid_on=clock.today(), by=people[2], key=keys[2]),
            )

    @rule(application=applications, who=FINANCE)
    def reverse(self, application, who):
        subject, by, key = db.session.get(Application, application), self.people[who], self.key()
        paid = [one for one in payments_of(subject) if one.status == "paid"]
        if paid:
            self.attempt("reverse", lambda: paying.reverse(paid[0], reason="r", by=by, key=key))

    @rule(target=refunds, application=applications, who=FINANCE, amount_p=AMOUNTS)
    def ask_back(self, application, who, amount_p):
        award = db.session.get(Application, application).award
        if award is not None and award.paid_p and amount_p > award.paid_p:
            amount_p = amount_p % award.paid_p + 1
        made = self.step("ask back", application, who, ask_refund, amount_p=amount_p, reason="r")
        if made is None:
            return multiple()
        self.refund(refund=made.id, who="frank", amount_p=amount_p // 2 + 1)
        return made.id

    @rule(refund=refunds, who=FINANCE, amount_p=AMOUNTS)
    def refund(self, refund, who, amount_p):
        subject, by, key = db.session.get(Refund, refund), self.people[who], self.key()
        self.attempt(
            "refund",
            lambda: receive_refund(
                subject, amount_p=amount_p, received_on=clock.today(), reference=f"CR {key}",
                by=by, key=key,
            ),
        )  # fmt: skip

    # ---- the budget

    @rule(
        target=requests,
        places=st.tuples(LEAVES, LEAVES),
        amount_p=st.integers(1, 60_00),
        who=st.sampled_from(("olive", "alice", "ada", "carol")),
    )
    def ask_virement(self, places, amount_p, who):
        source, target = (db.session.get(BudgetNode, self.leaves[place]) for place in places)
        by, key = self.people[who], f"ask:{self.key()}"
        made = self.attempt(
            "ask virement",
            lambda: asking.ask_virement(
                source=source, target=target, amount_p=amount_p, reason="r", by=by, key=key
            ),
        )
        return self._answered(made, who)

    @rule(target=requests, amount_p=st.integers(1_000_00, 3_000_00), who=OFFICE)
    def ask_cap(self, amount_p, who):
        by, key = self.people[who], f"ask:{self.key()}"
        made = self.attempt(
            "ask cap",
            lambda: asking.ask_cap(
                fund=self.fund, amount_p=amount_p, reason="r", authority="A", by=by, key=key
            ),
        )
        return self._answered(made, who)

    def _answered(self, made, who):
        """Of three requests two are tried on whoever asked, and then on somebody else.

        One of the two is approved and one refused; the third waits for whom chance sends. They are
        counted here and not by their ids: the same acts must do the same in every run.
        """
        if made is None:
            return multiple()
        turn = next(self.asked) % 3
        if turn:
            for name in (who, "ada" if who == "alice" else "alice"):
                self.answer(request=made.id, who=name, which=turn - 1)
        return made.id

    @rule(request=requests, who=WHO, which=st.integers(0, 3))
    def answer(self, request, who, which):
        subject, by = db.session.get(BudgetRequest, request), self.people[who]
        if which == 0:
            self.attempt("refuse", lambda: refuse(subject, by=by, answer="r"))
        else:
            self.attempt(f"approve {subject.kind}", lambda: approve(subject, by=by))

    @rule(places=st.tuples(LEAVES, LEAVES), amount_p=AMOUNTS, who=OFFICE, cap=st.booleans())
    def alone(self, places, amount_p, who, cap):
        """One person tries what needs two: between the regions of a head alone it is done."""
        here, there = places
        if there == here:
            there = here ^ 1  # the other region of the same head
        source, target = (db.session.get(BudgetNode, self.leaves[place]) for place in (here, there))
        by, key = self.people[who], f"alone:{self.key()}"
        said = {"amount_p": amount_p, "reason": "r", "by": by, "key": key}
        needed = cap or (crosses_heads(source, target) and has_awards(self.fund))
        if cap:
            said["amount_p"] += self.fund.node.cap_p
            done = self.attempt(
                "cap alone",
                lambda: approve(asking.ask_cap(fund=self.fund, authority="A", **said), by=by),
            )
        else:
            done = self.attempt(
                "vire alone", lambda: caps.vire(source=source, target=target, **said)
            )
        assert not (done and needed), "one person did what needs two"

    @precondition(lambda self: getattr(self, "last", None) is not None)
    @rule()
    def press_again(self):
        """The same click of the same person: nothing happens, and it is not a fault."""
        tally.steps += 1
        before = written()
        self.last()
        db.session.flush()
        assert written() == before
        tally.done["press again"] += 1

    # ---- what must hold whatever happened

    @invariant()
    def the_rules_hold(self):
        """Asked of the tables after every act that wrote something."""
        if not hasattr(self, "payee") or self.checked == written():
            return
        self.checked = written()
        nodes, entries = nodes_of(self.fund), entries_of(self.fund)
        self.every_place_keeps_its_cap_and_is_the_sum_of_its_entries(nodes, entries)
        self.no_step_is_skipped_and_nobody_is_two_people(entries)
        self.what_was_asked_by_one_is_approved_by_another(entries)

    def every_place_keeps_its_cap_and_is_the_sum_of_its_entries(self, nodes, entries):
        sums, awards = defaultdict(Counter), defaultdict(Counter)
        for row in entries:
            for place in path(nodes, row.node_id):
                sums[place].update(com=row.d_committed, paid=row.d_paid, ret=row.d_returned)
            sums[row.node_id].update(cap=row.d_cap)
            if nodes[row.node_id].parent_id:
                sums[nodes[row.node_id].parent_id].update(handed=row.d_cap)
            awards[row.award_id].update(com=row.d_committed, paid=row.d_paid, ret=row.d_returned)
        for node in nodes.values():
            there = (node.cap_p, node.handed_p, node.committed_p, node.paid_p, node.returned_p)
            wanted = [sums[node.id][key] for key in ("cap", "handed", "com", "paid", "ret")]
            assert list(there) == wanted, node.code
            assert node.committed_p + node.paid_p - node.returned_p <= node.cap_p, node.code
        for award in db.session.scalars(sa.select(Award).where(Award.node_id.in_(nodes))):
            there = [award.committed_p, award.paid_p, award.returned_p]
            assert there == [awards[award.id][key] for key in ("com", "paid", "ret")]

    def no_step_is_skipped_and_nobody_is_two_people(self, entries):
        applications = applications_of(self.fund)
        ids = [application.id for application in applications]
        steps, paid = defaultdict(list), defaultdict(list)
        taken = db.session.query(ApplicationStep).order_by(ApplicationStep.id)
        for step in taken.filter(ApplicationStep.application_id.in_(ids)):
            steps[step.application_id].append(step)
        for payment in db.session.query(Payment).filter(Payment.application_id.in_(ids)):
            paid[payment.application_id].append(payment)
        for application in applications:
            assert follow(steps[application.id]) == application.status
            if self.round:
                self.no_award_without_a_score(application, steps[application.id])
            if application.award_id is not None:
                mine = [row for row in entries if row.award_id == application.award_id]
                nobody_is_two(application, mine, paid[application.id])

    def no_award_without_a_score(self, application, steps):
        names = [step.step for step in steps]
        if "award" in names:
            before = names[: names.index("award")]
            assert "recommend" in before[len(before) - before[::-1].index("submit") :]
            scorers = db.session.query(Score.by_id).filter_by(application_id=application.id)
            wrote = {application.drafted_by_id, application.submitted_by_id}
            assert {row.by_id for row in scorers} - wrote

    def what_was_asked_by_one_is_approved_by_another(self, entries):
        moved = [row for row in entries if row.idem.startswith("request:")]
        for one in db.session.query(BudgetRequest).filter_by(fund_id=self.fund.id):
            rows = [row for row in moved if row.idem.split(":")[1] == str(one.id)]
            assert bool(rows) == (one.status == "approved")
            if one.status in ("approved", "refused"):
                assert one.decided_by_id != one.asked_by_id
            if one.kind == "cap":
                assert all(row.authority for row in rows)
        assert sum(row.amount_p for row in moved if row.kind == "vire") == 0

    def teardown(self):
        db.session.flush()
        db.session.expire_all()


def follow(steps):
    """The state that these steps lead to, each from where the one before it ended."""
    now, handled = None, set()
    for step in steps:
        from_, to = EDGES[step.step]
        assert step.from_status == now, step.step
        assert now in from_, step.step
        assert step.to_status == to, step.step
        if step.step == "submit":
            handled = set()
        if step.step in ("recommend", "refer", "award"):
            assert step.by_id not in handled, step.step
            handled.add(step.by_id)
        now = step.to_status
    return now


def nobody_is_two(application, entries, paid):
    """Whoever applied did not approve, and neither of them released or paid."""
    wrote = {application.drafted_by_id, application.submitted_by_id}
    assert application.decided_by_id not in wrote
    for row in entries:
        if row.kind == "pay":
            assert row.actor_id not in wrote | {application.decided_by_id}
    for payment in paid:
        if payment.paid_by_id is not None and payment.released_by_id is not None:
            assert payment.paid_by_id != payment.released_by_id
            assert payment.released_by_id not in wrote | {application.decided_by_id}


def written():
    """The last row of the ledger and of the histories: what an act that did nothing leaves."""
    return tuple(
        db.session.scalar(sa.select(sa.func.max(kind.id)))
        for kind in (LedgerEntry, ApplicationStep, PaymentStep, BudgetRequest)
    )


def nodes_of(fund):
    found = nodes_under(fund)
    return {node.id: node for node in found}


def path(nodes, node_id):
    while node_id:
        yield node_id
        node_id = nodes[node_id].parent_id


def entries_of(fund):
    ids = [node.id for node in nodes_under(fund)]
    return db.session.query(LedgerEntry).filter(LedgerEntry.node_id.in_(ids)).all()


def applications_of(fund):
    return db.session.query(Application).filter_by(fund_id=fund.id).all()


def test_whatever_people_do_in_any_order_the_rules_hold(database, cast, capsys):
    sqlite = is_sqlite(database.connection().engine)
    examples, length = SHORT["sqlite" if sqlite else "postgresql"]
    wanted = LONG if sqlite else LONG // 5
    if LONG:
        # PostgreSQL has fewer runs, and each of them is to be worth as much.
        examples, length = wanted * (2 if sqlite else 3) // 200, 100
    tally.steps, tally.done, tally.refused = 0, Counter(), Counter()
    started = clock.now()
    run_state_machine_as_test(
        EverybodyAtWork,
        settings=settings(
            max_examples=examples,
            stateful_step_count=length,
            deadline=None,
            database=None,
            suppress_health_check=list(HealthCheck),
            # A long run says what it found; making the example small would take as long again.
            phases=[Phase.generate] if LONG else list(Phase),
        ),
    )
    seconds = (clock.now() - started).total_seconds()
    with capsys.disabled():
        print(
            f"\n{'SQLite' if sqlite else 'PostgreSQL'}: {tally.steps} steps in {seconds:.0f} s, "
            f"{sum(tally.done.values())} done, {sum(tally.refused.values())} refused"
        )
        if LONG:
            print(f"done {dict(tally.done)}\nrefused {dict(tally.refused)}")
    assert list(ledger_faults()) == []
    if LONG:
        missing = EVERY_VERB - set(tally.done) - (set() if sqlite else SELDOM)
        assert not missing


# What a short run may never come to do.
SELDOM = {"not_endorse", "take_on", "decline", "refer", "refuse", "reverse", "pay", "vire alone"}
EVERY_VERB = {
    "draft", "submit", "endorse", "not_endorse", "take_on", "declare", "score", "recommend",
    "refer", "award", "reduce", "withdraw", "decline", "pay",
    "plan", "release", "export", "book", "reverse", "ask back", "refund", "ask virement",
    "ask cap", "approve virement", "approve cap", "refuse", "vire alone",
    "press again",
}  # fmt: skip
