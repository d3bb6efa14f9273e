"""Who writes to the SQLite file: one at a time, in the order in which they came.

SQLite itself has no queue: whoever finds it locked tries again after a while, and may be overtaken
for ever. Writers of one process therefore stand in line before they ask. Another process, such as
the worker, is met as before: by waiting and trying again.
"""

import sqlite3
from typing import Any

from models.turnstile import Turnstile

LONGEST_WAIT_S = 120


class InLine(sqlite3.Connection):
    """A connection that gives its turn back when its transaction has ended."""

    turnstile: Turnstile | None = None

    def take_turn(self, turnstile: Turnstile) -> None:
        """Wait for our turn. Whoever waited too long asks the database nevertheless."""
        if self.turnstile is None and turnstile.enter(seconds=LONGEST_WAIT_S):
            self.turnstile = turnstile

    def give_turn(self) -> None:
        """Let the next writer in; harmless where we have no turn."""
        turnstile, self.turnstile = self.turnstile, None
        if turnstile is not None:
            turnstile.leave()

    def commit(self) -> None:
        """Commit; where that fails the turn is kept until the rollback."""
        super().commit()
        self.give_turn()

    def rollback(self) -> None:
        """Roll back, and let the next writer in."""
        try:
            super().rollback()
        finally:
            self.give_turn()

    def close(self) -> None:
        """Close, and let the next writer in."""
        try:
            super().close()
        finally:
            self.give_turn()


def in_line(parameters: dict[str, Any]) -> None:
    """Make the connection that is about to be opened one that stands in line."""
    parameters.setdefault("factory", InLine)
