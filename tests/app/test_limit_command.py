"""`hustings limit`: the figure with what it stands on, and what it refuses."""

import json
import sys
from functools import partial

import pytest
from click.testing import CliRunner

from app import cli
from app.cli import edge
from app.cli.law import limit
from models.base import db
from models.elections.actions import load_figures
from models.errors import DomainError


@pytest.fixture
def run(app, database, cast, monkeypatch):
    load_figures(by=cast.alice)
    db.session.commit()
    monkeypatch.setattr(edge, "transaction", partial(edge.transaction, app))

    def run(words):
        return CliRunner().invoke(limit, words.split())

    return run


@pytest.mark.parametrize(
    ("words", "pence"),
    [
        ("--kind local --electors 7500", 1_560_00),
        ("--kind local --electors 7,500 --joint 1", 1_560_00),
        ("--kind local --electors 7500 --joint 2 --on 2027-05-06", 1_170_00),
        ("--kind s75-ward --electors 7500", 87_50),
        ("--kind s75-constituency", 700_00),
        ("--kind parliament --electors 72287 --area county --on 2024-07-04", 20_064_44),
        ("--kind parliament --electors 74859 --area borough --nation Scotland", 17_378_72),
    ],
)
def test_the_figure_is_pence_with_its_rule_source_and_dates(run, words, pence):
    answer = json.loads(run(f"{words} --json").output)
    assert answer["pence"] == pence
    assert answer["rule"]
    assert answer["source"]
    assert answer["checked_on"] == "2026-05-31"
    assert (answer["valid_from"], answer["in_use_by"]) == (None, "2024-01-01")


def test_it_reads_the_rows_that_the_office_changed(run, cast):
    from datetime import date

    from tests.law import raise_the_local_limit

    raise_the_local_limit(by=cast.alice, from_on=date(2027, 1, 1))
    before = json.loads(run("--kind local --electors 7500 --on 2026-12-31 --json").output)
    after = json.loads(run("--kind local --electors 7500 --on 2027-01-01 --json").output)
    assert (before["pence"], after["pence"]) == (1_560_00, 1_600_00)
    assert (before["valid_to"], after["valid_from"]) == ("2026-12-31", "2027-01-01")


def test_in_words_the_figure_comes_first(run):
    lines = run("--kind local --electors 7500 --joint 3 --on 2027-05-06").output.splitlines()
    assert lines[0] == "£1,040.00 on 6 May 2027"
    assert any("one third" in line for line in lines)
    assert any("Checked on 31 May 2026" in line for line in lines)


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ("--kind local", "Give the number of electors."),
        ("--kind local --electors 7,5O0", "not a number of electors"),
        ("--kind local --electors -7500", "not a number of electors"),
        ("--kind local --electors 7500.125", "not a number of electors"),
        ("--kind local --electors 1000000000000", "not a number of electors"),
        ("--kind local --electors 99999999999", "from 1 to 10,000,000"),
        ("--kind local --electors 0", "from 1 to 10,000,000"),
        ("--kind local --electors 7500 --joint two", "not a number of joint candidates"),
        ("--kind local --electors 7500 --joint 0", "from 1 to 100"),
        ("--kind local --electors 7500 --area county", "UK Parliament only"),
        ("--kind local --electors 7500 --on 2027-02-30", "is not a day"),
        ("--kind local --electors 7500 --on soon", "is not a day"),
        ("--kind local --electors 7500 --on 2019-05-02", "No rule is known to be in force"),
        ("--kind local --electors 7500 --nation Wales", "is not known yet"),
        ("--kind s75-ward --electors 7500 --joint 2", "Only candidates at a local election"),
        ("--kind parliament --electors 70000", "borough or a county"),
    ],
)
def test_what_makes_no_sense_is_one_sentence(run, words, sentence):
    answer = run(words)
    assert isinstance(answer.exception, DomainError), answer.output
    assert sentence in str(answer.exception)


@pytest.mark.parametrize("words", ["--kind parish", "--kind local --nation Cornwall", ""])
def test_an_unknown_word_is_exit_code_2(run, words):
    assert run(words).exit_code == 2


def test_a_refusal_is_exit_code_2(run, monkeypatch, capsys):
    monkeypatch.setattr(sys, "argv", ["hustings", "limit", "--kind", "local"])
    with pytest.raises(SystemExit) as end:
        cli.main()
    assert end.value.code == 2
    assert "Give the number of electors." in capsys.readouterr().err
