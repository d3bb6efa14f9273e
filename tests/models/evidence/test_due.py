"""What is due when after a poll."""

from datetime import date

from models.elections.figures import FIGURES
from models.elections.rules import FigureBook
from models.evidence.due import days_after

BOOK = FigureBook(FIGURES)


def days(poll_on, post="councillor", nation="England"):
    return days_after(poll_on, post=post, nation=nation, book=BOOK)


def test_a_local_poll_in_england_has_the_law_s_three_days():
    found = days(date(2027, 5, 6))
    assert [day.on for day in found.in_law] == [
        date(2027, 5, 28),
        date(2027, 6, 4),
        date(2027, 6, 11),
    ]
    assert found.report == date(2027, 6, 11)


def test_another_post_has_none_of_them_and_a_report_35_days_after_the_result():
    found = days(date(2027, 5, 6), post="mp")
    assert found.in_law == ()
    assert found.report == date(2027, 6, 11)


def test_without_a_poll_nothing_is_due():
    assert days(None).report is None


def test_days_past_the_bank_holidays_we_hold_are_provisional():
    assert all(day.provisional for day in days(date(2034, 5, 4)).in_law)
