"""Fixtures for the tests of funding, on every floor: a fund, a round that is scored, and an
application at each stage of its way. A conftest.py takes those that its tests ask for."""

import pytest

from models.base import db
from models.funding.actions.draft import submit
from models.funding.assessing.actions import declare_interest, save_criteria
from models.funding.assessing.rules import Wanted
from tests.funding_factories import make_awarded, make_draft, make_fund, make_submitted
from tests.round_factories import answer, make_round, make_round_draft


@pytest.fixture
def fund(cast):
    return make_fund(by=cast.alice)


@pytest.fixture
def nwi(cast):
    return cast.regions["NWI"]


@pytest.fixture
def draft(cast, fund, nwi):
    return make_draft(by=cast.bob, region=nwi)


@pytest.fixture
def submitted(cast, fund, nwi):
    return make_submitted(by=cast.bob, region=nwi)


@pytest.fixture
def awarded(cast, fund, nwi):
    return make_awarded(by=cast.bob, region=nwi, officer=cast.alice)


@pytest.fixture
def scored_round(cast, fund):
    round_ = make_round(by=cast.alice, fund=fund, scores_needed=2, spread_flag=30)
    save_criteria(round_, wanted=[Wanted("Need", 60), Wanted("Plan", 40)], by=cast.alice)
    db.session.commit()
    return round_


@pytest.fixture
def to_score(cast, scored_round, nwi):
    """An application in a round that needs two scores."""
    application = make_round_draft(by=cast.bob, region=nwi, round_=scored_round)
    answer(application, by=cast.bob)
    submit(application, by=cast.bob)
    db.session.commit()
    return application


@pytest.fixture
def declared(cast, to_score):
    """The same, and Alice and Olive have no interest in it."""
    for who in (cast.alice, cast.olive):
        declare_interest(to_score, answer="none", by=who)
    db.session.commit()
    return to_score
