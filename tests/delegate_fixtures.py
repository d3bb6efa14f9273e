"""Priya Kaur, the Preston party, and the branch that may appoint her as its delegate there."""

import pytest

from models.places.tables import UnionBranch
from tests.factories import make_constituency, make_person, saved


@pytest.fixture
def preston(cast):
    return make_constituency("Preston")


@pytest.fixture
def branch(cast):
    return saved(UnionBranch(code="W02", name="Lancashire", region_id=cast.regions["NWI"].id))


@pytest.fixture
def priya(cast):
    return make_person("Priya Kaur", region=cast.regions["NWI"])
