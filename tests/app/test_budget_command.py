"""`hustings budget`: the figures as numbers and as a table."""

import json
from functools import partial

import pytest
from click.testing import CliRunner

from app.cli import edge
from app.cli.budget import show
from models.base import db
from models.budget.actions import money
from models.budget.actions.money import give_back
from models.budget.queries.tree import leaf_for
from models.errors import NotAllowed, NotFound
from tests.budgets import make_fund


@pytest.fixture
def run(app, database, monkeypatch):
    monkeypatch.setattr(edge, "transaction", partial(edge.transaction, app))

    def run(*words):
        return CliRunner().invoke(show, words)

    return run


@pytest.fixture
def fund(cast):
    made = make_fund(cast.alice)
    leaf = leaf_for(made, "PRINT", "SO")
    award = money.commit(
        node_id=leaf.id, reference="F-1", amount_p=1_000_00, by=cast.alice, key="a"
    )
    money.pay(award=award, amount_p=400_00, by=cast.carol, key="b")
    give_back(award=award, amount_p=100_00, by=cast.carol, key="c")
    db.session.commit()
    return made


def test_the_figures_are_pence(run, fund):
    answer = json.loads(run("--json").output)
    assert {key: answer[key] for key in ("cap", "allocated", "committed", "paid")} == {
        "cap": 250_000_00,
        "allocated": 45_000_00,
        "committed": 600_00,
        "paid": 400_00,
    }
    assert (answer["returned"], answer["available"]) == (100_00, 249_100_00)
    assert answer["heads"][0] == {
        "name": "Print",
        "code": "PRINT",
        "allocated": 35_000_00,
        "committed": 600_00,
        "paid": 400_00,
        "returned": 100_00,
        "available": 34_100_00,
    }
    assert [region["code"] for region in answer["regions"]][-1] == "NAT"
    assert sum(region["allocated"] for region in answer["regions"]) == 45_000_00


def test_a_region_gets_its_own_figures_only(run, fund):
    answer = json.loads(run("--json", "--as", "bob@example.org").output)
    assert [region["code"] for region in answer["regions"]] == ["NWI"]
    assert (answer["cap"], answer["committed"]) == (14_000_00, 0)


def test_the_table_says_the_same_in_pounds(run, fund):
    output = run().output
    assert "£250,000.00" in output
    assert "Southern" in output


def test_whoever_may_not_see_the_budget_gets_nothing(run, fund):
    answer = run("--as", "dan@example.org")
    assert isinstance(answer.exception, NotAllowed)
    assert answer.output == ""


def test_without_a_fund_it_says_so(run):
    assert isinstance(run("--json").exception, NotFound)
