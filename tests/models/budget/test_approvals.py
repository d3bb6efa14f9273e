"""Two people move money between heads and change the cap; one person alone does not."""

import pytest
from sqlalchemy.exc import IntegrityError

from models import audit
from models.accounts.permits import OPERATOR
from models.accounts.roles import Role
from models.accounts.tables import User
from models.base import db
from models.budget.actions import caps, money
from models.budget.actions.money import give_back
from models.budget.approvals.actions.answering import approve, refuse, withdraw
from models.budget.approvals.actions.asking import ask_cap, ask_take_back, ask_virement
from models.budget.approvals.queries import (
    request_for,
    requests_for,
    waiting_count,
)
from models.budget.approvals.tables import BudgetRequest
from models.budget.faults import ledger_faults
from models.budget.queries.nodes import path_of
from models.budget.queries.tree import leaf_for
from models.budget.rules import needs_second
from models.budget.tables import LedgerEntry
from models.errors import Conflict, Invalid, NotAllowed, NotFound, OverBudget, Refused
from tests.budgets import agree_terms, make_fund

SAID = {"reason": "Print is dearer", "key": "ask:1"}


@pytest.fixture
def fund(cast):
    return make_fund(cast.alice)


@pytest.fixture
def ada(cast):
    """A second national political officer."""
    user = User(email="ada@example.org", name="Ada Acorn", role=Role.NATIONAL_OFFICER)
    db.session.add(user)
    db.session.commit()
    return user


@pytest.fixture
def source(fund):
    return leaf_for(fund, "PRINT", "NWI")


@pytest.fixture
def target(fund):
    return leaf_for(fund, "DIGI", "SC")


@pytest.fixture
def award(source, cast):
    made = money.commit(
        node_id=source.id, reference="F-1", amount_p=1_000_00, by=cast.alice, key="award:1"
    )
    db.session.commit()
    return made


@pytest.fixture
def asked(award, source, target, cast):
    made = ask_virement(source=source, target=target, amount_p=700_00, by=cast.olive, **SAID)
    db.session.commit()
    return made


def entries():
    return db.session.query(LedgerEntry).count()


# ---- when a second person is needed


@pytest.mark.parametrize(
    ("kind", "between_heads", "above_p", "has_awards", "needed"),
    [
        ("virement", True, None, True, True),
        ("virement", False, None, True, False),
        ("virement", True, None, False, False),
        ("cap", True, None, True, True),
        ("cap", True, None, False, True),
        ("take-back", True, None, True, True),
        ("virement", False, 99_99, False, True),
        ("virement", True, 100_00, True, False),
        ("cap", True, 1_000_00, False, True),
    ],
)
def test_a_second_person_is_needed(kind, between_heads, above_p, has_awards, needed):
    said = needs_second(
        kind, between_heads=between_heads, amount_p=100_00, above_p=above_p, has_awards=has_awards
    )
    assert said is needed


def test_one_person_alone_moves_money_until_the_first_award(source, target, cast, fund):
    caps.vire(source=source, target=target, amount_p=1_00, by=cast.alice, reason="r", key="v1")
    money.commit(node_id=source.id, reference="F-1", amount_p=1_00, by=cast.alice, key="a1")
    acts = [
        lambda: caps.vire(
            source=source, target=target, amount_p=1_00, by=cast.alice, reason="r", key="v2"
        ),
        lambda: caps.allot(node=path_of(target.id)[1], amount_p=-1_00, by=cast.alice, key="t1"),
    ]
    for act in acts:
        with pytest.raises(Refused, match="second person"):
            act()
    # The regions of one head still exchange money freely, and a head is still given more.
    other = leaf_for(fund, "PRINT", "SO")
    caps.vire(source=source, target=other, amount_p=1_00, by=cast.alice, reason="r", key="v3")
    caps.allot(node=path_of(target.id)[1], amount_p=1_00, by=cast.alice, key="t2")
    # What was done before the first award answers its key as it did.
    caps.vire(source=source, target=target, amount_p=1_00, by=cast.alice, reason="r", key="v1")


def test_taking_a_virement_back_needs_the_second_person_too(source, target, cast):
    [first, *_] = caps.vire(
        source=source, target=target, amount_p=1_00, by=cast.alice, reason="r", key="v1"
    )
    money.commit(node_id=source.id, reference="F-1", amount_p=1_00, by=cast.alice, key="a1")
    with pytest.raises(Refused, match="second person"):
        money.reverse(entry=first, by=cast.alice, key="undo", reason="r")


def test_the_fund_says_from_which_amount_on(fund, source, target, cast, award):
    agree_terms(fund=fund, approve_above_p=500_00, by=cast.alice)
    move = {"source": source, "target": target, "by": cast.alice, "reason": "r"}
    caps.vire(**move, amount_p=500_00, key="v1")
    with pytest.raises(Refused, match="second person"):
        caps.vire(**move, amount_p=500_01, key="v2")
    with pytest.raises(Invalid):
        agree_terms(fund=fund, approve_above_p=-1, by=cast.alice, key="terms:2")


# ---- asking and answering


def test_nothing_moves_until_another_person_approves(asked, source, target, cast):
    before = entries()
    assert (source.cap_p, target.cap_p) == (10_000_00, 6_000_00)
    approve(asked, by=cast.alice)
    assert (source.cap_p, target.cap_p) == (9_300_00, 6_700_00)
    assert entries() == before + 4
    assert (asked.status, asked.decided_by_id) == ("approved", cast.alice.id)
    assert list(ledger_faults()) == []


def test_whoever_asked_does_not_answer(award, source, target, cast, ada):
    asked = ask_virement(source=source, target=target, amount_p=700_00, by=cast.alice, **SAID)
    for answer in (
        lambda: approve(asked, by=cast.alice),
        lambda: refuse(asked, by=cast.alice, answer="No"),
    ):
        with pytest.raises(Refused, match="You asked for this yourself"):
            answer()
    assert approve(asked, by=ada).status == "approved"


def test_the_database_itself_refuses_a_request_decided_by_whoever_asked(asked, cast):
    asked.status, asked.decided_by_id = "approved", cast.olive.id
    with pytest.raises(IntegrityError, match="two_people"):
        db.session.flush()
    db.session.rollback()


def test_only_officers_ask_and_only_national_officers_approve(asked, source, target, cast):
    for user in (cast.bob, cast.carol, cast.grace, cast.dan, OPERATOR):
        with pytest.raises(NotAllowed):
            ask_virement(source=source, target=target, amount_p=1, by=user, reason="r", key="k")
    for user in (cast.bob, cast.carol, cast.olive, cast.grace, OPERATOR):
        with pytest.raises(NotAllowed):
            approve(asked, by=user)
        with pytest.raises(NotAllowed):
            refuse(asked, by=user, answer="No")


def test_pressing_again_asks_and_approves_once(asked, source, target, cast, ada):
    again = ask_virement(source=source, target=target, amount_p=700_00, by=cast.olive, **SAID)
    assert again is asked
    with pytest.raises(Conflict, match="other figures"):
        ask_virement(source=source, target=target, amount_p=1_00, by=cast.olive, **SAID)
    approve(asked, by=cast.alice)
    before = entries()
    assert approve(asked, by=cast.alice).status == "approved"
    with pytest.raises(Conflict, match="approved already"):
        approve(asked, by=ada)
    with pytest.raises(Conflict, match="approved already"):
        refuse(asked, by=ada, answer="No")
    assert entries() == before


def test_what_is_not_there_is_refused_when_it_is_asked_for(award, source, target, cast):
    with pytest.raises(OverBudget, match=r"£9,000.00 of Print, North West & Irish is neither"):
        ask_virement(source=source, target=target, amount_p=9_000_01, by=cast.olive, **SAID)
    with pytest.raises(Invalid):
        ask_virement(source=source, target=source, amount_p=1, by=cast.olive, **SAID)
    with pytest.raises(Invalid, match="reason"):
        ask_virement(source=source, target=target, amount_p=1, by=cast.olive, reason=" ", key="k")


def test_what_was_used_meanwhile_cannot_be_moved_and_the_request_waits(asked, source, cast):
    money.commit(
        node_id=source.id, reference="F-2", amount_p=9_000_00, by=cast.alice, key="award:2"
    )
    with pytest.raises(OverBudget, match=r"£0.00 of Print"):
        approve(asked, by=cast.alice)
    assert asked.status == "waiting"
    assert source.cap_p == 10_000_00


def test_a_refusal_says_why_and_moves_nothing(asked, source, cast):
    with pytest.raises(Invalid, match="Say why"):
        refuse(asked, by=cast.alice, answer="  ")
    refuse(asked, by=cast.alice, answer="Wait for the round")
    assert (asked.status, asked.answer) == ("refused", "Wait for the round")
    assert source.cap_p == 10_000_00
    with pytest.raises(Conflict):
        approve(asked, by=cast.alice)


def test_whoever_asked_withdraws_and_nobody_else(asked, cast):
    with pytest.raises(Refused, match="Only whoever asked"):
        withdraw(asked, by=cast.alice)
    assert withdraw(asked, by=cast.olive).status == "withdrawn"
    assert withdraw(asked, by=cast.olive).status == "withdrawn"
    with pytest.raises(Conflict, match="withdrawn already"):
        approve(asked, by=cast.alice)


# ---- the cap, and money taken from a head


def test_a_new_cap_names_who_resolved_it_in_the_ledger(fund, award, cast):
    with pytest.raises(Invalid, match="who resolved it"):
        ask_cap(fund=fund, amount_p=300_000_00, authority=" ", by=cast.olive, **SAID)
    asked = ask_cap(
        fund=fund, amount_p=300_000_00, authority="Executive, minute 4", by=cast.olive, **SAID
    )
    approve(asked, by=cast.alice)
    entry = db.session.query(LedgerEntry).order_by(LedgerEntry.id.desc()).first()
    assert fund.node.cap_p == 300_000_00
    assert (entry.amount_p, entry.authority) == (50_000_00, "Executive, minute 4")
    assert (entry.reason, entry.actor_id) == ("Print is dearer", cast.alice.id)
    with pytest.raises(Refused, match="another one"):
        money.reverse(entry=entry, by=cast.alice, key="undo", reason="r")


def test_a_cap_below_what_is_handed_down_cannot_be_asked_for(fund, award, cast):
    with pytest.raises(OverBudget, match=r"£205,000.00 of Election fund 2026"):
        ask_cap(fund=fund, amount_p=44_999_99, authority="A", by=cast.olive, **SAID)


def test_money_taken_from_a_head_goes_back_to_the_fund(fund, award, cast):
    head = path_of(leaf_for(fund, "DIGI", "NAT").id)[1]
    with pytest.raises(OverBudget, match=r"£0.00 of Digital"):
        ask_take_back(node=head, amount_p=1_00, by=cast.olive, **SAID)
    caps.allot(node=head, amount_p=500_00, by=cast.alice, key="more")
    asked = ask_take_back(node=head, amount_p=500_00, by=cast.olive, **SAID)
    approve(asked, by=cast.alice)
    assert (head.cap_p, fund.node.cap_p - fund.node.handed_p) == (10_000_00, 205_000_00)


# ---- reading


def test_a_region_sees_only_the_requests_that_touch_it(asked, fund, cast):
    assert requests_for(cast.bob, fund) == [asked]
    assert requests_for(cast.eve, fund) == []
    with pytest.raises(NotFound):
        request_for(cast.eve, asked.id)
    assert waiting_count(cast.carol, fund) == 1


def test_asking_and_answering_are_in_the_audit(asked, cast):
    approve(asked, by=cast.alice)
    db.session.commit()
    events = {each.event for each in db.session.query(audit.AuditEntry)}
    assert {"budget.asked", "budget.approved", "ledger.vire"} <= events
    assert db.session.get(BudgetRequest, asked.id).status == "approved"


# ---- a closed fund


def test_nothing_moves_in_a_closed_fund_but_what_comes_back(fund, source, target, award, cast):
    paid = money.pay(award=award, amount_p=400_00, by=cast.carol, key="p1")
    fund.closed_on = fund.ends_on
    db.session.flush()
    acts = [
        lambda: money.commit(
            node_id=source.id, reference="F-9", amount_p=1, by=cast.alice, key="a9"
        ),
        lambda: money.pay(award=award, amount_p=1, by=cast.carol, key="p2"),
        lambda: caps.allot(node=source, amount_p=-1, by=cast.alice, key="b1"),
        lambda: ask_virement(source=source, target=target, amount_p=1, by=cast.olive, **SAID),
    ]
    before = entries()
    for act in acts:
        with pytest.raises(Refused, match="closed"):
            act()
    assert entries() == before
    give_back(award=award, amount_p=400_00, by=cast.carol, key="g1")
    money.release(award=award, amount_p=600_00, by=cast.alice, key="r1")
    assert paid.amount_p == 400_00
    assert list(ledger_faults()) == []
