"""The nightly check: it says nothing of a whole ledger and finds the smallest tampering."""

import pytest
import sqlalchemy as sa

from models.base import is_sqlite
from models.budget.actions import money
from models.budget.faults import ledger_faults
from models.budget.queries.tree import leaf_for
from tests.budgets import make_fund


@pytest.fixture
def award(database, cast):
    fund = make_fund(cast.alice)
    leaf = leaf_for(fund, "PRINT", "NWI")
    made = money.commit(node_id=leaf.id, reference="F-1", amount_p=1_000_00, by=cast.alice, key="a")
    database.flush()
    return made


def faults(database) -> list[str]:
    database.expire_all()
    return list(ledger_faults())


@pytest.mark.parametrize("figure", ["committed_p", "paid_p", "cap_p"])
def test_a_penny_on_a_node_is_found(database, award, figure):
    assert faults(database) == []
    database.execute(
        sa.text(f"update budget_node set {figure} = {figure} + 1 where code = 'EF26/PRINT/NWI'")
    )
    assert "The figures of EF26/PRINT/NWI are not the sums of the ledger." in faults(database)


def test_a_penny_on_what_was_handed_down_is_found(database, award):
    database.execute(sa.text("update budget_node set handed_p = handed_p - 1 where code = 'EF26'"))
    assert faults(database) == ["The figures of EF26 are not the sums of the ledger."]


def test_a_penny_on_an_award_is_found(database, award):
    database.execute(sa.text("update award set committed_p = committed_p - 1"))
    assert faults(database) == ["The figures of the award F-1 are not the sums of the ledger."]


def test_a_path_that_leaves_an_ancestor_out_is_found(database, award):
    database.execute(
        sa.text(
            "delete from budget_path where node_id = (select id from budget_node"
            " where code = 'EF26/DIGI/SO') and ancestor_id ="
            " (select id from budget_node where code = 'EF26')"
        )
    )
    assert faults(database) == ["The path of EF26/DIGI/SO does not follow its place in the tree."]


def test_a_trigger_that_is_gone_or_switched_off_is_found(database, award):
    statements = {
        True: ["drop trigger ledger_mirror", "drop trigger ledger_no_delete"],
        False: [
            "drop trigger ledger_mirror on ledger",
            "alter table ledger disable trigger ledger_no_change",
        ],
    }
    of_sqlite = is_sqlite(database.connection().engine)
    # PostgreSQL refuses to change a table that still has deferred checks to make.
    database.execute(sa.text("select 1" if of_sqlite else "set constraints all immediate"))
    for statement in statements[of_sqlite]:
        database.execute(sa.text(statement))
    lost = "ledger_no_delete" if of_sqlite else "ledger_no_change"
    assert faults(database) == [
        "The trigger ledger_mirror on the ledger is missing or switched off.",
        f"The trigger {lost} on the ledger is missing or switched off.",
    ]
