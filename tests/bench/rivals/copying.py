"""The offices of the large union, copied into a SQLite file that the rivals read."""

import sqlite3
from pathlib import Path

from models.councillors.filters import CouncillorFilters

from models.accounts.permits import Actor
from models.base import db
from models.councillors.queries import councillors_for
from models.places.tables import Council, CouncilRegion, Party, UnionRegion

TABLES = """
create table region (id integer primary key, name text not null);
create table party (id integer primary key, name text not null);
create table council (id integer primary key, name text not null);
create table councillor (
    id integer primary key,
    name text not null,
    council_id integer references council,
    ward text not null,
    region_id integer references region,
    party_id integer references party,
    status text not null,
    term_end date,
    last_contact datetime
);
"""
INDEXED = ("name", "council_id", "region_id", "party_id", "status", "last_contact")


def copy_offices(reader: Actor, path: Path) -> None:
    """Write the rows of our list of councillors, with an index on whatever they are sorted by or
    narrowed to."""
    copy = sqlite3.connect(path)
    copy.executescript(TABLES)
    for table, model in (("region", UnionRegion), ("party", Party), ("council", Council)):
        named = [(one.id, one.name) for one in db.session.query(model)]
        copy.executemany(f"insert into {table} values (?, ?)", named)
    region_of = {one.council_id: one.region_id for one in db.session.query(CouncilRegion)}
    lines, _total = councillors_for(reader, CouncillorFilters(), size=1_000_000)
    copy.executemany(
        f"insert into councillor values ({', '.join('?' * 9)})",
        (
            (
                line.term.id,
                line.person.name,
                line.term.council_id,
                line.ward.name if line.ward else "",
                region_of.get(line.term.council_id or 0),
                line.term.party_id,
                line.status or "",
                line.term.expected_end and str(line.term.expected_end),
                line.person.last_contacted_at and f"{line.person.last_contacted_at:%F %T.%f}",
            )
            for line in lines
        ),
    )
    for column in INDEXED:
        copy.execute(f"create index councillor_{column} on councillor ({column})")
    copy.execute("analyze")
    copy.commit()
    copy.close()
