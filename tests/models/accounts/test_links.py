"""Links to set a password: signed, for one purpose, for one use, for a while."""

from datetime import timedelta

import pytest
import time_machine

from models import clock
from models.accounts.actions.passwords import (
    mail_reset,
    read_link,
    request_reset,
    send_link,
    set_password_by_link,
)
from models.accounts.actions.signing_in import start_session
from models.accounts.actions.users import disable_user
from models.accounts.links import LinkDesk, new_nonce
from models.accounts.passwords import fits, hash_password
from models.accounts.queries import session_of
from models.accounts.tables import AccountLink
from models.accounts.throttle import Guard
from models.base import db
from models.errors import Invalid, NotAllowed, NotFound, Refused
from models.outbox import OutboxRow

SECRET = "a-secret-of-the-tests-0123456789abcdef"
DESK = LinkDesk(SECRET, "https://hustings.example.org/", mails=False)
POST = LinkDesk(SECRET, "https://hustings.example.org", mails=True)
GUARD = Guard(SECRET, "192.0.2.7")
GOOD = "quilt zebra oven lantern"


def token_for(user, cast):
    return send_link(user, by=cast.alice, desk=DESK).rpartition("/")[2]


def use(token, password=GOOD):
    return set_password_by_link(token=token, password=password, guard=GUARD, desk=DESK)


def mails():
    return [row.payload for row in db.session.query(OutboxRow).order_by(OutboxRow.created_at)]


def test_a_link_begins_with_our_address_and_sets_the_password_once(cast):
    address = send_link(cast.bob, by=cast.alice, desk=DESK)
    assert address.startswith("https://hustings.example.org/set-password/")
    token = address.rpartition("/")[2]
    assert use(token) is cast.bob
    assert fits(cast.bob.password_hash, GOOD)
    with pytest.raises(NotFound, match="used or is too old"):
        use(token)


def test_a_weak_password_leaves_the_link_good(cast):
    token = token_for(cast.bob, cast)
    with pytest.raises(Invalid) as refused:
        use(token, "short")
    assert refused.value.field == "password"
    assert use(token)


def test_an_invitation_lives_seven_days_and_a_reset_thirty_minutes(cast):
    invitation = token_for(cast.bob, cast)
    cast.terry.password_hash = hash_password(GOOD)
    reset = token_for(cast.terry, cast)
    with time_machine.travel(clock.now() + timedelta(minutes=31)):
        with pytest.raises(NotFound):
            read_link(reset, desk=DESK)
        assert read_link(invitation, desk=DESK).purpose == "invite"
    with time_machine.travel(clock.now() + timedelta(days=7, minutes=1)), pytest.raises(NotFound):
        read_link(invitation, desk=DESK)


def test_a_link_of_another_purpose_signature_or_secret_is_worth_nothing(cast):
    token = token_for(cast.bob, cast)
    nonce = DESK.read(token)[1]
    forged = (
        DESK.token("reset", nonce),
        DESK.token("invite", new_nonce()),
        DESK.token("delete-everything", nonce),
        LinkDesk("another-secret", "", mails=False).token("invite", nonce),
        token[:-9] + ("A" if token[-9] != "A" else "B") + token[-8:],
        nonce,
        "",
    )
    for other in forged:
        with pytest.raises(NotFound):
            read_link(other, desk=DESK)
    assert read_link(token, desk=DESK)


def test_setting_a_password_ends_sessions_and_other_links(cast):
    one, two = token_for(cast.bob, cast), token_for(cast.bob, cast)
    session = start_session(cast.bob, hours=1)
    use(one)
    assert session_of(session) is None
    with pytest.raises(NotFound):
        use(two)


def test_disabling_kills_the_links(cast):
    token = token_for(cast.bob, cast)
    disable_user(cast.bob, by=cast.alice)
    with pytest.raises(NotFound):
        use(token)
    with pytest.raises(Refused):
        token_for(cast.bob, cast)


def test_a_political_officer_gets_no_link_for_a_national_officer(cast):
    with pytest.raises(NotAllowed):
        send_link(cast.alice, by=cast.olive, desk=DESK)
    with pytest.raises(NotAllowed):
        send_link(cast.alice, by=cast.dan, desk=DESK)


def test_a_link_is_mailed_where_mail_is_set_up(cast):
    address = send_link(cast.bob, by=cast.alice, desk=POST)
    (mail,) = mails()
    assert mail["to"] == "bob@example.org"
    assert address in mail["text"]
    assert "Bob Birch" in mail["text"]


def test_a_reset_is_mailed_to_known_addresses_only_and_says_nothing(cast):
    assert request_reset(email="nobody@example.org", guard=GUARD, desk=POST) is None
    assert request_reset(email=" BOB@example.org", guard=GUARD, desk=POST) is None
    disable_user(cast.carol, by=cast.alice)
    request_reset(email="carol@example.org", guard=GUARD, desk=POST)
    asked = [row for row in db.session.query(OutboxRow) if row.kind == "reset"]
    assert len(asked) == 3, "whoever asks hears and takes the same: the worker looks who it is"
    for row in asked:
        mail_reset(row.payload["email"], desk=POST)
    assert [mail["to"] for mail in mails() if "to" in mail] == ["bob@example.org"]


def test_a_mailbox_gets_four_letters_an_hour_and_always_has_a_good_link(cast):
    start = clock.now()
    for minute in range(60):
        with time_machine.travel(start + timedelta(minutes=minute)):
            mail_reset("bob@example.org", desk=POST)
            left = max(link.expires_at for link in db.session.query(AccountLink)) - clock.now()
            assert left >= timedelta(minutes=15)
    assert len(mails()) == 4


def test_a_link_that_was_used_up_makes_room_for_the_next(cast):
    cast.bob.password_hash = hash_password(GOOD)
    mail_reset("bob@example.org", desk=POST)
    use(mails()[0]["text"].partition("/set-password/")[2].split()[0], "lantern oven quilt zebra")
    mail_reset("bob@example.org", desk=POST)
    assert len(mails()) == 2
