"""People of two regions, and a quick way to log."""

from datetime import timedelta
from types import SimpleNamespace

import pytest

from models import clock
from models.contacts.actions import log_contact
from tests.factories import make_council, make_person, make_term


@pytest.fixture
def people(cast):
    """Nia is Bob's, Sam is Eve's, Ivy is both's: her branch is Bob's, her council Eve's."""
    north, south = cast.regions["NWI"], cast.regions["SO"]
    ivy = make_person("Ivy Iqbal", region=north)
    make_term(ivy, make_council(region=south))
    return SimpleNamespace(
        nia=make_person("Nia Nolan", region=north),
        sam=make_person("Sam Sands", region=south),
        ivy=ivy,
        abroad=make_person("Una Unmapped"),
    )


@pytest.fixture
def log(cast):
    """`log(person, …, by=cast.bob)` logs a phone call; `hours` says how long ago."""

    def log(*people, by=None, hours=1, **values):
        values.setdefault("at", clock.now() - timedelta(hours=hours))
        values.setdefault("channel", "phone")
        values.setdefault("summary", "Talked about the housing motion")
        return log_contact(people, by=by or cast.bob, **values)

    return log
