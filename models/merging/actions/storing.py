"""Changing stored rows of any table, where the database may refuse."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Column, Table, update
from sqlalchemy.exc import DatabaseError, OperationalError

from models.base import db
from models.merging.queries.children import at_key


def move(table: Table, column: Column[Any], key: Mapping[str, Any], to: int) -> bool:
    """Let one row name another person; False where the database refuses that (no two alike)."""
    return attempt(update(table).where(at_key(table, key)).values({column: to}))


def attempt(statement: Any) -> bool:
    """Carry out a change inside a savepoint; False, and nothing changed, where a constraint or a
    trigger of the database refuses it."""
    try:
        with db.session.begin_nested():
            db.session.execute(statement.execution_options(synchronize_session=False))
    except OperationalError:
        raise
    except DatabaseError:
        return False
    return True
