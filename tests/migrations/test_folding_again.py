"""Names stored before every apostrophe and stroke was known are found by the new rule."""

import sqlalchemy as sa

import migrations
from models.folding import fold
from tests.migrations.test_revisions import filled, up

PEOPLE = {
    1: ("Łucja", "O`Dowdall", "łucja", "o dowdall"),
    2: ("Søren", "O‘Brannigan", "søren", "o brannigan"),
    3: ("Siân", "O’Neill", "sian", "oneill"),
    4: ("ÆTHEL", "D´Arcy", "æthel", "d arcy"),
}


def insert(connection, into, **row):
    table = sa.Table(into, sa.MetaData(), autoload_with=connection)
    connection.execute(sa.insert(table).values(filled(table, row)))


def test_keys_are_folded_again_and_nothing_else_changes(empty_database):
    up(empty_database, "0021")
    with empty_database.begin() as connection:
        for number, (given, family, given_key, family_key) in PEOPLE.items():
            insert(
                connection,
                "person",
                id=number,
                given_name=given,
                family_name=family,
                given_key=given_key,
                family_key=family_key,
            )
        insert(connection, "council", id=1, code="AMB", name="Ambridge", name_key="ambridge")
        insert(connection, "ward", id=1, council_id=1, name="St Mary`s", name_key="st mary s")
        insert(connection, "ward", id=2, council_id=1, name="Ødal", name_key="ødal")
        insert(connection, "ward", id=3, council_id=1, name="Odal", name_key="odal")
    up(empty_database, migrations.HEAD)
    with empty_database.connect() as connection:
        query = "select given_name, family_name, given_key, family_key from person order by id"
        rows = connection.execute(sa.text(query)).all()
        wards = connection.execute(sa.text("select name_key from ward order by id")).scalars().all()
    assert [(fold(one), fold(two)) for one, two, *_ in rows] == [tuple(row[2:]) for row in rows]
    assert [row[:2] for row in rows] == [one[:2] for one in PEOPLE.values()]
    assert wards == ["st marys", "ødal", "odal"], "two that only a stroke kept apart stay apart"
