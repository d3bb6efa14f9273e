"""What revisions have at hand: another wording of a CHECK, and triggers that refuse changes."""

import pytest
import sqlalchemy as sa
from alembic.migration import MigrationContext
from alembic.operations import Operations

from migrations.append_only import protect, unprotect
from migrations.checks import reword

OLD, NEW = "kind in ('a','b')", "kind in ('a','b','c')"


@pytest.fixture
def connection(empty_database):
    """A connection on a table with a CHECK and a row, on which revisions' operations work."""
    with empty_database.connect() as connection:
        table = f"id integer primary key, kind text, constraint ck_thing_kind check ({OLD})"
        connection.execute(sa.text(f"create table thing ({table})"))
        insert(connection, 1, "a")
        with Operations.context(MigrationContext.configure(connection)):
            yield connection


def insert(connection, number, kind):
    with connection.begin_nested():
        row = {"id": number, "kind": kind}
        connection.execute(sa.text("insert into thing (id, kind) values (:id, :kind)"), row)


def change(connection):
    with connection.begin_nested():
        connection.execute(sa.text("update thing set kind = 'b'"))


def kinds(connection):
    return connection.execute(sa.text("select kind from thing order by id")).scalars().all()


def test_a_reworded_check_lets_in_what_the_new_words_say_and_keeps_the_rows(connection):
    with pytest.raises(sa.exc.IntegrityError):
        insert(connection, 2, "c")
    reword("thing", "ck_thing_kind", old=OLD, new=NEW)
    insert(connection, 2, "c")
    with pytest.raises(sa.exc.IntegrityError):
        insert(connection, 3, "d")
    assert kinds(connection) == ["a", "c"]


def test_triggers_stay_when_a_check_is_reworded(connection):
    protect("thing")
    reword("thing", "ck_thing_kind", old=OLD, new=NEW)
    with pytest.raises(sa.exc.DBAPIError, match="thing is append-only"):
        change(connection)


def test_a_protected_table_takes_rows_and_no_changes_until_it_is_let_go(connection):
    protect("thing")
    insert(connection, 2, "b")
    with pytest.raises(sa.exc.DBAPIError, match="thing is append-only"):
        change(connection)
    unprotect("thing")
    change(connection)
    assert kinds(connection) == ["b", "b"]
