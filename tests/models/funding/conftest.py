"""A fund, and an application at each stage of its way."""

import pytest

from tests.funding_factories import make_awarded, make_draft, make_fund, make_submitted


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
