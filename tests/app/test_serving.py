"""`hustings serve`: pages and worker by one command, and both gone by one signal."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

import pytest

from app.settings import Settings

HUSTINGS = [sys.executable, "-P", "-c", "from app.cli import main; main()"]

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("worker")]


def environment(settings: Settings) -> dict[str, str]:
    return os.environ | {
        "HUSTINGS_DATA": settings.data,
        "HUSTINGS_DATABASE_URL": settings.database_url,
        "HUSTINGS_SECRET_KEY": settings.secret_key,
        "HUSTINGS_LOG_FORMAT": "json",
    }


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def eventually(what, seconds: float = 60):
    """The first truthy answer; fails the test when none comes."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if answer := what():
            return answer
        time.sleep(0.1)
    raise AssertionError("it never happened")


def ready(port: int) -> bool:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz/ready", timeout=2) as answer:
            return answer.status == 200
    except (urllib.error.URLError, OSError):
        return False


def times_ready(log: Path) -> int:
    return log.read_text().count('"event":"worker ready"') + log.read_text().count(
        '"event": "worker ready"'
    )


def children(pid: int) -> list[int]:
    listed = subprocess.run(
        ["ps", "-o", "pid=", "--ppid", str(pid)], capture_output=True, text=True, check=False
    )
    return [int(word) for word in listed.stdout.split()]


def alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return "Z" not in Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0]


@pytest.mark.parametrize("end", [signal.SIGTERM, signal.SIGKILL])
def test_one_command_serves_and_works_and_one_signal_ends_both(fresh_database, tmp_path, end):
    port, log = free_port(), tmp_path / "log"
    with log.open("wb") as out:
        server = subprocess.Popen(
            [*HUSTINGS, "serve", "--port", str(port)],
            env=environment(fresh_database.config["SETTINGS"]),
            stdout=out,
            stderr=out,
        )
    try:
        eventually(lambda: ready(port))
        eventually(lambda: times_ready(log) == 1)
        (worker,) = children(server.pid)
        os.kill(worker, signal.SIGKILL)
        eventually(lambda: times_ready(log) == 2)
        (worker,) = children(server.pid)
        server.send_signal(end)
        server.wait(15)
        eventually(lambda: not alive(worker))
    finally:
        server.kill()
        server.wait()
    assert f"http://127.0.0.1:{port}" in log.read_text()
    assert not ready(port)


def test_serving_an_empty_folder_says_what_to_do(tmp_path):
    done = subprocess.run(
        [*HUSTINGS, "serve", "--port", str(free_port())],
        env=environment(Settings(data=str(tmp_path), secret_key="x" * 40)),
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 2
    assert done.stderr == ("hustings: The database is not up to date: run `hustings init` first.\n")


def test_a_port_that_is_taken_is_named(fresh_database):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        done = subprocess.run(
            [*HUSTINGS, "serve", "--port", str(port), "--no-worker"],
            env=environment(fresh_database.config["SETTINGS"]),
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
    assert done.returncode == 2
    assert f"Cannot listen on 127.0.0.1:{port}" in done.stderr


def test_a_worker_that_is_asked_to_stop_ends_without_a_word_of_python_s(fresh_database):
    # Its pipe stays open: a thread that reads from it must not hold the end up.
    with subprocess.Popen(
        [*HUSTINGS, "worker", "--with-parent"],
        env=environment(fresh_database.config["SETTINGS"]) | {"PYTHONUNBUFFERED": "1"},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    ) as worker:
        said = ""
        while "worker ready" not in said:
            line = worker.stdout.readline()
            assert line, said
            said += line
        worker.terminate()
        code = worker.wait(20)
        said += worker.stdout.read()
    assert code == 0, said
    assert "Fatal Python error" not in said
