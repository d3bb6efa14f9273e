"""A row in every table that names a person: made from the samples of the revisions, so that a new
table has its row here as soon as it has one there."""

from datetime import UTC, date, datetime
from itertools import count
from typing import Any

import sqlalchemy as sa

from models.base import db, is_sqlite
from models.kinds import UtcDateTime
from models.merging.queries.children import child_columns
from models.schema import metadata
from tests.migrations.samples import SAMPLES

MOMENT = datetime(2026, 11, 1, 12, 0, tzinfo=UTC)
_numbers = count(9000)
Place = tuple[str, str]


def places() -> list[Place]:
    """Every (table, column) that points at a person."""
    return [(table.name, column.name) for table, column in child_columns()]


def plant_samples() -> dict[str, dict[str, Any]]:
    """Put the sample rows into the database; table → its first sample row, filled."""
    templates: dict[str, dict[str, Any]] = {}
    wanted = _with_what_they_name({table for table, _ in places()})
    for rows in SAMPLES.values():
        for name, given in rows:
            table = metadata.tables.get(name)
            if table is None or name not in wanted:
                continue
            values = _filled(table, given)
            templates.setdefault(name, values)
            keys = [column == values[column.name] for column in table.primary_key]
            if not db.session.execute(sa.select(table).where(*keys)).first():
                db.session.execute(sa.insert(table).values(values))
    _count_on_behind()
    missing = {table for table, _ in places()} - templates.keys()
    assert not missing, f"no sample row in tests/migrations/samples.py: {missing}"
    return templates


def _with_what_they_name(tables: set[str]) -> set[str]:
    """These tables, and whatever their foreign keys lead to."""
    found: set[str] = set()
    while tables:
        name = tables.pop()
        found.add(name)
        named = {key.column.table.name for key in metadata.tables[name].foreign_keys}
        tables |= named - found
    return found


def _count_on_behind() -> None:
    """PostgreSQL counts ids by itself, and does not know of those that the samples have."""
    if is_sqlite(db.session.connection().engine):
        return
    for table in metadata.sorted_tables:
        if "id" in table.c and isinstance(table.c.id.type, sa.Integer | sa.BigInteger):
            sequence = sa.func.pg_get_serial_sequence(f'"{table.name}"', "id")
            db.session.execute(sa.select(sa.func.setval(sequence, 100_000 + next(_numbers))))


def _filled(table: sa.Table, given: dict[str, Any]) -> dict[str, Any]:
    """The row with a plain value in every column that must have one."""
    values = dict(given)
    for column in table.columns:
        if column.name not in values and not column.nullable and column.computed is None:
            values[column.name] = _plain(column)
    return values


def _plain(column: sa.Column[Any]) -> Any:
    if isinstance(column.type, sa.JSON):
        return {}
    if isinstance(column.type, UtcDateTime):
        return MOMENT
    known = {bool: True, int: 0, str: "x", bytes: b"x", date: MOMENT.date()}
    return known[column.type.python_type]


def add_row(templates: dict[str, dict[str, Any]], place: Place, person_id: int) -> Any:
    """One more row of a table that names this person; None where the database allows none."""
    table = metadata.tables[place[0]]
    values = {**templates[table.name], place[1]: person_id}
    for columns in _uniques(table):
        _vary(values, [column for column in columns if column.name != place[1]])
    try:
        with db.session.begin_nested():
            done = db.session.execute(sa.insert(table).values(values))
    except sa.exc.IntegrityError:
        return None
    return tuple(done.inserted_primary_key)


def _uniques(table: sa.Table) -> list[list[sa.Column[Any]]]:
    kinds = sa.UniqueConstraint | sa.PrimaryKeyConstraint
    found = [list(one.columns) for one in table.constraints if isinstance(one, kinds)]
    return found + [list(one.columns) for one in table.indexes if one.unique]


def _vary(values: dict[str, Any], columns: list[sa.Column[Any]]) -> None:
    for column in columns:
        if column.foreign_keys:
            continue
        if isinstance(column.type, sa.String):
            values[column.name] = f"x{next(_numbers)}"
            return
        if isinstance(column.type, sa.Integer):
            values[column.name] = next(_numbers)
            return


def rows_of(table_name: str) -> list[dict[str, Any]]:
    """Everything that is stored in a table, but for the count of its writes."""
    table = metadata.tables[table_name]
    columns = [column for column in table.c if column.name != "version"]
    return [dict(row) for row in db.session.execute(sa.select(*columns)).mappings()]
