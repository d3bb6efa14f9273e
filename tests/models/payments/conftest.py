"""A fund, a second finance officer and a payee for every test of payments."""

import pytest

from tests.payment_factories import make_desk


@pytest.fixture
def desk(cast):
    return make_desk(cast)
