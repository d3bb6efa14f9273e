"""Lanes for requests: slow ones have threads of their own, and the sign of life has one too.

With one queue for all, eight slow uploads kept everybody waiting, and a supervisor who asked
whether we live got no answer and would have restarted us. Which lane a request takes is read from
the marks on its route: downloads and forms that read first are slow.
"""

import logging
import threading
import time
from collections.abc import Callable
from typing import Any

from flask import Flask, request
from waitress.task import ThreadedTaskDispatcher
from werkzeug.exceptions import HTTPException

from models.errors import TooMany

ALIVE = "/healthz/live"
THREADS, SLOW_THREADS, ALIVE_THREADS = 8, 3, 1
# So many may wait in the slow lane; whoever comes then is told at once to come again.
MOST_WAITING = 16
FULL = "X_HUSTINGS_FULL"
SAID_EVERY_S = 60
FULL_WORDS = (
    "Many files are being read or built just now. Nothing was taken in: try again in a minute."
)

log = logging.getLogger("hustings.lanes")


def set_up(app: Flask) -> None:
    """Answer whoever comes to a full slow lane."""
    app.before_request(_turn_away)


def _turn_away() -> None:
    if request.headers.get(FULL.replace("_", "-")):
        raise TooMany(FULL_WORDS)


class Lane(ThreadedTaskDispatcher):
    """One queue with its threads; says that requests wait once a minute, and not for each."""

    def __init__(self, threads: int) -> None:
        super().__init__()
        self.queue_logger = _Quiet()
        self.set_thread_count(threads)

    def waiting(self) -> int:
        """How many wait for a thread."""
        return len(self.queue)


class _Quiet:
    """Stands for waitress's logger of queues, which writes a line for each request that waits."""

    def __init__(self) -> None:
        self._next = 0.0
        self._lock = threading.Lock()

    def warning(self, _words: str, _depth: int) -> None:
        with self._lock:
            now = time.monotonic()
            if now < self._next:
                return
            self._next = now + SAID_EVERY_S
        log.warning("requests wait for a thread")


class Lanes:
    """What waitress hands its requests to: a lane for each kind."""

    def __init__(self, app: Flask) -> None:
        self._is_slow = slow_routes(app)
        self.usual, self.slow = Lane(THREADS), Lane(SLOW_THREADS)
        self.alive = Lane(ALIVE_THREADS)

    def add_task(self, channel: Any) -> None:
        """Put a request into its lane."""
        self._lane_of(channel).add_task(channel)

    def _lane_of(self, channel: Any) -> Lane:
        asked = channel.requests[0] if channel.requests else None
        if asked is None or asked.error is not None:
            return self.usual
        if asked.path == ALIVE:
            return self.alive
        if not self._is_slow(asked.path, asked.command):
            return self.usual
        if self.slow.waiting() < MOST_WAITING:
            return self.slow
        asked.headers[FULL] = "1"
        return self.usual

    def set_thread_count(self, _count: int) -> None:
        """The lanes know how many threads they need."""

    def shutdown(self, cancel_pending: bool = True, timeout: float = 5) -> bool:
        """End all threads."""
        return all(
            lane.shutdown(cancel_pending, timeout) for lane in (self.alive, self.usual, self.slow)
        )


def slow_routes(app: Flask) -> Callable[[str, str], bool]:
    """Whether a request of this path and method has slow work to do, by its route's marks."""
    routes = app.url_map.bind("")

    def is_slow(path: str, method: str) -> bool:
        try:
            endpoint, _values = routes.match(path, method)
        except HTTPException:
            return False
        view = app.view_functions.get(endpoint)
        if getattr(view, "keeps_register", False):
            return True
        return method == "POST" and bool(getattr(view, "reads_slowly", False))

    return is_slow
