"""The finder of duplicates behind the scenes: everybody when asked, what changed by itself."""

import time
from collections.abc import Mapping
from typing import Any

from flask import Flask

from app.jobs.edge import reading, transaction
from models import merging
from models.accounts import OPERATOR

EVERY_SECONDS = 60


def one(_payload: Mapping[str, Any], _number: int) -> bool:
    """Compare everybody. Run again it finds the same."""
    merging.find_all(by=OPERATOR)
    return False


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
        with transaction(self.app):
            merging.find_new(by=OPERATOR)
