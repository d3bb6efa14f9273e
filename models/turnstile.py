"""A turnstile: few at a time, first come, first served. Knows threads and nothing else."""

import threading
import time
from collections import deque


class Turnstile:
    """Lets `places` in at once; the others wait in the order in which they came.

    At most `queue` may wait, where it is given. Whoever was let in must `leave` once; any thread
    may say so.
    """

    def __init__(self, places: int, *, queue: int | None = None) -> None:
        self._lock = threading.Lock()
        self._free = places
        self._queue = queue
        self._waiting: deque[threading.Event] = deque()

    def enter(self, *, seconds: float) -> bool:
        """True once it is our turn; False after so many seconds, or where too many wait."""
        with self._lock:
            if self._free and not self._waiting:
                self._free -= 1
                return True
            if self._queue is not None and len(self._waiting) >= self._queue:
                return False
            turn = threading.Event()
            self._waiting.append(turn)
        until = time.monotonic() + seconds
        if turn.wait(max(0.0, until - time.monotonic())):
            return True
        with self._lock:
            if turn.is_set():  # it came in the very moment in which we gave up
                return True
            self._waiting.remove(turn)
            return False

    def leave(self) -> None:
        """Make room for the next one."""
        with self._lock:
            if self._waiting:
                self._waiting.popleft().set()
            else:
                self._free += 1
