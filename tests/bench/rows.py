"""Writes rows of the large union in bulk."""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import ColumnElement, MetaData, func, insert, select, text

from models.base import db

AT_ONCE = 5_000


def write(table: Any, rows: Iterable[dict[str, Any]]) -> None:
    """Insert many rows of a table; a key that is no column would be passed over in silence."""
    rows = list(rows)
    unknown = {key for row in rows for key in row} - set(table.__mapper__.column_attrs.keys())
    assert not unknown, f"{table.__name__} has no {unknown}"
    for start in range(0, len(rows), AT_ONCE):
        db.session.execute(insert(table), rows[start : start + AT_ONCE])


def keep(thing: Any) -> Any:
    """Add one row, which has its id afterwards."""
    db.session.add(thing)
    db.session.flush()
    return thing


def ids_of(table: Any, where: ColumnElement[bool]) -> list[int]:
    """The ids of some rows, lowest first."""
    return list(db.session.scalars(select(table.id).where(where).order_by(table.id)))


def go_on_counting(metadata: MetaData) -> None:
    """Let PostgreSQL go on behind the ids that were written by hand; SQLite does so itself."""
    if db.engine.dialect.name != "postgresql":
        return
    follow = text("select setval(pg_get_serial_sequence(:name, 'id'), :last)")
    for table in metadata.sorted_tables:
        if "id" in table.c and isinstance(table.c.id.type.python_type(), int):
            last = db.session.scalar(select(func.max(table.c.id)))
            if last:
                db.session.execute(follow, {"name": f'"{table.name}"', "last": last})
