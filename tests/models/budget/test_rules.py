"""The pure rules: sharing out, codes, the rows of a virement."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.budget.rules import (
    NATIONAL,
    Figures,
    added_up,
    code_from,
    financial_year,
    share_out,
    virement_moves,
)
from models.errors import Invalid
from models.money import in_pounds

NAMES = st.lists(st.text("ABCDEF", min_size=1, max_size=3), min_size=1, max_size=6, unique=True)


@given(st.integers(0, 10**9), NAMES, NAMES)
def test_what_is_shared_out_is_the_cap_to_the_penny(cap_p, heads, regions):
    shares = share_out(cap_p, heads, regions)
    amounts = [amount for parts in shares.values() for amount in parts.values()]
    assert sum(amounts) == cap_p
    assert len(amounts) == len(heads) * (len(regions) + 1)
    rest = shares[heads[0]][NATIONAL] - min(amounts)
    assert 0 <= rest < len(amounts)


def test_nothing_is_shared_out_where_there_is_no_head():
    assert share_out(100, [], ["NWI"]) == {}


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("Print", "PRINT"),
        ("Travel & room hire", "TRAVEL-AND-ROOM"),
        ("Llandrindod café!", "LLANDRINDOD-CAFE"),
    ],
)
def test_a_head_gets_a_code_from_its_name(name, code):
    assert code_from(name) == code


@pytest.mark.parametrize(
    ("day", "year"),
    [(date(2026, 3, 31), 2025), (date(2026, 4, 1), 2026), (date(2026, 12, 1), 2026)],
)
def test_the_financial_year_runs_from_april(day, year):
    assert financial_year(day) == (date(year, 4, 1), date(year + 1, 3, 31))


def test_pounds_are_written_as_the_office_writes_them():
    assert [in_pounds(p) for p in (0, 5, 124000, 25_000_000, -150)] == [
        "£0.00",
        "£0.05",
        "£1,240.00",
        "£250,000.00",
        "−£1.50",
    ]


def test_a_virement_debits_from_the_bottom_and_credits_from_the_top():
    moves = virement_moves([5, 2, 1], [8, 3, 1], 700)
    assert [(move.node_id, move.amount_p) for move in moves] == [
        (5, -700),
        (2, -700),
        (3, 700),
        (8, 700),
    ]


@pytest.mark.parametrize(
    ("source", "target"), [([5, 2, 1], [5, 2, 1]), ([5, 2, 1], [2, 1]), ([5, 2, 1], [8, 7])]
)
def test_a_virement_that_is_none_is_refused(source, target):
    with pytest.raises(Invalid):
        virement_moves(source, target, 700)


def test_available_is_the_cap_without_what_is_committed_or_spent():
    figures = Figures("Print", "P", cap_p=1000, committed_p=300, paid_p=200, returned_p=50)
    assert figures.available_p == 550
    assert added_up("All", "A", [figures, figures]).available_p == 1100
