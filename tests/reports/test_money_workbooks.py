"""The workbooks of the budget: the page's figures, the law's thresholds, a region's own."""

import io
from datetime import date

import openpyxl
import pytest

from models.accounts.permits import OPERATOR
from models.base import db
from models.budget.actions.money import give_back
from models.budget.queries.tree import leaf_for, tree_for
from models.elections.actions import load_figures
from models.elections.rules import FigureBook
from models.funding.actions.decide import award
from models.funding.coding import Coding
from reports import donations
from reports.catalogue import report_of
from reports.desk import Wish, hand_over
from tests.funding_factories import make_awarded, make_contest, make_fund, make_submitted
from tests.payment_factories import pay_outright

KEYS = ("awards", "commitments", "political-fund-return", "donation-watch")


@pytest.fixture
def filled(cast):
    """In NWI £300.00 paid to a CLP, £50.00 of it back; in SO £100.00 to a candidate."""
    load_figures(by=OPERATOR)
    make_fund(by=cast.alice)
    nwi, so = cast.regions["NWI"], cast.regions["SO"]
    paid = make_awarded(by=cast.bob, region=nwi, officer=cast.alice)
    pay_outright(cast, paid, reference="B1")
    give_back(award=paid.award, amount_p=50_00, by=cast.carol, key="back")
    other = make_submitted(
        by=cast.eve, region=so, amount_p=100_00, contest=make_contest(so, name="Omar Reed")
    )
    coding = Coding(legal_class="candidate", s72_category="c")
    leaf = leaf_for(other.fund, "DIGI", "SO")
    award(
        other, amount_p=100_00, node=leaf, by=cast.alice, coding=coding,
        answers={"over-threshold": "They know"},
    )  # fmt: skip
    pay_outright(cast, other, reference="B2")
    make_submitted(by=cast.bob, region=nwi, amount_p=200_00)
    db.session.commit()


def opened(key, reader, **filters):
    handed = hand_over(report_of(key), Wish(filters), reader=reader, name=reader.name)
    return openpyxl.load_workbook(io.BytesIO(handed.content))


def table(sheet):
    [head, *rows] = [[cell.value for cell in row] for row in sheet.iter_rows()]
    return [dict(zip(head, row, strict=True)) for row in rows]


def pence(value):
    return round((value or 0) * 100)


def test_awards_and_payments_are_those_of_the_budget_page(filled, cast):
    book = opened("awards", cast.carol)
    figures = tree_for(cast.carol).figures
    total = table(book["Summary"])[-1]
    for title, figure in (
        ("Paid", "paid_p"),
        ("Returned", "returned_p"),
        ("Committed", "committed_p"),
    ):
        assert pence(total[title]) == getattr(figures, figure), title
    assert [row["State"] for row in table(book["Payments"])][:2] == ["Paid", "Paid"]
    assert len(book["Summary"]._charts) == 1


def test_commitments_show_the_five_figures_and_the_forecast(filled, cast):
    book = opened("commitments", cast.alice)
    figures = tree_for(cast.alice).figures
    five = table(book["Five figures"])[-1]
    assert pence(five["Paid"]) == figures.paid_p == 400_00
    assert pence(five["Available"]) == 20_000_00 - 350_00
    ahead = table(book["Forecast by region"])[-1]
    assert pence(ahead["Waiting"]) == 200_00
    assert 0 < pence(ahead["Expected of it"]) < 200_00
    assert {"Print", "Digital", "Together"} < set(table(book["Commitments"])[0])
    assert len(book["Commitments"]._charts) == 1


def test_the_return_is_by_category_and_names_who_stands_under_c(filled, cast):
    book = opened("political-fund-return", cast.alice)
    by = {row["Category under section 72"]: row for row in table(book["By category"])}
    assert pence(by["(a) Party funds or expenses"]["Spent"]) == 250_00
    assert pence(by["(a) Party funds or expenses"]["Returned"]) == 50_00
    assert pence(by["(c) Registration of electors, candidature, selection"]["Spent"]) == 100_00
    [named, _total] = table(book["Category (c)"])
    assert (named["Candidate"], pence(named["Spent"])) == ("Omar Reed", 100_00)
    assert named["Election"].date() == date(2099, 5, 7)
    assert table(book["Other categories"])[0]["Paid to"] == "Ambridge CLP"
    assert "Section 32ZB" in {row["What"] for row in table(book["Rule"])}
    assert len(book["By category"]._charts) == 1


def test_the_return_of_another_year_is_empty(filled, cast):
    book = opened("political-fund-return", cast.alice, year="1999")
    assert all(pence(row["Spent"]) == 0 for row in table(book["By category"]))
    assert table(book["Category (c)"]) == []


def test_the_watch_says_what_was_passed_and_what_is_left(filled, cast):
    rows = {row["Recipient"]: row for row in table(opened("donation-watch", cast.alice)["Watch"])}
    clp, omar = rows["Ambridge CLP"], rows["Omar Reed"]
    assert (clp["Highest threshold passed"], pence(clp["Left to it"])) == (None, 200_00)
    assert (pence(omar["More than"]), pence(omar["Next threshold"])) == (50_00, 500_00)
    assert pence(omar["Left to it"]) == 400_00


def test_exactly_a_threshold_is_not_over_it():
    [row] = donations.watched(
        [
            {
                "recipient": "A", "recipient_kind": "unit", "recipient_key": "a", "given_p": 1,
                "paid_p": 0, "returned_p": 0,
            }
        ],
        2026, date(2026, 1, 1), FigureBook(),
    )  # fmt: skip
    assert (row["passed"], row["next_p"], row["left_p"]) == (None, None, None)


@pytest.mark.parametrize(
    "key", ["awards", "commitments", "political-fund-return", "donation-watch"]
)
def test_a_regions_workbook_holds_only_its_own(filled, cast, key):
    book = opened(key, cast.bob)
    cells = {str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row}
    assert "Omar Reed" not in cells
    assert not any("Southern" in cell for cell in cells)


def test_the_register_has_the_three_amounts_and_what_came_back(filled, cast):
    rows = table(opened("applications", cast.alice)["Applications"])
    assert {
        "Requested",
        "Recommended",
        "Awarded",
        "Committed",
        "Paid",
        "Returned",
        "Round",
        "Elected",
    } < set(rows[0])
    assert pence(rows[-1]["Returned"]) == 50_00
