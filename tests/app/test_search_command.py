"""`hustings search`: the same search as Ctrl-K, as lines or as JSON."""

import json
from functools import partial

import pytest
from click.testing import CliRunner

from app.cli import edge
from app.cli.search import find
from models.errors import NotFound
from tests.factories import make_council, make_person, make_term


@pytest.fixture
def run(app, database, monkeypatch):
    monkeypatch.setattr(edge, "transaction", partial(edge.transaction, app))
    return lambda *words: CliRunner().invoke(find, list(words))


@pytest.fixture
def nia(cast):
    person = make_person("Siân Ribblesdale", region=cast.regions["NWI"])
    make_term(person, make_council("Ribblesdale Valley", region=cast.regions["NWI"]))
    return person


def test_it_answers_as_json_with_the_best_first(run, nia):
    answer = run("ribblesdale", "sian", "--json")
    assert answer.exit_code == 0, answer.output
    first = json.loads(answer.output)[0]
    assert first == {
        "kind": "person",
        "id": nia.id,
        "name": "Siân Ribblesdale",
        "detail": "Ribblesdale Valley",
    }


def test_a_council_called_so_stands_before_somebody_called_nearly_so(run, nia):
    kinds = [one["kind"] for one in json.loads(run("ribblesdale valley", "--json").output)]
    assert kinds[0] == "council"


def test_it_sees_what_the_user_sees(run, cast, nia):
    assert "Siân" in run("sian ribblesdal", "--as", cast.bob.email).output
    assert "Nothing you can see" in run("sian", "--as", cast.eve.email).output
    assert isinstance(run("sian", "--as", "nobody@example.org").exception, NotFound)


def test_a_mistyped_council_is_found(run, nia):
    assert "Ribblesdale Valley" in run("riblesdale vally").output


def test_the_limit_is_kept(run, cast):
    for n in range(5):
        make_person(f"Una Walsh{n}", region=cast.regions["NWI"])
    assert len(json.loads(run("una", "--json", "--limit", "3").output)) == 3
