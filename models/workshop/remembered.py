"""What was read a moment ago, kept as long as nothing was written.

Counts, choices and pages of lists are asked for again and again between two changes. A value is
kept beside its connection, with the state of the database in which it was read; it is given again
only where the database says that it is still in that state. A transaction that writes, or has
written, neither keeps nor takes anything.
"""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Any, TypeVar

from sqlalchemy import Connection

from models.base import SEEN, db, is_sqlite, will_write

MOST = 512  # values of a connection: some pages and their counts for each role
T = TypeVar("T")
STATE = (
    "select case when pg_current_xact_id_if_assigned() is null"
    " then cast(pg_current_snapshot() as text) end"
)


class _Kept(OrderedDict[Hashable, Any]):
    """What one connection knows of one state of the database, the least used first."""

    state: Hashable = None


def remembered(key: Hashable, work: Callable[[], T]) -> T:
    """What `work` answers, or answered before in the same state of the database.

    The key must name all on which the answer depends but what is stored. The answer must be plain
    values that nobody changes: no record of the session, which belongs to its transaction.
    """
    if will_write.get():
        return work()
    connection = db.session.connection()
    state = _state(connection)
    if state is None:
        return work()
    kept: _Kept = connection.info.setdefault("remembered", _Kept())
    if kept.state != state:
        kept.clear()
        kept.state = state
    if key in kept:
        kept.move_to_end(key)
        found: T = kept[key]
        return found
    kept[key] = answer = work()
    if len(kept) > MOST:
        kept.popitem(last=False)
    return answer


def _state(connection: Connection) -> Hashable:
    """The state of the database as this transaction sees it; None where it has written."""
    driver: Any = connection.connection.dbapi_connection
    if not is_sqlite(connection):
        # Taken once: what is read after it is of this state or a later one, and never older.
        if SEEN not in connection.info:
            connection.info[SEEN] = driver.execute(STATE).fetchone()[0]
        state: Hashable = connection.info[SEEN]
        return state
    changes = driver.total_changes
    if changes != connection.info.get(SEEN):
        return None
    return changes, driver.execute("PRAGMA data_version").fetchone()[0]
