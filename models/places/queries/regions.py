"""Reading the union's regions, branches, and which council belongs where."""

from collections.abc import Collection
from datetime import date

from sqlalchemy import ColumnElement, Select, func, select

from models.accounts.permits import Actor
from models.base import db
from models.errors import NotFound
from models.folding import fold
from models.places.queries.conditions import in_force, lasting, standing
from models.places.tables import (
    Council,
    CouncilRegion,
    UnionBranch,
    UnionRegion,
)


def regions() -> list[UnionRegion]:
    """The union's regions that have not ended, by name."""
    query = select(UnionRegion).where(lasting()).order_by(UnionRegion.name)
    return list(db.session.scalars(query))


def region_by_code(code: str) -> UnionRegion:
    """The region with this code; raises NotFound."""
    region = db.session.scalars(
        select(UnionRegion).where(UnionRegion.code == code.strip().upper())
    ).one_or_none()
    if region is None:
        raise NotFound(f"There is no region with the code “{code}”.")
    return region


def region_by_text(text: str) -> UnionRegion | None:
    """The region that this text names, by code or name in any spelling."""
    key = fold(text)
    for region in regions():
        if key and key in (fold(region.code), fold(region.name)):
            return region
    return None


def region_of_council(council_id: int, on: date | None = None) -> UnionRegion | None:
    """The union region a council belongs to on a day (default: today), or None if unmapped."""
    return db.session.scalars(
        select(UnionRegion)
        .join(CouncilRegion, CouncilRegion.region_id == UnionRegion.id)
        .where(CouncilRegion.council_id == council_id, in_force(on))
        .order_by(CouncilRegion.id.desc())
        .limit(1)
    ).one_or_none()


def region_names(council_ids: Collection[int]) -> dict[int, str]:
    """The name of the region to which each council belongs today; an unmapped one is not there."""
    rows = db.session.execute(
        select(CouncilRegion.council_id, UnionRegion.name)
        .join(UnionRegion, UnionRegion.id == CouncilRegion.region_id)
        .where(CouncilRegion.council_id.in_(council_ids), in_force())
        .order_by(CouncilRegion.id)
    )
    return {row.council_id: row.name for row in rows}


def regions_of_council(council_id: int) -> frozenset[int]:
    """The ids of the regions a council belongs to today: one, or none if unmapped."""
    region = region_of_council(council_id)
    return frozenset() if region is None else frozenset({region.id})


def council_ids_in(region_ids: frozenset[int]) -> Select[int]:
    """A select of the ids of the councils that belong to these regions today."""
    return select(CouncilRegion.council_id).where(
        CouncilRegion.region_id.in_(sorted(region_ids)), in_force()
    )


def own_council_for(user: Actor, council_id: int) -> Council:
    """A council that belongs to a region of this user today; else NotFound."""
    query = select(Council).where(Council.id == council_id)
    if user.region_ids is not None:
        query = query.where(Council.id.in_(council_ids_in(user.region_ids)))
    council = db.session.scalars(query).one_or_none()
    if council is None:
        raise NotFound("There is no such council, or it is not in your region.")
    return council


def councils_per_region(_user: Actor) -> list[tuple[UnionRegion, int]]:
    """Each region with the number of its standing councils."""
    rows = db.session.execute(
        select(CouncilRegion.region_id, func.count().label("councils"))
        .join(Council, Council.id == CouncilRegion.council_id)
        .where(in_force(), standing())
        .group_by(CouncilRegion.region_id)
    )
    counts = {row.region_id: row.councils for row in rows}
    return [(region, counts.get(region.id, 0)) for region in regions()]


def unmapped_count() -> int:
    """How many standing councils belong to no region yet."""
    return db.session.scalar(count_unmapped()) or 0


def count_unmapped() -> Select[int]:
    """The question how many councils those are, to be asked with others."""
    return select(func.count(Council.id)).where(standing(), unmapped())


def unmapped() -> ColumnElement[bool]:
    """True for a council that belongs to no region today."""
    return Council.id.not_in(select(CouncilRegion.council_id).where(in_force()))


def branches(region_ids: frozenset[int] | None = None) -> list[UnionBranch]:
    """The union's branches by name, of some regions only if given."""
    query = select(UnionBranch).order_by(UnionBranch.name, UnionBranch.id)
    if region_ids is not None:
        query = query.where(UnionBranch.region_id.in_(sorted(region_ids)))
    return list(db.session.scalars(query))


def branch_by_text(text: str) -> UnionBranch | None:
    """The branch with this code, or with this name where only one has it."""
    key = fold(text)
    found = [one for one in branches() if key and key in (fold(one.code), fold(one.name))]
    return found[0] if len(found) == 1 else None
