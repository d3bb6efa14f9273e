"""Reading whatever an import wrote, table by table: for writing many rows, and for undo."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from typing import Any

from sqlalchemy import Table, select
from sqlalchemy.orm import Mapper

from models.base import Base, db
from models.councillors.tables import NetworkMembership
from models.intake.queries.parts import parts
from models.people.tables import ContactPoint, Tag

# Rows that are kept by another one, and go with it.
KEPT_BY_OTHERS = frozenset({"person_word"})


def mapper_of(table: str) -> Mapper[Any]:
    """The mapped class of a table, by the table's name."""
    for mapper in Base.registry.mappers:
        if mapper.local_table.name == table:  # type: ignore[attr-defined]
            return mapper
    raise KeyError(table)


def load(model: type[Any], ids: Collection[int]) -> dict[int, Any]:
    """These stored things by id, in few statements."""
    found: dict[int, Any] = {}
    for part in parts(ids):
        for thing in db.session.scalars(select(model).where(model.id.in_(part))):
            found[thing.id] = thing
    return found


def tags_by_key(keys: Collection[str]) -> dict[str, Tag]:
    """The tags with these folded names."""
    rows = db.session.scalars(select(Tag).where(Tag.key.in_(sorted(keys)))) if keys else ()
    return {tag.key: tag for tag in rows}


def points_of(person_ids: Collection[int]) -> dict[tuple[int, str], list[ContactPoint]]:
    """The ways to reach these people that have not ended, by person and kind, preferred first."""
    found: dict[tuple[int, str], list[ContactPoint]] = {}
    for part in parts(person_ids):
        for point in db.session.scalars(
            select(ContactPoint)
            .where(ContactPoint.person_id.in_(part), ContactPoint.ends_on.is_(None))
            .order_by(ContactPoint.preferred.desc(), ContactPoint.id)
        ):
            found.setdefault((point.person_id, point.kind), []).append(point)
    return found


def network_rows(person_ids: Collection[int]) -> dict[int, NetworkMembership]:
    """The present places in the network of these people, by person."""
    found: dict[int, NetworkMembership] = {}
    for part in parts(person_ids):
        for row in db.session.scalars(
            select(NetworkMembership).where(
                NetworkMembership.person_id.in_(part), NetworkMembership.ended_at.is_(None)
            )
        ):
            found[row.person_id] = row
    return found


def references(
    wanted: Mapping[str, Iterable[int]],
) -> dict[tuple[str, int], set[tuple[str, int]]]:
    """Who points at these rows (table → ids): (table, id) → the rows that do, by table and id."""
    found: dict[tuple[str, int], set[tuple[str, int]]] = defaultdict(set)
    for table in Base.metadata.tables.values():
        if table.name in KEPT_BY_OTHERS:
            continue
        for key in table.foreign_keys:
            target = key.column.table.name
            for part in parts(wanted.get(target, ())):
                _note(found, table, key.parent, target, part)
    return found


def _note(
    found: dict[tuple[str, int], set[tuple[str, int]]],
    table: Table,
    column: Any,
    target: str,
    ids: list[int],
) -> None:
    identity = table.c.get("id", column)
    rows = db.session.execute(select(identity, column).where(column.in_(ids)))
    for own_id, other_id in rows:
        found[target, other_id].add((table.name, own_id))
