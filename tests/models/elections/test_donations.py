"""Thresholds; pure."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.elections.donations import lifts
from models.elections.figures import FIGURES
from models.elections.rules import FigureBook

BOOK = FigureBook(FIGURES)
DAY = date(2027, 2, 1)


def lifted(kind, before_p, amount_p, day=DAY):
    found = lifts(kind, before_p=before_p, amount_p=amount_p, day=day, book=BOOK)
    return [each.figure.amount_p for each in found]


@pytest.mark.parametrize(
    ("kind", "before_p", "amount_p", "passed"),
    [
        ("candidate", 0, 50_00, []),
        ("candidate", 0, 50_01, [50_00]),
        ("candidate", 400_00, 200_00, [500_00]),
        ("candidate", 0, 3_000_00, [50_00, 500_00, 2_230_00]),
        ("unit", 400_00, 100_00, []),
        ("unit", 500_00, 1, [500_00]),
        ("unit", 2_000_00, 230_01, [2_230_00]),
        ("unit", 11_000_00, 200_00, [11_180_00]),
        ("association", 0, 11_180_01, [500_00, 11_180_00]),
    ],
)
def test_a_threshold_is_passed_by_more_than_its_amount(kind, before_p, amount_p, passed):
    assert lifted(kind, before_p, amount_p) == passed


def test_the_words_say_who_what_and_from_where_to_where():
    (lift,) = lifts("unit", before_p=400_00, amount_p=300_00, day=DAY, book=BOOK)
    assert lift.words("Ambridge CLP").startswith(
        "This award lifts Ambridge CLP over £500.00: £700.00 from the union in the calendar year "
        "(£400.00 before)."
    )


def test_before_the_thresholds_were_raised_none_is_held():
    assert lifted("unit", 0, 20_000_00, day=date(2023, 6, 1)) == []


@given(st.lists(st.integers(1, 500_000), max_size=12), st.sampled_from(["candidate", "unit"]))
def test_however_it_is_split_each_threshold_is_passed_once(amounts, kind):
    passed, before_p = [], 0
    for amount_p in amounts:
        passed += lifted(kind, before_p, amount_p)
        before_p += amount_p
    assert passed == lifted(kind, 0, before_p)
