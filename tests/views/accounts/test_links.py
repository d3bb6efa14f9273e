"""Choosing a password by a link, and asking for one."""

import dataclasses

import pytest

from app.jobs import resets
from models.accounts.actions.passwords import send_link
from models.accounts.links import LinkDesk
from models.accounts.passwords import fits
from models.accounts.throttle import ASKING_LIMIT
from models.base import db
from models.outbox import OutboxRow

GOOD = "quilt oven lantern zebra"


@pytest.fixture
def token(app, cast):
    desk = LinkDesk(app.config["SECRET_KEY"], "http://127.0.0.1", mails=False)
    address = send_link(cast.bob, by=cast.alice, desk=desk)
    db.session.commit()
    return address.rpartition("/")[2]


@pytest.fixture
def mails(app):
    """The app, as if a mail server were set up."""
    before = app.config["SETTINGS"]
    app.config["SETTINGS"] = dataclasses.replace(
        before, smtp_host="mail.example.org", base_url="https://hustings.example.org"
    )
    yield
    app.config["SETTINGS"] = before


def carry_out():
    """What the worker does with what was asked for."""
    for row in db.session.query(OutboxRow).filter(OutboxRow.kind == "reset"):
        resets.one(row.payload)


def letters():
    return [row.payload["to"] for row in db.session.query(OutboxRow) if row.kind == "mail"]


def test_the_link_leads_to_an_address_without_the_token(client, token):
    answer = client.get(f"/set-password/{token}")
    assert (answer.status_code, answer.headers["Location"]) == (303, "/set-password")
    assert answer.headers["Referrer-Policy"] == "no-referrer"
    page = client.get("/set-password")
    assert page.status_code == 200
    assert page.headers["Referrer-Policy"] == "no-referrer"
    assert page.headers["Cache-Control"] == "no-store"
    assert token not in page.text


def test_choosing_a_password_signs_in_and_uses_the_link_up(client, token, cast):
    client.get(f"/set-password/{token}")
    weak = client.post("/set-password", data={"password": "short"})
    assert weak.status_code == 422
    assert "Use at least 12 characters." in weak.text
    assert client.post("/set-password", data={"password": GOOD}).status_code == 303
    assert client.get("/account").status_code == 200
    assert fits(cast.bob.password_hash, GOOD)
    again = client.get(f"/set-password/{token}", follow_redirects=True)
    assert again.status_code == 404
    assert "used or is too old" in again.text


def test_the_password_may_be_posted_to_the_link_itself(client, token):
    answer = client.post(f"/set-password/{token}", data={"password": GOOD})
    assert answer.status_code == 303
    assert client.post(f"/set-password/{token}", data={"password": GOOD}).status_code == 404


def test_without_a_link_there_is_nothing_to_set(client):
    assert client.get("/set-password").status_code == 404
    assert client.get("/set-password/made-up", follow_redirects=True).status_code == 404
    assert client.post("/set-password", data={"password": GOOD}).status_code == 404


def test_a_forgotten_password_is_answered_alike_for_everybody(client, cast, mails):
    known = client.post("/forgotten-password", data={"email": "bob@example.org"})
    unknown = client.post("/forgotten-password", data={"email": "nobody@example.org"})
    assert known.status_code == unknown.status_code == 200
    assert known.text == unknown.text
    carry_out()
    assert letters() == ["bob@example.org"]


def test_known_and_unknown_addresses_cost_the_same_statements(client, cast, mails, queries):
    told = []
    for email in ("bob@example.org", "nobody@example.org"):
        queries.statements.clear()
        client.post("/forgotten-password", data={"email": email})
        told.append(list(queries.statements))
    assert told[0] == told[1]


def test_the_mail_names_our_address_whatever_host_was_asked(client, cast, mails):
    client.post(
        "/forgotten-password",
        data={"email": "bob@example.org"},
        headers={"Host": "evil.example", "X-Forwarded-Host": "evil.example"},
    )
    carry_out()
    text = db.session.query(OutboxRow).filter(OutboxRow.kind == "mail").one().payload["text"]
    assert "https://hustings.example.org/set-password/" in text
    assert "evil" not in text


def test_a_mailbox_cannot_be_filled_nor_its_owner_kept_from_asking(app, client, cast, mails):
    for number in range(40):
        app.test_client().post(
            "/forgotten-password",
            data={"email": "bob@example.org"},
            environ_base={"REMOTE_ADDR": f"203.0.113.{number}"},
        )
    assert client.post("/forgotten-password", data={"email": "bob@example.org"}).status_code == 200
    carry_out()
    assert letters() == ["bob@example.org"]


def test_one_sender_asks_twenty_times(client, cast, mails):
    for number in range(ASKING_LIMIT):
        data = {"email": f"guess-{number}@example.org"}
        assert client.post("/forgotten-password", data=data).status_code == 200
    assert client.post("/forgotten-password", data=data).status_code == 429


def test_without_mail_the_page_says_whom_to_ask(client, cast):
    answer = client.post("/forgotten-password", data={"email": "bob@example.org"})
    assert "sends no e-mail" in answer.text
    assert db.session.query(OutboxRow).count() == 0
