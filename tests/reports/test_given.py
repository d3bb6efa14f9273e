"""Filters in an address: understood alike by the page and by its workbook."""

import pytest

from models.funding import Filters
from reports.funding import filters_of
from reports.given import day, number


@pytest.mark.parametrize("text", [None, "", "abc", "1.5", "²"])
def test_what_is_no_whole_number_is_left_out(text):
    assert number(text) is None


@pytest.mark.parametrize("text", [None, "", "tomorrow", "2027-02-30"])
def test_what_is_no_day_is_left_out(text):
    assert day(text) is None


def test_a_council_that_nobody_knows_narrows_the_workbook_to_nothing_as_it_does_the_page():
    assert filters_of({"council": "-1"}) == Filters(council_id=-1)
