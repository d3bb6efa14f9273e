"""The database: one `db`, defined in the lowest file so that nothing has to import in a circle."""

from contextvars import ContextVar
from hashlib import sha256
from typing import Any

from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import Connection, Engine, MetaData, event, text
from sqlalchemy.orm import DeclarativeBase
from sqlalchemy.pool import ConnectionPoolEntry

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}

LONGEST_WAIT_S = 120

SQLITE_PRAGMAS = (
    "journal_mode=WAL",
    "synchronous=FULL",
    "foreign_keys=ON",
    # Writers wait for each other without a queue: on a very busy machine one may wait long.
    f"busy_timeout={LONGEST_WAIT_S * 1000}",
    "trusted_schema=OFF",
    # Without this an INSERT OR REPLACE removes an append-only row past its delete trigger.
    "recursive_triggers=ON",
    # A search walks indexes of many pages: read from memory, not by a system call for each.
    "cache_size=-32768",
    "mmap_size=268435456",
)

# SQLite has one writer: a transaction that will write must say so when it opens, or two of them
# read the same state and one is refused half way. Pages that only read switch this off.
will_write: ContextVar[bool] = ContextVar("will_write", default=True)


class Base(DeclarativeBase):
    """The root of every stored thing; names each constraint, so that a refusal can be explained."""

    metadata = MetaData(naming_convention=NAMING)


db = SQLAlchemy(model_class=Base, disable_autonaming=True)


def is_sqlite(bind: Connection | Engine) -> bool:
    """True on the embedded default database, False on PostgreSQL."""
    return bind.dialect.name == "sqlite"


def one_at_a_time(*what: object) -> None:
    """From here to the commit nobody else does what is named so: they wait their turn.

    For whoever looks whether something is there and then makes it: call this before the look, and
    the look is true until the commit. SQLite has one writer anyway.
    """
    if is_sqlite(db.session.connection()):
        return
    name = " ".join(str(one) for one in what)
    number = int.from_bytes(sha256(name.encode()).digest()[:8], signed=True)
    db.session.execute(text("select pg_advisory_xact_lock(:number)"), {"number": number})


def prepare_engine(engine: Engine) -> None:
    """Set up one engine's connections; safe to call once for each engine."""
    if not is_sqlite(engine):
        event.listen(engine, "connect", _without_jit)
        return
    event.listen(engine, "connect", _on_connect)
    event.listen(engine, "begin", _on_begin)


def _on_connect(connection: Any, _record: ConnectionPoolEntry) -> None:
    # The driver would begin only at the first write, leaving reads outside the transaction.
    connection.isolation_level = None
    cursor = connection.cursor()
    for pragma in SQLITE_PRAGMAS:
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _without_jit(connection: Any, _record: ConnectionPoolEntry) -> None:
    # PostgreSQL would compile what it takes for a long statement: 30 to 800 ms before one of 4 ms.
    cursor = connection.cursor()
    cursor.execute("set jit = off")
    cursor.close()
    connection.commit()


def _on_begin(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN IMMEDIATE" if will_write.get() else "BEGIN")
