"""A fund, an award, and one that is paid."""

import pytest

from models import clock, funding
from models.base import db
from tests.funding_factories import make_awarded, make_fund


@pytest.fixture
def fund(cast):
    return make_fund(by=cast.alice)


@pytest.fixture
def awarded(cast, fund):
    return make_awarded(by=cast.bob, region=cast.regions["NWI"], officer=cast.alice)


@pytest.fixture
def paid(cast, awarded):
    funding.mark_paid(awarded, paid_on=clock.today(), reference="P-1", by=cast.carol)
    db.session.commit()
    return awarded
