"""A long file is read and compared by the worker; its page shows how far it is."""

import io

import pytest

from app.jobs import previews
from models.base import db
from models.intake.actions import previewing
from models.intake.rows import GivenRow
from models.intake.tables import ImportBatch
from models.outbox import OutboxRow

PEOPLE = "Forename,Surname,Email\n" + "".join(
    f"Robin,Reed{letter},robin.{letter}@example.net\n" for letter in "abcdefg"
)


@pytest.fixture
def long(monkeypatch):
    """Files of more than three rows are long, and go in pieces of two."""
    monkeypatch.setattr(previewing, "INLINE", 3)
    monkeypatch.setattr(previews, "PIECE", 2)
    monkeypatch.setattr(previewing, "PIECE", 2)


@pytest.fixture
def alice(fresh_database):
    from tests.app.test_slow_work import browser_of

    return browser_of(fresh_database, "alice")


def uploaded(browser, text: str) -> str:
    data = {
        "kind": "people",
        "policy": "fill",
        "file": (io.BytesIO(text.encode()), "people.csv"),
    }
    return browser.post("/imports/new", data=data).location


def mapped(browser, columns: str, **fields) -> str:
    given = {"sheet": "people", "header_row": "1", "column_0": "given_name"}
    given |= {"column_1": "family_name", "column_2": "email", **fields}
    return browser.post(columns, data=given).location


def work(app) -> None:
    """What the worker does with the preview that waits."""
    with app.app_context():
        row = db.session.query(OutboxRow).filter_by(kind="preview", state="waiting").one()
        payload = dict(row.payload)
        row.state = "done"
        db.session.commit()
        db.session.remove()
    previews.one(app, payload)


def test_a_long_file_is_compared_by_the_worker(fresh_database, long, alice):
    page = mapped(alice, uploaded(alice, PEOPLE))
    shown = alice.get(page).text
    assert "Rows being read and compared with the books" in shown
    assert "0 of 7" in shown
    assert alice.get(page, headers={"HX-Request": "true"}).status_code == 200
    work(fresh_database)
    answer = alice.get(page, headers={"HX-Request": "true"})
    assert answer.headers["HX-Redirect"] == page
    assert "7 rows = 7 new + 0 changed" in alice.get(page).text


def test_a_long_file_that_cannot_be_read_goes_back_to_its_columns(fresh_database, long, alice):
    columns = uploaded(alice, PEOPLE)
    page = mapped(alice, columns)
    with fresh_database.app_context():
        db.session.query(ImportBatch).one().content = b"Other\nx\ny\nz\nw\nv\nu\nt\n"
        db.session.commit()
        db.session.remove()
    work(fresh_database)
    assert alice.get(page).location == columns
    assert "The file could not be read like this" in alice.get(columns).text


def test_a_long_file_that_was_put_aside_is_left_alone(fresh_database, long, alice):
    page = mapped(alice, uploaded(alice, PEOPLE))
    assert alice.post(f"{page}/discard").status_code == 302
    work(fresh_database)
    assert "Put aside" in alice.get(page).text


def test_a_long_preview_that_broke_off_can_be_begun_again(fresh_database, long, alice):
    page = mapped(alice, uploaded(alice, PEOPLE))
    with fresh_database.app_context():
        db.session.query(OutboxRow).delete()
        db.session.commit()
        db.session.remove()
    assert "The worker can begin it again" in alice.get(page).text
    assert alice.post(f"{page}/carry-on").status_code == 302
    work(fresh_database)
    assert "7 rows = 7 new" in alice.get(page).text


def test_a_preview_done_twice_is_the_same(fresh_database, long, alice):
    """A worker that was killed in the middle begins again."""
    page = mapped(alice, uploaded(alice, PEOPLE))
    with fresh_database.app_context():
        batch_id = db.session.query(ImportBatch).one().id
        rows = [GivenRow(n, {}, {"family_name": "Old"}) for n in range(1, 6)]
        previewing.keep_rows(batch_id, rows, done=5)
        db.session.commit()
        db.session.remove()
    work(fresh_database)
    assert "7 rows = 7 new" in alice.get(page).text
    work_again = alice.post(f"{page}/preview")
    assert work_again.status_code == 302
    work(fresh_database)
    assert "7 rows = 7 new" in alice.get(page).text
