"""What the list of applications offers to narrow it by: to each what they may read of."""

from datetime import date, timedelta

from models import clock
from models.funding.queries.narrowing import narrowing_for
from tests.funding_factories import POLL, make_awarded, make_submitted
from tests.round_factories import make_round

LATER = date(2099, 9, 2)


def test_regions_are_one_s_own_and_an_ended_one_is_gone(cast):
    everywhere = narrowing_for(cast.alice).regions
    north, south = cast.regions["NWI"], cast.regions["SO"]
    assert everywhere == sorted(everywhere, key=lambda region: region[2])
    assert {code for _, code, _ in everywhere} == set(cast.regions)
    assert narrowing_for(cast.bob).regions == [(north.id, "NWI", north.name)]
    south.ends_on = clock.today()
    left = {code for _, code, _ in narrowing_for(cast.alice).regions}
    assert left == set(cast.regions) - {"SO"}


def test_poll_days_are_those_of_the_applications_one_may_read(cast, fund, nwi):
    make_submitted(by=cast.bob, region=nwi)
    make_submitted(by=cast.bob, region=nwi)
    make_awarded(by=cast.eve, region=cast.regions["SO"], officer=cast.alice, poll_on=LATER)
    assert narrowing_for(cast.alice).polls == [POLL, LATER]
    assert narrowing_for(cast.bob).polls == [POLL]
    assert narrowing_for(cast.carol).polls == [LATER]
    assert narrowing_for(cast.terry).polls == []


def test_rounds_stand_by_their_last_day_and_a_prepared_one_is_the_office_s(cast, fund):
    soon, late = (clock.now() + timedelta(days=days) for days in (5, 60))
    make_round(by=cast.alice, fund=fund, name="Soon over", code="SOON", closes_at=soon)
    make_round(by=cast.alice, fund=fund, name="Last", code="LAST", closes_at=late)
    make_round(by=cast.alice, fund=fund, name="Not yet", code="NEXT", published=False)
    assert narrowing_for(cast.bob).rounds == [("LAST", "Last"), ("SOON", "Soon over")]
    shown = [code for code, _ in narrowing_for(cast.olive).rounds]
    assert shown == ["LAST", "NEXT", "SOON"]
