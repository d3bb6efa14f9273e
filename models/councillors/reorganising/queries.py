"""Reading what a reorganisation touches, and the reorganisations themselves."""

from collections.abc import Collection
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from models.accounts.permits import Actor, require
from models.accounts.roles import Permit
from models.base import Base, db
from models.councillors.groups.tables import UnionGroup
from models.councillors.reorganising.tables import Reorganisation
from models.councillors.tables import OfficeTerm
from models.errors import NotFound
from models.people.queries.seeing import listed
from models.people.tables import Person
from models.places.tables import Council, CouncilAlias, UnionRegion, Ward


def councils(ids: Collection[int]) -> dict[int, Council]:
    """These councils by id, in the order of their names."""
    rows = db.session.scalars(
        select(Council).where(Council.id.in_(sorted(ids))).order_by(Council.name_key, Council.id)
    )
    return {council.id: council for council in rows}


def wards_of(council_ids: Collection[int]) -> dict[int, Ward]:
    """The wards of these councils that have no end, by id."""
    rows = db.session.scalars(
        select(Ward)
        .options(joinedload(Ward.council))
        .where(Ward.council_id.in_(sorted(council_ids)), Ward.ends_on.is_(None))
        .order_by(Ward.council_id, Ward.name_key, Ward.id)
    )
    return {ward.id: ward for ward in rows}


def open_terms(council_ids: Collection[int]) -> list[tuple[OfficeTerm, str]]:
    """The offices on these councils that nobody has ended, with the holders' names."""
    rows = db.session.execute(
        select(OfficeTerm, Person)
        .join(Person, Person.id == OfficeTerm.person_id)
        .options(
            joinedload(OfficeTerm.ward),
            joinedload(OfficeTerm.council),
            joinedload(OfficeTerm.constituency),
            joinedload(OfficeTerm.party),
        )
        .where(
            OfficeTerm.council_id.in_(sorted(council_ids)),
            OfficeTerm.actual_end.is_(None),
            listed(),
        )
        .order_by(OfficeTerm.council_id, Person.family_key, OfficeTerm.id)
    )
    return [(term, person.name) for term, person in rows]


def open_groups(council_ids: Collection[int]) -> list[UnionGroup]:
    """The GMB groups on these councils that have not ended."""
    return list(
        db.session.scalars(
            select(UnionGroup)
            .options(joinedload(UnionGroup.council))
            .where(UnionGroup.council_id.in_(sorted(council_ids)), UnionGroup.ends_on.is_(None))
            .order_by(UnionGroup.id)
        )
    )


def region_names() -> dict[int, str]:
    """The union's regions by id."""
    rows = db.session.execute(select(UnionRegion.id, UnionRegion.name).order_by(UnionRegion.id))
    return {row.id: row.name for row in rows}


def known_spellings() -> frozenset[str]:
    """The folded spellings of councils that mean one already."""
    return frozenset(db.session.scalars(select(CouncilAlias.key)))


def reorganisations_for(reader: Actor) -> list[Reorganisation]:
    """Every reorganisation, the latest first. Councils are no secret; people are not named."""
    require(reader, Permit.PLACES_READ)
    return list(db.session.scalars(select(Reorganisation).order_by(Reorganisation.id.desc())))


def reorganisation_for(reader: Actor, reorganisation_id: int) -> Reorganisation:
    """One reorganisation; raises NotFound."""
    require(reader, Permit.PLACES_WRITE)
    found = db.session.get(Reorganisation, reorganisation_id)
    if found is None:
        raise NotFound("There is no such reorganisation.")
    return found


def model_of(table: str) -> type[Any]:
    """The mapped class of a table, by the table's name."""
    for mapper in Base.registry.mappers:
        if mapper.local_table.name == table:  # type: ignore[attr-defined]
            return mapper.class_
    raise KeyError(table)


def users_of(table: str, thing_id: int) -> list[tuple[str, int]]:
    """What points at a stored row: table and id of each."""
    found = []
    for other in Base.metadata.tables.values():
        for key in other.foreign_keys:
            if key.column.table.name == table and "id" in other.c:
                rows = db.session.scalars(select(other.c.id).where(key.parent == thing_id))
                found += [(other.name, one) for one in rows]
    return found
