"""The Outbox page: what waits, what failed, and what somebody has to settle."""

import pytest

from app.jobs.registry import kinds
from models import outbox
from models.base import db
from models.jobs.actions import message_for, settle
from models.jobs.list import KINDS
from models.jobs.rules import Outcome
from models.outbox import OutboxRow


@pytest.fixture
def letter(database) -> OutboxRow:
    row = outbox.post_mail(to="ann@example.org", subject="Your link", text="Good day", key="k1")
    message_for(row, domain="example.org").state = "uncertain"
    settle(row, Outcome("uncertain", "The mail server went silent."))
    db.session.commit()
    return row


def test_support_sees_the_letter_and_why(sign_in, cast, letter):
    page = sign_in(cast.dan).get("/outbox").get_data(as_text=True)
    assert "Your link to ann@example.org" in page
    assert "The mail server went silent." in page
    assert "Mark as sent" in page


def test_without_a_mail_server_the_page_says_so(sign_in, cast, letter):
    assert "No mail server is set up" in sign_in(cast.dan).get("/outbox").get_data(as_text=True)


def test_the_auditor_has_no_buttons(sign_in, cast, letter):
    page = sign_in(cast.grace).get("/outbox").get_data(as_text=True)
    assert "ann@example.org" in page
    assert "Mark as sent" not in page


def test_who_is_held_to_a_region_sees_no_address(sign_in, cast, letter):
    page = sign_in(cast.nora).get("/outbox").get_data(as_text=True)
    assert "Uncertain" in page
    assert "ann@example.org" not in page
    assert "Your link" not in page


def test_try_again_puts_it_back(sign_in, cast, letter):
    answer = sign_in(cast.dan).post(f"/outbox/{letter.id}/retry")
    assert answer.status_code == 302
    assert db.session.get(OutboxRow, letter.id).state == "waiting"


def test_mark_as_sent_settles_it(sign_in, cast, letter):
    assert sign_in(cast.alice).post(f"/outbox/{letter.id}/mark-as-sent").status_code == 302
    assert db.session.get(OutboxRow, letter.id).state == "done"


def test_a_second_click_is_refused(sign_in, cast, letter):
    browser = sign_in(cast.alice)
    browser.post(f"/outbox/{letter.id}/mark-as-sent")
    assert browser.post(f"/outbox/{letter.id}/mark-as-sent").status_code == 409


def test_the_auditor_may_not_retry(sign_in, cast, letter):
    assert sign_in(cast.grace).post(f"/outbox/{letter.id}/retry").status_code == 403


def test_finance_does_not_see_the_outbox(sign_in, cast):
    assert sign_in(cast.carol).get("/outbox").status_code == 403


def test_unknown_work_is_not_found(sign_in, cast):
    nobody = "00000000-0000-4000-8000-000000000000"
    assert sign_in(cast.dan).post(f"/outbox/{nobody}/retry").status_code == 404


def test_an_empty_outbox_says_so(sign_in, cast):
    page = sign_in(cast.dan).get("/outbox").get_data(as_text=True)
    assert "Nothing waits, and nothing failed." in page


def test_each_kind_of_work_is_said_in_words():
    assert KINDS.keys() == set(kinds())
