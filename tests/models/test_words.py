"""The one list each of words for nothing, of answers, of apostrophes and of stroked letters."""

import pytest

from models.folding import APOSTROPHES, fold, plain_apostrophes, without_unseen
from models.people.keys import email_key
from models.words import elected_or_not, is_absent, is_absent_name, nobody_called, yes_or_no


@pytest.mark.parametrize(
    "text", ["", "-", "--", "–", "?", "n/a", "N.A.", "NONE", "tbc", "Not known"]
)
def test_what_people_write_for_nothing_is_nothing(text):
    assert is_absent(text)


@pytest.mark.parametrize("text", ["No", "0", "x", "*", "Nona", "Tbilisi", "Pending"])
def test_what_says_something_is_not_nothing(text):
    assert not is_absent(text)


@pytest.mark.parametrize("name", ["Na", "None", "Nan", "Null", "True", "Tba", "NA"])
def test_people_are_called_what_programs_write_for_nothing(name):
    assert not is_absent_name(name)
    assert not nobody_called(["Kofi", name])


def test_two_words_for_nothing_are_nobody():
    assert nobody_called(["None", "None"])
    assert nobody_called(["", "nan"])
    assert is_absent_name("n/a")
    assert is_absent_name("tbc")


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("t", True),
        ("TRUE", True),
        ("Y", True),
        ("yes", True),
        ("1", True),
        ("X", True),
        ("✓", True),
        ("f", False),
        ("False", False),
        ("N", False),
        ("no", False),
        ("0", False),
        ("", None),
        ("perhaps", None),
        ("tt", None),
    ],
)
def test_an_answer_is_yes_or_no_or_none(text, answer):
    assert yes_or_no(text) is answer


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("ELECTED", True),
        ("Elected unopposed", True),
        ("(E)", True),
        ("*", True),
        ("t", True),
        ("NOT ELECTED", False),
        ("lost", False),
        ("f", False),
        ("2nd", None),
    ],
)
def test_results_say_elected_in_their_own_words_too(text, answer):
    assert elected_or_not(text) is answer


def test_every_apostrophe_is_the_same_apostrophe():
    assert {fold(f"O{mark}Dowdall") for mark in APOSTROPHES} == {"odowdall"}
    assert {plain_apostrophes(f"O{mark}Dowdall") for mark in APOSTROPHES[2:]} == {"O’Dowdall"}
    assert plain_apostrophes("the ‘new’ ward") == "the ‘new’ ward"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Łukasz Wiśniowski", "Lukasz Wisniowski"),
        ("Søren Ægard", "Soren Aegard"),
        ("Ibrahim Đurić", "Ibrahim Duric"),
        ("Weiß", "Weiss"),
        ("Ǿrsted", "Orsted"),
        ("Œuvre", "Oeuvre"),
        ("Þór", "Thor"),
    ],
)
def test_letters_with_strokes_are_compared_as_people_type_them(one, other):
    assert fold(one) == fold(other)


@pytest.mark.parametrize("unseen", ["\u200b", "\u200d", "\u00ad", "\u200f", "\u2060", "\ufeff"])
def test_what_nobody_sees_makes_no_other_name(unseen):
    assert fold(f"Am{unseen}bridge CLP{unseen}") == "ambridge clp"
    assert email_key(f"ann{unseen}@example.org") == "ann@example.org"


def test_what_is_seen_stays_as_it_is():
    assert without_unseen("Siân O’Neill – 100 % 🎈") == "Siân O’Neill – 100 % 🎈"
