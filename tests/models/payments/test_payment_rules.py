"""The pure rules: tranches, sort codes, account numbers, layouts. No database."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.errors import Invalid
from models.payments import rules
from models.payments.layout import BankColumn, Layout, cells, check_layout, layout_of
from models.payments.payees import rules as payee_rules
from models.payments.rules import Tranche

FRIDAY = date(2026, 11, 27)


def plan(*tranches, to_pay_p=300_00, conditions=frozenset()):
    rules.check_plan(tranches, to_pay_p=to_pay_p, condition_ids=conditions)


def test_tranches_must_add_up_to_what_is_left():
    plan(Tranche(100_00), Tranche(200_00))
    with pytest.raises(Invalid, match=r"£299\.99, but £300\.00"):
        plan(Tranche(100_00), Tranche(199_99))


@pytest.mark.parametrize(
    ("tranche", "words"),
    [
        (Tranche(0), "more than nothing"),
        (Tranche(300_00, waits_for="whim"), "what it waits for"),
        (Tranche(300_00, waits_for="date"), "the date"),
        (Tranche(300_00, waits_for="condition", condition_id=7), "the condition"),
    ],
)
def test_each_tranche_must_make_sense(tranche, words):
    with pytest.raises(Invalid, match=words):
        plan(tranche)


def test_a_plan_has_at_least_one_tranche_and_not_too_many():
    with pytest.raises(Invalid, match="at least one"):
        plan()
    with pytest.raises(Invalid, match="at most 12"):
        plan(*[Tranche(1)] * 13, to_pay_p=13)


@given(st.lists(st.integers(1, 10**9), min_size=1, max_size=12), st.integers(-5, 5))
def test_a_plan_is_taken_exactly_when_its_sum_is_right(parts, off):
    tranches = [Tranche(part) for part in parts]
    if off == 0:
        plan(*tranches, to_pay_p=sum(parts))
    else:
        with pytest.raises(Invalid):
            plan(*tranches, to_pay_p=sum(parts) + off)


def test_the_bank_pays_on_weekdays_to_come():
    rules.check_pay_day(FRIDAY, today=FRIDAY)
    for day, words in (
        (date(2026, 11, 26), "in the past"),
        (date(2026, 11, 28), "weekend"),
        (date(2027, 3, 1), "60 days"),
    ):
        with pytest.raises(Invalid, match=words):
            rules.check_pay_day(day, today=FRIDAY)


@pytest.mark.parametrize(
    ("day", "then"),
    [
        (date(2026, 12, 25), "29 December 2026"),
        (date(2026, 12, 28), "29 December 2026"),
        (date(2027, 1, 1), "4 January 2027"),
    ],
)
def test_the_bank_does_not_pay_on_a_bank_holiday(day, then):
    with pytest.raises(Invalid, match=f"is a bank holiday.*{then}") as refusal:
        rules.check_pay_day(day, today=date(2026, 11, 30))
    assert refusal.value.field == "pay_on"


def test_the_day_proposed_is_one_on_which_banks_pay():
    assert rules.next_bank_day(date(2026, 12, 25)) == date(2026, 12, 29)
    assert rules.next_bank_day(date(2026, 12, 27), step=-1) == date(2026, 12, 24)
    # Saint Andrew's Day is a holiday of Scotland, not of the banks' payment systems.
    assert rules.next_bank_day(date(2026, 11, 30)) == date(2026, 11, 30)


def test_a_condition_blocks_its_own_tranche_or_all():
    unmet = [(1, "Imprint shown"), (2, "Agent named")]
    assert rules.blocks(unmet, tied=frozenset({2}), condition_id=None) == ("Imprint shown",)
    assert rules.blocks(unmet, tied=frozenset({1, 2}), condition_id=2) == ("Agent named",)
    assert rules.blocks(unmet, tied=frozenset({1, 2}), condition_id=None) == ()


@pytest.mark.parametrize("typed", ["204567", "20-45-67", "20 45 67", " 20–45–67 "])
def test_a_sort_code_is_taken_however_it_is_written(typed):
    assert payee_rules.sort_code(typed) == "204567"


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("", "Enter the sort code"),
        ("20-45-6", "5 digits"),
        ("2O-45-67", "letter among the digits"),
        ("000000", "no sort code"),
        ("GB29NWBK60161331926819", "IBAN"),
        ("٢٠٤٥٦٧", "six digits"),
    ],
)
def test_what_is_no_sort_code_is_refused_in_words(typed, words):
    with pytest.raises(Invalid, match=words) as refusal:
        payee_rules.sort_code(typed)
    assert refusal.value.field == "sort_code"


def test_a_short_account_number_is_filled_up():
    assert payee_rules.account_number("1234567") == "01234567"
    assert payee_rules.account_number("1234 5678") == "12345678"


@pytest.mark.parametrize("typed", ["", "12345", "123456789", "1234567l", "00000000", "=1+1", "-5"])
def test_what_is_no_account_number_is_refused(typed):
    with pytest.raises(Invalid) as refusal:
        payee_rules.account_number(typed)
    assert refusal.value.field == "number"


def test_a_bank_reads_capitals_and_few_marks():
    assert payee_rules.for_bank("Ynys Môn & Bangor C.L.P. (main)") == "YNYS MON & BANGOR"
    assert payee_rules.for_bank("=cmd|' /C calc'!A0") == "CMD /C CALC A0"


@given(st.text(max_size=80))
def test_nothing_for_a_bank_can_become_a_formula(text):
    written = payee_rules.for_bank(text)
    assert len(written) <= 18
    assert not written.startswith(("=", "+", "-", "@", "\t", "\r"))


def test_a_holder_needs_letters_that_banks_know():
    with pytest.raises(Invalid, match="Latin"):
        payee_rules.holder_name("会社")


VALUES = {
    "sort_code": "204567",
    "number": "12345678",
    "holder": "AMBRIDGE CLP",
    "amount": 123_45,
    "reference": "FA-2026-0001-P1",
    "date": FRIDAY,
    "batch": "PB-2026-001",
}


def test_the_usual_layout_writes_what_most_banks_take():
    assert cells(Layout(), VALUES) == [
        "204567", "12345678", "AMBRIDGE CLP", "123.45", "FA-2026-0001-P1", "27/11/2026",
    ]  # fmt: skip


def test_a_layout_can_be_changed_and_kept():
    layout = Layout(
        columns=(
            BankColumn("Code", "sort_code_dashed"),
            BankColumn("No", "number"),
            BankColumn("Type", "fixed", "BACS"),
            BankColumn("Pence", "amount"),
            BankColumn("Ref", "reference"),
        ),
        amounts="pence",
    )
    check_layout(layout)
    assert layout_of(layout.stored()) == layout
    assert cells(layout, VALUES) == ["20-45-67", "12345678", "BACS", "12345", "FA-2026-0001-P1"]


@pytest.mark.parametrize(
    ("columns", "words"),
    [
        ((BankColumn("A", "number"), BankColumn("B", "amount")), "Sort code, Payment reference"),
        ((*Layout().columns, BankColumn("X", "fixed")), "Say which text"),
        ((*Layout().columns, BankColumn("=X", "batch")), "like a formula"),
        ((*Layout().columns, BankColumn("X", "pin")), "Choose what stands"),
    ],
)
def test_a_layout_that_no_bank_could_use_is_refused(columns, words):
    with pytest.raises(Invalid, match=words):
        check_layout(Layout(columns=columns))
