"""What is sent twice counts once: by the key that every form carries, whatever its room."""

import io
import re
from datetime import timedelta

import pytest
import sqlalchemy as sa
from flask import render_template_string, request

from app.once import sent_with
from models import clock, once
from models.accounts.actions.passwords import give_password
from models.accounts.permits import OPERATOR
from models.base import db
from models.people.tables import PersonNote
from tests.factories import make_person

KEY = re.compile(r'name="once" value="([\w-]{22})"')


def key_of(page) -> str:
    """The key of the page's last form."""
    return KEY.findall(page.text)[-1]


def notes() -> list[str]:
    return list(db.session.scalars(sa.select(PersonNote.body).order_by(PersonNote.id)))


@pytest.fixture
def bob(sign_in, cast):
    return sign_in(cast.bob)


@pytest.fixture
def person(cast):
    return make_person(region=cast.regions["NWI"])


@pytest.fixture
def address(person) -> str:
    return f"/people/{person.id}/notes/new"


def test_a_second_click_makes_one_note_and_leads_to_the_same_place(bob, address):
    form = {"once": key_of(bob.get(address)), "body": "Rang, no answer."}
    first, second = bob.post(address, data=form), bob.post(address, data=form)
    assert notes() == ["Rang, no answer."]
    assert second.status_code == 303
    assert second.location == first.location
    assert "This was sent twice and counts once." in bob.get(second.location).text


def test_the_form_opened_anew_is_another_one(bob, address):
    for _ in range(2):
        bob.post(address, data={"once": key_of(bob.get(address)), "body": "Rang, no answer."})
    assert notes() == ["Rang, no answer."] * 2


def test_each_form_of_a_page_has_a_key_of_its_own(app):
    button = '{{ ui.post_button("Go", "/a") }}'
    page = '{% import "ui/all.html" as ui %}' + button * 3
    with app.test_request_context():
        assert len(set(KEY.findall(render_template_string(page)))) == 3


def test_what_was_refused_can_be_corrected_and_sent_again(bob, address):
    key = key_of(bob.get(address))
    refused = bob.post(address, data={"once": key, "body": " "})
    assert refused.status_code == 422
    for _ in range(2):
        bob.post(address, data={"once": key, "body": "Wants to stand."})
    assert notes() == ["Wants to stand."]


def test_changed_and_changed_back_is_no_repeat(bob, address):
    """A page that comes out of the browser's memory has its old key."""
    key = key_of(bob.get(address))
    for said in ("Yes.", "No.", "Yes."):
        bob.post(address, data={"once": key, "body": said})
    assert notes() == ["Yes.", "No.", "Yes."]


def test_somebody_elses_key_is_worth_nothing(bob, sign_in, cast, address):
    form = {"once": key_of(bob.get(address)), "body": "Rang, no answer."}
    bob.post(address, data=form)
    sign_in(cast.alice).post(address, data=form)
    assert len(notes()) == 2


def test_a_form_without_a_key_is_taken_as_it_comes(bob, address):
    for _ in range(2):
        bob.post(address, data={"body": "By a script."})
    assert len(notes()) == 2


def test_another_file_under_the_same_name_is_another_submission(app):
    def content(rows: str) -> str:
        file = (io.BytesIO(rows.encode()), "people.csv")
        with app.test_request_context("/imports/new", method="POST", data={"file": file}):
            sent = sent_with("the key").content
            assert request.files["file"].read() == rows.encode(), "it can still be read"
        return sent

    assert content("A,B\n1,2\n") != content("A,B\n3,4\n")
    assert content("A,B\n1,2\n") == content("A,B\n1,2\n")


def test_signing_in_twice_signs_in_twice(client, cast):
    give_password(cast.bob, password="a long walk on the shore", by=OPERATOR)
    db.session.commit()
    key = key_of(client.get("/sign-in"))
    form = {"once": key, "email": cast.bob.email, "password": "a long walk on the shore"}
    assert client.post("/sign-in", data=form).status_code in (302, 303)
    other = client.application.test_client()
    other.post("/sign-in", data=form)
    assert other.get("/people").status_code == 200


def test_neither_the_key_nor_what_was_typed_is_stored(bob, address):
    key = key_of(bob.get(address))
    bob.post(address, data={"once": key, "body": "Told me in confidence."})
    row = db.session.execute(sa.select(once.SentForm)).scalar_one()
    assert {len(row.form), len(row.content)} == {64}
    assert key not in (row.form, row.content, row.answer)


def test_after_a_fortnight_it_is_forgotten(database, monkeypatch):
    once.take("f" * 64, "c" * 64)
    once.keep("f" * 64, "c" * 64, "/people/1")
    assert once.clear_old() == 0
    late = clock.now() + timedelta(days=15)
    monkeypatch.setattr(clock, "now", lambda: late)
    assert once.clear_old() == 1
    assert once.take("f" * 64, "c" * 64) is None
