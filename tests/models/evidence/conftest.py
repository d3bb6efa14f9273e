"""An award whose poll is over, and one whose poll is still to come."""

from datetime import UTC, date, datetime

import pytest

from models import clock
from models.accounts.permits import OPERATOR
from models.base import db
from models.elections.actions import load_figures
from tests.funding_factories import make_awarded, make_fund

POLL = date(2027, 5, 6)
BEFORE = datetime(2027, 4, 12, 9, tzinfo=UTC)
AFTER = datetime(2027, 5, 10, 9, tzinfo=UTC)


@pytest.fixture
def fund(cast):
    load_figures(by=OPERATOR)
    return make_fund(by=cast.alice, starts_on=date(2026, 4, 1), ends_on=date(2027, 12, 31))


@pytest.fixture
def nwi(cast):
    return cast.regions["NWI"]


@pytest.fixture
def awarded(cast, fund, nwi):
    """Awarded in April 2027 for the poll of 6 May 2027."""
    with clock.set_to(BEFORE):
        made = make_awarded(by=cast.bob, region=nwi, officer=cast.alice, poll_on=POLL)
        db.session.commit()
    return made


@pytest.fixture
def after_poll(awarded):
    """Everything happens on the Monday after the poll."""
    with clock.set_to(AFTER):
        yield
