"""Who has to know of an account that checks others reads it on the home page, mail or no mail."""

from datetime import timedelta

import pytest

from models import clock
from models.accounts.actions.proposing import agree_to_proposal, propose_change, refuse_proposal
from models.accounts.actions.users import disable_user
from models.accounts.links import LinkDesk
from models.accounts.roles import Role
from models.base import db
from tests.dom import parse

DESK = LinkDesk("a-secret-of-these-tests-0123456789", "http://127.0.0.1", mails=False)


@pytest.fixture
def proposal(cast):
    made = propose_change(cast.dan, role=Role.FINANCE, by=cast.olive, desk=DESK)
    db.session.commit()
    return made


def told(sign_in, user) -> list[str]:
    """What the home page says about accounts, a line each."""
    page = parse(sign_in(user).get("/").text)
    lines = [item.text for item in page.one("main").all("li")]
    return [line for line in lines if "becomes Finance" in line]


def test_the_person_is_told_what_somebody_proposes_about_their_account(sign_in, cast, proposal):
    [line] = told(sign_in, cast.dan)
    assert line.startswith("Your account: Dan Damson <dan@example.org> becomes Finance.")
    assert "Olive" in line
    assert "a second person decides" in line
    assert told(sign_in, cast.olive) == []
    assert told(sign_in, cast.bob) == []


def test_both_sides_are_told_who_decided(sign_in, cast, proposal):
    agree_to_proposal(proposal, by=cast.alice, desk=DESK)
    db.session.commit()
    for user in (cast.dan, cast.olive):
        [line] = told(sign_in, user)
        assert "Alice" in line
        assert " agreed on " in line
    assert told(sign_in, cast.alice) == []
    with clock.set_to(clock.now() + timedelta(days=8)):
        assert told(sign_in, cast.olive) == []


def test_a_refusal_is_told_too(sign_in, cast, proposal):
    refuse_proposal(proposal, by=cast.alice, desk=DESK)
    db.session.commit()
    assert " refused it on " in told(sign_in, cast.dan)[0]


def test_whoever_may_agree_reads_that_one_who_checks_others_was_kept_out(sign_in, cast):
    disable_user(cast.carol, by=cast.olive)
    db.session.commit()
    for user in (cast.alice, cast.grace):
        page = parse(sign_in(user).get("/users/waiting").text)
        assert "Carol Cedar, Finance, was disabled on" in page.one("main").text
    with clock.set_to(clock.now() + timedelta(days=8)):
        assert "was disabled" not in sign_in(cast.alice).get("/users/waiting").text
