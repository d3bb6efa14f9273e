"""Two records with a live application each for one contest are not merged before one is settled."""

from types import SimpleNamespace

import pytest

from models.base import db
from models.errors import Refused
from models.funding.actions.undo import withdraw
from models.merging.actions.merging import merge
from tests.factories import make_person
from tests.funding_factories import make_contest, make_fund, make_submitted


@pytest.fixture
def both(cast):
    """An application of each of two records, for the same contest."""
    make_fund(by=cast.alice)
    nwi = cast.regions["NWI"]
    contest = make_contest(nwi)
    other = SimpleNamespace(
        council=contest.council, ward=contest.ward, person=make_person("Pria Kaur", region=nwi)
    )
    return [make_submitted(by=cast.bob, region=nwi, contest=one) for one in (contest, other)]


def test_the_refusal_names_both_references(cast, both):
    one, other = both
    with pytest.raises(Refused) as refusal:
        merge(one.person, other.person, by=cast.bob)
    assert refusal.value.message == (
        f"{one.reference} and {other.reference} are live for the same contest. "
        "Withdraw one of the two first."
    )
    assert other.person.merged_into_id is None
    assert other.person_id == other.person.id


def test_the_order_of_the_two_records_does_not_matter(cast, both):
    one, other = both
    with pytest.raises(Refused, match=f"{other.reference} and {one.reference} are live"):
        merge(other.person, one.person, by=cast.bob)


def test_once_one_is_withdrawn_they_are_merged_and_both_stand(cast, both):
    one, other = both
    withdraw(other, by=cast.bob)
    gone = other.person
    merge(one.person, gone, by=cast.bob)
    db.session.expire_all()
    assert one.person_id == other.person_id != gone.id


def test_applications_for_two_contests_are_no_obstacle(cast, both):
    one, other = both
    other.contest_key = "another contest"
    db.session.flush()
    kept = one.person
    merge(kept, other.person, by=cast.bob)
    db.session.expire_all()
    assert other.person_id == kept.id


def test_the_reference_of_another_region_is_not_told(cast, both):
    one, other = both
    other.region_id = cast.regions["SO"].id
    db.session.flush()
    with pytest.raises(Refused) as refusal:
        merge(one.person, other.person, by=cast.bob)
    assert refusal.value.message == (
        f"{one.reference} and an application of another region are live for the same contest. "
        "Ask the national office."
    )
