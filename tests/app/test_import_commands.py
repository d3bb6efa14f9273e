"""`hustings import councillors` and `hustings import undo`."""

import json

import pytest
from click.testing import CliRunner
from openpyxl import load_workbook

from app.cli import edge
from app.cli.imports import import_file
from models.base import db
from models.errors import Invalid, NotAllowed, Refused
from models.intake.tables import ImportBatch
from models.people.tables import Person, UnionMembership
from reports.reader.shapes import FileRefused
from tests.factories import make_council, make_party

HEAD = "Name,Council,Ward,Party\n"
TEXT = HEAD + "Asha Patel,Ambridge,Abbey,Labour Party\nJo Hill,amb_cc,Mill,4 Amb\n"


@pytest.fixture
def run(app, database, cast, monkeypatch):
    transaction = edge.transaction
    monkeypatch.setattr(edge, "transaction", lambda *_app: transaction(app))
    make_council("Ambridge", region=cast.regions["NWI"], code="AMB")
    make_party()

    def run(*words):
        return CliRunner().invoke(import_file, [str(word) for word in words])

    return run


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "list.csv"
    path.write_text(TEXT)
    return path


def said(answer) -> dict[str, int | None]:
    return json.loads(answer.output)


def test_refused_rows_answer_1_and_lie_beside_the_file(run, file):
    answer = run("councillors", file, "--json")
    assert answer.exit_code == 1, answer.output
    batch = db.session.query(ImportBatch).one().id
    assert said(answer) == {
        "rows": 2,
        "created": 1,
        "changed": 0,
        "unchanged": 0,
        "refused": 1,
        "batch": batch,
    }
    sheet = load_workbook(file.with_name("list-refused.xlsx")).worksheets[0]
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert rows[1][-2] == 3
    assert "‘amb_cc’ is not known" in rows[1][-1]


def test_what_the_command_teaches_is_remembered_and_undo_leaves_nothing(run, file):
    aliases = ("--alias", "amb_cc=AMB", "--alias", "4 Amb=new")
    first = run("councillors", file, *aliases, "--json")
    assert first.exit_code == 0, first.output
    again = said(run("councillors", file, "--json"))
    assert (again["created"], again["changed"], again["unchanged"]) == (0, 0, 2)
    undone = run("undo", said(first)["batch"])
    assert undone.exit_code == 0, undone.output
    assert "was taken back" in undone.output
    assert db.session.query(Person).count() == 0


def test_a_dry_run_counts_and_writes_nothing(run, file):
    answer = run("councillors", file, "--dry-run", "--json")
    assert (answer.exit_code, said(answer)["created"], said(answer)["batch"]) == (1, 1, None)
    assert db.session.query(Person).count() == 0
    assert db.session.query(ImportBatch).count() == 0
    assert not file.with_name("list-refused.xlsx").exists()


def test_columns_and_council_can_be_said(run, tmp_path):
    path = tmp_path / "names.csv"
    path.write_text("Wer,Ward\nAsha Patel,Abbey\n")
    assert isinstance(run("councillors", path).exception, FileRefused)
    answer = run("councillors", path, "--map", "Wer=name", "--council", "Ambridge")
    assert answer.exit_code == 0, answer.output
    assert "1 created" in answer.output


def test_a_region_imports_within_its_scope_and_others_not_at_all(run, file):
    answer = run("councillors", file, "--as", "eve@example.org", "--json")
    assert (said(answer)["created"], said(answer)["refused"]) == (0, 2)
    assert isinstance(run("councillors", file, "--as", "carol@example.org").exception, NotAllowed)


def test_what_makes_no_sense_is_refused(run, file, tmp_path):
    assert isinstance(run("councillors", tmp_path / "none.csv").exception, Invalid)
    assert isinstance(run("councillors", file, "--alias", "nowhere=AMB").exception, Invalid)
    assert isinstance(run("undo", "last").exception, Invalid)
    assert run("councillors", file, "--map", "Name").exit_code == 2
    batch = said(run("councillors", file, "--json"))["batch"]
    run("undo", batch)
    assert isinstance(run("undo", batch).exception, Refused)


def test_what_is_taken_but_to_be_looked_at_is_said(run, tmp_path):
    path = tmp_path / "members.csv"
    path.write_text(
        "Name,Council,Ward,Membership number\n"
        "Asha Patel,Ambridge,Abbey,Pending\nJo Hill,Ambridge,Abbey,1234567\n"
        "Sam Sole,Ambridge,Abbey,\n"
    )
    answer = run("councillors", path)
    assert answer.exit_code == 0, answer.output
    lines = answer.output.splitlines()
    assert lines[1].startswith("Row 2 is taken, but look: Membership number left out: ‘Pending’")
    assert lines[2] == "Rows 3, 4 are taken, but look: New ward: Abbey, Ambridge."
    assert db.session.query(UnionMembership).one().number == "1234567"


def test_democracy_clubs_results_need_no_mapping(run, tmp_path):
    path = tmp_path / "results.csv"
    path.write_text(
        "person_id,person_name,election_id,ballot_paper_id,post_label,cancelled_poll,"
        "organisation_name,votes_cast,elected\n"
        "1,Asha Patel,local.amb.2026-05-07,local.amb.abbey.2026-05-07,Abbey,f,Ambridge,120,t\n"
    )
    answer = run("results", path)
    assert answer.exit_code == 0, answer.output
    assert "1 created" in answer.output
