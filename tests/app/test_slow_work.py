"""Nothing slow in the writing transaction: another write goes through while a file is being read,
and whoever does it the other way round is stopped."""

import io
import threading

import pytest
from flask import Flask

from app.jobs.edge import reads_then_writes, transaction
from app.watch import WrongTransaction
from models import clock
from models.accounts.actions.signing_in import start_session
from models.accounts.passwords import hash_password
from models.accounts.tables import User
from models.base import begin_writing, db
from models.intake.tables import ImportBatch
from models.people.tables import Person, PersonNote
from reports.reader import running
from reports.sheet import book
from reports.workbook import write
from views.guards import open_to_all, reads_first


def browser_of(app: Flask, first: str):
    with app.app_context():
        user = db.session.query(User).filter_by(email=f"{first}@example.org").one()
        token = start_session(user, hours=1)
        db.session.commit()
        db.session.remove()
    browser = app.test_client()
    with browser.session_transaction() as session:
        session["token"], session["seen"] = token, int(clock.now().timestamp())
    return browser


def somebody(app: Flask) -> int:
    with app.app_context():
        person = Person(given_name="Asha", family_name="Patel", given_key="asha")
        person.family_key = "patel"
        db.session.add(person)
        db.session.commit()
        found = person.id
        db.session.remove()
    return found


def test_another_write_goes_through_while_a_file_is_being_read(fresh_database, monkeypatch):
    """A file of 25 KB kept every colleague's note waiting for 20 seconds."""
    app = fresh_database
    person = somebody(app)
    uploader, colleague = browser_of(app, "alice"), browser_of(app, "olive")
    held, reading = threading.Event(), threading.Event()
    asked = running._asked

    def hold(*given):
        reading.set()
        assert held.wait(60)
        return asked(*given)

    monkeypatch.setattr(running, "_asked", hold)
    answers = []
    data = {
        "kind": "people",
        "policy": "fill",
        "file": (io.BytesIO(b"Name,Email\nRobin Reed,robin@example.net\n"), "people.csv"),
    }
    thread = threading.Thread(
        target=lambda: answers.append(uploader.post("/imports/new", data=data).status_code)
    )
    thread.start()
    assert reading.wait(60)
    note = colleague.post(f"/people/{person}/notes/new", data={"body": "Rang."})
    assert note.status_code == 302, "the colleague's note is kept while the file is being read"
    assert not answers
    held.set()
    thread.join()
    assert answers == [302]
    with app.app_context():
        assert db.session.query(PersonNote).count() == 1
        assert db.session.query(ImportBatch).one().file_name == "people.csv"
        db.session.remove()


@pytest.fixture
def app_with_routes(fresh_database) -> Flask:
    app, mark = fresh_database, open_to_all("a test")

    def slowly(how: str) -> str:
        if how == "first":
            hash_password("quilt zebra oven lantern")
            begin_writing()
        db.session.query(User).filter_by(email="alice@example.org").one().name = how
        db.session.flush()
        if how == "late":
            write(book("Late", []))
        return how

    app.add_url_rule("/writes/<how>", "writes", mark(slowly), methods=["POST"])
    rule, view = "/reads/<how>", reads_first(mark(slowly))
    app.add_url_rule(rule, "reads", view, methods=["POST"])
    return app


def stored_name(app: Flask) -> str:
    with app.app_context():
        name = db.session.query(User.name).filter_by(email="alice@example.org").scalar()
        db.session.remove()
    return name


def test_slow_work_in_a_writing_transaction_is_stopped(app_with_routes):
    assert app_with_routes.test_client().post("/writes/late").status_code == 500
    assert stored_name(app_with_routes) == "Alice Ash"


def test_a_form_that_reads_first_does_its_slow_work_and_then_writes(app_with_routes):
    assert app_with_routes.test_client().post("/reads/first").status_code == 200
    assert stored_name(app_with_routes) == "first"


def test_a_write_before_the_writing_transaction_is_stopped(app_with_routes):
    """It would be lost in silence: nothing commits a reading transaction."""
    assert app_with_routes.test_client().post("/reads/early").status_code == 500
    assert stored_name(app_with_routes) == "Alice Ash"


def test_a_change_from_before_is_not_carried_over(app_with_routes):
    app = app_with_routes
    with reads_then_writes(app):
        user = db.session.query(User).filter_by(email="alice@example.org").one()
        user.name = "Lost"
        with pytest.raises(RuntimeError, match="changed before the writing transaction began"):
            begin_writing()
        db.session.rollback()


def test_a_step_of_a_job_is_watched_too(fresh_database):
    with transaction(fresh_database):
        db.session.query(User).first()
        with pytest.raises(WrongTransaction, match="a password is hashed"):
            hash_password("quilt zebra oven lantern")


def test_rules_are_judged_by_what_stands_there_when_writing_begins(fresh_database):
    app = fresh_database
    with reads_then_writes(app):
        user = db.session.query(User).filter_by(email="alice@example.org").one()
        assert user.name == "Alice Ash"
        other = threading.Thread(target=rename, args=(app,))
        other.start()
        other.join()
        begin_writing()
        assert user.name == "Alice Oak"


def rename(app: Flask) -> None:
    with app.app_context():
        db.session.query(User).filter_by(email="alice@example.org").one().name = "Alice Oak"
        db.session.commit()
        db.session.remove()
