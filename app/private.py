"""Files that their owner alone may read, whatever the folder they stand in lets others do."""

import os
from pathlib import Path

import sqlalchemy as sa

from app.settings import Settings

BESIDE = ("", "-wal", "-shm")


def keep_private(path: Path) -> None:
    """Make the file if it is not there, and take it from everybody but its owner.

    What SQLite puts beside a file gets the file's own mode. A file of somebody else stays as it is.
    """
    path.touch(mode=0o600, exist_ok=True)
    for one in (path.with_name(path.name + ending) for ending in BESIDE):
        try:
            if one.stat().st_mode & 0o077:
                one.chmod(0o600)
        except (FileNotFoundError, PermissionError):
            continue


def make_folder(settings: Settings) -> None:
    """The data folder and the database's file in it, for their owner only."""
    settings.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    database = database_file(settings)
    if database is not None:
        keep_private(database)


def give_to_owner(path: Path) -> None:
    """A file that root made in somebody's data folder belongs to whoever owns the folder."""
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        folder = path.parent.stat()
        os.chown(path, folder.st_uid, folder.st_gid)


def database_file(settings: Settings) -> Path | None:
    """The file of a SQLite database; None for another server, or one kept in memory."""
    url = sa.make_url(settings.url)
    if url.get_backend_name() != "sqlite" or url.database in (None, "", ":memory:"):
        return None
    return Path(str(url.database))
