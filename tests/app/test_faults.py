"""What two people at once, an odd value, a full disk or a lost database do is said in words."""

import errno
import os
import socket
import subprocess
import sys
from dataclasses import replace

import pytest
import sqlalchemy as sa
from flask import Flask, flash
from sqlalchemy.orm.exc import StaleDataError

from app import create_app
from app.faults import AWAY, BUSY, FULL, MET, ODD, fault_of
from models import clock
from models.accounts.actions.signing_in import start_session
from models.accounts.tables import User
from models.base import db
from tests.dom import parse
from views.guards import open_to_all

on_sqlite = pytest.mark.parametrize("fresh_database", ["sqlite"], indirect=True)


def met() -> str:
    """Two at once: the second of them is refused by the database."""
    users = db.session.query(User).order_by(User.id).limit(2).all()
    users[0].email = users[1].email
    flash("Saved.")
    return "done"


def odd() -> str:
    """A number that no column holds, found out when all is said and done."""
    db.session.execute(sa.text("update party set id = :id where id = -1"), {"id": 10**30})
    return "done"


def stale() -> str:
    raise StaleDataError


def full() -> str:
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def crash() -> str:
    raise RuntimeError("no")


@pytest.fixture
def house(fresh_database) -> Flask:
    """A house with pages that go wrong, each in its way."""
    for page in (met, odd, stale, full, crash):
        view = open_to_all("a page of a test")(page)
        fresh_database.add_url_rule(
            f"/{page.__name__}", f"test.{page.__name__}", view, methods=["GET", "POST"]
        )
    return fresh_database


def words(answer) -> str:
    return parse(answer.text).one("main").text


@pytest.mark.parametrize(
    ("path", "fault"), [("met", MET), ("odd", ODD), ("stale", MET), ("full", FULL)]
)
def test_what_goes_wrong_is_said_and_what_was_typed_stays(house, path, fault):
    answer = house.test_client().post(
        f"/{path}?for=me",
        data={"summary": "A <long> call\nwith her", "key": "k1", "csrf_token": "t", "who": "Ann"},
    )
    assert answer.status_code == fault.status
    page = parse(answer.text)
    assert fault.title in words(answer)
    assert fault.happened in words(answer)
    facts = {fact.one("dt").text: fact.one("dd").text for fact in page.all("div", "h-fact")}
    assert facts == {"Summary": "A <long> call with her", "Who": "Ann"}
    again = page.one("form", "h-post")
    assert again["action"] == f"/{path}?for=me"
    sent = {field["name"]: field.get("value") for field in again.all("input")}
    del sent["csrf_token"]
    assert sent == {"summary": "A <long> call\nwith her", "key": "k1", "who": "Ann"}
    assert "Content-Security-Policy" in answer.headers


@on_sqlite
def test_what_nobody_typed_is_not_shown_and_the_page_is_one_click_away(house):
    answer = house.test_client().post(
        "/met", data={"once": "n23RK-0pNf"}, headers={"Referer": "http://localhost/imports/3?a=b"}
    )
    assert "This is what you sent" not in answer.text
    assert "n23RK" not in answer.text
    links = {link.text: link["href"] for link in parse(answer.text).one("main").all("a")}
    assert links == {"Look at the page again": "/imports/3", "Go to the home page": "/"}


@on_sqlite
def test_another_site_is_not_led_back_to(house):
    answer = house.test_client().post("/met", headers={"Referer": "http://evil.example/x"})
    assert "Look at the page again" not in answer.text


@on_sqlite
def test_what_was_not_saved_is_not_called_saved(house):
    browser = house.test_client()
    assert "Saved." not in browser.post("/met").text
    assert "Saved." not in browser.get("/sign-in").text


@on_sqlite
def test_a_password_is_never_shown_again(house):
    answer = house.test_client().post("/stale", data={"password": "pass-word-1", "name": "Ann"})
    assert "pass-word-1" not in answer.text
    assert "Ann" in answer.text
    assert "Send it again" not in answer.text


@on_sqlite
def test_a_crash_stays_a_crash_and_shows_what_was_typed(house):
    answer = house.test_client().post("/crash", data={"name": "Ann"})
    assert (answer.status_code, "Ann" in answer.text) == (500, True)


@on_sqlite
def test_a_form_from_another_site_is_not_shown_again(house):
    house.config["WTF_CSRF_ENABLED"] = True
    browser = house.test_client()
    other = browser.post("/stale", data={"name": "Call 0900"}, headers={"Origin": "http://evil.x"})
    assert (other.status_code, "0900" in other.text) == (400, False)
    own = browser.post("/stale", data={"name": "Ann"}, headers={"Origin": "http://localhost"})
    assert (own.status_code, "Ann" in own.text) == (400, True)


# ---- the kinds


def errors_of(app: Flask, statement: str, **values) -> BaseException:
    with app.app_context(), pytest.raises(sa.exc.DBAPIError) as caught, db.engine.begin() as own:
        own.execute(sa.text(statement), values)
    return caught.value


def test_the_databases_own_errors_are_understood(house):
    twice = "insert into party (name) values ('A'), ('A')"
    assert fault_of(errors_of(house, twice)) is MET
    none = "insert into party (name) values (null)"
    assert fault_of(errors_of(house, none)) is ODD
    assert fault_of(errors_of(house, "select * from no_such_table")) is None


class PostgresError(Exception):
    def __init__(self, state: str) -> None:
        super().__init__(state)
        self.sqlstate = state


class SQLiteError(Exception):
    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.sqlite_errorname = name


@pytest.mark.parametrize(
    ("driver", "fault"),
    [
        (PostgresError("53100"), FULL),
        (PostgresError("57P01"), AWAY),
        (PostgresError("08006"), AWAY),
        (PostgresError("40P01"), MET),
        (PostgresError("40001"), MET),
        (PostgresError("55P03"), BUSY),
        (PostgresError("22003"), ODD),
        (PostgresError("42P01"), None),
        (SQLiteError("SQLITE_FULL"), FULL),
        (SQLiteError("SQLITE_IOERR_SHMSIZE"), FULL),
        (SQLiteError("SQLITE_IOERR_READ"), AWAY),
        (SQLiteError("SQLITE_BUSY"), BUSY),
        (SQLiteError("SQLITE_ERROR"), None),
        (OverflowError(), ODD),
        (ValueError(), None),
    ],
)
def test_each_kind_of_the_drivers_is_known(driver, fault):
    assert fault_of(driver) is fault
    assert fault_of(sa.exc.OperationalError("select 1", {}, driver)) is fault


# ---- a database that is away, and a disk that is full


@pytest.fixture
def signed_in_elsewhere(tmp_path, sqlite_app):
    """A house whose PostgreSQL nobody answers for, and a browser that was signed in to it."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    settings = replace(
        sqlite_app.config["SETTINGS"],
        data=str(tmp_path),
        database_url=f"postgresql://nobody@127.0.0.1:{port}/none",
    )
    app = create_app(settings)
    browser = app.test_client()
    with browser.session_transaction() as session:
        session["token"], session["seen"] = "t" * 40, int(clock.now().timestamp())
    return browser


@pytest.mark.parametrize("path", ["/", "/people", "/groups/1", "/nowhere", "/sign-in"])
def test_without_a_database_everybody_gets_a_whole_page(signed_in_elsewhere, path):
    answer = signed_in_elsewhere.get(path)
    assert answer.status_code in (404, 503) if path == "/nowhere" else answer.status_code == 503
    page = parse(answer.text)
    assert page.one("link", rel="icon")
    assert "Content-Security-Policy" in answer.headers
    if answer.status_code == 503:
        assert "The database does not answer" in page.one("main").text


def test_without_a_database_what_was_typed_is_shown_again(signed_in_elsewhere):
    signed_in_elsewhere.application.config["WTF_CSRF_ENABLED"] = False
    answer = signed_in_elsewhere.post("/people/new", data={"given_name": "Ann"})
    assert (answer.status_code, "Ann" in answer.text) == (503, True)


def test_a_database_that_goes_away_comes_back(fresh_database):
    """Its connections are cut under a signed-in user: one whole page, then all is well."""
    app = fresh_database
    if app.config["SQLALCHEMY_DATABASE_URI"].startswith("sqlite"):
        pytest.skip("SQLite has no server that goes away")
    browser = app.test_client()
    with app.app_context():
        user = db.session.query(User).filter_by(email="alice@example.org").one()
        token = start_session(user, hours=1)
        db.session.commit()
    with browser.session_transaction() as session:
        session["token"], session["seen"] = token, int(clock.now().timestamp())

    cuts = iter([True])

    def cut(connection, *_rest) -> None:
        if next(cuts, False):
            connection.connection.dbapi_connection.close()

    with app.app_context():
        sa.event.listen(db.engine, "before_cursor_execute", cut)
    answer = browser.get("/people")
    assert answer.status_code == 503
    assert "The database does not answer" in words(answer)
    assert browser.get("/people").status_code == 200


def test_a_full_disk_is_said_at_the_commit(fresh_database, monkeypatch, caplog):
    """SQLite is given no page more; the other database says the like by its state 53100."""
    app = fresh_database
    if not app.config["SQLALCHEMY_DATABASE_URI"].startswith("sqlite"):
        pytest.skip("PostgreSQL's disk is not ours to fill; its state is read above")

    def fill() -> str:
        db.session.execute(sa.text("pragma max_page_count = 1"))
        for n in range(200):
            name = {"name": f"Party {n} " + "x" * 4000}
            db.session.execute(sa.text("insert into party (name) values (:name)"), name)
        return "done"

    app.add_url_rule("/fill", "test.fill", open_to_all("a test's page")(fill), methods=["POST"])
    answer = app.test_client().post("/fill", data={"summary": "A call"})
    assert answer.status_code == 503
    assert "The disk is full Nothing was saved." in words(answer)
    assert "A call" in words(answer)
    assert "disk full" in [getattr(record, "verdict", "") for record in caplog.records]


# ---- the command line


def run(*arguments: str, **settings: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-P", "-c", "from app.cli import main; main()", *arguments]
    environment = {**os.environ, **settings}
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=False)


@pytest.mark.parametrize("command", ["doctor", "init"])
def test_a_command_without_its_database_says_one_sentence(tmp_path, command):
    done = run(
        command,
        HUSTINGS_DATA=str(tmp_path),
        HUSTINGS_DATABASE_URL="postgresql://nobody@127.0.0.1:1/none",
    )
    assert done.returncode == 2
    assert done.stderr == f"hustings: {AWAY.line}\n"


def test_a_command_with_a_data_folder_that_cannot_be_made_says_one_sentence(tmp_path):
    (tmp_path / "file").write_text("")
    done = run("doctor", HUSTINGS_DATA=str(tmp_path / "file" / "data"), HUSTINGS_DATABASE_URL="")
    assert done.returncode == 2
    assert done.stderr.startswith("hustings: Not a directory")
    assert done.stderr.count("\n") == 1
