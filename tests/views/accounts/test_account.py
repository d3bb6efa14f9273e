"""One's own account: password, browsers, shortcuts."""

import pytest

from models.accounts.actions.passwords import give_password
from models.accounts.actions.users import change_user, disable_user
from models.accounts.passwords import fits
from models.accounts.permits import OPERATOR
from models.accounts.queries import sessions_of
from models.accounts.roles import Role
from models.accounts.tables import User
from models.base import db

OLD, NEW = "quilt oven lantern zebra", "harbour violin mustard kite"


@pytest.fixture
def bob(cast):
    give_password(cast.bob, password=OLD, by=OPERATOR)
    db.session.commit()
    return cast.bob


def test_the_page_says_who_one_is_and_what_one_sees(sign_in, bob):
    page = sign_in(bob).get("/account").text
    for words in ("Bob Birch", "Regional political officer", "North West &amp; Irish"):
        assert words in page


def test_a_new_password_ends_every_other_session_and_keeps_this_one(sign_in, bob):
    here, there = sign_in(bob), sign_in(bob)
    stolen = here.get_cookie("hustings").value
    answer = here.post("/account/password", data={"old": OLD, "password": NEW})
    assert answer.status_code == 303
    assert here.get("/account").status_code == 200
    assert there.get("/account").status_code == 302
    there.set_cookie("hustings", stolen)
    assert there.get("/account").status_code == 302, "the token is new here too"
    assert fits(db.session.get(User, bob.id).password_hash, NEW)


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("wrong", NEW, "This is not the password you have now."),
        ("", NEW, "Enter the password you have now."),
        (OLD, "short", "Use at least 12 characters."),
        (OLD, "Bob Birch 2026!", "easily guessed"),
        (OLD, OLD, "This is the password you have now."),
    ],
)
def test_a_password_is_not_changed_without_the_old_one_or_to_a_weak_one(
    sign_in, bob, old, new, words
):
    answer = sign_in(bob).post("/account/password", data={"old": old, "password": new})
    assert answer.status_code == 422
    assert words in answer.text
    assert fits(db.session.get(User, bob.id).password_hash, OLD)


def test_guessing_the_old_password_is_throttled(sign_in, bob):
    browser = sign_in(bob)
    for _ in range(10):
        browser.post("/account/password", data={"old": "wrong", "password": NEW})
    answer = browser.post("/account/password", data={"old": OLD, "password": NEW})
    assert answer.status_code == 429


def test_one_of_my_browsers_can_be_signed_out_from_another(sign_in, bob):
    lost, here = sign_in(bob), sign_in(bob)
    session = sessions_of(bob)[-1]
    assert "Sign out" in here.get("/account").text
    assert here.post(f"/account/sessions/{session.id}/end").status_code == 303
    assert lost.get("/account").status_code == 302
    assert here.get("/account").status_code == 200
    assert here.post(f"/account/sessions/{session.id}/end").status_code == 404


def test_nobody_ends_the_session_of_somebody_else(sign_in, bob, cast):
    browser = sign_in(bob)
    session = sessions_of(bob)[0]
    assert sign_in(cast.alice).post(f"/account/sessions/{session.id}/end").status_code == 404
    assert browser.get("/account").status_code == 200


def test_sign_out_everywhere_means_here_too(sign_in, bob):
    one, two = sign_in(bob), sign_in(bob)
    assert one.post("/account/sign-out-everywhere").status_code == 303
    assert one.get("/account").status_code == 302
    assert two.get("/account").status_code == 302


def test_a_new_role_region_or_disabling_bites_at_the_next_request(sign_in, bob, cast):
    regions = [region.id for region in bob.regions]

    def changed(**values):
        given = {"name": bob.name, "role": Role(bob.role), "region_ids": regions, **values}
        change_user(bob, by=cast.alice, **given)
        db.session.commit()

    for change in (
        lambda: changed(role=Role.SUPPORT),
        lambda: changed(role=Role.REGIONAL_OFFICER, region_ids=[cast.regions["SC"].id]),
        lambda: (disable_user(bob, by=cast.alice), db.session.commit()),
    ):
        browser = sign_in(bob)
        assert browser.get("/account").status_code == 200
        change()
        assert browser.get("/account").status_code == 302


def test_shortcuts_are_switched_off_and_on(sign_in, bob):
    browser = sign_in(bob)
    assert "data-shortcuts" not in browser.get("/account").text
    browser.post("/account/shortcuts", data={})
    assert db.session.get(User, bob.id).shortcuts is False
    assert 'data-shortcuts="off"' in browser.get("/account").text
    browser.post("/account/shortcuts", data={"shortcuts": "y"})
    assert db.session.get(User, bob.id).shortcuts is True
