"""The acts on the budget: what they move, what they refuse in words, and harmless repeats."""

from datetime import date

import pytest

from models.budget.actions import caps as budget
from models.budget.actions import money
from models.budget.actions.caps import change_cap_now
from models.budget.actions.money import give_back
from models.budget.actions.tree import add_head, add_regions, rename_fund
from models.budget.faults import ledger_faults
from models.budget.queries.nodes import path_of
from models.budget.queries.tree import leaf_for, tree_for
from models.budget.tables import LedgerEntry
from models.errors import Conflict, Invalid, NotAllowed, NotFound, OverBudget
from tests.budgets import NEXT_YEAR, agree_cap, make_fund


@pytest.fixture
def fund(database, cast):
    return make_fund(cast.alice)


@pytest.fixture
def leaf(fund):
    return leaf_for(fund, "PRINT", "NWI")


@pytest.fixture
def award(leaf, cast):
    return money.commit(
        node_id=leaf.id, reference="F-1", amount_p=1_000_00, by=cast.alice, key="award:1:commit"
    )


@pytest.fixture(autouse=True)
def _ledger_adds_up(database):
    yield
    assert list(ledger_faults()) == []


def rows(database) -> int:
    return database.query(LedgerEntry).count()


def five(thing) -> tuple[int, int, int]:
    return thing.committed_p, thing.paid_p, thing.returned_p


# ---- awards


def test_an_award_moves_every_figure_up_the_tree(fund, leaf, award):
    assert five(award) == (1_000_00, 0, 0)
    for node in path_of(leaf.id):
        assert five(node) == (1_000_00, 0, 0)
    assert leaf.available_p == 9_000_00
    assert fund.node.available_p == 249_000_00


def test_an_award_over_the_leaf_is_refused_with_the_figures(leaf, award, cast, database):
    with pytest.raises(OverBudget) as refusal:
        money.commit(
            node_id=leaf.id, reference="F-2", amount_p=9_500_00, by=cast.alice, key="award:2:commit"
        )
    assert refusal.value.message == (
        "£9,000.00 left in Print, North West & Irish; you asked for £9,500.00."
    )
    assert (refusal.value.available_p, refusal.value.asked_p) == (9_000_00, 9_500_00)
    assert refusal.value.field == "amount"


def test_a_refusal_leaves_the_transaction_usable(leaf, award, cast, database):
    cast.dan.name = "Dan Dale"
    with pytest.raises(OverBudget):
        money.commit(node_id=leaf.id, reference="F-2", amount_p=9_500_00, by=cast.alice, key="k2")
    money.commit(node_id=leaf.id, reference="F-2", amount_p=9_000_00, by=cast.alice, key="k2")
    database.commit()
    assert leaf.available_p == 0
    assert cast.dan.name == "Dan Dale"


def test_a_head_that_is_full_is_named(fund, cast, database):
    # A regional leaf may be within its own cap while the ceiling above it is reached only where
    # allocations are allowed to add up to more; the words must then name the head.
    from models.budget import refusals
    from models.budget.tables import BudgetNode

    leaf = BudgetNode(level="region", name="Scotland", cap_p=500, **zeros())
    head = BudgetNode(level="head", name="Print", cap_p=100, **zeros())
    refusal = refusals._no_room([leaf, head], 300)
    assert refusal.message == "£1.00 left in Print; you asked for £3.00."


def zeros():
    return {"handed_p": 0, "committed_p": 0, "paid_p": 0, "returned_p": 0}


def test_paying_moves_committed_to_paid(leaf, award, cast):
    money.pay(award=award, amount_p=400_00, by=cast.carol, key="award:1:pay:1")
    assert five(award) == five(leaf) == (600_00, 400_00, 0)
    assert leaf.available_p == 9_000_00


def test_paying_more_than_is_committed_is_refused(award, cast):
    money.pay(award=award, amount_p=400_00, by=cast.carol, key="award:1:pay:1")
    with pytest.raises(OverBudget) as refusal:
        money.pay(award=award, amount_p=600_01, by=cast.carol, key="award:1:pay:2")
    assert refusal.value.message == (
        "£600.00 is committed and not yet paid for F-1; you asked for £600.01."
    )


def test_a_release_gives_the_money_back_to_the_region(leaf, award, cast):
    money.release(award=award, amount_p=250_00, by=cast.bob, key="award:1:release")
    assert five(award) == (750_00, 0, 0)
    assert leaf.available_p == 9_250_00


def test_a_return_makes_paid_money_available_again(leaf, award, cast):
    money.pay(award=award, amount_p=1_000_00, by=cast.carol, key="pay")
    give_back(award=award, amount_p=300_00, by=cast.carol, key="back")
    assert five(award) == (0, 1_000_00, 300_00)
    assert leaf.available_p == 9_300_00
    with pytest.raises(OverBudget, match=r"£700.00 was paid and not returned for F-1"):
        give_back(award=award, amount_p=700_01, by=cast.carol, key="more")


@pytest.mark.parametrize("amount_p", [0, -1, 10**14])
def test_an_amount_that_makes_no_sense_is_refused(leaf, award, cast, amount_p):
    with pytest.raises(Invalid):
        money.commit(node_id=leaf.id, reference="F", amount_p=amount_p, by=cast.alice, key="k")
    with pytest.raises(Invalid):
        money.pay(award=award, amount_p=amount_p, by=cast.carol, key="k")


# ---- who may


def test_only_who_decides_may_commit_and_only_finance_pays(leaf, award, cast):
    for user in (cast.bob, cast.carol, cast.dan, cast.grace):
        with pytest.raises(NotAllowed):
            money.commit(node_id=leaf.id, reference="F-9", amount_p=1, by=user, key="k")
    for user in (cast.alice, cast.bob, cast.grace):
        with pytest.raises(NotAllowed):
            money.pay(award=award, amount_p=1, by=user, key="k")
        with pytest.raises(NotAllowed):
            give_back(award=award, amount_p=1, by=user, key="k")


def test_a_region_cannot_release_another_regions_award(award, cast):
    with pytest.raises(NotFound):
        money.release(award=award, amount_p=1, by=cast.eve, key="k")
    with pytest.raises(NotAllowed):
        money.release(award=award, amount_p=1, by=cast.carol, key="k")


def test_only_who_sets_the_budget_moves_caps(fund, leaf, cast):
    for user in (cast.olive, cast.bob, cast.carol, cast.grace):
        with pytest.raises(NotAllowed):
            budget.allot(node=leaf, amount_p=1, by=user, key="k")
        with pytest.raises(NotAllowed):
            budget.vire(source=leaf, target=leaf, amount_p=1, reason="", by=user, key="k")
        with pytest.raises(NotAllowed):
            rename_fund(fund=fund, name="Mine", by=user)


# ---- the same key again


def test_a_repeated_commit_is_the_same_award(leaf, award, cast, database):
    before = rows(database)
    again = money.commit(
        node_id=leaf.id, reference="F-1", amount_p=1_000_00, by=cast.alice, key="award:1:commit"
    )
    assert again is award
    assert rows(database) == before
    assert leaf.available_p == 9_000_00


@pytest.mark.parametrize(
    "other", [{"amount_p": 999_99}, {"reference": "F-2"}, {"key": "award:2:commit"}]
)
def test_a_key_or_reference_used_for_something_else_is_a_conflict(leaf, award, cast, other):
    same = {"node_id": leaf.id, "reference": "F-1", "amount_p": 1_000_00, "key": "award:1:commit"}
    with pytest.raises(Conflict):
        money.commit(**{**same, **other}, by=cast.alice)
    assert leaf.available_p == 9_000_00


def test_a_repeated_payment_changes_nothing(award, cast, database):
    first = money.pay(award=award, amount_p=400_00, by=cast.carol, key="award:1:pay:1")
    before = rows(database)
    assert money.pay(award=award, amount_p=400_00, by=cast.carol, key="award:1:pay:1") is first
    with pytest.raises(Conflict):
        money.pay(award=award, amount_p=500_00, by=cast.carol, key="award:1:pay:1")
    with pytest.raises(Conflict):
        money.release(award=award, amount_p=400_00, by=cast.alice, key="award:1:pay:1")
    assert rows(database) == before
    assert award.paid_p == 400_00


def test_a_repeated_virement_allotment_or_cap_changes_nothing(fund, leaf, cast, database):
    other = leaf_for(fund, "PRINT", "SO")
    said = {"reason": "r", "authority": "Executive", "by": cast.alice}
    steps = [
        lambda: budget.vire(
            source=leaf, target=other, amount_p=100_00, reason="r", by=cast.alice, key="vire:1"
        ),
        lambda: budget.allot(node=leaf, amount_p=-200_00, by=cast.alice, key="allot:1"),
        lambda: change_cap_now(fund=fund, amount_p=260_000_00, key="cap:1", **said),
    ]
    for step in steps:
        first = step()
        before = rows(database)
        assert step() == first
        assert rows(database) == before
    # Even after the cap moved on, the old key still answers with what it did then.
    change_cap_now(fund=fund, amount_p=255_000_00, key="cap:2", **said)
    assert steps[2]().amount_p == 10_000_00
    with pytest.raises(Conflict):
        change_cap_now(fund=fund, amount_p=255_000_00, key="cap:1", **said)


# ---- corrections


def test_a_payment_taken_back_is_committed_again(award, leaf, cast):
    paid = money.pay(award=award, amount_p=400_00, by=cast.carol, key="pay")
    [mirror] = money.reverse(entry=paid, by=cast.carol, key="undo", reason="Paid twice")
    assert (mirror.amount_p, mirror.reverses_id) == (-400_00, paid.id)
    assert five(award) == five(leaf) == (1_000_00, 0, 0)


def test_an_entry_is_taken_back_once(award, cast, database):
    paid = money.pay(award=award, amount_p=400_00, by=cast.carol, key="pay")
    first = money.reverse(entry=paid, by=cast.carol, key="undo", reason="r")
    assert money.reverse(entry=paid, by=cast.carol, key="undo", reason="r") == first
    with pytest.raises(Conflict, match="already taken back"):
        money.reverse(entry=paid, by=cast.carol, key="undo again", reason="r")


def test_taking_back_a_release_needs_the_money_to_be_there_still(leaf, award, cast):
    freed = money.release(award=award, amount_p=1_000_00, by=cast.alice, key="release")
    money.commit(node_id=leaf.id, reference="F-2", amount_p=9_500_00, by=cast.alice, key="k2")
    with pytest.raises(OverBudget, match=r"£500.00 left in Print, North West & Irish"):
        money.reverse(entry=freed, by=cast.alice, key="undo", reason="r")


def test_each_correction_needs_the_permit_of_what_it_corrects(award, cast):
    paid = money.pay(award=award, amount_p=400_00, by=cast.carol, key="pay")
    with pytest.raises(NotAllowed):
        money.reverse(entry=paid, by=cast.alice, key="undo", reason="r")


def test_a_virement_is_taken_back_whole(fund, leaf, cast):
    other = leaf_for(fund, "DIGI", "SC")
    before = [node.cap_p for node in [*path_of(leaf.id), *path_of(other.id)]]
    moved = budget.vire(
        source=leaf, target=other, amount_p=700_00, reason="r", by=cast.alice, key="v"
    )
    money.reverse(entry=moved[2], by=cast.alice, key="undo", reason="r")
    assert before == [node.cap_p for node in [*path_of(leaf.id), *path_of(other.id)]]


# ---- caps and allocations


def test_a_virement_within_a_head_moves_two_leaves(fund, leaf, cast):
    other = leaf_for(fund, "PRINT", "SO")
    made = budget.vire(
        source=leaf, target=other, amount_p=1_500_00, reason="r", by=cast.alice, key="v"
    )
    assert [row.amount_p for row in made] == [-1_500_00, 1_500_00]
    assert (leaf.cap_p, other.cap_p) == (8_500_00, 21_500_00)


def test_a_virement_between_heads_moves_the_heads_too(fund, leaf, cast):
    other = leaf_for(fund, "DIGI", "NWI")
    made = budget.vire(
        source=leaf, target=other, amount_p=10_000_00, reason="r", by=cast.alice, key="v"
    )
    assert len(made) == 4
    caps = [node.cap_p for node in (leaf, other, *path_of(leaf.id)[1:2])]
    assert caps == [0, 14_000_00, 25_000_00]
    assert path_of(other.id)[1].cap_p == 20_000_00


def test_a_virement_below_use_is_refused(fund, leaf, award, cast):
    other = leaf_for(fund, "PRINT", "SO")
    with pytest.raises(OverBudget) as refusal:
        budget.vire(
            source=leaf, target=other, amount_p=9_000_01, reason="r", by=cast.alice, key="v"
        )
    assert refusal.value.message == (
        "£9,000.00 of Print, North West & Irish is neither handed down nor used; "
        "you asked for £9,000.01."
    )
    assert (leaf.cap_p, other.cap_p) == (10_000_00, 20_000_00)


def test_a_virement_goes_between_two_separate_places_of_one_fund(fund, leaf, cast):
    head = path_of(leaf.id)[1]
    elsewhere = leaf_for(make_fund(cast.alice, **NEXT_YEAR), "PRINT", "NWI")
    for target in (leaf, head, elsewhere):
        with pytest.raises(Invalid):
            budget.vire(source=leaf, target=target, amount_p=1, reason="r", by=cast.alice, key="v")


def test_allotting_hands_down_what_the_parent_has_left(fund, leaf, cast):
    head = path_of(leaf.id)[1]
    with pytest.raises(OverBudget, match=r"£0.00 of Print is neither handed down nor used"):
        budget.allot(node=leaf, amount_p=1_00, by=cast.alice, key="a")
    budget.allot(node=head, amount_p=5_000_00, by=cast.alice, key="b")
    budget.allot(node=leaf, amount_p=1_000_00, by=cast.alice, key="c")
    assert (leaf.cap_p, head.cap_p - head.handed_p) == (11_000_00, 4_000_00)


def test_an_allotment_taken_back_stops_at_what_is_used(leaf, award, cast):
    with pytest.raises(OverBudget, match=r"£9,000.00 of Print, North West & Irish"):
        budget.allot(node=leaf, amount_p=-9_000_01, by=cast.alice, key="a")
    budget.allot(node=leaf, amount_p=-9_000_00, by=cast.alice, key="b")
    assert leaf.available_p == 0


def test_the_cap_rises_and_falls_to_what_was_handed_down_by_two(fund, cast):
    agree_cap(fund=fund, amount_p=300_000_00, by=cast.alice, key="a")
    assert fund.node.cap_p == 300_000_00
    with pytest.raises(OverBudget, match=r"£255,000.00 of Election fund 2026 is neither"):
        agree_cap(fund=fund, amount_p=44_999_99, by=cast.alice, key="b")
    agree_cap(fund=fund, amount_p=45_000_00, by=cast.alice, key="c")
    with pytest.raises(Invalid, match="already"):
        agree_cap(fund=fund, amount_p=45_000_00, by=cast.alice, key="d")


# ---- the tree


def test_a_new_fund_has_a_leaf_for_each_region_and_a_national_one(fund, cast):
    tree = tree_for(cast.alice)
    assert [head.figures.name for head in tree.heads] == ["Print", "Digital"]
    for head in tree.heads:
        assert len(head.leaves) == 8
        assert head.leaves[-1].figures.name == "National"
    assert tree.figures.cap_p == 250_000_00
    assert tree.figures.handed_p == 45_000_00
    assert [head.figures.cap_p for head in tree.heads] == [35_000_00, 10_000_00]


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"cap_p": 0}, "amount"),
        ({"code": "no/slash"}, "code"),
        ({"ends_on": date(2026, 4, 1)}, "ends_on"),
        ({"max_grant_p": 0}, "max_grant"),
        ({"heads": {}}, "heads"),
        ({"heads": {"A": "X", "B": "X"}}, "heads"),
        ({"cap_p": 44_999_99}, "amount"),
        ({"allocations": {"NONE": {"NWI": 1}}}, "heads"),
        ({"allocations": {"PRINT": {"NOWHERE": 1}}}, "heads"),
        ({"allocations": {"PRINT": {"NWI": -1}}}, "heads"),
    ],
)
def test_a_fund_that_makes_no_sense_is_refused_at_its_field(database, cast, wrong, field):
    with pytest.raises(Invalid) as refusal:
        make_fund(cast.alice, **wrong)
    assert refusal.value.field == field


def test_a_head_and_a_region_can_be_added_later(fund, cast, database):
    from models.places.tables import UnionRegion

    head = add_head(fund=fund, name="Travel", code="TRAVEL", by=cast.alice)
    with pytest.raises(Conflict):
        add_head(fund=fund, name="Travel", code="TRAVEL", by=cast.alice)
    database.add(UnionRegion(code="NEW", name="Newland"))
    added = add_regions(fund=fund, by=cast.alice)
    assert len(added) == 3
    assert add_regions(fund=fund, by=cast.alice) == []
    budget.allot(node=head, amount_p=1_000_00, by=cast.alice, key="a")
    leaf = leaf_for(fund, "TRAVEL", "NEW")
    budget.allot(node=leaf, amount_p=1_000_00, by=cast.alice, key="b")
    money.commit(node_id=leaf.id, reference="F-7", amount_p=1_000_00, by=cast.alice, key="c")
    assert fund.node.committed_p == 1_000_00
