"""The rows of every table that name a person, found from the schema itself.

A new table needs nothing here: whatever has a foreign key to person.id is a child table.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from sqlalchemy import Column, Table, and_, select

from models.base import Base, db
from models.merging.rules import OWN_WAY
from models.plain import plain, stored_value


def child_columns() -> Iterator[tuple[Table, Column[Any]]]:
    """Every column that points at a person, in the order of the tables."""
    for table in Base.metadata.sorted_tables:
        if table.name in OWN_WAY:
            continue
        for column in table.columns:
            if any(key.column.table.name == "person" for key in column.foreign_keys):
                yield table, column


def rows_naming(table: Table, column: Column[Any], person_id: int) -> list[Mapping[str, Any]]:
    """The rows of a table that name this person in this column, by primary key."""
    query = select(table).where(column == person_id).order_by(*table.primary_key.columns)
    return [dict(row) for row in db.session.execute(query).mappings()]


def key_of(table: Table, row: Mapping[str, Any]) -> dict[str, Any]:
    """The primary key of a row, as JSON holds it."""
    return plain({column.name: row[column.name] for column in table.primary_key.columns})


def at_key(table: Table, key: Mapping[str, Any]) -> Any:
    """True for the row with this primary key."""
    return and_(
        *(
            table.c[name] == stored_value(table.c[name].type.python_type, value)
            for name, value in key.items()
        )
    )


def row_at(table: Table, key: Mapping[str, Any]) -> Mapping[str, Any] | None:
    """The row with this primary key as it is now; None where it is gone."""
    found = db.session.execute(select(table).where(at_key(table, key))).mappings().one_or_none()
    return dict(found) if found is not None else None
