"""Nobody keeps anybody out: strangers fill counters of strangers, and guessing stays bounded."""

from datetime import timedelta

import pytest
import time_machine

from models import clock
from models.accounts.actions.passwords import give_password
from models.accounts.permits import OPERATOR
from models.accounts.tables import SignInAttempt
from models.accounts.throttle import ACCOUNT_LIMIT, SENDER_LIMIT, WINDOW
from models.base import db

PASSWORD = "quilt oven lantern zebra"


@pytest.fixture
def bob(cast):
    for user in (cast.bob, cast.carol):
        give_password(user, password=PASSWORD, by=OPERATOR)
    db.session.commit()
    return cast.bob


def post(client, at="192.0.2.1", email="bob@example.org", password=PASSWORD):
    return client.post(
        "/sign-in",
        data={"email": email, "password": password},
        environ_base={"REMOTE_ADDR": at},
    ).status_code


def wrong(client, at="192.0.2.1", times=10, email="bob@example.org"):
    return [post(client, at, email, "wrong") for _ in range(times)]


def test_ten_wrong_from_one_address_do_not_keep_the_right_one_out_elsewhere(client, bob):
    assert wrong(client) == [422] * 10
    assert post(client) == 429
    assert post(client, at="198.51.100.9") == 303


def test_one_address_may_not_try_one_account_after_the_other_for_ever(client, bob):
    for number in range(SENDER_LIMIT):
        post(client, email=f"guess-{number}@example.org")
    assert post(client) == 429
    assert post(client, at="198.51.100.9") == 303


def test_ten_slips_of_a_colleague_keep_nobody_else_of_the_office_out(client, bob):
    wrong(client, email="carol@example.org")
    assert post(client, email="carol@example.org") == 429
    assert post(client) == 303


def test_guessing_from_many_addresses_is_bounded_and_a_known_browser_still_comes_in(
    app, client, bob
):
    assert post(client) == 303
    client.post("/sign-out")
    stranger = app.test_client()
    answers = [
        post(stranger, at=f"203.0.113.{number}", password="wrong")
        for number in range(2 * ACCOUNT_LIMIT)
    ]
    assert answers == [422] * ACCOUNT_LIMIT + [429] * ACCOUNT_LIMIT
    assert post(stranger, at="198.51.100.9") == 429, "an unknown browser must wait"
    assert post(client, at="203.0.113.1") == 303, "a known one need not, wherever it is"
    with time_machine.travel(clock.now() + WINDOW + timedelta(seconds=2)):
        assert post(app.test_client(), at="198.51.100.9") == 303


def test_a_known_browser_has_its_own_ten_tries_and_fills_nobody_elses(app, client, bob):
    post(client)
    client.post("/sign-out")
    before = db.session.query(SignInAttempt).count()
    assert wrong(client) == [422] * 10
    assert db.session.query(SignInAttempt).count() == before + 10, "one counter, not three"
    assert post(client) == 429
    assert post(app.test_client()) == 303


def test_a_browser_is_known_for_its_own_people_only(app, client, bob, cast):
    post(client, email="carol@example.org")
    client.post("/sign-out")
    wrong(client)
    assert post(client) == 429
    assert db.session.query(SignInAttempt).count() == 30


def test_a_forged_or_outlived_mark_is_worth_nothing(app, client, bob):
    post(client)
    mark = client.get_cookie("hustings-known")
    assert mark.http_only
    assert mark.same_site == "Lax"
    assert str(bob.email) not in mark.value
    for value in (mark.value[:-3] + "AAA", "x", ""):
        other = app.test_client()
        other.set_cookie("hustings-known", value)
        wrong(other, at="198.51.100.7", times=1)
    assert db.session.query(SignInAttempt).count() == 9, "three counters each: not known"
    client.post("/account/sign-out-everywhere")
    assert wrong(client, at="198.51.100.8", times=1) == [422]
    assert db.session.query(SignInAttempt).count() == 12, "signed out everywhere: not known either"


def test_whoever_is_signed_in_may_change_the_password_while_strangers_guess(app, client, bob):
    post(client)
    client.delete_cookie("hustings-known")
    for number in range(ACCOUNT_LIMIT):
        post(app.test_client(), at=f"203.0.113.{number}", password="wrong")
    answer = client.post(
        "/account/password", data={"old": PASSWORD, "password": "another lantern quilt oven"}
    )
    assert answer.status_code == 303
