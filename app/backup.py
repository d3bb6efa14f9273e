"""Backups of a SQLite database: taken while people work, and put back while nobody does.

PostgreSQL brings its own: see docs/install.md.
"""

import os
import secrets
import sqlite3
from contextlib import closing
from pathlib import Path

import migrations
from app.jobs.mark import sync_folder
from app.private import BESIDE, database_file, give_to_owner
from app.settings import BadSettings, Settings
from models import clock

STOP_FIRST = "Hustings is running on this database. Stop it first, and start it again afterwards."


def back_up(settings: Settings, target: Path) -> Path:
    """Write the whole database to `target`, or to a new file where it is a folder; returns which.

    What stood there before is replaced in one move, once the new one is whole and on the disk.
    Raises BadSettings, and leaves the old one, where that fails.
    """
    source = _file(settings)
    if not _is_there(source):
        raise BadSettings("There is no database yet. Run: hustings init")
    if target.is_dir():
        target = target / f"hustings-{clock.now():%Y%m%d-%H%M%S}.db"
    _copy(source, target)
    return target


def put_back(settings: Settings, backup: Path, *, replace: bool) -> Path | None:
    """Put a backup into the place of the database; returns where the old one is kept, if any.

    Raises BadSettings, and changes nothing, where Hustings runs, where there is a database and
    `replace` was not said, or where the file is no backup that this version understands.
    """
    target = _file(settings)
    _check_backup(backup)
    kept = None
    if _is_there(target):
        if not replace:
            raise BadSettings(
                f"There is a database already: {target}. With --replace it is kept beside it "
                "under another name."
            )
        _require_stopped(target)
        kept = target.with_name(f"{target.stem}-before-{clock.now():%Y%m%d-%H%M%S}.db")
        _copy(target, kept)
    _copy(backup, target)
    return kept


def _file(settings: Settings) -> Path:
    found = database_file(settings)
    if found is None:
        raise BadSettings(
            "This is for SQLite. With PostgreSQL use pg_dump and pg_restore, and then: "
            "hustings restored"
        )
    return found


def _is_there(path: Path) -> bool:
    return path.exists() and path.stat().st_size > 0


def _copy(source: Path, target: Path) -> None:
    beside = target.with_name(f".{target.name}.{secrets.token_hex(6)}")
    try:
        os.close(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
        with closing(sqlite3.connect(source)) as one, closing(sqlite3.connect(beside)) as other:
            one.backup(other)
            other.execute("pragma journal_mode = delete")
            fault = other.execute("pragma integrity_check(1)").fetchone()[0]
        if fault != "ok":
            raise BadSettings(f"{source} is damaged ({fault}). Nothing was replaced.")
        with beside.open("rb") as written:
            os.fsync(written.fileno())
        give_to_owner(beside)
        for ending in BESIDE[1:]:
            target.with_name(target.name + ending).unlink(missing_ok=True)
        beside.replace(target)
        sync_folder(target.parent)
    except (OSError, sqlite3.Error) as error:
        why = getattr(error, "strerror", None) or error
        raise BadSettings(
            f"{target} could not be written ({why}). Nothing was replaced."
        ) from error
    finally:
        beside.unlink(missing_ok=True)


def _check_backup(backup: Path) -> None:
    if not _is_there(backup):
        raise BadSettings(f"There is no backup {backup}.")
    try:
        with closing(sqlite3.connect(f"file:{backup}?mode=ro&immutable=1", uri=True)) as connection:
            (stands_at,) = connection.execute("select version_num from alembic_version").fetchone()
    except (sqlite3.Error, TypeError) as error:  # no such table, or nothing in it
        raise BadSettings(f"{backup} is no backup of Hustings.") from error
    why = migrations.refusal(stands_at)
    if why:
        raise BadSettings(f"{backup} is of {why}")


def _require_stopped(path: Path) -> None:
    """Raise BadSettings where anybody has the database open; what was in its log is in the file."""
    try:
        with closing(sqlite3.connect(path, timeout=0)) as connection:
            connection.execute("pragma wal_checkpoint(truncate)")
            # SQLite leaves this mode only for whoever is alone.
            mode = connection.execute("pragma journal_mode = delete").fetchone()[0]
    except sqlite3.OperationalError as error:
        raise BadSettings(STOP_FIRST) from error
    if mode != "delete":
        raise BadSettings(STOP_FIRST)
