"""The worker's hands: a few pieces of work at once, each in a thread of its own."""

import logging
from threading import Event, Thread
from time import monotonic

from flask import Flask

from app.jobs import registry
from app.jobs.carrying import carry_out
from app.jobs.edge import reading
from app.jobs.holding import Holds
from models.jobs import queries as jobs

AT_ONCE = 4
# Others may hold the first of what is due: so far we look behind it.
LOOK_AT = 40

log = logging.getLogger("hustings.jobs")


class Hands:
    """What this worker is at. A row is held from before its thread begins until it has ended."""

    def __init__(self, app: Flask, holds: Holds, stop: Event) -> None:
        self.app = app
        self.holds = holds
        self.stop = stop
        self.busy: dict[str, Thread] = {}
        self.one_is_free = Event()

    def fill(self) -> None:
        """Give back what has ended, and take up what is due and nobody holds."""
        self.one_is_free.clear()
        for row_id in [key for key, thread in self.busy.items() if not thread.is_alive()]:
            del self.busy[row_id]
            self.holds.give_back(row_id)
        if len(self.busy) < AT_ONCE:
            for row_id in self._due():
                if len(self.busy) < AT_ONCE and row_id not in self.busy and self.holds.take(row_id):
                    self._start(row_id)

    def wait(self, seconds: float) -> None:
        """Wait until something has ended, and no longer than this."""
        self.one_is_free.wait(seconds)

    def finish(self, seconds: float) -> None:
        """Let what is under way come to an end, for no longer than this."""
        until = monotonic() + seconds
        for thread in self.busy.values():
            thread.join(max(0, until - monotonic()))

    def _due(self) -> list[str]:
        with reading(self.app):
            rows = jobs.due(kinds=registry.kinds_ready(self.app), limit=LOOK_AT)
            return [row.id for row in rows]

    def _start(self, row_id: str) -> None:
        # The process may end without it: what was not committed is done again.
        self.busy[row_id] = Thread(target=self._work, args=(row_id,), daemon=True)
        self.busy[row_id].start()

    def _work(self, row_id: str) -> None:
        try:
            carry_out(self.app, row_id, self.stop)
        except Exception:
            log.exception("work is left for another time", extra={"job": row_id})
        finally:
            self.one_is_free.set()
