"""What merges changed in rows that are about one thing, and what hangs on such rows."""

from collections.abc import Iterator, Mapping
from typing import Any

from sqlalchemy import Column, Table, and_, or_, select

from models.base import Base, db
from models.merging.tables import PersonMerge, PersonMergeFold


def hanging_on(table: Table) -> Iterator[tuple[Table, Column[Any]]]:
    """Every column that points at a row of this table."""
    for child in Base.metadata.sorted_tables:
        for column in child.columns:
            if "id" in child.c and any(key.column.table is table for key in column.foreign_keys):
                yield child, column


def rows_with(table: Table, column: Column[Any], value: int) -> list[Mapping[str, Any]]:
    """The rows of a table with this value in this column, by id."""
    query = select(table).where(column == value).order_by(table.c.id)
    return [dict(row) for row in db.session.execute(query).mappings()]


def folds_of(done: PersonMerge) -> list[PersonMergeFold]:
    """What a merge changed, the last first."""
    query = select(PersonMergeFold).where(PersonMergeFold.merge_id == done.id)
    return list(db.session.scalars(query.order_by(PersonMergeFold.id.desc())))


def folds_beside(table: str, row_id: int | None) -> list[PersonMergeFold]:
    """What merges changed in this row, or elsewhere because of it, the last first."""
    if row_id is None:
        return []
    fold = PersonMergeFold
    query = select(fold).where(
        or_(
            and_(fold.table == table, fold.row_id == row_id),
            and_(fold.beside_table == table, fold.beside_id == row_id),
        )
    )
    return list(db.session.scalars(query.order_by(fold.id.desc())))


def fold_upon(one: PersonMergeFold) -> PersonMergeFold | None:
    """The next change of the same value, if it began where this one ended."""
    fold = PersonMergeFold
    found = db.session.scalars(
        select(fold)
        .where(
            fold.table == one.table,
            fold.row_id == one.row_id,
            fold.column == one.column,
            fold.id > one.id,
        )
        .order_by(fold.id)
        .limit(1)
    ).one_or_none()
    return found if found is not None and found.before == one.after else None
