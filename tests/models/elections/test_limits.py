"""What may be spent, against worked examples; pure."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.elections.figures import FIGURES
from models.elections.limits import Question, limit_of
from models.elections.rules import FigureBook
from models.errors import DomainError, Invalid, NotFound, Refused

BOOK = FigureBook(FIGURES)
DAY = date(2027, 5, 6)


def pence(kind, **asked):
    return limit_of(Question(kind=kind, **{"on": DAY, **asked}), BOOK).pence


@pytest.mark.parametrize(
    ("kind", "asked", "pounds"),
    [
        ("local", {"electors": 7_500}, "1560.00"),
        ("local", {"electors": 7_500, "joint": 2}, "1170.00"),
        ("local", {"electors": 7_500, "joint": 3}, "1040.00"),
        ("local", {"electors": 1}, "960.08"),
        ("s75-ward", {"electors": 7_500}, "87.50"),
        ("s75-ward", {"electors": 7_501}, "87.50"),
        ("s75-ward", {"electors": 7_502}, "87.51"),
        ("s75-constituency", {}, "700.00"),
        ("s75-constituency", {"electors": 70_000}, "700.00"),
        ("parliament", {"electors": 72_287, "area": "county"}, "20064.44"),
        ("parliament", {"electors": 74_859, "area": "borough"}, "17378.72"),
        ("parliament-long", {"electors": 72_287, "area": "county"}, "48894.44"),
        ("by-election", {}, "180050.00"),
    ],
)
def test_worked_examples(kind, asked, pounds):
    assert f"{pence(kind, **asked) / 100:.2f}" == pounds


def test_a_third_less_and_33_per_cent_less_are_a_matter_of_the_row():
    figures = [
        replace(figure, parts=33, whole=100) if figure.key == "limit.local.joint.more" else figure
        for figure in FIGURES
    ]
    asked = Question(kind="local", on=DAY, electors=7_500, joint=3)
    assert limit_of(asked, BOOK).pence == 1_040_00
    assert limit_of(asked, FigureBook(tuple(figures))).pence == 1_045_20


@given(st.integers(1, 10_000_000), st.integers(1, 100))
def test_a_limit_grows_with_the_electors_and_never_with_joint_candidates(electors, joint):
    alone, more = pence("local", electors=electors), pence("local", electors=electors, joint=joint)
    assert alone == 960_00 + 8 * electors
    assert 0 < more <= alone
    assert 3 * more > 2 * alone - 3, "no more than a third is ever taken off"


@pytest.mark.parametrize("nation", ["Wales", "Scotland", "Northern Ireland"])
def test_where_the_figure_is_not_known_nothing_is_answered(nation):
    with pytest.raises(Refused, match=f"{nation} is not known yet"):
        pence("local", electors=7_500, nation=nation)


def test_before_the_first_day_that_is_known_no_rule_is_in_force():
    with pytest.raises(NotFound, match="No rule is known to be in force on 31 December 2023"):
        pence("local", electors=7_500, on=date(2023, 12, 31))
    assert pence("local", electors=7_500, on=date(2024, 1, 1)) == 1_560_00


def test_the_row_of_the_day_answers_where_the_law_has_changed():
    (old,) = [figure for figure in FIGURES if figure.key == "limit.local.england"]
    rows = (
        replace(old, valid_to=date(2027, 12, 31)),
        replace(old, base_p=1_000_00, valid_from=date(2028, 1, 1), in_use_by=None),
    )
    book = FigureBook(rows)
    for on, expected in ((date(2027, 12, 31), 1_560_00), (date(2028, 1, 1), 1_600_00)):
        asked = Question(kind="local", on=on, electors=7_500)
        assert limit_of(asked, book).pence == expected


@pytest.mark.parametrize(
    ("kind", "asked", "words"),
    [
        ("local", {}, "number of electors"),
        ("local", {"electors": 0}, "from 1 to 10,000,000"),
        ("local", {"electors": -5}, "from 1 to 10,000,000"),
        ("local", {"electors": 10**12}, "from 1 to 10,000,000"),
        ("local", {"electors": 9, "joint": 0}, "joint candidates"),
        ("local", {"electors": 9, "joint": 101}, "joint candidates"),
        ("local", {"electors": 9, "area": "county"}, "UK Parliament only"),
        ("local", {"electors": 9, "nation": "Cornwall"}, "one of the nations"),
        ("s75-ward", {"electors": 9, "joint": 2}, "Only candidates at a local election"),
        ("parliament", {"electors": 70_000}, "borough or a county"),
        ("parish", {"electors": 9}, "There is no limit"),
    ],
)
def test_a_senseless_question_is_refused_in_words(kind, asked, words):
    with pytest.raises(Invalid, match=words):
        pence(kind, **asked)


def test_without_any_figures_nothing_is_answered():
    for kind in ("local", "s75-ward", "s75-constituency"):
        with pytest.raises(DomainError, match="No rule is known"):
            limit_of(Question(kind=kind, on=DAY, electors=9), FigureBook())
