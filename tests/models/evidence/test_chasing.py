"""The worker's daily look: one e-mail for each award that needs something, and never twice."""

from datetime import UTC, date, datetime

import pytest

from models import clock
from models.base import db
from models.evidence.actions.chasing import ask_for_chasing, chase_some
from models.evidence.actions.reports import start_report, submit_report
from models.evidence.tables import Reminder
from models.outbox import OutboxRow
from tests.models.evidence.conftest import BEFORE
from tests.payment_factories import pay_outright

DAY = date(2027, 6, 5)


@pytest.fixture
def paid(cast, awarded):
    with clock.set_to(BEFORE):
        pay_outright(cast, awarded, paid_on=date(2027, 4, 12), reference="P-1")
        db.session.commit()
    return awarded


def mails():
    return db.session.query(OutboxRow).filter(OutboxRow.dedupe_key.like("remind:%")).all()


def test_whoever_submitted_it_gets_one_mail_with_all_that_is_due(cast, paid):
    assert chase_some(DAY) is False
    (mail,) = mails()
    assert mail.payload["to"] == cast.bob.email
    assert "by 11 June 2027" in mail.payload["text"]
    said = mail.payload["subject"] + mail.payload["text"]
    assert paid.reference in said
    assert paid.candidate_name not in said
    assert {one.kind for one in db.session.query(Reminder)} == {"return", "report"}


def test_a_repeated_look_changes_nothing(cast, paid):
    for _ in range(3):
        chase_some(DAY)
        db.session.commit()
    assert len(mails()) == 1


def test_the_next_reminder_comes_when_its_own_day_comes(cast, paid):
    chase_some(DAY)
    chase_some(date(2027, 6, 12))
    assert sorted(one.kind for one in db.session.query(Reminder)) == [
        "report",
        "report-late",
        "return",
    ]
    assert len(mails()) == 2


def test_a_report_that_is_in_is_not_chased(cast, paid):
    with clock.set_to(datetime(2027, 6, 1, 9, tzinfo=UTC)):
        report = start_report(paid, by=cast.bob)
        submit_report(
            report,
            declared_by="Priya Kaur",
            note="Nothing spent.",
            return_on=date(2027, 6, 1),
            by=cast.bob,
        )
    chase_some(DAY)
    assert mails() == []


def test_what_is_only_awarded_is_not_chased(cast, awarded):
    assert chase_some(DAY) is False
    assert mails() == []


def test_whoever_has_left_is_not_written_to(cast, paid):
    cast.bob.disabled_at = clock.now()
    db.session.commit()
    assert chase_some(DAY) is False
    assert mails() == []


def test_each_day_s_look_is_asked_for_once_and_waits_until_seven(cast):
    with clock.set_to(datetime(2027, 6, 5, 1, tzinfo=UTC)):
        row = ask_for_chasing()
        assert row.payload == {"day": "2027-06-05"}
        assert row.not_before == datetime(2027, 6, 5, 6, tzinfo=UTC)
        assert ask_for_chasing() is None
    with clock.set_to(datetime(2027, 6, 6, 1, tzinfo=UTC)):
        assert ask_for_chasing() is not None
