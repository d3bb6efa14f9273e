"""What becomes of an outbox row, and what a person may do about it."""

from datetime import timedelta

import pytest

from models import audit, clock, outbox
from models.errors import Invalid, NotAllowed, NotFound, Refused
from models.jobs import queries as jobs
from models.jobs.actions import (
    begin,
    begin_sending,
    mark_sent,
    message_for,
    note_outcome,
    post_again,
    retry,
    settle,
)
from models.jobs.list import OUTBOX
from models.jobs.queries import message_of, oldest_due
from models.jobs.rules import MOST_BEGINNINGS, Outcome
from models.outbox import OutboxRow
from tests import lists


@pytest.fixture
def row(database):
    return outbox.post_mail(to="ann@example.org", subject="Hello", text="Good day", key="k1")


def uncertain(row):
    message = message_for(row, domain="example.org")
    begin_sending(message)
    note_outcome(message, Outcome("uncertain", "Cut short."))
    settle(row, Outcome("uncertain", "Cut short."))
    return row


def test_the_same_key_is_refused_by_the_database(row, database):
    from sqlalchemy.exc import IntegrityError

    with pytest.raises(IntegrityError):
        outbox.post_mail(to="ann@example.org", subject="Hello", text="Good day", key="k1")


@pytest.mark.parametrize("to", ["a@example.org\r\nBcc: b@example.org", "a@example.org\0", " "])
def test_an_address_cannot_smuggle_in_a_header(database, to):
    with pytest.raises(Invalid):
        outbox.post_mail(to=to, subject="Hello", text="Good day", key="k2")


def test_a_subject_cannot_smuggle_in_a_header(database):
    with pytest.raises(Invalid):
        outbox.post_mail(to="a@example.org", subject="Hi\nBcc: b@x.org", text="", key="k3")


def test_a_row_that_failed_for_now_waits_longer_each_time(row):
    for minutes in (1, 2, 4):
        row.not_before = clock.now()
        assert begin(row)
        settle(row, Outcome("later", "Busy."))
        wait = row.not_before - clock.now()
        assert timedelta(minutes=minutes - 0.5) < wait <= timedelta(minutes=minutes)
    assert (row.state, row.attempts) == ("waiting", 3)


def test_settling_twice_changes_nothing(row):
    settle(row, Outcome("done"))
    settle(row, Outcome("failed", "Late news."))
    assert (row.state, row.because) == ("done", None)


def test_work_is_begun_when_it_is_due_and_not_otherwise(row):
    assert begin(row)
    settle(row, Outcome("later", "Busy."))
    assert not begin(row)
    row.not_before = clock.now()
    assert begin(row)
    settle(row, Outcome("done"))
    assert not begin(row)
    assert row.attempts == 2


def test_work_that_ends_its_worker_each_time_is_given_up(row):
    for _ in range(MOST_BEGINNINGS):
        assert begin(row)
    assert not begin(row)
    assert (row.state, "again and again" in row.because) == ("failed", True)


def test_work_that_comes_again_is_one_row(database):
    def asked(day: str) -> OutboxRow:
        post_again("daily", {"day": day}, key="d")
        return database.query(OutboxRow).filter_by(kind="daily").one()

    row = asked("monday")
    begin(row)
    settle(row, Outcome("later", "Busy."))
    assert (asked("monday").attempts, asked("tuesday").attempts) == (1, 1), "its wait goes on"
    settle(row, Outcome("done"))
    assert asked("tuesday").state == "done"
    row = asked("wednesday")
    assert (row.state, row.attempts, row.payload) == ("waiting", 0, {"day": "wednesday"})


def test_what_was_sent_is_not_kept(row):
    message = message_for(row, domain="example.org")
    begin_sending(message)
    note_outcome(message, Outcome("done"))
    settle(row, Outcome("done"))
    assert message.text is None
    assert row.payload == {}


def test_support_tries_an_uncertain_mail_again(row, cast, database):
    begin(row)
    uncertain(row)
    retry(row, by=cast.dan)
    database.commit()
    assert (row.state, row.attempts) == ("waiting", 0)
    assert message_of(row.id).state == "waiting"
    entry = database.query(audit.AuditEntry).filter_by(event="outbox.retried").one()
    assert (entry.actor_id, entry.before["outbox"]) == (cast.dan.id, row.id)
    assert list(audit.broken_links()) == []


def test_an_officer_marks_an_uncertain_mail_as_sent(row, cast):
    uncertain(row)
    mark_sent(row, by=cast.alice)
    assert row.state == "done"
    assert message_of(row.id).sent_at is not None


def test_the_auditor_sees_but_does_not_retry(row, cast):
    uncertain(row)
    with pytest.raises(NotAllowed):
        retry(row, by=cast.grace)
    with pytest.raises(NotAllowed):
        mark_sent(row, by=cast.grace)
    (line,) = lists.lines(OUTBOX, cast.grace)
    assert line.to == "ann@example.org"


def test_waiting_work_cannot_be_retried(row, cast):
    with pytest.raises(Refused):
        retry(row, by=cast.dan)


def test_failed_work_cannot_be_marked_as_sent(row, cast):
    settle(row, Outcome("failed", "Refused."))
    with pytest.raises(Refused):
        mark_sent(row, by=cast.dan)


def test_who_is_held_to_a_region_sees_no_addresses(row, cast):
    uncertain(row)
    (line,) = lists.lines(OUTBOX, cast.nora, state="uncertain")
    assert (line.what, line.subject, line.to) == ("E-mail", None, None)


def test_an_address_is_found_by_those_alone_who_may_see_it(row, cast):
    uncertain(row)
    assert len(lists.lines(OUTBOX, cast.dan, text="ANN@")) == 1
    assert lists.lines(OUTBOX, cast.nora, text="ann@") == []


def test_only_what_is_due_is_taken_up(row):
    assert jobs.due(kinds=("mail",), limit=5) == [row]
    assert jobs.due(kinds=("import",), limit=5) == []
    assert oldest_due(kinds=("mail",)) == row.not_before
    settle(row, Outcome("later", "Busy."))
    assert jobs.due(kinds=("mail",), limit=5) == []
    assert oldest_due(kinds=("mail",)) is None


def test_there_is_no_work_by_an_unknown_id(database):
    with pytest.raises(NotFound):
        jobs.locked("nothing")
