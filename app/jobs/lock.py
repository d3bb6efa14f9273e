"""One worker at a time. The lock is the database's own, so it ends with whoever held it."""

import sqlite3
from typing import Protocol

import sqlalchemy as sa

from app.private import keep_private
from app.settings import Settings


class Lock(Protocol):
    """A lock that this process holds, or not."""

    def take(self) -> bool:
        """True if this process holds the lock now."""

    def held(self) -> bool:
        """True as long as nobody else could have taken it."""


class FileLock:
    """On one machine: an exclusive transaction on a small file beside the database."""

    def __init__(self, settings: Settings) -> None:
        path = settings.folder / "worker.lock"
        keep_private(path)
        self.connection = sqlite3.connect(path, timeout=0, isolation_level=None)

    def take(self) -> bool:
        """True if this process holds the lock now."""
        try:
            self.connection.execute("begin exclusive")
        except sqlite3.OperationalError:
            return False
        return True

    def held(self) -> bool:
        """The operating system keeps it until the process ends."""
        return True


class AdvisoryLock:
    """With PostgreSQL: also for workers on several machines; the others stand by."""

    def __init__(self, settings: Settings) -> None:
        self.engine = sa.create_engine(
            settings.url, poolclass=sa.NullPool, isolation_level="AUTOCOMMIT"
        )
        self.connection: sa.Connection | None = None

    def take(self) -> bool:
        """True if this process holds the lock now."""
        connection = self.engine.connect()
        name = sa.text("select pg_try_advisory_lock(hashtext('hustings ' || current_schema()))")
        if connection.execute(name).scalar():
            self.connection = connection
            return True
        connection.close()
        return False

    def held(self) -> bool:
        """False once the connection that holds it is gone."""
        if self.connection is None:
            return False
        try:
            self.connection.execute(sa.text("select 1"))
        except sa.exc.DBAPIError:
            return False
        return True


def lock_for(settings: Settings) -> Lock:
    """The lock that fits the database."""
    return FileLock(settings) if settings.url.startswith("sqlite") else AdvisoryLock(settings)
