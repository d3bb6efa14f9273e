"""The finder of duplicates behind the scenes: everybody when asked, what changed by itself."""

import time
from collections.abc import Mapping
from typing import Any

from flask import Flask

from app.jobs.edge import reading, reads_then_writes
from models import merging
from models.accounts import OPERATOR

EVERY_SECONDS = 60


def one(app: Flask, _payload: Mapping[str, Any]) -> None:
    """Compare everybody. Run again it finds the same."""
    with reads_then_writes(app):
        merging.find_all(by=OPERATOR)


class Patrol:
    """Looks, once a minute, at the people who were changed since the last look."""

    def __init__(self, app: Flask) -> None:
        self.app = app
        self.next = time.monotonic() + EVERY_SECONDS

    def turn(self) -> None:
        """Look if it is time and anybody was changed."""
        if time.monotonic() < self.next:
            return
        self.next = time.monotonic() + EVERY_SECONDS
        with reading(self.app):
            if not merging.waits():
                return
        with reads_then_writes(self.app):
            merging.find_new(by=OPERATOR)
