"""Servers on the loopback: the product as `hustings serve` serves it, and whoever it is measured
against. Each is asked over a connection that is kept, and its own CPU is read beside the clock."""

import http.client
import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from app.settings import Settings

SERVE = [sys.executable, "-P", "-c", "from app.cli import main; main()", "serve"]
READY_S = 120
QUIET_S = 0.0005


def free_port() -> int:
    """A port of the loopback that nobody uses."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@dataclass(frozen=True)
class Answer:
    """One answer: the milliseconds of the server's CPU and of the clock, and the page."""

    cpu_ms: float
    wall_ms: float
    body: bytes


class Server:
    """A process that answers on a port of its own; gone at the end.

    It is ready when it answers `sign_of_life` at all; if not within two minutes, RuntimeError has
    the end of what it said.
    """

    sign_of_life = "/healthz/live"

    def __init__(self, command: Sequence[str], log: Path, given: Mapping[str, str] | None = None):
        self.port, self.log = free_port(), log
        self.base = f"http://127.0.0.1:{self.port}"
        self.out = log.open("ab")
        self.process = subprocess.Popen(
            [str(self.port) if part == "PORT" else part for part in command],
            env=os.environ | dict(given or {}),
            stdout=self.out,
            stderr=self.out,
        )
        self.connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=READY_S)

    def __enter__(self) -> "Server":
        until = time.monotonic() + READY_S
        while not self._lives():
            if time.monotonic() > until or self.process.poll() is not None:
                self.__exit__()
                raise RuntimeError(self.said()[-2000:])
            time.sleep(0.2)
        return self

    def __exit__(self, *_given: object) -> None:
        self.connection.close()
        self.process.terminate()
        try:
            self.process.wait(30)
        except subprocess.TimeoutExpired:
            self.process.kill()
        self.out.close()

    def _lives(self) -> bool:
        try:
            self.connection.request("GET", self.sign_of_life)
            self.connection.getresponse().read()
        except OSError:
            self.connection.close()
            return False
        return True

    def said(self) -> str:
        """What it printed so far."""
        return self.log.read_text()

    def ask(self, path: str, cookie: str = "") -> Answer:
        """One page; AssertionError for any answer but 200."""
        cpu, start = self._quiet_cpu(), time.perf_counter()
        self.connection.request("GET", path, headers={"Cookie": cookie})
        answer = self.connection.getresponse()
        body = answer.read()
        wall = time.perf_counter() - start
        assert answer.status == 200, f"{path}: {answer.status}"
        return Answer((self._quiet_cpu() - cpu) * 1000, wall * 1000, body)

    def _quiet_cpu(self) -> float:
        """The seconds of CPU of all its threads, once they rest: what is cleared away behind an
        answer is part of it. (Linux gives another process's clock this number.)"""
        while not self._rests():
            time.sleep(QUIET_S)
        return time.clock_gettime((~self.process.pid << 3) | 2)

    def _rests(self) -> bool:
        threads = Path(f"/proc/{self.process.pid}/task").glob("*/stat")
        return all(one.read_text().rpartition(") ")[2][0] == "S" for one in threads)

    def megabytes(self) -> int:
        """The most memory that the process ever held, on Linux."""
        status = Path(f"/proc/{self.process.pid}/status")
        found = re.search(r"VmHWM:\s+(\d+)", status.read_text()) if status.exists() else None
        return int(found.group(1)) // 1024 if found else 0


def hustings(settings: Settings, *more: str) -> Server:
    """The product on its own, real settings; `more` as `hustings serve` takes it."""
    given = {
        "HUSTINGS_DATA": settings.data,
        "HUSTINGS_DATABASE_URL": settings.database_url,
        "HUSTINGS_LOG_FORMAT": "json",
    }
    log = Path(settings.data) / "serve.log"
    return Server([*SERVE, "--port", "PORT", *more], log, given)
