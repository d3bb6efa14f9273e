"""Has the database gone back in time? A number outside of it knows.

Before a mail server is given a letter, the database counts it, and the file `sent.mark` in the
data folder gets the same number: first the commit, then the file, then the letter. A database that
was put back from a backup has a lower number than the file, or the file is not there, or is a copy.
Then nobody knows which of the letters that wait in it were sent: they become uncertain.
"""

import json
import logging
import os
import threading
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from flask import Flask

from app import mail
from app.jobs.edge import reading, transaction
from app.private import give_to_owner
from app.settings import Settings
from models import clock
from models.base import one_at_a_time
from models.jobs.actions import count_sending, doubt_waiting
from models.jobs.queries import sent_count

FILE = "sent.mark"
BECAUSE = "The database was put back from a backup: this may have been sent after it was taken."

log = logging.getLogger("hustings.jobs")
_writing = threading.Lock()


@dataclass(frozen=True)
class Mark:
    """How many letters were begun, and when the last one was."""

    number: int
    at: datetime


def look(app: Flask, *, beside: bool = False) -> int:
    """Look before anything is sent; returns how many letters became uncertain.

    Looked at again and again, the file keeps up with what workers on other machines send. Whoever
    begins `beside` one that works may come without a mark: theirs is looked at.
    """
    # In this order: another worker raises the number first and the file after it.
    mark = read(app.config["SETTINGS"].folder)
    with reading(app):
        number = sent_count()
    if mark is not None and mark.number == number:
        return 0
    if (beside and mark is None) or not _went_back(mark, number):
        write(app, number)
        return 0
    count = doubt(app, until=mark.at if mark else None)
    log.warning("the database was put back", extra={"verdict": f"{count} letters are uncertain"})
    return count


def doubt(app: Flask, *, until: datetime | None = None) -> int:
    """Let every letter that waits be uncertain (those written by `until`, where it is known)."""
    settings: Settings = app.config["SETTINGS"]
    mark = read(settings.folder)
    with transaction(app):
        count = doubt_waiting(because=BECAUSE, domain=mail.domain(settings), until=until)
        number = count_sending(at_least=mark.number if mark else 0)
    write(app, number)
    return count


def read(folder: Path) -> Mark | None:
    """The mark of this folder; None where there is none, or it came here as a copy."""
    try:
        with (folder / FILE).open(encoding="ascii") as source:
            told = json.load(source)
            mark = Mark(int(told["number"]), datetime.fromisoformat(told["at"]))
            return mark if told["file"] == os.fstat(source.fileno()).st_ino else None
    except (FileNotFoundError, ValueError, KeyError, TypeError):
        return None


def write(app: Flask, number: int) -> None:
    """Raise the mark to this number; it never goes down. On the disk before this returns."""
    folder = app.config["SETTINGS"].folder
    # One after the other: threads by our own lock, workers of one folder by the database's.
    with _writing, reading(app):
        one_at_a_time(FILE)
        known = read(folder)
        if known is None or known.number < number:
            _replace(folder, number)


def _replace(folder: Path, number: int) -> None:
    path = folder / FILE
    beside = path.with_name(f"{FILE}.{os.getpid()}")
    handle = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "w", encoding="ascii") as target:
        inode = os.fstat(target.fileno()).st_ino
        told = {"number": number, "at": clock.now().isoformat(), "file": inode}
        target.write(json.dumps(told))
        target.flush()
        os.fsync(target.fileno())
    give_to_owner(beside)
    beside.replace(path)
    sync_folder(folder)


def sync_folder(folder: Path) -> None:
    """Let the names in a folder be on the disk, where the system can do that."""
    if os.name != "posix":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _went_back(mark: Mark | None, number: int) -> bool:
    return number > 0 if mark is None else mark.number > number
