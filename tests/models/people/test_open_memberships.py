"""Of a person one membership of the union is open at a time, whoever records it and when."""

from datetime import date

import pytest

from models.base import db
from models.errors import Conflict
from models.people.actions.memberships import MembershipFacts, add_membership, change_membership
from models.people.queries.facts import memberships_of
from models.people.tables import Person, UnionMembership
from tests.cast import load_cast
from tests.factories import make_person, saved
from tests.own_process import at_once, outcome

TURNS = 4


@pytest.fixture
def priya(cast):
    return make_person("Priya Kaur", region=cast.regions["NWI"])


@pytest.mark.parametrize(("first", "second"), [(None, None), ("123456", None), (None, "123456")])
def test_one_membership_of_a_person_is_open_at_a_time(cast, priya, first, second):
    add_membership(priya, MembershipFacts(number=first), by=cast.bob)
    with pytest.raises(Conflict) as refusal:
        add_membership(priya, MembershipFacts(number=second), by=cast.bob)
    assert refusal.value.field == "status"
    assert ("the number 123456" if first else "without a number") in refusal.value.message
    assert len(memberships_of(priya)) == 1


def test_who_has_left_may_join_again_but_not_be_in_it_twice(cast, priya):
    old = add_membership(priya, MembershipFacts(number="123456"), by=cast.bob)
    change_membership(old, MembershipFacts(number="123456", status="left"), by=cast.bob)
    add_membership(priya, MembershipFacts(number="654321"), by=cast.bob)
    with pytest.raises(Conflict) as refusal:
        change_membership(old, MembershipFacts(number="123456"), by=cast.bob)
    assert "the number 654321" in refusal.value.message


def test_one_of_two_open_memberships_of_old_can_be_corrected_and_ended(cast, priya):
    old = saved(UnionMembership(person_id=priya.id))
    saved(UnionMembership(person_id=priya.id))
    change_membership(old, MembershipFacts(employer="Trafford"), by=cast.bob)
    change_membership(old, MembershipFacts(status="left", ends_on=date(2026, 1, 5)), by=cast.bob)
    assert sum(one.ends_on is None for one in memberships_of(priya)) == 1


def join(settings, person_id):
    """One membership recorded in a process of its own: what became of it."""

    def act():
        person = db.session.get(Person, person_id)
        add_membership(person, MembershipFacts(), by=load_cast().bob)

    return outcome(settings, act)


@pytest.mark.slow
def test_of_several_at_once_one_records_the_membership(fresh_database):
    settings = fresh_database.config["SETTINGS"]
    with fresh_database.app_context():
        person_id = make_person("Priya Kaur", region=load_cast().regions["NWI"]).id
        db.session.commit()
        db.session.remove()
    found = sorted(at_once(join, *[(settings, person_id)] * TURNS))
    assert found == ["Conflict"] * (TURNS - 1) + ["done"]
