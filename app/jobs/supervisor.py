"""`hustings serve` keeps a worker beside itself: started again when it dies, ended with it."""

import logging
import subprocess
import sys
import threading
import time

# -P: a stray app.py in the current folder must not be taken for ours.
HUSTINGS = (sys.executable, "-P", "-c", "from app.cli import main; main()")
COMMAND = (*HUSTINGS, "worker", "--with-parent")
LONGEST_PAUSE = 2.0
GRACE_SECONDS = 10

log = logging.getLogger("hustings.jobs")


class Supervisor:
    """One worker process that is there as long as we are."""

    def __init__(self, command: tuple[str, ...] = COMMAND) -> None:
        self.command = command
        self.stopping = threading.Event()
        self.child: subprocess.Popen[bytes] | None = None
        self.thread = threading.Thread(target=self._keep, name="supervisor", daemon=True)

    def start(self) -> None:
        """Start the worker and keep it."""
        self.thread.start()

    def stop(self) -> None:
        """End the worker: politely, then not."""
        self.stopping.set()
        child = self.child
        if child is not None and child.poll() is None:
            child.terminate()
            try:
                child.wait(GRACE_SECONDS)
            except subprocess.TimeoutExpired:
                child.kill()
        self.thread.join(GRACE_SECONDS)

    def _keep(self) -> None:
        pause = 0.0
        while not self.stopping.wait(pause):
            started = time.monotonic()
            with subprocess.Popen(self.command, stdin=subprocess.PIPE) as self.child:  # noqa: S603
                if self.stopping.is_set():
                    self.child.terminate()
                code = self.child.wait()
            if self.stopping.is_set():
                return
            log.warning("the worker ended", extra={"verdict": str(code)})
            # At once after a long life; slower when it cannot even start.
            lived = time.monotonic() - started
            pause = 0.1 if lived > 5 else min(max(pause, 0.25) * 2, LONGEST_PAUSE)
