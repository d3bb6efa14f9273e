"""The front door of the jobs room: what becomes of the outbox's rows."""

from models.jobs.actions import (
    begin,
    begin_sending,
    count_sending,
    doubt_waiting,
    mark_sent,
    message_for,
    note_outcome,
    post_again,
    retry,
    settle,
)
from models.jobs.queries import counts, due, locked, message_of, oldest_due, open_work, sent_count
from models.jobs.rules import Outcome, outcome_of_reply, wait_after
from models.jobs.tables import Message

__all__ = [
    "Message",
    "Outcome",
    "begin",
    "begin_sending",
    "count_sending",
    "counts",
    "doubt_waiting",
    "due",
    "locked",
    "mark_sent",
    "message_for",
    "message_of",
    "note_outcome",
    "oldest_due",
    "open_work",
    "outcome_of_reply",
    "post_again",
    "retry",
    "sent_count",
    "settle",
    "wait_after",
]
