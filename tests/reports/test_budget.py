"""The finance workbook: its figures are those of the page, and a region's holds only its own."""

import io

import openpyxl
import pytest

from models.base import db
from models.budget.actions.money import commit, pay
from models.budget.queries.periods import current_fund
from models.budget.queries.tree import leaf_for, tree_for
from reports import budget
from reports.catalogue import report_of
from reports.desk import Wish, hand_over
from tests.budgets import make_fund


@pytest.fixture
def spent(cast):
    """A fund with £500 committed in North West & Irish, £200 of it paid, £300 in Southern."""
    fund = make_fund(cast.alice)
    for region, reference, amount_p in (("NWI", "FA-1", 50_000), ("SO", "FA-2", 30_000)):
        leaf = leaf_for(fund, "PRINT", region)
        award = commit(
            node_id=leaf.id, reference=reference, amount_p=amount_p, by=cast.alice, key=reference
        )
        if region == "NWI":
            pay(award=award, amount_p=20_000, by=cast.carol, key="FA-1:pay")
    db.session.commit()
    return current_fund()


def opened(reader):
    handed = hand_over(report_of("budget"), Wish({}), reader=reader, name=reader.name)
    return openpyxl.load_workbook(io.BytesIO(handed.content))


def column(sheet, title):
    headings = [cell.value for cell in sheet[1]]
    return [row[headings.index(title)].value for row in sheet.iter_rows(min_row=2)]


def test_the_summary_equals_the_budget_page_to_the_penny(spent, cast):
    summary = opened(cast.carol)["Summary"]
    figures = tree_for(cast.carol).figures
    assert round(column(summary, "Committed")[-1] * 100) == figures.committed_p == 60_000
    assert round(column(summary, "Paid")[-1] * 100) == figures.paid_p == 20_000


def test_it_has_a_native_chart(spent, cast):
    assert len(opened(cast.carol)["Summary"]._charts) == 1


def test_the_ledger_adds_up_to_the_summary(spent, cast):
    sheet = opened(cast.carol)["Ledger"]
    pairs = zip(column(sheet, "What"), column(sheet, "Amount"), strict=True)
    committed = sum(
        amount if what == "Committed" else -amount
        for what, amount in pairs
        if what in ("Committed", "Paid", "Released")
    )
    assert round(committed * 100) == tree_for(cast.carol).figures.committed_p


def test_a_region_gets_its_own_figures_and_nobody_elses(spent, cast):
    workbook = opened(cast.bob)
    words = {str(cell.value) for sheet in workbook for row in sheet.iter_rows() for cell in row}
    assert "Southern" not in words
    assert "FA-2" not in words
    assert "Fund" not in workbook.sheetnames
    assert column(workbook["Summary"], "Committed")[-1] == 300


def test_without_a_fund_the_workbook_is_empty_and_opens(cast):
    assert budget.build(cast.carol, {}).rows == 0
