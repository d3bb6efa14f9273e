"""The end of a fund's year: two people, every open commitment settled, the old fund readable."""

from datetime import UTC, datetime, time, timedelta

import pytest

from models import audit, clock
from models.accounts.roles import Role
from models.accounts.tables import User
from models.base import db
from models.budget.actions import money
from models.budget.actions.money import give_back
from models.budget.faults import ledger_faults
from models.budget.queries.nodes import node_by_id, paid_of
from models.budget.queries.periods import current_fund
from models.budget.queries.tree import leaf_for, tree_for
from models.budget.tables import AwardCarried, LedgerEntry
from models.errors import Conflict, Invalid, NotAllowed, NotFound, OverBudget, Refused
from models.funding.actions.undo import withdraw
from models.funding.queries.one import steps_of
from models.year_end import actions as year_end
from models.year_end import rules
from models.year_end.actions import approve, propose, refuse
from models.year_end.queries import end_for, ends_for
from models.year_end.rules import Open
from tests.budgets import ENDS_ON, NEXT_YEAR, SOON_AFTER, further_fund
from tests.funding_factories import make_awarded, make_fund, make_submitted

SAID = {"authority": "Executive, 3 March", "reason": "The year is over", "key": "end:1"}


@pytest.fixture
def ada(cast):
    """A second national political officer."""
    user = User(email="ada@example.org", name="Ada Acorn", role=Role.NATIONAL_OFFICER)
    db.session.add(user)
    db.session.commit()
    return user


@pytest.fixture
def old(cast):
    return make_fund(by=cast.alice)


@pytest.fixture
def nwi(cast):
    return cast.regions["NWI"]


@pytest.fixture
def kept(cast, old, nwi):
    """An award of £300.00 that will be carried."""
    return make_awarded(by=cast.bob, region=nwi, officer=cast.alice)


@pytest.fixture
def dropped(cast, old, nwi):
    """An award of £200.00 that will be released."""
    return make_awarded(by=cast.bob, region=nwi, officer=cast.alice, amount_p=200_00)


@pytest.fixture
def waiting(cast, old, nwi):
    return make_submitted(by=cast.bob, region=nwi)


@pytest.fixture
def new(cast, old, kept, dropped, waiting):
    """Next year's fund, after this year's applications were made; from then on it runs."""
    made = make_fund(by=cast.alice, share_p=1_000_00, cap_p=50_000_00, **NEXT_YEAR)
    with clock.set_to(SOON_AFTER):
        yield made


@pytest.fixture
def choices(kept, dropped):
    return {kept.award_id: "carry", dropped.award_id: "release"}


@pytest.fixture
def proposed(cast, old, new, choices):
    made = propose(
        fund=old, next_fund=new, choices=choices, balance_p=1_000_00, by=cast.olive, **SAID
    )
    db.session.commit()
    return made


def entries():
    return db.session.query(LedgerEntry).count()


def test_nothing_moves_until_another_person_approves(proposed, old, new, cast):
    assert (old.node.cap_p, new.node.cap_p) == (250_000_00, 50_000_00)
    assert old.closed_on is None


def test_what_is_open_is_carried_with_its_cap_or_released(
    proposed, old, new, kept, dropped, waiting, cast
):
    old_award = kept.award
    approve(proposed, by=cast.alice)
    db.session.commit()
    assert old.node.cap_p == 250_000_00 - 300_00 - 1_000_00
    assert new.node.cap_p == 50_000_00 + 300_00 + 1_000_00
    assert (old.node.committed_p, new.node.committed_p) == (0, 300_00)
    assert (kept.status, kept.fund, kept.award.committed_p) == ("awarded", new, 300_00)
    assert kept.award.reference == f"{kept.reference}/EF27"
    assert old_award.committed_p == 0
    assert node_by_id(kept.award.node_id).code == "EF27/PRINT/NWI"
    assert (dropped.status, dropped.award.committed_p) == ("lapsed", 0)
    assert (waiting.status, waiting.fund) == ("endorsed", new)
    assert (old.closed_on is not None, current_fund()) == (True, new)
    assert list(ledger_faults()) == []
    assert list(audit.broken_links()) == []


def test_each_movement_of_cap_names_who_resolved_it(proposed, cast):
    approve(proposed, by=cast.alice)
    rows = db.session.query(LedgerEntry).filter(LedgerEntry.idem.startswith("year-end:"))
    moved = [row for row in rows if row.kind == "allot"]
    assert sum(row.amount_p for row in moved if row.node_id == proposed.fund.node_id) == -1_300_00
    assert {row.authority for row in moved} == {"Executive, 3 March"}
    assert all("The year is over" in row.reason for row in moved)


def test_the_step_stands_in_the_applications_history(proposed, kept, cast):
    approve(proposed, by=cast.alice)
    step = steps_of(kept)[0]
    assert (step.step, step.amount_p, step.by_id) == ("carry", 300_00, cast.alice.id)


def test_the_carried_award_is_paid_in_the_next_year(proposed, kept, new, cast):
    approve(proposed, by=cast.alice)
    money.pay(award=kept.award, amount_p=300_00, by=cast.carol, key="p")
    assert (new.node.committed_p, new.node.paid_p) == (0, 300_00)


def test_money_paid_before_comes_back_to_the_year_that_paid_it(old, new, kept, dropped, cast):
    before = kept.award
    money.pay(award=before, amount_p=100_00, by=cast.carol, key="p1")
    end = propose(
        fund=old, next_fund=new, balance_p=0, by=cast.olive, **SAID,
        choices={kept.award_id: "carry", dropped.award_id: "release"},
    )  # fmt: skip
    approve(end, by=cast.alice)
    assert (kept.award.committed_p, kept.award.paid_p) == (200_00, 0)
    assert paid_of(kept.award) == 100_00
    with pytest.raises(Refused, match="paid already"):
        withdraw(kept, by=cast.bob)
    row = give_back(award=kept.award, amount_p=80_00, by=cast.carol, key="g1")
    assert row.award_id == before.id
    assert give_back(award=kept.award, amount_p=80_00, by=cast.carol, key="g1") == row
    assert (old.node.returned_p, new.node.returned_p) == (80_00, 0)
    with pytest.raises(OverBudget):
        give_back(award=kept.award, amount_p=21_00, by=cast.carol, key="g2")
    assert list(ledger_faults()) == []


def test_what_is_paid_in_part_ends_at_what_was_paid(old, new, kept, dropped, choices, cast):
    money.pay(award=dropped.award, amount_p=50_00, by=cast.carol, key="p1")
    end = propose(fund=old, next_fund=new, choices=choices, balance_p=0, by=cast.olive, **SAID)
    approve(end, by=cast.alice)
    assert (dropped.awarded_p, dropped.award.committed_p, dropped.award.paid_p) == (50_00, 0, 50_00)
    assert (old.node.committed_p, old.node.paid_p) == (0, 50_00)


def test_a_closed_fund_is_read_and_not_used(proposed, old, new, cast):
    approve(proposed, by=cast.alice)
    tree = tree_for(cast.alice, old)
    assert tree.figures.cap_p == 248_700_00
    leaf = leaf_for(old, "PRINT", "SO")
    with pytest.raises(Refused, match="closed"):
        money.commit(node_id=leaf.id, reference="X", amount_p=1, by=cast.alice, key="x")
    with pytest.raises(Refused, match="closed"):
        propose(
            fund=old, next_fund=new, choices={}, balance_p=0, by=cast.olive,
            **{**SAID, "key": "end:2"},
        )  # fmt: skip


def test_the_unspent_is_gathered_from_the_regions_where_it_is_needed(old, new, kept, dropped, cast):
    """£250,000.00 less £500.00 is unspent, but £20,000.00 of it stands with the regions."""
    end = propose(
        fund=old, next_fund=new, balance_p=249_700_00, by=cast.olive, **SAID,
        choices={kept.award_id: "carry", dropped.award_id: "release"},
    )  # fmt: skip
    approve(end, by=cast.alice)
    assert (old.node.cap_p, old.node.handed_p, old.node.available_p) == (0, 0, 0)
    assert new.node.cap_p == 50_000_00 + 300_00 + 249_700_00
    assert list(ledger_faults()) == []


def test_pressing_again_proposes_and_closes_once(proposed, old, new, choices, cast, ada):
    again = propose(
        fund=old, next_fund=new, choices=choices, balance_p=1_000_00, by=cast.olive, **SAID
    )
    assert again is proposed
    with pytest.raises(Conflict, match="other figures"):
        propose(fund=old, next_fund=new, choices=choices, balance_p=1, by=cast.olive, **SAID)
    with pytest.raises(Conflict, match="proposed already"):
        propose(
            fund=old, next_fund=new, choices=choices, balance_p=1, by=cast.olive,
            **{**SAID, "key": "end:2"},
        )  # fmt: skip
    approve(proposed, by=cast.alice)
    before = entries()
    approve(proposed, by=cast.alice)
    with pytest.raises(Conflict, match="approved already"):
        approve(proposed, by=ada)
    assert entries() == before


def test_whoever_proposed_does_not_close_and_others_may_not(old, new, choices, cast, ada):
    end = propose(fund=old, next_fund=new, choices=choices, balance_p=0, by=cast.alice, **SAID)
    with pytest.raises(Refused, match="proposed this yourself"):
        approve(end, by=cast.alice)
    for user in (cast.olive, cast.bob, cast.carol, cast.grace):
        with pytest.raises(NotAllowed):
            approve(end, by=user)
    for user in (cast.bob, cast.carol, cast.grace):
        with pytest.raises(NotAllowed):
            propose(fund=old, next_fund=new, choices=choices, balance_p=0, by=user, **SAID)
    with pytest.raises(Refused, match="Only whoever proposed"):
        year_end.withdraw(end, by=ada)
    assert approve(end, by=ada).status == "approved"


def test_what_changed_since_must_be_proposed_again(proposed, dropped, cast):
    money.pay(award=dropped.award, amount_p=50_00, by=cast.carol, key="p")
    with pytest.raises(Conflict, match=dropped.reference):
        approve(proposed, by=cast.alice)
    refuse(proposed, by=cast.alice, answer="Something was paid")
    assert proposed.status == "refused"


def test_a_place_that_the_next_fund_lacks_is_named(old, kept, dropped, waiting, choices, cast):
    bare = further_fund(
        cap_p=1_000_00, max_grant_p=500_00, heads={"Digital": "DIGI"}, allocations={},
        by=cast.alice, **NEXT_YEAR,
    )  # fmt: skip
    with (
        clock.set_to(SOON_AFTER),
        pytest.raises(Invalid, match="no place for Print, North West & Irish"),
    ):
        propose(fund=old, next_fund=bare, choices=choices, balance_p=0, by=cast.olive, **SAID)


def test_a_head_is_the_same_by_its_name_where_its_code_is_another(
    old, kept, dropped, choices, cast
):
    named = further_fund(
        cap_p=1_000_00, max_grant_p=500_00, heads={"PRINT": "PAPER", "Digital": "DIGI"},
        allocations={}, by=cast.alice, **NEXT_YEAR,
    )  # fmt: skip
    with clock.set_to(SOON_AFTER):
        end = propose(
            fund=old, next_fund=named, choices=choices, balance_p=0, by=cast.olive, **SAID
        )
        approve(end, by=cast.alice)
    assert node_by_id(kept.award.node_id).code == "EF27/PAPER/NWI"


def test_a_year_ends_only_when_its_last_day_has_passed(old, kept, dropped, choices, cast):
    following = make_fund(by=cast.alice, **NEXT_YEAR)
    said = {"fund": old, "next_fund": following, "choices": choices, "balance_p": 0, **SAID}
    last = datetime.combine(ENDS_ON, time(12), UTC)
    with clock.set_to(last), pytest.raises(Refused, match="can be closed from the day after on"):
        propose(by=cast.olive, **said)
    with clock.set_to(last + timedelta(days=1)):
        end = propose(by=cast.olive, **said)
    # What was proposed is not closed early either, should the days be changed meanwhile.
    with clock.set_to(last), pytest.raises(Refused, match="can be closed from the day after on"):
        approve(end, by=cast.alice)
    assert old.closed_on is None


def test_what_is_not_decided_keeps_the_limit_it_was_applied_for_under(
    old, kept, dropped, waiting, choices, cast
):
    smaller = make_fund(by=cast.alice, max_grant_p=100_00, **NEXT_YEAR)
    with clock.set_to(SOON_AFTER):
        end = propose(
            fund=old, next_fund=smaller, choices=choices, balance_p=0, by=cast.olive, **SAID
        )
        approve(end, by=cast.alice)
    assert (waiting.fund, waiting.max_grant_p) == (smaller, 500_00)


def test_each_open_commitment_needs_an_answer(old, new, kept, choices, cast):
    for wrong, words in (
        ({**choices, kept.award_id: "perhaps"}, "what becomes of"),
        ({**choices, 999: "carry"}, "settled since"),
    ):
        with pytest.raises(Invalid, match=words):
            propose(fund=old, next_fund=new, choices=wrong, balance_p=0, by=cast.olive, **SAID)
    with pytest.raises(Invalid, match="unspent"):
        propose(
            fund=old, next_fund=new, choices=choices, balance_p=249_700_01, by=cast.olive, **SAID
        )
    with pytest.raises(Invalid, match="who resolved it"):
        propose(
            fund=old, next_fund=new, choices=choices, balance_p=0, by=cast.olive,
            **{**SAID, "authority": " "},
        )  # fmt: skip


def test_a_region_does_not_see_the_year_end(proposed, old, cast):
    assert ends_for(cast.bob, old) == []
    with pytest.raises(NotFound):
        end_for(cast.bob, proposed.id)
    assert end_for(cast.grace, proposed.id) is proposed


def test_the_link_between_the_two_awards_is_kept(proposed, kept, cast):
    before = kept.award_id
    approve(proposed, by=cast.alice)
    link = db.session.query(AwardCarried).one()
    assert (link.from_id, link.award_id) == (before, kept.award_id)


def test_the_rules_say_what_drifted():
    assert rules.drift({1: 5, 2: 6}, {1: 5, 3: 1}) == [2, 3]
    rules.check_choices([Open(1, "A", 5)], {1: "carry"})
