"""What is a membership number: nobody is made a member by a word, a nought or a day."""

import pytest

from app.doctor import examine
from models.base import db
from models.errors import Invalid
from models.people.actions.memberships import MembershipFacts, add_membership, change_membership
from models.people.numbers import USUAL, membership_number, numbers_have_at_least, why_no_number
from models.people.queries.people import person_by_number
from models.people.tables import UnionMembership
from tests.factories import make_person

NONE = [
    *("No", "no.", "N", "Yes", "TRUE", "f", "x", "0", "000000", "000-000", "A0000"),
    *("Pending", "Member", "applied", "Non-member", "Awaiting", "tbc", "N/A", "?", "-", "none"),
    *("Applied 2024", "Joined 2019", "Pending 1234567", "1234567 (pending)", "No 2"),
    *("2026-03-01", "2026-03-01 00:00", "01/03/2026", "1 March 2026", "Mar 2026", "03/2026"),
    *("2019", "1", "123", "12345678901234567890123", "١٢٣٤٥٦"),
]


@pytest.mark.parametrize("text", NONE)
def test_what_only_stands_in_the_place_of_a_number_is_none(text):
    with pytest.raises(Invalid, match="not a membership number") as refusal:
        membership_number(text)
    assert refusal.value.field == "number"
    assert why_no_number(text)


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("1000001", "1000001"),
        ("0012345", "0012345"),
        ("ab 1234", "AB1234"),
        ("123 456", "123456"),
        ("12-34-567", "12-34-567"),
        ("GMB 123456", "GMB123456"),
        ("No. 1234567", "1234567"),
        ("Membership number: 1234567", "1234567"),
        ("#1234567", "1234567"),
        ("1234567.0", "1234567"),
    ],
)
def test_a_number_is_kept_in_capitals_without_blanks(text, number):
    assert membership_number(text) == number


def test_the_union_says_how_long_its_numbers_are():
    try:
        numbers_have_at_least(7)
        with pytest.raises(Invalid, match="at least 7 letters and digits"):
            membership_number("123456")
        assert membership_number("1234567")
    finally:
        numbers_have_at_least(USUAL)


def test_no_form_makes_a_member_by_a_word(cast, priya):
    with pytest.raises(Invalid):
        add_membership(priya, MembershipFacts(number="Pending"), by=cast.bob)
    assert db.session.query(UnionMembership).count() == 0


def test_one_persons_no_is_not_the_number_of_another(cast, priya):
    db.session.add(UnionMembership(person_id=priya.id, number="NO"))
    db.session.flush()
    assert person_by_number("No") is None


def test_a_word_stored_long_ago_does_not_stand_in_the_way_and_can_be_corrected(cast, priya):
    old = UnionMembership(person_id=priya.id, number="NO", status="member")
    db.session.add(old)
    db.session.flush()
    change_membership(old, MembershipFacts(number="NO", employer="Trafford"), by=cast.bob)
    assert (old.number, old.employer) == ("NO", "Trafford")
    change_membership(old, MembershipFacts(number=None), by=cast.bob)
    assert old.number is None


def test_the_doctor_names_who_is_a_member_by_a_word(app, cast, priya):
    lee = make_person("Ann Lee", region=cast.regions["NWI"])
    db.session.add_all(
        [
            UnionMembership(person_id=priya.id, number="PENDING"),
            UnionMembership(person_id=lee.id, number="1234567"),
        ]
    )
    db.session.flush()
    found = [one for one in examine(app) if one.check == "numbers"]
    assert [one.note for one in found] == [True]
    assert f"/people/{priya.id}" in found[0].words
    assert "‘PENDING’ is not a membership number" in found[0].words
    assert f"/people/{lee.id})" not in found[0].words


@pytest.fixture
def priya(cast):
    return make_person("Priya Kaur", region=cast.regions["NWI"])
