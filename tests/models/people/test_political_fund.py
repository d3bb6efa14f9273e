"""Dated statuses in the political fund, on both databases."""

from datetime import timedelta

import pytest

from models import clock
from models.errors import Invalid, NotAllowed, NotFound
from models.people.actions.political import set_political_fund
from models.people.queries.facts import facts_of
from tests.factories import make_person


@pytest.fixture
def priya(cast):
    return make_person("Priya Kaur", region=cast.regions["NWI"])


def test_a_new_status_ends_the_one_before(cast, priya):
    since = clock.today() - timedelta(days=400)
    first = set_political_fund(
        priya, status="contributes", starts_on=since, by=cast.bob, source="Branch"
    )
    today = clock.today()
    second = set_political_fund(priya, status="opted-out", starts_on=today, by=cast.bob)
    assert (first.ends_on, second.ends_on) == (today, None)
    assert facts_of(priya).political == [second, first]


def test_the_same_status_again_changes_nothing(cast, priya):
    since = clock.today() - timedelta(days=400)
    first = set_political_fund(priya, status="contributes", starts_on=since, by=cast.bob)
    again = set_political_fund(priya, status="contributes", starts_on=clock.today(), by=cast.bob)
    assert again is first


@pytest.mark.parametrize(
    ("status", "days", "field"),
    [("maybe", 0, "status"), ("contributes", 1, "starts_on"), ("contributes", None, "starts_on")],
)
def test_what_makes_no_sense_is_refused(cast, priya, status, days, field):
    day = None if days is None else clock.today() + timedelta(days=days)
    with pytest.raises(Invalid) as refusal:
        set_political_fund(priya, status=status, starts_on=day, by=cast.bob)
    assert refusal.value.field == field


def test_a_status_does_not_begin_before_the_one_it_ends(cast, priya):
    set_political_fund(priya, status="contributes", starts_on=clock.today(), by=cast.bob)
    with pytest.raises(Invalid, match="began later"):
        set_political_fund(
            priya,
            status="opted-out",
            starts_on=clock.today() - timedelta(days=1),
            by=cast.bob,
        )


def test_only_the_persons_own_region_records_it(cast, priya):
    with pytest.raises(NotFound):
        set_political_fund(priya, status="contributes", starts_on=clock.today(), by=cast.eve)
    with pytest.raises(NotAllowed):
        set_political_fund(priya, status="contributes", starts_on=clock.today(), by=cast.grace)
