"""What the database itself refuses, whoever asks: raw rows, past every action of ours."""

from types import SimpleNamespace

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import DBAPIError, IntegrityError

from models import clock
from models.base import is_sqlite
from models.budget.faults import ledger_faults
from models.budget.queries.tree import leaf_for
from models.budget.refusals import broken_rule
from models.budget.tables import Award, LedgerEntry
from tests.budgets import make_fund


@pytest.fixture
def place(database, cast) -> SimpleNamespace:
    """Ids of a fund, a head, two leaves, and an award of £1,000.00 of which £400.00 was paid."""
    fund = make_fund(cast.alice)
    leaf = leaf_for(fund, "PRINT", "NWI")
    other = leaf_for(fund, "PRINT", "SO")
    award = Award(node_id=leaf.id, reference="F-1")
    database.add(award)
    database.flush()
    ids = SimpleNamespace(
        fund=fund.node_id, head=leaf.parent_id, leaf=leaf.id, other=other.id, award=award.id
    )
    enter(database, ids.leaf, "commit", 1_000_00, ids.award, key="first")
    enter(database, ids.leaf, "pay", 400_00, ids.award)
    return ids


_numbers = iter(range(1, 10_000))


def enter(database, node_id, kind, amount_p, award_id=None, *, key=None, reverses=None) -> int:
    values = {
        "node_id": node_id,
        "kind": kind,
        "amount_p": amount_p,
        "award_id": award_id,
        "reverses_id": reverses,
        "idem": key or f"test:{next(_numbers)}",
        "at": clock.now(),
    }
    insert = sa.insert(LedgerEntry).values(**values).returning(LedgerEntry.id)
    return database.execute(insert).scalar_one()


def refused(database, *row, **more) -> str:
    """The rule that refuses this row; everything else stands as before."""
    before = figures(database)
    with pytest.raises(IntegrityError) as caught, database.begin_nested():
        enter(database, *row, **more)
    assert figures(database) == before
    return broken_rule(caught.value)


def figures(database) -> list:
    nodes = "select id, cap_p, handed_p, committed_p, paid_p, returned_p from budget_node"
    awards = "select id, 0, 0, committed_p, paid_p, returned_p from award order by 1, 2"
    return database.execute(sa.text(f"{nodes} union all {awards}")).all()


def test_rows_move_the_balances_of_the_node_its_ancestors_and_the_award(database, place):
    found = {row[0]: tuple(row[3:]) for row in figures(database)[1:] if row[1]}
    for node in (place.leaf, place.head, place.fund):
        assert found[node] == (600_00, 400_00, 0)
    assert found[place.other] == (0, 0, 0)
    assert list(ledger_faults()) == []


def test_an_award_over_the_leafs_cap_is_refused(database, place):
    assert refused(database, place.leaf, "commit", 9_000_01, place.award) == "ck_budget_node_cap"
    enter(database, place.leaf, "commit", 9_000_00, place.award)


def test_a_key_is_used_once(database, place):
    rule = refused(database, place.leaf, "commit", 1, place.award, key="first")
    assert rule == "uq_ledger_idem"


def test_a_payment_above_the_awards_commitment_is_refused(database, place):
    # The leaf holds enough committed money, but it is another award's.
    second = Award(node_id=place.leaf, reference="F-2")
    database.add(second)
    database.flush()
    enter(database, place.leaf, "commit", 5_000_00, second.id)
    assert refused(database, place.leaf, "pay", 600_01, place.award) == "ck_award_committed"


def test_a_release_above_the_awards_commitment_is_refused(database, place):
    assert refused(database, place.leaf, "release", 600_01, place.award) == "ck_award_committed"


def test_a_return_above_what_was_paid_is_refused(database, place):
    assert refused(database, place.leaf, "return", 400_01, place.award) == "ck_award_returned"


def test_a_virement_below_use_is_refused(database, place):
    assert refused(database, place.leaf, "vire", -9_000_01) == "ck_budget_node_cap"


def test_allotting_above_the_parent_is_refused(database, place):
    assert refused(database, place.head, "allot", 210_000_00) == "ck_budget_node_handed"
    assert refused(database, place.leaf, "allot", 1) == "ck_budget_node_handed"


def test_a_cap_below_what_was_handed_down_is_refused(database, place):
    assert refused(database, place.fund, "allot", -205_000_01) == "ck_budget_node_handed"


def test_an_award_on_a_head_is_refused(database, place):
    award = Award(node_id=place.head, reference="F-3")
    database.add(award)
    database.flush()
    assert refused(database, place.head, "commit", 100, award.id) == "ledger_leaf"


def test_an_entry_on_another_node_than_its_awards_is_refused(database, place):
    rule = refused(database, place.other, "commit", 100, place.award)
    assert rule in ("fk_ledger_award_id_node_id", "FOREIGN KEY constraint failed")


def test_a_negative_amount_without_a_reversal_is_refused(database, place):
    assert refused(database, place.leaf, "commit", -100, place.award) == "ck_ledger_sign"


def test_an_amount_of_nothing_is_refused(database, place):
    assert refused(database, place.leaf, "allot", 0) == "ck_ledger_amount"


def test_an_award_entry_needs_an_award_and_an_allotment_none(database, place):
    assert refused(database, place.leaf, "commit", 100) == "ck_ledger_award"
    assert refused(database, place.leaf, "allot", 100, place.award) == "ck_ledger_award"


def test_an_unknown_kind_is_refused(database, place):
    assert refused(database, place.leaf, "gift", 100, place.award) == "ck_ledger_kind"


@pytest.mark.parametrize("wrong", [("pay", -1_000_00), ("commit", -999_99), ("commit", 1_000_00)])
def test_a_reversal_must_mirror_the_row_it_names(database, place, wrong):
    row = first_row(database)
    assert refused(database, place.leaf, *wrong, place.award, reverses=row) == "ledger_mirror"


def test_a_reversal_of_another_award_is_refused(database, place):
    second = Award(node_id=place.leaf, reference="F-2")
    database.add(second)
    database.flush()
    enter(database, place.leaf, "commit", 1_000_00, second.id)
    rule = refused(
        database, place.leaf, "commit", -1_000_00, second.id, reverses=first_row(database)
    )
    assert rule == "ledger_mirror"


def test_a_reversal_of_a_row_that_is_not_there_is_refused(database, place):
    rule = refused(database, place.leaf, "commit", -1, place.award, reverses=10**6)
    assert rule == "ledger_mirror"


def test_a_row_is_reversed_once(database, place):
    row = enter(database, place.leaf, "commit", 50_00, place.award)
    enter(database, place.leaf, "commit", -50_00, place.award, reverses=row)
    rule = refused(database, place.leaf, "commit", -50_00, place.award, reverses=row)
    assert rule == "uq_ledger_reverses_id"


@pytest.mark.parametrize(
    "statement",
    [
        "update ledger set amount_p = amount_p + 1",
        "update ledger set reason = 'another'",
        "delete from ledger",
        "truncate ledger cascade",
        "truncate award cascade",
        "insert or replace into ledger (id, node_id, kind, amount_p, idem, at)"
        " select id, node_id, 'allot', 1, idem, at from ledger where idem = 'fund:EF26'",
    ],
)
def test_the_ledger_is_append_only(database, place, statement):
    of_sqlite = is_sqlite(database.connection().engine)
    if statement.startswith("truncate" if of_sqlite else "insert or replace"):
        pytest.skip("The other database has no such statement.")
    with pytest.raises(DBAPIError, match="append-only"), database.begin_nested():
        database.execute(sa.text(statement))
    assert list(ledger_faults()) == []


def first_row(database) -> int:
    return database.scalar(sa.select(LedgerEntry.id).where(LedgerEntry.idem == "first"))
