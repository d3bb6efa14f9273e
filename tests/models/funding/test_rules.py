"""Completeness, amounts and the contest: pure."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.funding import rules
from models.funding.rules import Answers, Limits, Line

LIMITS = Limits(max_grant_p=500_00, today=date(2026, 11, 22), region_id=4, council_region_id=4)
WHOLE = Answers(
    person_id=1,
    council_id=2,
    ward_id=3,
    poll_on=date(2027, 5, 6),
    requested_p=300_00,
    purpose="Leaflets",
    lines=(Line("Leaflets", 300_00),),
)


def fields(answers, limits=LIMITS):
    return [problem.field for problem in rules.problems(answers, limits)]


def changed(**values):
    return Answers(**{**vars(WHOLE), **values})


def test_complete_answers_have_no_problem():
    assert fields(WHOLE) == []


def test_an_empty_draft_lists_everything_that_is_missing_in_page_order():
    everything = ["person", "council", "ward", "poll_on", "lines", "amount", "purpose"]
    assert fields(Answers()) == everything


def test_a_constituency_stands_in_for_council_and_ward():
    westminster = changed(post="mp", council_id=None, ward_id=None)
    assert fields(westminster) == ["constituency"]
    assert fields(changed(post="mp", constituency_id=9, council_id=None, ward_id=None)) == []


def test_a_mayor_needs_no_ward():
    assert fields(changed(post="mayor", ward_id=None)) == []


def test_a_council_of_another_region_is_refused_and_an_unmapped_one_is_not():
    foreign = Limits(500_00, LIMITS.today, region_id=4, council_region_id=5)
    unmapped = Limits(500_00, LIMITS.today, region_id=4, council_region_id=None)
    assert fields(WHOLE, foreign) == ["council"]
    assert fields(WHOLE, unmapped) == []


def test_a_poll_that_is_over_is_refused():
    assert fields(changed(poll_on=date(2026, 5, 7))) == ["poll_on"]
    assert fields(changed(poll_on=LIMITS.today)) == []


def test_the_amount_is_the_sum_of_the_lines_where_none_is_typed():
    two = (Line("Leaflets", 100_00), Line("Adverts", 50_50))
    assert changed(requested_p=None, lines=two).asked_p == 150_50


def test_an_amount_over_the_highest_grant_is_refused_with_both_figures():
    high = changed(requested_p=500_01, lines=(Line("Print", 600_00),))
    (problem,) = rules.problems(high, LIMITS)
    assert problem.field == "amount"
    assert "£500.00" in problem.message
    assert "£500.01" in problem.message


def test_an_amount_over_the_cost_lines_is_refused():
    (problem,) = rules.problems(changed(requested_p=300_01), LIMITS)
    assert "£300.00" in problem.message


@given(st.integers(-10, 10**9), st.integers(1, 10**7), st.integers(1, 10**7))
def test_an_award_is_within_the_request_and_the_highest_grant(amount_p, requested_p, max_grant_p):
    problem = rules.award_problem(amount_p, requested_p=requested_p, max_grant_p=max_grant_p)
    assert (problem is None) == (1 <= amount_p <= min(requested_p, max_grant_p))


@pytest.mark.parametrize(
    ("paid_on", "fine"),
    [(date(2026, 11, 1), True), (date(2026, 10, 31), False), (date(2026, 11, 23), False)],
)
def test_a_payment_lies_between_the_award_and_today(paid_on, fine):
    problem = rules.payment_problem(paid_on, awarded_on=date(2026, 11, 1), today=date(2026, 11, 22))
    assert (problem is None) == fine


def test_the_same_contest_has_the_same_key_however_the_rest_differs():
    other = changed(requested_p=1, purpose="Other", person_id=77)
    assert rules.contest_key(other) == rules.contest_key(WHOLE)
    assert rules.contest_key(changed(ward_id=4)) != rules.contest_key(WHOLE)
    assert rules.contest_key(changed(post="mayor")) != rules.contest_key(WHOLE)
