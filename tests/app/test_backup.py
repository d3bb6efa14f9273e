"""Backing up, putting back, and letters that are never sent a second time by themselves."""

import os
import re
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from threading import Event

import pytest
import sqlalchemy as sa

from app import backup, create_app
from app.jobs import mark
from app.jobs.carrying import carry_out
from app.jobs.holding import holds_for
from app.settings import BadSettings
from models import outbox
from models.base import db
from models.jobs import queries as jobs
from models.jobs.actions import retry
from models.jobs.list import OUTBOX
from models.jobs.rules import Outcome
from models.outbox import OutboxRow
from tests import lists

ROOT = Path(__file__).resolve().parents[2]
HUSTINGS = f"{sys.executable} -P -c 'from app.cli import main; main()'"


def write_letters(app, count=3):
    with app.app_context():
        ids = [
            outbox.post_mail(
                to=f"p{n}@example.org", subject="Hello", text="Hello", key=f"letter {n} {count}"
            ).id
            for n in range(count)
        ]
        db.session.commit()
    return ids


def work(app, monkeypatch, taken):
    """What a worker does when it starts: looks at the mark, and sends what is due."""
    settings = app.config["SETTINGS"]
    app.config["SETTINGS"] = replace(settings, smtp_host="127.0.0.1")

    def send(letter, _settings, *, before_data):
        if not before_data():
            return Outcome("uncertain", "An earlier try was cut short.")
        taken.append(letter.to)
        return Outcome("done")

    monkeypatch.setattr("app.mail.send", send)
    mark.look(app)
    with app.app_context():
        due = [row.id for row in jobs.due(kinds=("mail",), limit=100)]
        db.session.remove()
    for row_id in due:
        carry_out(app, row_id, Event())


def states(app):
    with app.app_context():
        found = [row.state for row in db.session.query(OutboxRow).filter_by(kind="mail")]
        db.session.remove()
    return found


class Snapshot:
    """The whole database as it was, on either kind of database."""

    def __init__(self, app) -> None:
        self.app, self.rows = app, {}
        with app.app_context():
            for name in ("outbox", "message", "send_count"):
                table = db.metadata.tables[name]
                rows = db.session.execute(sa.select(table)).mappings()
                self.rows[table] = [dict(row) for row in rows]
            db.session.remove()

    def put_back(self) -> None:
        with self.app.app_context():
            for table in reversed(self.rows):
                db.session.execute(sa.delete(table))
            for table, rows in self.rows.items():
                if rows:
                    db.session.execute(sa.insert(table), rows)
            db.session.commit()


def test_letters_that_waited_in_a_backup_are_not_sent_again(fresh_database, monkeypatch):
    taken = []
    write_letters(fresh_database)
    backup_of_the_night = Snapshot(fresh_database)
    work(fresh_database, monkeypatch, taken)
    assert len(taken) == 3
    assert states(fresh_database) == ["done"] * 3
    backup_of_the_night.put_back()
    assert states(fresh_database) == ["waiting"] * 3
    work(fresh_database, monkeypatch, taken)
    assert len(taken) == 3, "nobody is written to twice"
    assert states(fresh_database) == ["uncertain"] * 3
    with fresh_database.app_context():
        line = lists.lines(OUTBOX, jobs_reader(), state="uncertain")[0]
        assert "put back from a backup" in line.because
        assert line.to.endswith("@example.org")
        db.session.remove()


def jobs_reader():
    from models.accounts.queries import user_by_email

    return user_by_email("alice@example.org")


def test_what_is_written_after_the_restore_goes_out(fresh_database, monkeypatch):
    taken = []
    write_letters(fresh_database)
    night = Snapshot(fresh_database)
    work(fresh_database, monkeypatch, taken)
    night.put_back()
    write_letters(fresh_database, count=2)
    work(fresh_database, monkeypatch, taken)
    assert len(taken) == 5
    assert sorted(states(fresh_database)) == ["done"] * 2 + ["uncertain"] * 3


def test_a_person_may_send_an_uncertain_one_after_all(fresh_database, monkeypatch):
    taken = []
    (row_id,) = write_letters(fresh_database, count=1)
    night = Snapshot(fresh_database)
    work(fresh_database, monkeypatch, taken)
    night.put_back()
    work(fresh_database, monkeypatch, taken)
    with fresh_database.app_context():
        retry(jobs.locked(row_id), by=jobs_reader())
        db.session.commit()
    work(fresh_database, monkeypatch, taken)
    assert len(taken) == 2


def test_a_worker_that_starts_anew_doubts_nothing(fresh_database, monkeypatch):
    taken = []
    mark.look(fresh_database)
    write_letters(fresh_database)
    assert mark.look(fresh_database) == 0
    work(fresh_database, monkeypatch, taken)
    write_letters(fresh_database, count=1)
    assert mark.look(fresh_database) == 0
    work(fresh_database, monkeypatch, taken)
    assert len(taken) == 4


@pytest.mark.parametrize("lost", ["gone", "copied"])
def test_a_mark_that_is_gone_or_came_as_a_copy_is_none(fresh_database, monkeypatch, lost):
    write_letters(fresh_database)
    work(fresh_database, monkeypatch, [])
    write_letters(fresh_database, count=2)
    path = fresh_database.config["SETTINGS"].folder / mark.FILE
    copy = path.with_name("copy")
    shutil.copy(path, copy)
    path.unlink()
    if lost == "copied":
        copy.rename(path)
    assert mark.look(fresh_database) == 2
    assert mark.look(fresh_database) == 0


def test_a_worker_on_a_new_machine_doubts_nothing_where_another_works(fresh_database, monkeypatch):
    write_letters(fresh_database)
    work(fresh_database, monkeypatch, [])
    write_letters(fresh_database, count=2)
    (fresh_database.config["SETTINGS"].folder / mark.FILE).unlink()
    assert mark.look(fresh_database, beside=True) == 0
    assert mark.look(fresh_database) == 0, "from now on it has a mark of its own"


@pytest.fixture
def hustings(fresh_database):
    """Runs the command on this database; returns exit code and what it said."""
    settings = fresh_database.config["SETTINGS"]

    def run(line: str):
        environment = os.environ | {
            "HUSTINGS_DATA": settings.data,
            "HUSTINGS_DATABASE_URL": settings.database_url,
            "HUSTINGS_SECRET_KEY": settings.secret_key,
        }
        with fresh_database.app_context():
            db.session.remove()
            db.engine.dispose()
        function = f'hustings() {{ {HUSTINGS} "$@"; }}\n'
        done = subprocess.run(
            ["bash", "-c", function + line],
            env=environment,
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=False,
        )
        return done.returncode, done.stdout + done.stderr

    return run


def test_restored_says_how_many_letters_are_uncertain(fresh_database, hustings, monkeypatch):
    write_letters(fresh_database)
    code, said = hustings("hustings restored")
    assert (code, "3 letters that waited are uncertain now" in said) == (0, True), said
    taken = []
    work(fresh_database, monkeypatch, taken)
    assert taken == []


def blocks_of(title: str) -> list[str]:
    """The fenced lines of a section of docs/install.md."""
    page = (ROOT / "docs" / "install.md").read_text(encoding="utf-8")
    section = page.split(f"## {title}\n")[1].split("\n## ")[0]
    return re.findall(r"```\n(.*?)```", section, re.S)


@pytest.mark.parametrize("fresh_database", ["sqlite"], indirect=True)
def test_the_lines_of_the_install_page_work_night_after_night(
    fresh_database, hustings, monkeypatch, tmp_path
):
    line = blocks_of("Back up")[0].replace("/backup", str(tmp_path))
    write_letters(fresh_database)
    for night in (1, 2):
        code, said = hustings(f"{line}sleep 1")
        assert code == 0, said
        assert len(list(tmp_path.iterdir())) == night
    one = f"hustings backup {tmp_path}/hustings.db"
    for _night in (1, 2):
        assert hustings(one)[0] == 0
    for file in tmp_path.iterdir():
        assert file.stat().st_mode & 0o777 == 0o600
    taken = []
    work(fresh_database, monkeypatch, taken)
    assert len(taken) == 3
    code, said = hustings(blocks_of("Restore")[0].replace("/backup", str(tmp_path)))
    assert code == 0, said
    assert "3 letters that waited are uncertain now" in said
    assert "All is well." in said
    work(fresh_database, monkeypatch, taken)
    assert len(taken) == 3
    assert states(fresh_database) == ["uncertain"] * 3


@pytest.mark.parametrize("fresh_database", ["sqlite"], indirect=True)
def test_a_restore_refuses_what_would_do_harm(fresh_database, hustings, tmp_path):
    settings = fresh_database.config["SETTINGS"]
    good = backup.back_up(settings, tmp_path / "good.db")
    assert "There is a database already" in hustings(f"hustings restore {good}")[1]
    other = tmp_path / "other.db"
    other.write_text("no database at all")
    assert "is no backup of Hustings" in hustings(f"hustings restore --replace {other}")[1]
    shutil.copy(good, other)
    versions = {"9999": "a newer version", "0027": "a version before the first release"}
    for revision, words in versions.items():
        with closing(sqlite3.connect(other)) as changed:
            changed.execute("update alembic_version set version_num = ?", [revision])
            changed.commit()
        assert words in hustings(f"hustings restore --replace {other}")[1]
    assert "There is no backup" in hustings(f"hustings restore {tmp_path}/none.db")[1]
    with closing(sqlite3.connect(settings.folder / "hustings.db")) as running:
        running.execute("pragma journal_mode = wal")
        running.execute("select count(*) from user").fetchone()
        with pytest.raises(BadSettings, match="Stop it first"):
            backup.put_back(settings, good, replace=True)
    worker = holds_for(settings)
    assert worker.begin()
    assert "Stop it first" in hustings(f"hustings restore --replace {good}")[1]
    worker.end()
    assert hustings(f"hustings restore --replace {good}")[0] == 0


@pytest.mark.parametrize("fresh_database", ["sqlite"], indirect=True)
def test_a_backup_that_fails_leaves_the_one_before(fresh_database, hustings, tmp_path):
    settings = fresh_database.config["SETTINGS"]
    good = backup.back_up(settings, tmp_path / "hustings.db")
    before = good.read_bytes()
    (settings.folder / "hustings.db").write_bytes(b"SQLite format 3\0" + b"\7" * 5000)
    code, said = hustings(f"hustings backup {good}")
    assert (code, "Traceback" in said) == (2, False), said
    assert good.read_bytes() == before
    assert [path.name for path in tmp_path.iterdir()] == ["hustings.db"]


@pytest.mark.parametrize("fresh_database", ["postgresql"], indirect=True)
def test_with_postgresql_the_command_names_the_way(hustings, tmp_path):
    code, said = hustings(f"hustings backup {tmp_path}")
    assert (code, "pg_dump" in said) == (2, True)


@pytest.mark.parametrize("fresh_database", ["sqlite"], indirect=True)
def test_the_database_is_its_owners_alone_in_an_open_folder(fresh_database):
    folder = fresh_database.config["SETTINGS"].folder
    folder.chmod(0o755)
    (folder / "hustings.db").chmod(0o644)
    app = create_app(fresh_database.config["SETTINGS"])
    with app.app_context():
        db.session.execute(sa.text("select 1 from user"))
        db.session.remove()
        db.engine.dispose()
    holds_for(app.config["SETTINGS"])
    modes = {path.name: path.stat().st_mode & 0o777 for path in folder.iterdir() if path.is_file()}
    assert set(modes.values()) == {0o600}, modes
