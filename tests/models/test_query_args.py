"""What an address gives: understood alike by the page and by its workbook."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from werkzeug.datastructures import MultiDict

from models.funding.queries.lists import Filters
from models.query_args import MOST_ID, Given, cleaned, day, is_blank, whole
from reports.funding import filters_of

ODD_NUMBERS = ["", "abc", "1.5", "²", "٣", "-1", "+1", "1_000", str(10**20), "9" * 5000, str(2**31)]
ODD_DAYS = ["", "tomorrow", "2027-02-30", "0001-01-01", "9999-12-31", "1899-12-31", "20270506"]


@pytest.mark.parametrize("text", [None, *ODD_NUMBERS])
def test_what_is_no_whole_number_is_left_out(text):
    assert whole(text) is None


def test_the_largest_number_that_a_record_can_have_is_understood():
    assert whole(str(MOST_ID)) == MOST_ID


@pytest.mark.parametrize("text", [None, *ODD_DAYS])
def test_what_is_no_day_is_left_out(text):
    assert day(text) is None


def test_a_day_is_understood():
    assert day(" 2027-05-06 ") == date(2027, 5, 6)


def test_control_characters_and_half_letters_are_taken_out_and_lines_stay():
    assert cleaned("a\0b\x1b\ud800c\r\nd\re\tf\x9f") == "abc\nd\ne\tf"


UNSEEN = "\u00ad\u200b\u200e\u200f\u202a\u202e\u2060\u2066\u2069\ufeff\u061c"
FAMILY, PERSIAN = "\U0001f468\u200d\U0001f469\u200d\U0001f467", "\u0645\u06cc\u200c\u062e"


@pytest.mark.parametrize("mark", UNSEEN)
def test_what_nobody_sees_is_taken_out(mark):
    assert cleaned(f"{mark}Ash{mark}ford{mark}") == "Ashford"


@pytest.mark.parametrize("text", [FAMILY, PERSIAN, "\u2764\ufe0f"])
def test_joiners_that_emoji_and_scripts_need_stay(text):
    assert cleaned(text) == text
    assert not is_blank(text)


@pytest.mark.parametrize("text", ["", " ", "\u200d", " \u200c\n\u00a0", "\u2800", "\u3164"])
def test_a_text_of_which_nothing_can_be_seen_is_blank(text):
    assert is_blank(cleaned(text))


@given(st.text(st.characters(codec=None)))
def test_what_is_clean_stays_as_it_is(text):
    once = cleaned(text)
    assert cleaned(once) == once
    assert "\0" not in once
    once.encode()


def test_what_makes_no_sense_is_left_out_and_named():
    asked = Given({"council": "-1", "poll": "9999-12-31", "text": "x" * 5000, "party": "3"})
    read = (asked.id("council"), asked.day("poll"), asked.text("text"), asked.id("party"))
    assert read == (None, None, None, 3)
    assert asked.said == f"council “-1”, poll “9999-12-31” and text “{'x' * 40}…”"
    assert asked.kept("council", "party") == {"party": "3"}


def test_a_blank_asks_for_nothing_and_is_no_mistake():
    asked = Given({"council": "", "text": "  "})
    assert (asked.id("council"), asked.text("text"), asked.left_out) == (None, None, {})


def test_of_many_numbers_the_odd_ones_are_left_out():
    asked = Given(MultiDict([("pick", "1"), ("pick", "²"), ("pick", "3,4")]))
    assert asked.ids("pick") == (1, 3, 4)
    assert asked.left_out == {"pick": "²"}


def test_odd_numbers_alone_find_nobody_and_not_everybody():
    assert Given({"people": "²"}).ids("people") == ()


def test_a_council_that_nobody_knows_narrows_the_workbook_to_nothing_as_it_does_the_page():
    assert filters_of({"council": "0"}) == Filters(council_id=0)
