"""A fund, a round that is scored, and applications on their way."""

import pytest

from models import funding
from models.base import db
from models.funding.assessing import Wanted, save_criteria
from tests.funding_factories import make_awarded, make_fund, make_submitted
from tests.round_factories import answer, make_round, make_round_draft


@pytest.fixture
def fund(cast):
    return make_fund(by=cast.alice)


@pytest.fixture
def nwi(cast):
    return cast.regions["NWI"]


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
    funding.submit(application, by=cast.bob)
    db.session.commit()
    return application


@pytest.fixture
def to_endorse(cast, fund, nwi):
    """Submitted in a round whose regions endorse in a step of their own."""
    round_ = make_round(by=cast.alice, fund=fund, submission_endorses=False)
    application = make_round_draft(by=cast.bob, region=nwi, round_=round_)
    answer(application, by=cast.bob)
    funding.submit(application, by=cast.bob)
    db.session.commit()
    return application


@pytest.fixture
def state():
    """The status of an application as it stands in the database."""

    def status(application):
        db.session.expire_all()
        return application.status

    return status
