"""`hustings export`: a workbook into a file, or a sentence and no file."""

from functools import partial

import openpyxl
import pytest
from click.testing import CliRunner

from app.cli import edge
from app.cli.export import export
from models.base import db
from models.errors import NotAllowed, NotFound
from models.exports.tables import ExportRecord


@pytest.fixture
def run(app, database, monkeypatch, tmp_path):
    monkeypatch.setattr(edge, "transaction", partial(edge.transaction, app))

    def run(key, *words):
        target = tmp_path / "out.xlsx"
        return CliRunner().invoke(export, [key, "-o", str(target), *words]), target

    return run


@pytest.mark.parametrize("key", ["councillors", "delegates", "applications", "budget"])
def test_every_key_writes_a_workbook_and_a_line_in_the_register(run, cast, key):
    answer, target = run(key, "--as", cast.alice.email, "--purpose", "Audit")
    assert answer.exit_code == 0, answer.output
    assert "About" in openpyxl.load_workbook(target).sheetnames
    line = db.session.query(ExportRecord).one()
    assert (line.report, line.by_id, line.purpose) == (key, cast.alice.id, "Audit")


def test_whoever_may_not_export_gets_no_file(run, cast):
    answer, target = run("budget", "--as", cast.terry.email)
    assert isinstance(answer.exception, NotAllowed)
    assert not target.exists()


@pytest.mark.parametrize(("key", "who"), [("horoscope", "alice"), ("budget", "nobody")])
def test_an_unknown_key_or_user_gets_no_file(run, cast, key, who):
    answer, target = run(key, "--as", f"{who}@example.org")
    assert isinstance(answer.exception, NotFound)
    assert not target.exists()


def test_a_filter_that_the_workbook_does_not_know_is_refused(run, cast):
    answer, target = run("councillors", "--filter", "shoe_size=9")
    assert answer.exit_code == 2
    assert "use NAME=VALUE" in answer.output
    assert not target.exists()
