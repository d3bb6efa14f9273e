"""What a database or a disk does to us, as kinds with words: for a page and for the command line.

Errors of the kinds below are no crash: two people met, a value cannot be kept, the disk is full,
the database is away. Anything else is a crash, and stays one.
"""

import errno
from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import exc
from sqlalchemy.orm.exc import ObjectDeletedError, StaleDataError


@dataclass(frozen=True)
class Fault:
    """A kind of fault: `kind` is logged, the rest is said."""

    kind: str
    status: int
    title: str
    happened: str
    advice: str

    @property
    def line(self) -> str:
        """One line for the command line."""
        return f"{self.title}. {self.happened} {self.advice}"


FULL = Fault(
    "disk full",
    503,
    "The disk is full",
    "Nothing was saved.",
    "Whoever looks after Hustings must make room on the disk. Then try again.",
)
AWAY = Fault(
    "database away",
    503,
    "The database does not answer",
    "Nothing was saved.",
    "Try again in a minute. If it stays, whoever looks after Hustings must see that the database "
    "runs and that HUSTINGS_DATABASE_URL names it.",
)
BUSY = Fault(
    "database busy",
    503,
    "Hustings is very busy",
    "Others were being served for too long, and nothing was saved.",
    "Try again in a minute.",
)
MET = Fault(
    "met another change",
    409,
    "Somebody else was just there",
    "What you sent met a change that was made at the same moment, so nothing was saved.",
    "Open the page again to see how things stand now, then send it again if it is still needed.",
)
ODD = Fault(
    "odd value",
    400,
    "Something in it cannot be kept",
    "A number, a day or a character in it is not one that can be kept, so nothing was saved.",
    "Go back and correct it.",
)

DISK_FULL = frozenset({errno.ENOSPC, errno.EDQUOT})
SQLITE = {
    "SQLITE_FULL": FULL,
    # On a full disk SQLite cannot grow what it keeps beside the file.
    "SQLITE_IOERR_SHMSIZE": FULL,
    "SQLITE_IOERR_WRITE": FULL,
    "SQLITE_BUSY": BUSY,
    "SQLITE_LOCKED": BUSY,
    "SQLITE_CANTOPEN": AWAY,
    "SQLITE_IOERR": AWAY,
    "SQLITE_READONLY": AWAY,
    "SQLITE_NOTADB": AWAY,
    "SQLITE_CONSTRAINT_NOTNULL": ODD,
    "SQLITE_TOOBIG": ODD,
}
# The classes and states of PostgreSQL's own table of errors.
POSTGRESQL = {
    "53100": FULL,
    "08": AWAY,
    "57P": AWAY,
    "53": AWAY,
    "57014": BUSY,
    "55P03": BUSY,
    "40": MET,
    "P0001": MET,
    "23502": ODD,
    "22": ODD,
}
CLASSES: tuple[tuple[type[BaseException], Fault], ...] = (
    (exc.IntegrityError, MET),
    (StaleDataError, MET),
    (ObjectDeletedError, MET),
    (exc.PendingRollbackError, MET),
    (exc.TimeoutError, BUSY),
    (exc.DataError, ODD),
    (OverflowError, ODD),
    (UnicodeError, ODD),
    (exc.InterfaceError, AWAY),
)


def fault_of(error: BaseException) -> Fault | None:
    """The kind of this error, by what lies deepest in it; None for a crash of ours."""
    chain = list(_chain(error))
    for one in reversed(chain):
        if isinstance(one, OSError) and one.errno in DISK_FULL:
            return FULL
        found = _of_sqlite(one) or _of_postgresql(one)
        if found is not None:
            return found
    for one in chain:
        for kind, fault in CLASSES:
            if isinstance(one, kind):
                return fault
    # PostgreSQL that could not be reached gives no state.
    return AWAY if any(_lost(one) for one in chain) else None


def _chain(error: BaseException) -> Iterator[BaseException]:
    """The error, and what the driver said below it."""
    seen: list[BaseException] = []
    one: BaseException | None = error
    while one is not None and one not in seen:
        seen.append(one)
        yield one
        one = getattr(one, "orig", None) or one.__cause__


def _of_sqlite(error: BaseException) -> Fault | None:
    name = getattr(error, "sqlite_errorname", None)
    while name:
        if name in SQLITE:
            return SQLITE[name]
        name = name.rpartition("_")[0]
    return None


def _of_postgresql(error: BaseException) -> Fault | None:
    state = getattr(error, "sqlstate", None) or ""
    return next((POSTGRESQL[state[:n]] for n in (5, 3, 2) if state[:n] in POSTGRESQL), None)


def _lost(error: BaseException) -> bool:
    """True where PostgreSQL was not reached, or went away: it gives no state then."""
    if not isinstance(error, exc.OperationalError) or hasattr(error.orig, "sqlite_errorname"):
        return False
    return error.statement is None or error.connection_invalidated
