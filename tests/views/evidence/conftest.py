"""A fund, an award, and one that is paid."""

import pytest

from models.base import db
from tests.funding_factories import make_awarded, make_fund
from tests.payment_factories import pay_outright


@pytest.fixture
def fund(cast):
    return make_fund(by=cast.alice)


@pytest.fixture
def awarded(cast, fund):
    return make_awarded(by=cast.bob, region=cast.regions["NWI"], officer=cast.alice)


@pytest.fixture
def paid(cast, awarded):
    pay_outright(cast, awarded, reference="P-1")
    db.session.commit()
    return awarded
