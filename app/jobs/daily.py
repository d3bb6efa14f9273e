"""What the worker does once a day, in London's days: each task is a row of the outbox.

A task is a function without arguments that runs inside one transaction and may be repeated without
harm; add it to TASKS. One that fails is tried again like any other work, and stops no other.
"""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from models import once
from models.accounts.permits import OPERATOR
from models.attachments.actions import remove_overdue
from models.evidence.actions.chasing import ask_for_chasing
from models.freshness.actions.scoring import keep_scores
from models.jobs.actions import post_again

KIND = "daily"


def remove_files() -> int:
    """Take away the content of files whose last day is over; how many they were."""
    return remove_overdue(by=OPERATOR)


TASKS: dict[str, Callable[[], object]] = {
    "scores": keep_scores,
    "chasing": ask_for_chasing,
    "files": remove_files,
    "sent-forms": once.clear_old,
}


def ask_for(day: date) -> None:
    """Ask for the tasks of a day; asked for again, by whomever, they run no second time."""
    for task in TASKS:
        payload = {"task": task, "day": day.isoformat()}
        post_again(KIND, payload, key=f"{KIND}:{task}")


def one(payload: Mapping[str, Any]) -> bool:
    """Run one task."""
    TASKS[payload["task"]]()
    return False
