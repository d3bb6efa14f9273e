"""When to try again, and what an answer means."""

from datetime import timedelta

import pytest

from models.jobs.rules import MOST_TRIES, Outcome, after_tries, outcome_of_reply, wait_after


@pytest.mark.parametrize(
    ("tries", "minutes"), [(1, 1), (2, 2), (3, 4), (9, 256), (10, 360), (1000, 360)]
)
def test_the_wait_doubles_from_a_minute_to_six_hours(tries, minutes):
    assert wait_after(tries) == timedelta(minutes=minutes)


@pytest.mark.parametrize(
    ("code", "verdict"), [(250, "done"), (421, "later"), (451, "later"), (550, "failed")]
)
def test_a_reply_of_the_mail_server_has_one_meaning(code, verdict):
    assert outcome_of_reply(code).verdict == verdict


def test_nothing_is_tried_for_ever():
    assert after_tries(Outcome("later"), MOST_TRIES - 1).verdict == "later"
    assert after_tries(Outcome("later"), MOST_TRIES).verdict == "failed"
    assert after_tries(Outcome("uncertain"), MOST_TRIES).verdict == "uncertain"
