"""What a receipt must say, when two invoices are one, and what the law notes of its days."""

from dataclasses import replace
from datetime import date

import pytest

from models.elections.figures import FIGURES
from models.elections.rules import FigureBook
from models.evidence.due import days_after
from models.evidence.spending import (
    Bill,
    bill_problem,
    late_words,
    number_key,
    supplier_key,
    unspent_p,
)

TODAY = date(2027, 5, 20)
GOOD = Bill("Ambridge Print Ltd.", "INV-001", date(2027, 4, 20), "leaflets", 100_00, 20_00)
DAYS = days_after(date(2027, 5, 6), post="councillor", nation="England", book=FigureBook(FIGURES))


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"supplier": " "}, "supplier"),
        ({"supplier": "x" * 161}, "supplier"),
        ({"number": " - "}, "number"),
        ({"number": "x" * 61}, "number"),
        ({"category": "beer"}, "category"),
        ({"on": None}, "on"),
        ({"on": date(2027, 5, 21)}, "on"),
        ({"on": date(2025, 5, 1)}, "on"),
        ({"paid_on": date(2027, 5, 21)}, "paid_on"),
        ({"net_p": None}, "net"),
        ({"net_p": 0}, "net"),
        ({"net_p": 10**15}, "net"),
        ({"vat_p": None}, "vat"),
        ({"vat_p": -1}, "vat"),
        ({"vat_p": 100_01}, "vat"),
        ({"share_p": 0}, "share"),
        ({"share_p": 120_01}, "share"),
    ],
)
def test_a_receipt_that_cannot_be_is_refused_at_its_field(changed, field):
    problem = bill_problem(replace(GOOD, **changed), today=TODAY)
    assert problem is not None
    assert problem.field == field


def test_a_good_receipt_has_no_problem_and_counts_in_full_or_by_its_share():
    assert bill_problem(GOOD, today=TODAY) is None
    assert (GOOD.gross_p, GOOD.counted_p) == (120_00, 120_00)
    assert replace(GOOD, share_p=60_00).counted_p == 60_00


def test_spelling_does_not_make_another_invoice():
    assert number_key("INV-001") == number_key(" inv 001") == "inv001"
    assert supplier_key("Ambridge Print Ltd.") == supplier_key("AMBRIDGE  print ltd")
    assert number_key("INV-001") != number_key("INV-01")


def test_the_law_notes_a_bill_after_day_21_and_a_payment_after_day_28():
    def words(**changed):
        return late_words(replace(GOOD, **changed), DAYS, poll_on=date(2027, 5, 6))

    assert words() is None
    assert words(on=date(2027, 5, 28)) is None
    assert "after 28 May 2027" in words(on=date(2027, 5, 29))
    assert words(paid_on=date(2027, 6, 4)) is None
    assert "needs the court" in words(paid_on=date(2027, 6, 5))


def test_where_the_law_s_days_are_not_held_a_bill_after_the_poll_is_noted():
    days = days_after(date(2027, 5, 6), post="mp", nation="England", book=FigureBook(FIGURES))
    assert late_words(GOOD, days, poll_on=date(2027, 5, 6)) is None
    late = replace(GOOD, on=date(2027, 5, 7))
    assert "after the poll" in late_words(late, days, poll_on=date(2027, 5, 6))


def test_unspent_is_what_was_paid_less_what_came_back_and_was_spent():
    assert unspent_p(paid_p=300_00, returned_p=50_00, spent_p=200_00) == 50_00
    assert unspent_p(paid_p=300_00, returned_p=0, spent_p=400_00) == 0
