"""A paid file's rows held against payments: pure."""

from datetime import date

import pytest

from models.payments.paid_files.matching import GivenRow, Known, key_of, match_all

TODAY, PAY_DAY = date(2026, 11, 30), date(2026, 11, 27)
SENT = Known(1, "FA-2026-0001-P1", 300_00, "exported", pay_on=PAY_DAY)
OTHER = Known(2, "FA-2026-0001-P2", 200_00, "exported", pay_on=PAY_DAY)
KNOWN = {key_of(one.reference): one for one in (SENT, OTHER)}


def matched(reference, amount_p=300_00, paid_on=PAY_DAY, fault=None, known=KNOWN):
    return match_all([GivenRow(2, reference, amount_p, paid_on, fault)], known, TODAY)[0]


@pytest.mark.parametrize(
    "text",
    [
        "FA-2026-0001-P1",
        "fa 2026 0001 p1",
        "FA20260001P1",
        "BACS PAYMENT FA-2026-0001-P1 UNION",
        "FA2026/0001/P1",
    ],
)
def test_a_reference_is_known_however_the_bank_wrote_it(text):
    assert (matched(text).verdict, matched(text).payment_id) == ("matched", 1)


@pytest.mark.parametrize("text", ["", "FA-2026-0001", "FA-2026-0001-P11", "RENT", "P1"])
def test_what_names_no_payment_is_unknown(text):
    assert matched(text).verdict == "unknown"


def test_a_row_that_names_two_payments_is_unknown():
    assert matched("FA-2026-0001-P1 FA-2026-0001-P2").verdict == "unknown"


def test_another_amount_differs_and_both_are_said():
    match = matched("FA-2026-0001-P1", 310_00)
    assert match.verdict == "differing"
    assert match.because == "The file says £310.00, the payment is £300.00."


@pytest.mark.parametrize("day", [date(2026, 11, 26), date(2026, 12, 1)])
def test_another_day_differs(day):
    assert matched("FA-2026-0001-P1", paid_on=day).verdict == "differing"


def test_a_file_without_days_is_matched_by_amount():
    assert matched("FA-2026-0001-P1", paid_on=None).verdict == "matched"


def test_a_row_that_could_not_be_read_differs():
    match = matched("FA-2026-0001-P1", None, fault="‘£1,2O0’ has a letter among its digits.")
    assert (match.verdict, match.because[:8]) == ("differing", "‘£1,2O0’")


def test_the_same_payment_twice_differs_the_second_time():
    rows = [GivenRow(2, SENT.reference, 300_00), GivenRow(3, SENT.reference, 300_00)]
    assert [one.verdict for one in match_all(rows, KNOWN, TODAY)] == ["matched", "differing"]


def test_a_payment_that_was_not_sent_differs():
    known = {key_of(SENT.reference): Known(1, SENT.reference, 300_00, "scheduled")}
    assert matched(SENT.reference, known=known).verdict == "differing"


RETURNED = GivenRow(
    2, f"RETURNED {SENT.reference}", 300_00, PAY_DAY, "The bank says so.", "returned"
)


def test_money_that_came_back_is_no_payment_and_keeps_its_reason():
    match = match_all([RETURNED], KNOWN, TODAY)[0]
    assert (match.verdict, match.payment_id, match.because) == ("returned", 1, "The bank says so.")


@pytest.mark.parametrize("first", [True, False])
def test_the_true_payment_beside_it_is_matched(first):
    paid = GivenRow(3, SENT.reference, 300_00, PAY_DAY)
    rows = [RETURNED, paid] if first else [paid, RETURNED]
    assert sorted(one.verdict for one in match_all(rows, KNOWN, TODAY)) == ["matched", "returned"]


def test_money_that_came_back_and_names_nobody_is_still_looked_at():
    row = GivenRow(2, "RETURNED BACS", 300_00, PAY_DAY, "It came back.", "returned")
    assert match_all([row], KNOWN, TODAY)[0].verdict == "returned"


def test_what_is_not_certain_and_names_nobody_is_unknown():
    row = GivenRow(2, "RENT", 300_00, PAY_DAY, "In which direction?", "look")
    assert match_all([row], KNOWN, TODAY)[0].verdict == "unknown"
