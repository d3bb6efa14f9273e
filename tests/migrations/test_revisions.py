"""The base stays; revisions after it go up, down and up again with data, and end at the models."""

import hashlib
import re
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory

import migrations
from app.cli.database import upgrade
from app.settings import BadSettings
from models.base import db
from models.schema import metadata
from tests.migrations.samples import SAMPLES

MOMENT = datetime(2026, 11, 1, 12, 0, tzinfo=UTC)
BASE_HASH = "c37fd62aa0d919e5c3d2b225d8e96bb70eeb6f39c6e5a962ac1c147a8cac9070"
Dump = dict[str, list[tuple[Any, ...]]]

# What SQLite keeps the trigram index in, and the index on PostgreSQL: no tables of the models. A
# row of their own is what the triggers make of `known_word`, in an order of their own.
TRIGRAMS = re.compile(r"known_word_gram|ix_known_word_trigram")


def ours(name: str | None) -> bool:
    """True for what the models have too."""
    return TRIGRAMS.match(name or "") is None


def filled(table: sa.Table, given: dict[str, Any]) -> dict[str, Any]:
    """The row with a plain value in every column that must have one."""
    values = dict(given)
    for column in table.columns:
        if column.name in values or column.nullable or column.computed is not None:
            continue
        if column.server_default is None or isinstance(column.type, sa.DateTime):
            values[column.name] = plain(column.type)
    return values


def plain(kind: Any) -> Any:
    """A value of this column type."""
    if isinstance(kind, sa.JSON):
        return {}
    python = kind.python_type
    known = {bool: True, int: 0, str: "x", bytes: b"x", datetime: MOMENT, date: MOMENT.date()}
    return known[python]


def put(engine: sa.Engine, revision: str) -> None:
    """Insert this revision's sample rows, where they are not there already."""
    stored = sa.MetaData()
    with engine.begin() as connection:
        stored.reflect(connection)
        for name, row in SAMPLES[revision]:
            table = stored.tables[name]
            keys = [column == row[column.name] for column in table.primary_key]
            if not connection.execute(sa.select(table).where(*keys)).first():
                connection.execute(sa.insert(table).values(filled(table, row)))


def dump(engine: sa.Engine) -> Dump:
    """All rows of all tables."""
    tables = sa.MetaData()
    with engine.connect() as connection:
        tables.reflect(connection)
        return {
            name: sorted(map(repr, connection.execute(sa.select(table))))
            for name, table in tables.tables.items()
            if name != "alembic_version" and ours(name)
        }


def shape(engine: sa.Engine) -> dict[str, Any]:
    """Tables, columns, constraints, indexes, triggers and functions, as the database has them."""
    found: dict[str, Any] = {}
    with engine.connect() as connection:
        inspector = sa.inspect(connection)
        for table in sorted(inspector.get_table_names()):
            found[table] = {
                "columns": [
                    (c["name"], str(c["type"]), c["nullable"]) for c in inspector.get_columns(table)
                ],
                "checks": sorted(c["name"] or "" for c in inspector.get_check_constraints(table)),
                "uniques": sorted(c["name"] or "" for c in inspector.get_unique_constraints(table)),
                "indexes": sorted(c["name"] or "" for c in inspector.get_indexes(table)),
                "foreign": sorted(c["name"] or "" for c in inspector.get_foreign_keys(table)),
            }
        found["triggers"] = triggers(connection)
    return found


def triggers(connection: sa.Connection) -> list[str]:
    """Triggers, and on PostgreSQL functions, of this schema."""
    if connection.dialect.name == "sqlite":
        query = "select name || sql from sqlite_master where type = 'trigger' order by 1"
    else:
        query = (
            "select tgname::text from pg_trigger t join pg_class c on c.oid = t.tgrelid "
            "where not tgisinternal and c.relnamespace = current_schema()::regnamespace "
            "union all select proname || prosrc from pg_proc "
            "where pronamespace = current_schema()::regnamespace order by 1"
        )
    return list(connection.execute(sa.text(query)).scalars())


def up(engine: sa.Engine, to: str) -> None:
    with engine.begin() as connection:
        migrations.upgrade(connection, to)


def down(engine: sa.Engine, to: str) -> None:
    with engine.begin() as connection:
        migrations.downgrade(connection, to)


def stand_at_the_base(engine: sa.Engine) -> None:
    """A database as the first release finds it, with rows in every table."""
    up(engine, migrations.BASE)
    put(engine, migrations.BASE)


def test_each_later_revision_goes_up_down_and_up_again_with_data(empty_database):
    stand_at_the_base(empty_database)
    before = migrations.BASE
    for revision in sorted(migrations.REVISIONS)[1:]:
        old = dump(empty_database)
        up(empty_database, revision)
        put(empty_database, revision)
        made, rows = shape(empty_database), dump(empty_database)
        touched = {name for name, _row in SAMPLES[revision]}
        down(empty_database, before)
        kept = dump(empty_database)
        assert kept.keys() == old.keys(), f"{revision} down leaves other tables than before"
        for table in old.keys() - touched:
            assert kept[table] == old[table], f"{revision} down changed the rows of {table}"
        up(empty_database, revision)
        put(empty_database, revision)
        assert shape(empty_database) == made, f"{revision} up again makes another schema"
        assert dump(empty_database) == rows, f"{revision} up again loses rows"
        before = revision


def test_a_database_of_the_base_is_taken_over_with_its_rows(empty_database):
    stand_at_the_base(empty_database)
    old, base = dump(empty_database), shape(empty_database)
    up(empty_database, migrations.HEAD)
    new = dump(empty_database)
    later = sorted(migrations.REVISIONS)[1:]
    touched = {name for revision in later for name, _row in SAMPLES[revision]}
    assert {name: new[name] for name in old.keys() - touched} == {
        name: old[name] for name in old.keys() - touched
    }
    down(empty_database, migrations.BASE)
    assert shape(empty_database) == base


def test_every_table_has_a_sample_row(empty_database):
    stand_at_the_base(empty_database)
    for revision in sorted(migrations.REVISIONS)[1:]:
        up(empty_database, revision)
        put(empty_database, revision)
    bare = {name for name, rows in dump(empty_database).items() if not rows}
    assert bare == set(), "these tables go through the migrations without a row: add one"


def test_nobody_rewrites_the_base():
    """A database that stands there never learns of a change: write the next revision instead."""
    files = sorted((migrations.HERE / "base").glob("*.sql"))
    together = b"".join(path.read_bytes() for path in files)
    assert hashlib.sha256(together).hexdigest() == BASE_HASH


@pytest.mark.parametrize(
    ("revision", "words"),
    [
        ("0020", "a version before the first release (revision 0020). Bring it to revision 0028"),
        ("9999", "a newer version of Hustings. Install that one first."),
    ],
)
def test_a_database_of_a_version_that_is_unknown_is_refused_in_words(
    fresh_database, revision, words
):
    with fresh_database.app_context(), db.engine.begin() as connection:
        connection.execute(
            sa.text("update alembic_version set version_num = :to"), {"to": revision}
        )
    with pytest.raises(BadSettings, match=re.escape(f"The database is of {words}")):
        upgrade(fresh_database)
    with fresh_database.app_context(), db.engine.connect() as connection:
        assert migrations.current(connection) == revision


def test_the_schema_at_head_is_the_models(empty_database):
    up(empty_database, migrations.HEAD)
    with empty_database.connect() as connection:
        options = {"compare_type": True, "include_object": lambda _o, name, *_: ours(name)}
        context = MigrationContext.configure(connection, opts=options)
        assert compare_metadata(context, metadata) == []


def test_the_constraints_at_head_are_the_models(empty_database):
    up(empty_database, migrations.HEAD)
    stored = shape(empty_database)
    for table in metadata.sorted_tables:
        named = {str(c.name) for c in table.constraints if isinstance(c, sa.CheckConstraint)}
        assert named == set(stored[table.name]["checks"]), table.name


def test_every_revision_has_sample_rows():
    assert list(SAMPLES) == sorted(migrations.REVISIONS)
    assert all(SAMPLES.values())


def test_there_is_one_head_and_it_is_pinned():
    config = Config()
    config.set_main_option("script_location", str(migrations.HERE))
    config.set_main_option("path_separator", "os")
    assert ScriptDirectory.from_config(config).get_heads() == [migrations.HEAD]


@pytest.mark.parametrize("path", sorted((migrations.HERE / "versions").glob("0*.py")))
def test_revisions_are_numbered_and_say_what_happened(path: Path):
    number, _, words = path.stem.partition("_")
    assert number.isdigit()
    assert len(number) == 4
    assert words
