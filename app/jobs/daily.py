"""What the worker does once a day, in London's days. Each task may be repeated without harm.

A task is a function without arguments that runs inside one transaction; add it to TASKS.
"""

import logging
from collections.abc import Callable
from datetime import date

from flask import Flask

from app.jobs.edge import transaction
from models import clock, once
from models.accounts import OPERATOR
from models.attachments import remove_overdue
from models.evidence import ask_for_chasing
from models.freshness import keep_scores

log = logging.getLogger("hustings.jobs")


def remove_files() -> int:
    """Take away the content of files whose last day is over; how many they were."""
    return remove_overdue(by=OPERATOR)


TASKS: tuple[Callable[[], object], ...] = (
    keep_scores,
    ask_for_chasing,
    remove_files,
    once.clear_old,
)


class Daily:
    """Runs each task once on every day that the worker sees."""

    def __init__(self, app: Flask) -> None:
        self.app = app
        self.done_on: date | None = None

    def run(self) -> None:
        """Run today's tasks, unless they were run; one that fails stops no other."""
        today = clock.today()
        if self.done_on == today:
            return
        self.done_on = today
        for task in TASKS:
            try:
                with transaction(self.app):
                    task()
            except Exception:
                log.exception("a daily task failed", extra={"job": task.__name__})
