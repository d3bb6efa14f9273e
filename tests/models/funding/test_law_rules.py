"""What the law says to one application: worked examples; pure, without a database."""

from datetime import date

import pytest

from models.elections.figures import FIGURES
from models.elections.rules import FigureBook
from models.funding.coding import CATEGORIES, CLASSES, Coding
from models.funding.law import Matter, card_of
from models.funding.tables import ApplicationLaw

BOOK = FigureBook(FIGURES)
WARD = {"electorate": 7_500}


def card(book=BOOK, **values):
    coding = Coding(**{"legal_class": "candidate", "s72_category": "c", **values.pop("said", {})})
    given = {
        "post": "councillor",
        "today": date(2027, 2, 1),
        "candidate": "Priya Kaur",
        "poll_on": date(2027, 5, 6),
        "has_place": True,
        "amount_p": 40_00,
        **values,
    }
    return card_of(Matter(coding=coding, **given), book)


def line(found, label):
    return next(one.words for one in found.lines if one.label == label)


def keys(found):
    """The warnings that need an answer; the one before the notice is true of most awards."""
    return [one.key for one in found.warnings if one.needed]


def fields(found):
    return [one.field for one in found.refusals]


def test_a_ward_of_7500_has_a_limit_of_1560_and_two_joint_candidates_1170_each():
    alone = card(said={**WARD, "joint": 1})
    assert line(alone, "Candidate's limit") == "£1,560.00 for 7,500 electors"
    two = card(said={**WARD, "joint": 2})
    assert line(two, "Candidate's limit").startswith("£1,170.00 for 7,500 electors, for each of")
    three = card(said={**WARD, "joint": 3})
    assert line(three, "Candidate's limit").startswith("£1,040.00")


def test_joint_candidates_are_asked_for_and_never_inferred():
    (question,) = card(said=WARD).questions
    assert question.startswith("Does the candidate stand jointly")
    assert "£1,170.00" in question
    assert card(said={**WARD, "joint": 1}).questions == ()


def test_without_the_electorate_it_is_asked_for():
    found = card()
    assert any("How many electors" in question for question in found.questions)
    assert all(one.label != "Candidate's limit" for one in found.lines)


@pytest.mark.parametrize("nation", ["Wales", "Scotland", "Northern Ireland"])
def test_where_the_figure_is_not_known_the_card_says_so(nation):
    found = card(nation=nation, said={**WARD, "joint": 1})
    assert "is not known yet" in line(found, "Candidate's limit")
    assert "over-limit" not in keys(found)


def test_what_is_left_counts_other_known_support_and_going_over_warns():
    found = card(others_p=1_000_00, amount_p=500_00, said={**WARD, "joint": 1})
    left = line(found, "Left of the limit")
    assert left == "£60.00, after £500.00 here and £1,000.00 of other known support"
    assert "over-limit" not in keys(found)
    over = card(others_p=1_500_00, amount_p=60_01, said={**WARD, "joint": 1})
    assert "£0.01 over the candidate's limit of £1,560.00" in over.warnings[0].words
    assert keys(card(others_p=1_500_00, amount_p=60_00, said={**WARD, "joint": 1})) == [
        "over-threshold"
    ]


def test_training_and_unauthorised_own_campaigning_do_not_count_to_the_limit():
    for legal_class in ("training", "national", "s75"):
        said = {**WARD, "joint": 1, "legal_class": legal_class, "s72_category": "f"}
        found = card(others_p=1_550_00, amount_p=50_00, said=said)
        assert keys(found) == []


def test_a_parliamentary_limit_needs_the_kind_of_constituency():
    found = card(post="mp", said={"electorate": 72_287})
    assert any("borough or a county" in question for question in found.questions)
    county = card(post="mp", said={"electorate": 72_287, "area": "county"})
    assert line(county, "Candidate's limit") == "£20,064.44 for 72,287 electors"
    assert line(county, "Long campaign, at most") == "£48,894.44"
    assert line(county, "At a by-election instead") == "£180,050.00"
    assert county.questions == ()


@pytest.mark.parametrize("post", ["mayor", "msp", "ms", "pcc"])
def test_for_other_posts_no_limit_is_made_up(post):
    assert "Not known for the post" in line(card(post=post, said=WARD), "Candidate's limit")


# ---- The union's own campaigning -----------------------------------------------------------

OWN = {"legal_class": "s75", "s72_category": "f", **WARD}


def test_own_campaigning_within_the_permitted_sum_passes():
    found = card(amount_p=87_50, said=OWN)
    assert line(found, "The union's own campaigning") == "£87.50 without authority"
    assert found.refusals == ()


def test_own_campaigning_above_the_permitted_sum_is_blocked_without_authority():
    found = card(own_p=50_00, amount_p=40_00, said=OWN)
    (refusal,) = found.refusals
    assert refusal.field == "authority"
    assert "£90.00, which is £2.50 above the permitted £87.50" in refusal.message


def test_the_agents_written_authority_lifts_the_block_and_counts_to_the_limit():
    authority = {"authority": "J. Agent, filed", "authority_on": date(2027, 1, 30)}
    said = {**OWN, "joint": 1, **authority}
    assert card(amount_p=300_00, said=said).refusals == ()
    assert keys(card(others_p=1_500_00, amount_p=300_00, said=said)) == ["over-limit"]


def test_an_authority_has_a_giver_and_a_day_that_can_be():
    for authority, field in (
        ({"authority": "J. Agent"}, "authority_on"),
        ({"authority_on": date(2027, 1, 1)}, "authority"),
        ({"authority": "J. Agent", "authority_on": date(2027, 2, 2)}, "authority_on"),
    ):
        assert field in fields(card(amount_p=300_00, said={**OWN, **authority}))


def test_where_the_permitted_sum_cannot_be_worked_out_it_is_blocked():
    said = {"legal_class": "s75", "s72_category": "f"}
    assert fields(card(said=said)) == ["electorate"]
    assert fields(card(post="mayor", said=said)) == ["authority"]
    assert fields(card(book=FigureBook(), said={**said, **WARD})) == ["electorate"]


def test_in_a_constituency_700_pounds_are_permitted():
    assert card(post="mp", amount_p=700_00, said=OWN).refusals == ()
    assert fields(card(post="mp", amount_p=700_01, said=OWN)) == ["authority"]


# ---- Donations, category, days -------------------------------------------------------------


def test_an_award_that_lifts_a_recipient_over_a_threshold_warns():
    unit = {"legal_class": "party-unit", "s72_category": "a", "recipient": "Ambridge CLP"}
    assert keys(card(given_p=0, amount_p=500_00, said=unit)) == []
    found = card(given_p=400_00, amount_p=200_00, said=unit)
    assert keys(found) == ["over-threshold"]
    assert "lifts Ambridge CLP over £500.00: £600.00" in found.warnings[0].words
    assert keys(card(amount_p=50_00)) == []
    assert "lifts Priya Kaur over £50.00" in card(amount_p=50_01).warnings[0].words


def test_nothing_is_awarded_without_class_and_category():
    assert fields(card(said={"legal_class": None, "s72_category": None})) == [
        "legal_class",
        "s72_category",
    ]
    assert fields(card(said={"s72_category": "g"})) == ["s72_category"]
    assert fields(card(said={"legal_class": "party-unit", "s72_category": "a"})) == ["recipient"]


def test_the_usual_category_is_proposed_and_still_picked_by_a_person():
    found = card(said={"legal_class": "s75", "s72_category": None, **WARD})
    assert any("Usual for this is (f): Literature" in question for question in found.questions)
    assert "s72_category" in fields(found)


@pytest.mark.parametrize("missing", [{"candidate": None}, {"poll_on": None}, {"has_place": False}])
def test_under_category_c_the_candidate_and_the_election_are_known(missing):
    assert "s72_category" in fields(card(**missing))
    assert "s72_category" not in fields(card(**missing, said={"s72_category": "f"}))


def test_classes_and_categories_are_those_the_database_takes():
    checks = {each.name: str(each.sqltext) for each in ApplicationLaw.__table__.constraints
              if hasattr(each, "sqltext")}  # fmt: skip
    assert all(f"'{key}'" in checks["ck_application_law_class"] for key in CLASSES)
    assert all(f"'{key}'" in checks["ck_application_law_category"] for key in CATEGORIES)
    assert all(one.proposes in CATEGORIES for one in CLASSES.values())


def test_days_are_told_before_the_notice_and_warned_of_after_the_poll():
    early = card()
    assert [(one.key, one.needed) for one in early.warnings] == [("too-early", False)]
    assert early.warnings[0].words.endswith("31 March 2027.")
    assert card(today=date(2027, 3, 31)).warnings == ()
    assert line(early, "Bills paid by") == "4 June 2027"
    assert line(early, "If elected") == "To be registered within 28 days of taking office."
    assert "after-poll" not in keys(card(today=date(2027, 5, 6)))
    assert "after-poll" in keys(card(today=date(2027, 5, 7)))
    late = card(today=date(2027, 6, 5)).warnings[-1]
    assert "Bills had to be with the agent by 28 May 2027." in late.words
    assert "later payment needs the court" in late.words


def test_a_poll_past_the_bank_holidays_we_hold_is_provisional():
    assert line(card(poll_on=date(2029, 5, 3)), "Bills paid by").endswith("(provisional)")


def test_a_figure_not_checked_for_over_a_year_is_marked():
    assert any(one.stale for one in card(today=date(2027, 6, 30), said=WARD).lines)
    assert not any(one.stale for one in card(said=WARD).lines)
