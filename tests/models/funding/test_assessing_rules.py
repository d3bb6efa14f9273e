"""How scores are added up and compared: pure, without a database."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.errors import Invalid
from models.funding.assessing.rules import (
    MOST_POINTS,
    STANDARD,
    Given,
    Wanted,
    assess,
    check_criteria,
    check_scores,
    conflict_words,
    total,
)

WEIGHTS = {1: 60, 2: 40}


def points(criterion, number, by=1):
    return Given(criterion, number, "Because.", by, f"Assessor {by}", datetime.now(UTC))


def test_the_total_is_weighted_and_out_of_a_hundred():
    assert total(WEIGHTS, {1: points(1, 5), 2: points(2, 5)}) == 100
    assert total(WEIGHTS, {1: points(1, 5), 2: points(2, 0)}) == 60
    assert total(WEIGHTS, {1: points(1, 3), 2: points(2, 4)}) == 68


def test_a_sheet_with_a_gap_has_no_total():
    assert total(WEIGHTS, {1: points(1, 5)}) is None
    assert total({}, {}) is None


def test_of_one_assessor_the_latest_points_count():
    given_points = [points(1, 0), points(2, 0), points(1, 5), points(2, 5)]
    (sheet,) = assess(WEIGHTS, given_points).sheets
    assert sheet.total == 100


def test_a_wide_spread_is_flagged():
    both = [points(1, 5, 1), points(2, 5, 1), points(1, 2, 2), points(2, 2, 2)]
    found = assess(WEIGHTS, both, flag_from=60)
    assert (found.totals, found.mean, found.spread, found.is_flagged) == ((100, 40), 70, 60, True)
    assert not assess(WEIGHTS, both, flag_from=61).is_flagged
    assert not assess(WEIGHTS, both[:2], flag_from=1).is_flagged


@given(
    st.dictionaries(st.integers(1, 9), st.integers(1, 100), min_size=1),
    st.integers(0, MOST_POINTS),
)
def test_alike_points_give_alike_totals_whatever_the_weights(weights, number):
    scores = {key: points(key, number) for key in weights}
    assert total(weights, scores) == 100 * number // MOST_POINTS


@pytest.mark.parametrize(
    ("given_points", "reasons", "field"),
    [
        ({1: 3}, {1: "So.", 2: "So."}, "points_2"),
        ({1: 3, 2: 6}, {1: "So.", 2: "So."}, "points_2"),
        ({1: -1, 2: 1}, {1: "So.", 2: "So."}, "points_1"),
        ({1: 3, 2: 1}, {1: "So.", 2: "  "}, "reason_2"),
        ({1: 3, 2: 1}, {1: "x" * 4001, 2: "So."}, "reason_1"),
    ],
)
def test_every_criterion_has_points_and_a_reason(given_points, reasons, field):
    with pytest.raises(Invalid) as refusal:
        check_scores([1, 2], given_points, reasons)
    assert refusal.value.field == field


def test_the_standard_criteria_can_be_scored_by():
    check_criteria(STANDARD)


@pytest.mark.parametrize(
    "wanted",
    [
        (),
        (Wanted(" ", 1),),
        (Wanted("A", 0),),
        (Wanted("A", 101),),
        (Wanted("A", 1), Wanted(" a", 1)),
        tuple(Wanted(f"C{number}", 1) for number in range(13)),
        (Wanted("x" * 161, 1),),
    ],
)
def test_criteria_that_make_no_sense_are_refused(wanted):
    with pytest.raises(Invalid):
        check_criteria(wanted)


def test_every_answer_but_none_is_a_conflict():
    assert conflict_words("none") is None
    assert "household" in conflict_words("household")
