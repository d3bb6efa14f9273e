"""Offices: recorded once, in one's own region, with days that make sense."""

from datetime import date, timedelta

import pytest

from models import clock
from models.councillors.actions import (
    NewTerm,
    Reach,
    add_councillor,
    add_role,
    add_term,
    change_term,
    end_term,
    reopen_term,
)
from models.councillors.queries.offices import term_for, terms_of
from models.errors import Conflict, Invalid, NotAllowed, NotFound, Refused
from models.people.actions.memberships import MembershipFacts, add_membership
from models.people.actions.reach import add_contact_point
from models.people.actions.records import NewPerson
from models.people.queries.facts import contact_points_of
from models.people.queries.people import person_by_number, person_for
from models.places.tables import CouncilSuccession
from tests.factories import make_council, make_person, make_term, make_ward, saved

TODAY = clock.today()


@pytest.fixture
def preston(cast):
    return make_council("Preston", region=cast.regions["NWI"])


@pytest.fixture
def priya(cast):
    return make_person("Priya Kaur", region=cast.regions["NWI"])


def test_a_term_is_recorded_and_ended_with_its_roles(cast, preston, priya):
    ward = make_ward(preston, "Ribble")
    term = add_term(priya, NewTerm(preston, ward, elected_on=date(2024, 5, 2)), by=cast.bob)
    role = add_role(term, by=cast.bob, kind="cabinet", detail="Housing")
    end_term(term, by=cast.bob, on=TODAY, reason="resigned")
    assert (term.actual_end, term.end_reason, role.ends_on) == (TODAY, "resigned", TODAY)
    with pytest.raises(Refused):
        end_term(term, by=cast.bob, on=TODAY, reason="resigned")
    reopen_term(term, by=cast.bob)
    assert term.actual_end is None


def test_the_same_seat_is_never_held_twice_at_once(cast, preston, priya):
    add_term(priya, NewTerm(preston), by=cast.bob)
    with pytest.raises(Refused) as refusal:
        add_term(priya, NewTerm(preston), by=cast.alice)
    assert refusal.value.field == "council"


def test_somebody_may_sit_on_two_councils(cast, preston, priya):
    county = make_council("Lancashire", region=cast.regions["NWI"])
    for council in (preston, county):
        add_term(priya, NewTerm(council), by=cast.bob)
    assert len(terms_of(priya)) == 2


def test_a_region_records_offices_on_its_own_councils_only(cast, priya):
    kent = make_council("Kent", region=cast.regions["SO"])
    with pytest.raises(Invalid) as refusal:
        add_term(priya, NewTerm(kent), by=cast.bob)
    assert refusal.value.field == "council"
    with pytest.raises(NotFound):
        add_term(priya, NewTerm(kent), by=cast.eve)
    with pytest.raises(NotAllowed):
        add_term(priya, NewTerm(kent), by=cast.terry)
    assert add_term(priya, NewTerm(kent), by=cast.alice)


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"elected_on": TODAY + timedelta(days=1)}, "elected_on"),
        ({"elected_on": TODAY, "expected_end": TODAY}, "expected_end"),
        ({"post": "emperor"}, "post"),
        ({"post": "mp"}, "constituency"),
    ],
)
def test_a_term_that_makes_no_sense_is_refused_on_its_field(cast, preston, priya, values, field):
    with pytest.raises(Invalid) as refusal:
        add_term(priya, NewTerm(preston, **values), by=cast.bob)
    assert refusal.value.field == field


def test_a_ward_of_another_council_is_refused(cast, preston, priya):
    ward = make_ward(make_council("Chorley"), "Town")
    with pytest.raises(Invalid):
        add_term(priya, NewTerm(preston, ward), by=cast.bob)


def test_nobody_is_elected_to_a_council_that_has_ended(cast, priya):
    gone = make_council("Old", region=cast.regions["NWI"], ends_on=date(2023, 4, 1))
    with pytest.raises(Invalid):
        add_term(priya, NewTerm(gone, elected_on=date(2024, 5, 2)), by=cast.bob)


@pytest.fixture
def scarborough(cast):
    """A council that ended on 1 April 2023, and the one that took it over."""
    gone = make_council("Scarborough", region=cast.regions["NWI"], ends_on=date(2023, 4, 1))
    heir = make_council("North Yorkshire", region=cast.regions["NWI"])
    saved(CouncilSuccession(from_id=gone.id, to_id=heir.id, on=date(2023, 4, 1)))
    return gone


def test_nobody_sits_today_on_a_council_that_has_ended(cast, priya, scarborough):
    with pytest.raises(Invalid) as refusal:
        add_term(priya, NewTerm(scarborough), by=cast.bob)
    assert refusal.value.field == "council"
    assert refusal.value.message == (
        "Scarborough ended on 1 April 2023. It was taken over by North Yorkshire: "
        "enter that council instead."
    )


def test_a_term_that_was_over_before_its_council_ended_is_taken(cast, priya, scarborough):
    past = NewTerm(scarborough, elected_on=date(2019, 5, 2), expected_end=date(2023, 4, 1))
    assert add_term(priya, past, by=cast.bob)


def test_an_office_on_a_council_that_has_ended_is_not_opened_again(cast, priya, scarborough):
    term = make_term(priya, scarborough, actual_end=date(2023, 4, 1), end_reason="abolished")
    with pytest.raises(Invalid, match="taken over by North Yorkshire"):
        reopen_term(term, by=cast.bob)


def test_a_term_is_changed_by_its_region_only(cast, preston, priya):
    term = make_term(priya, preston)
    ward = make_ward(preston, "Ribble")
    change_term(term, by=cast.bob, values={"ward": ward})
    assert term.ward == ward
    with pytest.raises(NotFound):
        change_term(term, by=cast.eve, values={"ward": None})
    with pytest.raises(NotFound):
        term_for(cast.eve, term.id)


def test_a_councillor_is_added_whole(cast, preston):
    term = add_councillor(
        NewPerson("Ann", "Lee"),
        NewTerm(preston, elected_on=date(2024, 5, 2)),
        by=cast.bob,
        reach=Reach("ann.lee@example.org", "07700 900123", "A1001"),
    )
    person = person_for(cast.bob, term.person_id)
    assert {point.kind for point in contact_points_of(person)} == {"email", "phone"}
    assert person_by_number("a1001") == person


def test_possible_doubles_are_shown_and_never_made_silently(cast, preston, priya):
    make_term(priya, preston)
    add_contact_point(priya, by=cast.bob, kind="email", value="p@example.org")
    for details, reach in (
        (NewPerson("Priya", "Kaur"), Reach()),
        (NewPerson("Priya Anne", "KAUR"), Reach()),
        (NewPerson("P", "Singh"), Reach(email="P@example.org")),
    ):
        with pytest.raises(Conflict) as refusal:
            add_councillor(details, NewTerm(preston), by=cast.bob, reach=reach)
        assert "Priya Kaur" in refusal.value.message
    assert add_councillor(
        NewPerson("Priya", "Kaur"), NewTerm(preston), by=cast.bob, somebody_else=True
    )


def test_a_double_in_another_region_is_not_named(cast, preston):
    outsider = make_person("Olga Stone", region=cast.regions["SO"])
    add_contact_point(outsider, by=cast.eve, kind="email", value="o@example.org")
    with pytest.raises(Conflict) as refusal:
        add_councillor(
            NewPerson("O", "S"), NewTerm(preston), by=cast.bob, reach=Reach("o@example.org")
        )
    assert "Stone" not in refusal.value.message
    assert "another region" in refusal.value.message


def test_the_same_number_is_refused_even_for_somebody_else(cast, preston, priya):
    add_membership(priya, MembershipFacts(number="77777"), by=cast.bob)
    with pytest.raises(Conflict):
        add_councillor(
            NewPerson("Ann", "Lee"),
            NewTerm(preston),
            by=cast.bob,
            reach=Reach(number="77777"),
            somebody_else=True,
        )
