"""Acts in any order hypothesis thinks of, against a plain model of what the ledger should do.

What the model allows must be done, what it forbids must be refused, and after each step the
figures in the database are the model's.
"""

from collections import defaultdict
from datetime import date, timedelta
from itertools import count

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    Bundle,
    RuleBasedStateMachine,
    consumes,
    initialize,
    invariant,
    multiple,
    precondition,
    rule,
    run_state_machine_as_test,
)

from models.base import db, is_sqlite
from models.budget.actions import caps, money
from models.budget.actions.caps import change_cap_now
from models.budget.actions.tree import set_up_now
from models.budget.faults import ledger_faults
from models.budget.plans import FundPlan
from models.budget.queries.tree import leaf_for
from models.budget.rules import MAX_P
from models.budget.tables import Award, BudgetNode, LedgerEntry
from models.errors import Conflict, Invalid, OverBudget
from tests.cast import load_cast

pytestmark = pytest.mark.slow
AMOUNTS = st.integers(1, 30_000)
PLACES = st.integers(0, 5)
_funds = count(1)


class Model:
    """The figures as they should be, by node id and by award id."""

    def __init__(self, parents):
        self.parents = parents
        self.nodes = {
            node: dict.fromkeys(("cap", "handed", "com", "paid", "ret"), 0) for node in parents
        }
        self.awards = defaultdict(lambda: dict.fromkeys(("com", "paid", "ret"), 0))

    def take(self, rows):
        """Apply rows of (kind, node, amount, award); False and no change where a rule forbids."""
        before = {key: dict(value) for key, value in self.nodes.items()}
        awards = {key: dict(value) for key, value in self.awards.items()}
        for kind, node, amount, award in rows:
            if kind in ("allot", "vire"):
                self.nodes[node]["cap"] += amount
                if self.parents[node]:
                    self.nodes[self.parents[node]]["handed"] += amount
                continue
            change = {
                "commit": {"com": amount},
                "release": {"com": -amount},
                "pay": {"com": -amount, "paid": amount},
                "return": {"ret": amount},
            }[kind]
            places = [self.awards[award]]
            while node:
                places.append(self.nodes[node])
                node = self.parents[node]  # noqa: PLW2901 - climbing the tree
            for place in places:
                for figure, by in change.items():
                    place[figure] += by
        if self.fits():
            return True
        self.nodes = before
        self.awards = defaultdict(lambda: dict.fromkeys(("com", "paid", "ret"), 0), awards)
        return False

    def fits(self):
        balances = [*self.nodes.values(), *self.awards.values()]
        return all(b["com"] >= 0 and 0 <= b["ret"] <= b["paid"] for b in balances) and all(
            0 <= n["handed"] <= n["cap"] and n["com"] + n["paid"] - n["ret"] <= n["cap"]
            for n in self.nodes.values()
        )


class AnyOrder(RuleBasedStateMachine):
    awards = Bundle("awards")
    entries = Bundle("entries")

    @initialize()
    def set_up(self):
        self.cast = load_cast()
        self.keys = count(1)
        number = next(_funds)
        code, starts_on = f"ANY{number}", date(2026, 4, 1) - timedelta(days=2 * number)
        plan = FundPlan(
            name=f"Any order {number}",
            code=code,
            cap_p=100_000,
            starts_on=starts_on,
            ends_on=starts_on + timedelta(days=1),
            max_grant_p=500_00,
            heads={"Print": "P", "Digital": "D"},
            allocations={"P": {"NWI": 20_000, "SO": 10_000}, "D": {"NWI": 20_000}},
        )
        self.fund = set_up_now(plan, by=self.cast.alice)
        # This machine is about the ledger alone; test_machine is about the two people.
        self.fund.approve_above_p = MAX_P
        nodes = {
            node.id: node
            for node in db.session.query(BudgetNode).filter(BudgetNode.code.startswith(code))
            if node.code.startswith(f"{code}/") or node.code == code
        }
        self.ids = list(nodes)
        self.model = Model({node.id: node.parent_id for node in nodes.values()})
        rows = db.session.query(LedgerEntry).filter(LedgerEntry.node_id.in_(self.ids))
        assert self.model.take([("allot", row.node_id, row.amount_p, None) for row in rows])
        self.leaves = [
            leaf.id
            for leaf in (
                leaf_for(self.fund, head, region)
                for head in "PD"
                for region in ("NWI", "SO", "NAT")
            )
        ]
        self.heads = [self.model.parents[self.leaves[0]], self.model.parents[self.leaves[3]]]
        self.last = None

    def do(self, rows, act):
        """Run the act; it must succeed where the model can take the rows, else be refused."""
        key = f"any:{self.fund.id}:{next(self.keys)}"
        allowed = self.model.take(rows)
        number = db.session.query(LedgerEntry).count()
        try:
            done = act(key)
        except OverBudget as refusal:
            assert not allowed, refusal.message  # noqa: PT017 - either way is right at times
            assert db.session.query(LedgerEntry).count() == number
            return None
        assert allowed
        self.last = (lambda: act(key), done)
        return done

    @rule(target=awards, leaf=PLACES, amount_p=AMOUNTS)
    def commit(self, leaf, amount_p):
        node = self.leaves[leaf]
        # The award's id is not known before; the model knows it by a number of its own.
        name = next(self.keys)
        made = self.do(
            [("commit", node, amount_p, name)],
            lambda key: money.commit(
                node_id=node, reference=key, amount_p=amount_p, by=self.cast.alice, key=key
            ),
        )
        if made is None:
            return multiple()
        return (name, made.id)

    def on_award(self, kind, award, amount_p, act):
        name, award_id = award
        stored = db.session.get(Award, award_id)
        done = self.do(
            [(kind, stored.node_id, amount_p, name)],
            lambda key: act(award=stored, amount_p=amount_p, key=key),
        )
        return multiple() if done is None else (kind, name, done.id)

    @rule(target=entries, award=awards, amount_p=AMOUNTS)
    def pay(self, award, amount_p):
        return self.on_award(
            "pay", award, amount_p, lambda **with_: money.pay(**with_, by=self.cast.carol)
        )

    @rule(target=entries, award=awards, amount_p=AMOUNTS)
    def release(self, award, amount_p):
        return self.on_award(
            "release", award, amount_p, lambda **with_: money.release(**with_, by=self.cast.alice)
        )

    @rule(target=entries, award=awards, amount_p=AMOUNTS)
    def give_back(self, award, amount_p):
        return self.on_award(
            "return", award, amount_p, lambda **with_: money.give_back(**with_, by=self.cast.carol)
        )

    @rule(entry=consumes(entries))
    def reverse(self, entry):
        kind, name, entry_id = entry
        row = db.session.get(LedgerEntry, entry_id)
        by = self.cast.carol if kind in ("pay", "return") else self.cast.alice
        done = self.do(
            [(kind, row.node_id, -row.amount_p, name)],
            lambda key: money.reverse(entry=row, by=by, key=key, reason="r"),
        )
        if done is not None:
            with pytest.raises(Conflict):
                money.reverse(entry=row, by=by, key=f"again:{row.id}", reason="r")

    @rule(place=st.integers(0, 7), amount_p=AMOUNTS, back=st.booleans())
    def allot(self, place, amount_p, back):
        node = [*self.leaves, *self.heads][place]
        change_p = -amount_p if back else amount_p
        self.do(
            [("allot", node, change_p, None)],
            lambda key: caps.allot(
                node=db.session.get(BudgetNode, node),
                amount_p=change_p,
                by=self.cast.alice,
                key=key,
            ),
        )

    @rule(places=st.tuples(PLACES, PLACES), amount_p=AMOUNTS, back=st.booleans())
    def vire(self, places, amount_p, back):
        source, target = (self.leaves[place] for place in places)
        above = [self.model.parents[source], self.model.parents[target]]
        rows = [("vire", source, -amount_p, None), ("vire", target, amount_p, None)]
        if above[0] != above[1]:
            rows[1:1] = [("vire", above[0], -amount_p, None), ("vire", above[1], amount_p, None)]

        def act(key):
            return caps.vire(
                source=db.session.get(BudgetNode, source),
                target=db.session.get(BudgetNode, target),
                amount_p=amount_p,
                reason="r",
                by=self.cast.alice,
                key=key,
            )

        if source == target:
            with pytest.raises(Invalid):
                act("never")
            return
        made = self.do(rows, act)
        if made is not None and back:
            mirror = [(kind, node, -amount, None) for kind, node, amount, _ in rows]
            self.do(
                mirror,
                lambda key: money.reverse(entry=made[0], by=self.cast.alice, key=key, reason="r"),
            )

    @rule(amount_p=st.integers(1, 200_000))
    def change_cap(self, amount_p):
        root = self.fund.node_id
        change_p = amount_p - self.model.nodes[root]["cap"]
        if change_p:
            self.do(
                [("allot", root, change_p, None)],
                lambda key: change_cap_now(
                    fund=self.fund,
                    amount_p=amount_p,
                    reason="r",
                    authority="Executive",
                    by=self.cast.alice,
                    key=key,
                ),
            )

    @precondition(lambda self: self.last is not None)
    @rule()
    def press_again(self):
        act, done = self.last
        number = db.session.query(LedgerEntry).count()
        assert act() == done
        assert db.session.query(LedgerEntry).count() == number

    @invariant()
    def the_figures_are_the_models(self):
        if not hasattr(self, "model"):
            return
        for node in db.session.query(BudgetNode).filter(BudgetNode.id.in_(self.ids)):
            stored = {
                "cap": node.cap_p,
                "handed": node.handed_p,
                "com": node.committed_p,
                "paid": node.paid_p,
                "ret": node.returned_p,
            }
            assert stored == self.model.nodes[node.id], node.code
            assert node.available_p >= 0

    def teardown(self):
        assert list(ledger_faults()) == []


def test_acts_in_any_order_keep_the_rules(database, cast):
    of_sqlite = is_sqlite(database.connection().engine)
    run_state_machine_as_test(
        AnyOrder,
        settings=settings(
            max_examples=60 if of_sqlite else 15,
            stateful_step_count=30 if of_sqlite else 20,
            deadline=None,
            database=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
