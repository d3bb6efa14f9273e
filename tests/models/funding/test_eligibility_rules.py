"""What the rules of eligibility say of what is held: pure, without a database."""

from dataclasses import replace
from datetime import UTC, date, datetime

from models.funding.eligibility.rules import (
    RULES,
    Held,
    Membership,
    Overruled,
    Political,
    judge,
    unmet,
)

TODAY = date(2026, 11, 25)
GOOD = Held(
    today=TODAY,
    candidate="Priya Kaur",
    place="Abbey, Ambridge",
    poll_on=date(2027, 5, 6),
    memberships=(Membership("member", "123456", date(2020, 2, 1)),),
    political=(Political("contributes", date(2020, 2, 1), source="Branch"),),
    asked_p=300_00,
    max_grant_p=500_00,
    region="London",
)


def said(key, **values):
    results = judge(replace(GOOD, **values))
    return next(one for one in results if one.rule.key == key)


def test_every_rule_speaks_with_a_reason_and_all_are_met():
    results = judge(GOOD)
    assert [one.rule.key for one in results] == list(RULES)
    assert {one.outcome for one in results} == {"met"}
    assert all(one.reason for one in results)
    assert unmet(results) == ()


def test_membership_says_for_how_long_and_by_which_number():
    assert said("member").reason == "A member for 6 years."
    assert said("member").evidence == "Membership 123456"
    for since, words in (
        (date(2026, 11, 1), "less than a month"),
        (date(2026, 10, 25), "1 month"),
        (date(2026, 1, 26), "9 months"),
        (date(2025, 11, 25), "1 year"),
    ):
        held = (Membership("member", None, since),)
        assert said("member", memberships=held).reason == f"A member for {words}."


def test_a_lapsed_member_is_not_eligible_and_an_unknown_one_is_not_known():
    lapsed = (Membership("lapsed", "1", date(2020, 1, 1), date(2026, 3, 1)),)
    result = said("member", memberships=lapsed)
    assert (result.outcome, result.blocks, result.may_be_overruled) == ("not-met", True, True)
    assert "1 March 2026" in result.reason
    assert said("member", memberships=()).outcome == "unknown"
    assert not said("member", memberships=()).blocks


def test_a_retired_member_is_in_good_standing():
    assert said("member", memberships=(Membership("retired"),)).outcome == "met"


def test_the_political_fund_is_asked_as_of_today():
    out = Political("opted-out", date(2026, 6, 1))
    before = Political("contributes", date(2020, 1, 1), date(2026, 6, 1))
    result = said("political-fund", political=(out, before))
    assert (result.outcome, result.reason) == ("not-met", "Opted out of the political fund.")
    assert said("political-fund", political=()).outcome == "unknown"


def test_hard_rules_cannot_be_overruled():
    for key, values in (
        ("contest", {"poll_on": None}),
        ("only-one", {"rival": "FA-2026-0001"}),
        ("maximum", {"asked_p": 500_01}),
        ("region", {"region_ends_on": date(2026, 11, 24)}),
    ):
        result = said(key, **values)
        assert result.blocks
        assert not result.may_be_overruled
        stubborn = Overruled(key, result.reason, "Still", "Alice", datetime.now(UTC))
        again = judge(replace(GOOD, **values), [stubborn])
        assert next(one for one in again if one.rule.key == key).blocks


def test_an_overruling_covers_what_was_shown_and_nothing_else():
    held = replace(GOOD, earlier=("FA-2026-0001",))
    shown = next(one for one in judge(held) if one.rule.key == "earlier-report").reason
    because = Overruled("earlier-report", shown, "It is in the post.", "Alice", datetime.now(UTC))
    assert unmet(judge(held)) == (shown,)
    assert unmet(judge(held, [because])) == ()
    worse = replace(GOOD, earlier=("FA-2026-0001", "FA-2026-0002"))
    assert unmet(judge(worse, [because])) == (
        "The report of FA-2026-0001 and FA-2026-0002 is not in yet.",
    )
