"""`hustings doctor` and `hustings import councils`."""

import json
from functools import partial

import pytest
from click.testing import CliRunner

import app.doctor
from app.cli import edge
from app.cli.database import doctor
from app.cli.imports import import_file
from models import audit
from models.base import db
from models.errors import Invalid, NotAllowed
from models.people.actions.records import NewPerson, add_person
from models.places.register import COLUMNS

ROW = {
    "local-authority-code": "AMB",
    "official-name": "Ambridge District Council",
    "nice-name": "Ambridge",
    "nation": "England",
    "region": "West Midlands",
    "local-authority-type": "NMD",
}


@pytest.fixture
def run(app, database, monkeypatch):
    monkeypatch.setattr(edge, "transaction", partial(edge.transaction, app))

    def run(command, *words):
        return CliRunner().invoke(command, [str(word) for word in words])

    return run


def register(tmp_path, *rows):
    lines = [",".join(COLUMNS)]
    lines += [",".join(row.get(name, "") for name in COLUMNS) for row in rows]
    file = tmp_path / "register.csv"
    file.write_text("\n".join(lines))
    return file


def test_a_well_installation_is_said_to_be_well(run, cast):
    add_person(NewPerson("Ann", "Lee"), by=cast.alice)
    db.session.commit()
    answer = run(doctor)
    assert answer.exit_code == 0, answer.output
    assert "All is well." in answer.output
    assert json.loads(run(doctor, "--json").output)["well"] is True


@pytest.mark.parametrize(
    ("where", "name", "fault"),
    [
        (audit, "broken_links", "Audit entry 7 is missing."),
        (app.doctor, "ledger_faults", "EF2026: the ledger says otherwise."),
    ],
)
def test_a_fault_is_named_and_ends_with_1(run, cast, monkeypatch, where, name, fault):
    monkeypatch.setattr(where, name, lambda: iter([fault]))
    answer = run(doctor, "--json")
    assert answer.exit_code == 1
    said = json.loads(answer.output)
    assert said["well"] is False
    assert fault in [one["words"] for one in said["findings"] if not one["well"]]


def test_a_package_of_ours_that_somebody_else_owns_is_a_fault(run, cast, monkeypatch):
    monkeypatch.setattr(
        app.doctor, "packages_distributions", lambda: {"models": ["hustings", "other-thing"]}
    )
    answer = run(doctor)
    assert answer.exit_code == 1
    assert "also installed by other-thing" in answer.output


def test_a_schema_that_is_behind_is_a_fault_and_nothing_else_is_looked_at(run, cast, monkeypatch):
    monkeypatch.setattr(app.doctor.migrations, "HEAD", "9999")
    answer = run(doctor)
    assert answer.exit_code == 1
    assert "Run `hustings init`" in answer.output
    assert "ledger" not in answer.output


def test_councils_are_imported_and_counted(run, cast, tmp_path):
    answer = run(import_file, "councils", register(tmp_path, ROW), "--json")
    assert answer.exit_code == 0, answer.output
    assert json.loads(answer.output) == {
        "rows": 1,
        "created": 1,
        "changed": 0,
        "unchanged": 0,
        "refused": 0,
        "batch": None,
    }


def test_a_dry_run_changes_nothing(run, cast, tmp_path):
    file = register(tmp_path, ROW)
    assert "1 created" in run(import_file, "councils", file, "--dry-run").output
    assert "1 created" in run(import_file, "councils", file).output


def test_refused_rows_are_written_beside_and_end_with_1(run, cast, tmp_path):
    answer = run(import_file, "councils", register(tmp_path, ROW, {**ROW, "nation": "Mars"}))
    assert answer.exit_code == 1
    beside = (tmp_path / "register-refused.csv").read_text(encoding="utf-8-sig")
    assert "register.csv,3,nation" in beside


def test_a_file_that_is_no_register_is_refused_whole(run, cast, tmp_path):
    other = tmp_path / "other.csv"
    other.write_text("a,b\n1,2\n")
    assert isinstance(run(import_file, "councils", other).exception, Invalid)
    assert isinstance(run(import_file, "councils", tmp_path / "none.csv").exception, Invalid)


def test_a_region_cannot_import_councils(run, cast, tmp_path):
    file = register(tmp_path, ROW)
    answer = run(import_file, "councils", file, "--as", "bob@example.org")
    assert isinstance(answer.exception, NotAllowed)
