"""People of two regions for the pages of contacts."""

from types import SimpleNamespace

import pytest

from tests.factories import make_person


@pytest.fixture
def people(cast):
    """Nia and Noah are Bob's, Sam is Eve's."""
    north, south = cast.regions["NWI"], cast.regions["SO"]
    return SimpleNamespace(
        nia=make_person("Nia Nolan", region=north),
        noah=make_person("Noah Nolan", region=north),
        sam=make_person("Sam CANARY-SO-person", region=south),
    )


@pytest.fixture
def typed(people):
    """`typed(summary="…")` is what the quick form sends."""

    def typed(**changed):
        form = {
            "channel": "phone",
            "people": [str(people.nia.id)],
            "summary": "Housing motion",
            "at": "2026-01-05T10:30",
            "due": "week",
            "form_key": "a-key",
        }
        form.update(changed)
        return {key: value for key, value in form.items() if value is not None}

    return typed
