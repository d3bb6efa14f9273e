"""`hustings duplicates find`: pairs that may be one person, compared in nobody's way."""

import json
import re
from functools import partial

import pytest
from click.testing import CliRunner

from app.cli import edge
from app.cli.duplicates import find
from models import slow
from models.base import writing
from tests.factories import make_council, make_person, make_term, make_ward


@pytest.fixture
def run(app, database, monkeypatch):
    monkeypatch.setattr(edge, "transaction", partial(edge.transaction, app))
    return lambda *words: CliRunner().invoke(find, list(words), catch_exceptions=False)


@pytest.fixture
def alike(cast):
    council = make_council("Ambridge", region=cast.regions["NWI"])
    ward = make_ward(council, "Mill")
    for name in ("Tamsin Okehurst", "Tamsin Okehurste"):
        make_term(make_person(name, region=cast.regions["NWI"]), council, ward=ward)


def test_it_prints_the_pairs_with_their_reasons(run, alike):
    answer = run()
    assert re.search(
        r"Tamsin Okehurst \(\d+\) and Tamsin Okehurste \(\d+\): Name spelt almost alike",
        answer.output,
    )
    assert answer.output.endswith("1 pair.\n")


def test_a_region_sees_the_pairs_of_its_own_people(run, alike, cast):
    assert len(json.loads(run("--json", "--as", cast.bob.email).output)) == 1
    assert json.loads(run("--json", "--as", cast.eve.email).output) == []


def test_people_are_compared_before_anything_is_written(run, alike, monkeypatch):
    seen = []
    monkeypatch.setattr(slow._Watches, "watch", lambda what: seen.append((what, writing())))
    run()
    assert ("people are compared", False) in seen
