"""A person looks at their own details by a link: once, in time, and nothing else."""

from datetime import timedelta

import pytest

from models import clock
from models.errors import Invalid, NotFound, Refused
from models.freshness.actions import confirming
from models.freshness.actions.confirming import open_link, shown_to
from models.freshness.queries.confirmations import answers_for
from models.links import LinkDesk
from models.outbox import OutboxRow
from models.people.queries.facts import contact_points_of

DESK = LinkDesk("confirmation", "/confirm/", "a secret of this test", "https://h.example", True)


def asked(priya, by) -> str:
    link = confirming.ask(priya.person, by=by, desk=DESK)
    return link.rpartition("/")[2]


def everything(token, answer="right"):
    shown = shown_to(open_link(token, desk=DESK))
    return {fact.key: (answer, "") for fact in shown}


def test_the_link_is_mailed_and_shows_no_membership(cast, priya, database):
    token = asked(priya, cast.bob)
    (row,) = database.query(OutboxRow).filter(OutboxRow.kind == "mail")
    assert row.payload["to"] == "priya@example.org"
    assert token in row.payload["text"]
    labels = {fact.label for fact in shown_to(open_link(token, desk=DESK))}
    assert labels == {"E-mail address", "Mobile number", "Office held"}


def test_what_they_say_is_right_counts_at_once(cast, priya):
    token = asked(priya, cast.bob)
    confirmation = confirming.answer(token, everything(token), desk=DESK)
    assert priya.mail.verified_on == priya.term.verified_on == clock.today()
    assert priya.mail.source == "Confirmed by themselves"
    assert confirmation.settled_at is not None
    assert answers_for(cast.bob) == []


def test_a_change_waits_until_the_office_takes_it(cast, priya):
    token = asked(priya, cast.bob)
    said = everything(token)
    said[f"email-{priya.mail.id}"] = ("change", "priya.new@example.org")
    confirmation = confirming.answer(token, said, desk=DESK)
    assert [one.id for one in answers_for(cast.bob)] == [confirmation.id]
    assert answers_for(cast.eve) == []
    assert priya.mail.ends_on is None
    confirming.settle(confirmation, take={0}, by=cast.bob)
    values = [point.value for point in contact_points_of(priya.person) if point.kind == "email"]
    assert values == ["priya.new@example.org"]
    with pytest.raises(Refused, match="nothing left"):
        confirming.settle(confirmation, take={0}, by=cast.bob)


def test_what_is_not_taken_is_left_as_it_was(cast, priya):
    token = asked(priya, cast.bob)
    said = {**everything(token), f"mobile-{priya.mobile.id}": ("gone", "")}
    confirming.settle(confirming.answer(token, said, desk=DESK), take=(), by=cast.bob)
    assert priya.mobile.ends_on is None


@pytest.mark.parametrize("value", ["", "no address", "a@b@c"])
def test_a_change_that_cannot_be_used_is_refused_and_the_link_stays_good(cast, priya, value):
    token = asked(priya, cast.bob)
    said = {**everything(token), f"email-{priya.mail.id}": ("change", value)}
    with pytest.raises(Invalid) as refusal:
        confirming.answer(token, said, desk=DESK)
    assert refusal.value.field == f"email-{priya.mail.id}-value"
    assert open_link(token, desk=DESK).answered_at is None


def test_a_link_opens_nothing_once_it_was_answered(cast, priya):
    token = asked(priya, cast.bob)
    confirming.answer(token, everything(token), desk=DESK)
    with pytest.raises(NotFound, match="has been used"):
        confirming.answer(token, everything(token), desk=DESK)


def test_a_link_opens_nothing_when_it_is_too_old_replaced_or_altered(cast, priya):
    first = asked(priya, cast.bob)
    second = asked(priya, cast.bob)
    for token in (first, second + "x", second[:-2], "", "made.up"):
        with pytest.raises(NotFound):
            open_link(token, desk=DESK)
    with clock.set_to(clock.now() + timedelta(days=15)), pytest.raises(NotFound):
        open_link(second, desk=DESK)


def test_a_link_of_another_purpose_opens_nothing(cast, priya):
    other = LinkDesk("candidate", "/candidate/", DESK.secret, DESK.base_url, True)
    token = asked(priya, cast.bob)
    assert other.read(token) is None


def test_another_region_asks_nobody(cast, priya):
    with pytest.raises(NotFound):
        confirming.ask(priya.person, by=cast.eve, desk=DESK)
