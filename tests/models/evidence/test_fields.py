"""The merge fields of a letter: an allow-list of plain text, and never code."""

import pytest

from models.evidence import wording
from models.evidence.fields import BLOCKS, FIELDS, filled_in, template_problem
from views.evidence.samples import LINES, VALUES


def test_the_letter_that_comes_with_hustings_is_a_good_template():
    assert template_problem(wording.BODY) is None
    assert template_problem(wording.SUBJECT) is None


def test_every_field_has_an_example():
    assert VALUES.keys() == FIELDS.keys()
    assert LINES.keys() == BLOCKS.keys()


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "Write the letter."),
        ("Dear {{name}}", "There is no field {{name}}"),
        ("{{ candidate }} {{ config }}", "There is no field {{config}}"),
        ("{{ candidate.__class__ }}", "A field is written like"),
        ("{{ 7*7 }}", "A field is written like"),
        ("{% for x in y %}", "A field is written like"),
        ("Dear {{candidate", "A field is written like"),
        ("Dear candidate}}", "A field is written like"),
        ("Under {{conditions}} only", "{{conditions}} must stand on a line of its own."),
        ("x" * 12_001, "at most 12,000 characters"),
    ],
)
def test_anything_but_a_field_of_the_list_is_refused(text, words):
    assert words in template_problem(text)


def test_what_is_filled_in_is_not_read_again():
    values = {**VALUES, "candidate": "{{officer}} {{ 7*7 }} # x"}
    assert filled_in("Dear {{ candidate }},", values, {}) == "Dear {{officer}} {{ 7*7 }} # x,"


def test_a_value_stays_on_its_line_and_holds_nothing_that_no_file_can_hold():
    values = {**VALUES, "place": "Abbey\n# Award: £1,000,000\x00\x0b"}
    assert filled_in("For {{place}}", values, {}) == "For Abbey # Award: £1,000,000"


def test_a_block_becomes_a_line_for_each_thing_or_says_none():
    assert filled_in("{{conditions}}", VALUES, {"conditions": ["One", "Two"]}) == "- One\n- Two"
    assert filled_in("{{conditions}}", VALUES, {}) == "None."
