"""Signing in and out: the same answer for everybody who may not, a new session for who may."""

import re
import statistics
import time
from datetime import timedelta

import pytest
import time_machine

from models import clock
from models.accounts.actions.passwords import give_password
from models.accounts.actions.users import disable_user
from models.accounts.passwords import fits, hash_password
from models.accounts.permits import OPERATOR
from models.accounts.tables import SignInAttempt, SignInSession
from models.base import db
from views.accounts.browsers import browser_words
from views.accounts.signing_in import safe_next

PASSWORD = "quilt oven lantern zebra"


@pytest.fixture
def bob(cast):
    give_password(cast.bob, password=PASSWORD, by=OPERATOR)
    db.session.commit()
    return cast.bob


def post(client, email="bob@example.org", password=PASSWORD, **query):
    return client.post("/sign-in", data={"email": email, "password": password}, query_string=query)


def test_the_right_password_opens_the_house(client, bob):
    answer = post(client, email=" Bob@Example.org ")
    assert (answer.status_code, answer.headers["Location"]) == (303, "/")
    assert client.get("/account").status_code == 200


def test_a_wrong_password_an_unknown_address_and_a_disabled_user_hear_the_same(client, bob, cast):
    give_password(cast.eve, password=PASSWORD, by=OPERATOR)
    disable_user(cast.eve, by=OPERATOR)
    db.session.commit()
    tries = {
        "bob@example.org": "wrong",
        "nobody@example.org": PASSWORD,
        "eve@example.org": PASSWORD,
        "carol@example.org": "",
        "carol@example.org ": "has no password yet",
    }
    pages = set()
    for email, password in tries.items():
        answer = post(client, email=email, password=password)
        assert answer.status_code == 422
        if password:
            keyless = re.sub(r'name="(csrf_token|once)" value="[^"]*"', "", answer.text)
            pages.add(keyless.replace(email.strip(), "…"))
    assert len(pages) == 1
    assert "The e-mail address or the password is not right." in pages.pop()
    assert client.get("/account").status_code == 302


def test_a_password_is_taken_exactly_as_typed(client, bob):
    assert post(client, password=PASSWORD + " ").status_code == 422
    assert post(client, password=PASSWORD.upper()).status_code == 422


def test_an_unknown_address_takes_as_long_as_a_known_one(client, bob):
    def seconds(email):
        db.session.query(SignInAttempt).delete()
        db.session.commit()
        start = time.process_time()
        post(client, email=email, password="wrong")
        return time.process_time() - start

    seconds("bob@example.org")
    known = [seconds("bob@example.org") for _ in range(7)]
    unknown = [seconds("nobody@example.org") for _ in range(7)]
    # The hash is what takes the time: without it the unknown address would be several times faster.
    assert 0.6 < statistics.median(unknown) / statistics.median(known) < 1.6


def test_the_eleventh_try_is_refused_and_the_right_password_works_after_the_window(client, bob):
    for _ in range(10):
        assert post(client, password="wrong").status_code == 422
    refused = post(client)
    assert refused.status_code == 429
    assert "Too many tries. Try again in 5 minutes" in refused.text
    assert post(client).status_code == 429, "a refused try does not count, but is refused again"
    with time_machine.travel(clock.now() + timedelta(minutes=5, seconds=2)):
        assert post(client).status_code == 303


def test_unknown_addresses_are_throttled_alike(client, bob):
    for _ in range(10):
        post(client, email="nobody@example.org")
    assert post(client, email="nobody@example.org").status_code == 429


def test_tries_are_kept_as_digests_only(client, bob):
    post(client, password="wrong")
    rows = db.session.query(SignInAttempt).all()
    assert len(rows) == 3
    assert all(len(row.key) == 64 and "bob" not in row.key for row in rows)


def test_an_old_hash_is_renewed_at_sign_in(client, bob):
    from argon2 import PasswordHasher

    bob.password_hash = PasswordHasher(time_cost=1, memory_cost=8192).hash(PASSWORD)
    db.session.commit()
    post(client)
    db.session.expire_all()
    assert bob.password_hash.startswith("$argon2id$v=19$m=19456,t=2,p=1$")
    assert fits(bob.password_hash, PASSWORD)


def test_signing_in_makes_a_new_token_and_forgets_the_old_cookie(client, bob):
    with client.session_transaction() as session:
        session["token"], session["planted"] = "chosen-by-somebody-else", "x"
    post(client)
    with client.session_transaction() as session:
        assert session["token"] != "chosen-by-somebody-else"
        assert len(session["token"]) >= 43
        assert "planted" not in session


def test_signing_out_ends_the_session_for_good(client, bob):
    post(client)
    stolen = client.get_cookie("hustings").value
    answer = client.post("/sign-out")
    assert answer.status_code == 303
    assert answer.headers["Clear-Site-Data"] == '"cache", "storage"'
    client.set_cookie("hustings", stolen)
    assert client.get("/account").status_code == 302


def test_a_session_ends_when_idle_and_at_last_in_any_case(client, bob):
    post(client)
    start = clock.now()
    with time_machine.travel(start + timedelta(minutes=29)):
        assert client.get("/account").status_code == 200
    with time_machine.travel(start + timedelta(minutes=58)):
        assert client.get("/account").status_code == 200
    cookie = client.get_cookie("hustings").value
    with time_machine.travel(start + timedelta(minutes=89)):
        assert client.get("/account").status_code == 302
    client.set_cookie("hustings", cookie)
    moment = start + timedelta(minutes=58)
    while moment < start + timedelta(hours=11, minutes=45):
        moment += timedelta(minutes=25)
        with time_machine.travel(moment):
            assert client.get("/account").status_code == 200
    with time_machine.travel(start + timedelta(hours=12, seconds=1)):
        assert client.get("/account").status_code == 302


def test_the_last_click_is_noted_anew_once_half_a_minute_has_gone(client, bob):
    post(client)
    start = clock.now()
    client.get("/account")  # the first page gives its forms their token
    with time_machine.travel(start + timedelta(seconds=20)):
        assert "Set-Cookie" not in client.get("/account").headers
    with time_machine.travel(start + timedelta(seconds=40)):
        assert "Set-Cookie" in client.get("/account").headers


def test_reading_a_page_writes_nothing(client, bob, queries):
    post(client)
    queries.statements.clear()
    assert client.get("/account").status_code == 200
    assert not [line for line in queries.statements if not line.lstrip().upper().startswith("SEL")]


def test_the_database_holds_no_token(client, bob):
    post(client)
    with client.session_transaction() as session:
        token = session["token"]
    row = db.session.query(SignInSession).order_by(SignInSession.id.desc()).first()
    assert row.token_hash != token
    assert len(row.token_hash) == 64


def test_whoever_is_signed_in_goes_on_to_where_they_wanted(client, bob):
    asked = client.get("/users?page=2")
    assert asked.headers["Location"] == "/sign-in?next=/users?page%3D2"
    assert post(client, next="/users?page=2").headers["Location"] == "/users?page=2"
    assert client.get("/sign-in").headers["Location"] == "/"


@pytest.mark.parametrize(
    "evil",
    [
        "//evil.example",
        "/\\evil.example",
        "\\\\evil.example",
        "https://evil.example",
        "https:evil.example",
        "javascript:alert(1)",
        "/\n/evil.example",
        "/\t/evil.example",
        " //evil.example",
        "evil.example",
        "///evil.example",
        "",
        None,
        "/sign-out",
    ],
)
def test_nobody_is_sent_to_another_host(evil):
    assert safe_next(evil) == "/"


def test_an_own_path_is_kept():
    assert safe_next("/councillors?region=NWI&page=2") == "/councillors?region=NWI&page=2"


def test_a_part_of_a_page_asks_the_whole_page_to_sign_in(client):
    answer = client.get("/users", headers={"HX-Request": "true"})
    assert (answer.status_code, answer.headers["HX-Redirect"]) == (204, "/sign-in")


@pytest.mark.parametrize(
    ("agent", "words"),
    [
        (
            "Mozilla/5.0 (Windows NT 10.0; Win64; x64) Chrome/120 Safari/537 Edg/120",
            "Edge on Windows",
        ),
        (
            "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0",
            "Firefox on Linux",
        ),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Safari/604.1", "Safari on iPhone"),
        ("curl/8.0", "A browser"),
    ],
)
def test_a_browser_is_named_as_its_owner_would(agent, words):
    assert browser_words(agent) == words


def test_a_hash_never_leaves_the_database(client, bob):
    post(client)
    assert hash_password(PASSWORD)[:12] not in client.get("/account").text
