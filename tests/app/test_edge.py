"""The request edge: one transaction for each request; a GET changes nothing."""

import pytest
import sqlalchemy as sa
from flask import Flask, abort

from models import clock
from models.accounts.actions.signing_in import start_session
from models.accounts.tables import User
from models.base import begin_writing, db
from views.guards import keeps_register, open_to_all

# Downloads that leave a line in the export register. See docs/decisions/0004.
KEEP_THE_REGISTER = {
    "attachments.download",
    "contacts.calendar_file",
    "evidence.agent_statement",
    "evidence.letter_file",
    "intake.refused_rows",
    "payments.batch_for_bank",
    "payments.batch_for_finance",
    "payments.differences",
    "people.card_file",
    "reports.workbook",
}


def rename(how: str) -> str:
    """A page that renames Alice, and answers as it is told."""
    db.session.query(User).filter_by(email="alice@example.org").one().name = how
    db.session.flush()
    if how.endswith("crash"):
        raise RuntimeError("no")
    if how.endswith("409"):
        abort(409)
    return "renamed"


def download(how: str) -> str:
    begin_writing()
    return rename(how)


@pytest.fixture
def app_with_pages(fresh_database) -> Flask:
    app = fresh_database
    app.testing = False
    mark = open_to_all("a test")
    app.add_url_rule("/rename/<how>", "rename", mark(rename), methods=["GET", "POST"])
    app.add_url_rule("/download/<how>", "download", keeps_register(mark(download)))
    return app


def stored_name(app: Flask) -> str:
    with app.app_context():
        name = db.session.query(User.name).filter_by(email="alice@example.org").scalar()
        db.session.remove()
    return name


def test_only_a_success_that_may_write_is_kept(app_with_pages):
    browser = app_with_pages.test_client()
    for method, path, status, kept in (
        ("POST", "/rename/a", 200, True),
        ("POST", "/rename/b-409", 409, False),
        ("POST", "/rename/c-crash", 500, False),
        ("GET", "/rename/d", 200, False),
        ("GET", "/download/e", 200, True),
        ("GET", "/download/f-409", 409, False),
        ("HEAD", "/download/g", 200, False),
    ):
        assert browser.open(path, method=method).status_code == status
        name = path.rsplit("/", 1)[1]
        assert (stored_name(app_with_pages) == name) is kept, (method, path)


def test_only_registered_downloads_may_write_on_a_get(sqlite_app):
    views = sqlite_app.view_functions.items()
    marked = {name for name, view in views if getattr(view, "keeps_register", False)}
    assert marked == KEEP_THE_REGISTER


def test_whoever_writes_says_so_before_the_first_read(fresh_database):
    """The door reads the session first; a reader's transaction there could not be turned into a
    writer's without being refused under load."""
    app = fresh_database
    if not app.config["SQLALCHEMY_DATABASE_URI"].startswith("sqlite"):
        pytest.skip("PostgreSQL has no such choice")
    browser = app.test_client()
    with app.app_context():
        user = db.session.query(User).filter_by(email="alice@example.org").one()
        token = start_session(user, hours=1)
        db.session.commit()
        opened: list[str] = []
        sa.event.listen(db.engine, "before_cursor_execute", lambda *given: opened.append(given[2]))
    with browser.session_transaction() as session:
        session["token"], session["seen"] = token, int(clock.now().timestamp())
    for method, path, begins in (
        ("GET", "/contacts", ["BEGIN"]),
        ("POST", "/contacts/new", ["BEGIN IMMEDIATE", "BEGIN"]),
        ("GET", "/contacts", ["BEGIN"]),
        ("GET", "/reports/councillors.xlsx", ["BEGIN", "BEGIN IMMEDIATE"]),
        ("HEAD", "/reports/councillors.xlsx", ["BEGIN"]),
    ):
        opened.clear()
        browser.open(path, method=method)
        assert [one for one in opened if one.startswith("BEGIN")] == begins, (method, path)
