"""The database: one `db`, defined in the lowest file so that nothing has to import in a circle."""

from collections.abc import Callable
from contextvars import ContextVar
from typing import Any

from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import Connection, Engine, MetaData, event, text
from sqlalchemy.exc import InvalidRequestError
from sqlalchemy.orm import DeclarativeBase
from sqlalchemy.pool import ConnectionPoolEntry

from models.errors import Conflict
from models.turnstile import Turnstile
from models.writers import LONGEST_WAIT_S, InLine, in_line

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}

__all__ = [
    "LONGEST_WAIT_S",
    "Base",
    "begin_writing",
    "db",
    "hold_row",
    "let_go",
    "one_at_a_time",
    "reads_first",
    "stop_writing",
    "will_write",
    "writes_first",
    "writing",
]

SQLITE_PRAGMAS = (
    "journal_mode=WAL",
    "synchronous=FULL",
    "foreign_keys=ON",
    # How long one waits for the writer of another process; in ours they stand in line.
    f"busy_timeout={LONGEST_WAIT_S * 1000}",
    "trusted_schema=OFF",
    # Without this an INSERT OR REPLACE removes an append-only row past its delete trigger.
    "recursive_triggers=ON",
    # A search walks indexes of many pages: read from memory, not by a system call for each.
    "cache_size=-32768",
    "mmap_size=268435456",
)

# Beside a connection: how the database stood as its transaction began; workshop/remembered.py.
SEEN = "seen at its beginning"

# SQLite has one writer: a transaction that will write must say so when it opens, or two of them
# read the same state and one is refused half way. Pages that only read switch this off.
will_write: ContextVar[bool] = ContextVar("will_write", default=True)
# True from the start of a request that reads first until `begin_writing` or its end.
reads_first: ContextVar[bool] = ContextVar("reads_first", default=False)
# What such a request does first in its writing transaction, whoever opens that; see app/once.py.
writes_first: ContextVar[Callable[[], None] | None] = ContextVar("writes_first", default=None)


class Base(DeclarativeBase):
    """The root of every stored thing; names each constraint, so that a refusal can be explained."""

    metadata = MetaData(naming_convention=NAMING)


db = SQLAlchemy(model_class=Base, disable_autonaming=True)


def is_sqlite(bind: Connection | Engine) -> bool:
    """True on the embedded default database, False on PostgreSQL."""
    return bind.dialect.name == "sqlite"


def hold_row(thing: Base) -> None:
    """Lock a stored thing until the commit and read it afresh: of two at once, the second sees the
    first's work. Raises Conflict where somebody took it away. SQLite has one writer anyway."""
    if is_sqlite(db.session.connection()):
        return
    try:
        db.session.refresh(thing, with_for_update={"key_share": True, "of": type(thing)})
    except InvalidRequestError as gone:
        raise Conflict("Somebody has taken this away a moment ago.") from gone


LOCK = text(
    "select pg_advisory_xact_lock("
    "hashtextextended(current_schema() || ' ' || cast(:name as text), 0))"
)


def one_at_a_time(*what: object) -> None:
    """From here to the commit nobody else does what is named so: they wait their turn.

    For whoever looks whether something is there and then makes it: call this before the look, and
    the look is true until the commit. SQLite has one writer anyway. Another schema of the same
    database has locks of its own.
    """
    if is_sqlite(db.session.connection()):
        return
    name = " ".join(str(one) for one in what)
    db.session.execute(LOCK, {"name": name})


def prepare_engine(engine: Engine) -> None:
    """Set up one engine's connections; safe to call once for each engine."""
    if not is_sqlite(engine):
        event.listen(engine, "connect", _without_jit)
        event.listen(engine, "begin", lambda connection: connection.info.pop(SEEN, None))
        return
    turnstile = Turnstile(1)
    event.listen(engine, "do_connect", lambda _dialect, _record, _args, given: in_line(given))
    event.listen(engine, "connect", _on_connect)
    event.listen(engine, "begin", lambda connection: _on_begin(connection, turnstile))


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


def _on_begin(connection: Connection, turnstile: Turnstile) -> None:
    driver: Any = connection.connection.dbapi_connection
    connection.info[SEEN] = driver.total_changes
    if not will_write.get():
        connection.exec_driver_sql("BEGIN")
        return
    if not isinstance(driver, InLine):  # a connection that was made elsewhere
        connection.exec_driver_sql("BEGIN IMMEDIATE")
        return
    driver.take_turn(turnstile)
    try:
        connection.exec_driver_sql("BEGIN IMMEDIATE")
    except BaseException:
        driver.give_turn()
        raise


# A request that has slow work to do reads first, and writes in a transaction of its last step.


def writing() -> bool:
    """True while the session has a transaction open that was opened to write."""
    return will_write.get() and db.session.registry.has() and db.session().in_transaction()


def let_go() -> None:
    """End a reading transaction before long work that needs no database; a writing one stays.

    What was loaded before is read afresh when it is next asked for.
    """
    if reads_first.get():
        db.session.rollback()


def begin_writing() -> None:
    """From here on the transaction writes: a reading one ends, and the writing one is opened.

    What was loaded before is read afresh, so that rules are judged by what stands there now. In a
    transaction that writes already it does nothing. Raises RuntimeError where something was
    changed before it was called: that change would be lost.
    """
    if not reads_first.get():
        return
    session = db.session()
    if session.new or session.dirty or session.deleted:
        raise RuntimeError("something was changed before the writing transaction began")
    session.rollback()
    reads_first.set(False)
    will_write.set(True)
    session.connection()
    first = writes_first.get()
    if first is not None:
        first()


def stop_writing() -> None:
    """Give the writing transaction up, and with it all that was changed; from here on we read."""
    db.session.rollback()
    will_write.set(False)
