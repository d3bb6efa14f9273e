"""The front door of follow-ups: what was promised, by whom, until when."""

from models.contacts.follow_ups.actions import (
    Promise,
    add_follow_up,
    cancel_follow_up,
    change_follow_up,
    finish_follow_up,
    promise_many,
    reopen_follow_up,
    withdraw_promises,
)
from models.contacts.follow_ups.queries import (
    FollowUpRow,
    follow_up_counts,
    follow_up_for,
    follow_ups_for,
    owners_for,
    queue_for,
)

__all__ = [
    "FollowUpRow",
    "Promise",
    "add_follow_up",
    "cancel_follow_up",
    "change_follow_up",
    "finish_follow_up",
    "follow_up_counts",
    "follow_up_for",
    "follow_ups_for",
    "owners_for",
    "promise_many",
    "queue_for",
    "reopen_follow_up",
    "withdraw_promises",
]
