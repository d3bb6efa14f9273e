"""The score of two records: pure, the same from both sides, and explained."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.merging.matching import THRESHOLD, Record, bare_number, compare, likely
from models.merging.rules import postcodes

PRIYA = Record(1, "priya", "kaur", emails=frozenset({"p@example.org"}), seats=frozenset({(7, 70)}))


def codes(one, other):
    return [code for code, _ in compare(one, other).reasons]


def other(**values):
    return replace(Record(2, "priya", "kaur"), **values)


def test_same_name_in_the_same_ward_is_offered():
    found = compare(PRIYA, other(seats=frozenset({(7, 70)})))
    assert found.score >= THRESHOLD
    assert dict(found.reasons).keys() == {"name", "ward"}


def test_a_name_alone_is_never_enough():
    assert compare(PRIYA, other()).score < THRESHOLD


def test_two_of_one_name_in_two_wards_of_a_council_are_not_offered():
    found = compare(PRIYA, other(seats=frozenset({(7, 71)})))
    assert "wards-differ" in dict(found.reasons)
    assert found.score < THRESHOLD


def test_a_household_that_shares_an_address_is_not_one_person():
    john = Record(2, "john", "kaur", emails=PRIYA.emails)
    assert codes(PRIYA, john) == ["email", "first-differs"]
    assert compare(PRIYA, john).score < THRESHOLD


def test_somebody_who_married_is_found_by_the_address():
    married = Record(2, "priya", "singh", emails=PRIYA.emails)
    assert codes(PRIYA, married) == ["email", "family-changed"]
    assert compare(PRIYA, married).score >= THRESHOLD


@pytest.mark.parametrize(
    ("one", "two", "code"),
    [
        (("robert", "cole"), ("bob", "cole"), "short-form"),
        (("r", "cole"), ("robert", "cole"), "initial"),
        (("stephen", "macdonald"), ("stephen", "mcdonald"), "spelling"),
        (("anne", "jones"), ("anne", "smith jones"), "spelling"),
        (("anne", "jones"), ("anne", "jones"), "name"),
        (("anne", "jones"), ("peter", "jones"), "first-differs"),
        (("anne", "jones"), ("peter", "quill"), "name-differs"),
    ],
)
def test_names_are_compared_as_people_write_them(one, two, code):
    assert codes(Record(1, *one), Record(2, *two)) == [code]


def test_a_number_with_and_without_its_zeros_is_the_same():
    assert bare_number("00-12345") == bare_number("12345") == "12345"
    first = Record(1, "priya", "kaur", numbers=frozenset({"0012345"}))
    assert codes(first, other(numbers=frozenset({"12345"}))) == ["number", "name"]


def test_different_numbers_speak_against_it():
    first = replace(PRIYA, numbers=frozenset({"111111"}))
    assert "numbers-differ" in codes(first, other(numbers=frozenset({"222222"})))


def test_an_address_of_a_whole_office_brings_nobody_together():
    office = [
        Record(n, "priya", "kaur", emails=frozenset({"office@example.org"})) for n in range(1, 9)
    ]
    assert likely(office) == []


def test_only_pairs_about_the_ones_asked_for():
    people = [replace(PRIYA, id=number) for number in (1, 2, 3)]
    assert {(one.low, one.high) for one in likely(people)} == {(1, 2), (1, 3), (2, 3)}
    found = likely(people, about=frozenset({3}))
    assert {(one.low, one.high) for one in found} == {(1, 3), (2, 3)}


def test_postcodes_are_found_in_an_address():
    assert postcodes("1 High St\nLancaster\nla1 1aa") == postcodes("Lancaster LA11AA") == {"LA11AA"}


names = st.sampled_from(["ann", "anne", "a", "bob", "robert", ""])
families = st.sampled_from(["jones", "smith jones", "smyth", "smith"])
sets = {
    "numbers": st.frozensets(st.sampled_from(["12345", "0012345", "999999"]), max_size=2),
    "emails": st.frozensets(st.sampled_from(["a@x.org", "b@x.org"]), max_size=2),
    "phones": st.frozensets(st.sampled_from(["+441", "+442"]), max_size=2),
    "seats": st.frozensets(st.sampled_from([(1, 10), (1, None), (2, 20)]), max_size=2),
    "branches": st.frozensets(st.sampled_from([5, 6]), max_size=1),
}
anybody = st.builds(Record, st.integers(1, 9), names, families, known=names, **sets)


@given(anybody, anybody)
def test_a_score_is_the_same_from_both_sides_and_the_sum_of_its_reasons(one, two):
    two = replace(two, id=one.id + 1)
    found = compare(one, two)
    assert found == compare(two, one)
    assert found.score == max(0, min(100, sum(points for _, points in found.reasons)))


@given(st.lists(anybody, max_size=6, unique_by=lambda record: record.id))
def test_whoever_is_offered_reaches_the_threshold_and_is_offered_once(people):
    found = likely(people)
    assert all(one.score >= THRESHOLD and one.low < one.high for one in found)
    assert len({(one.low, one.high) for one in found}) == len(found)
