"""Reading councils. They are no secret: nothing here is scoped."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.orm import InstrumentedAttribute, aliased

from models.accounts.permits import Actor
from models.base import db
from models.errors import NotFound
from models.folding import fold
from models.places.near import nearest
from models.places.queries.conditions import begins, in_force, standing
from models.places.queries.regions import unmapped
from models.places.standing import Ended
from models.places.tables import (
    Council,
    CouncilAlias,
    CouncilRegion,
    CouncilSuccession,
    UnionRegion,
)

UNMAPPED = "unmapped"


@dataclass(frozen=True)
class CouncilFilters:
    """What to list: a region's code or `unmapped`, a kind, a nation, words, ended ones too."""

    region: str | None = None
    kind: str | None = None
    nation: str | None = None
    text: str | None = None
    ended: bool = False


@dataclass(frozen=True)
class CouncilLine:
    """A council as a list shows it."""

    council: Council
    region: UnionRegion | None


def councils_for(
    _user: Actor, filters: CouncilFilters, *, page: int = 1, size: int = 50
) -> tuple[list[CouncilLine], int]:
    """One page of councils by name, and how many there are in all."""
    wanted = _council_clauses(filters)
    total = db.session.scalar(select(func.count(Council.id)).where(*wanted)) or 0
    rows = db.session.execute(
        select(Council, UnionRegion)
        .outerjoin(CouncilRegion, and_(CouncilRegion.council_id == Council.id, in_force()))
        .outerjoin(UnionRegion, UnionRegion.id == CouncilRegion.region_id)
        .where(*wanted)
        .order_by(Council.name_key, Council.id)
        .limit(size)
        .offset((page - 1) * size)
    )
    return [CouncilLine(council, region) for council, region in rows], total


def _council_clauses(filters: CouncilFilters) -> list[ColumnElement[bool]]:
    clauses: list[ColumnElement[bool]] = []
    if not filters.ended:
        clauses.append(standing())
    if filters.kind:
        clauses.append(Council.kind == filters.kind)
    if filters.nation:
        clauses.append(Council.nation == filters.nation)
    if filters.region == UNMAPPED:
        clauses.append(unmapped())
    elif filters.region:
        code = select(UnionRegion.id).where(UnionRegion.code == filters.region).scalar_subquery()
        mapped = select(CouncilRegion.council_id).where(CouncilRegion.region_id == code, in_force())
        clauses.append(Council.id.in_(mapped))
    if filters.text and fold(filters.text):
        clauses.append(_council_named(fold(filters.text)))
    return clauses


def _council_named(key: str) -> ColumnElement[bool]:
    spelt = select(CouncilAlias.council_id).where(begins(CouncilAlias.key, key))
    return or_(Council.name_key.contains(key, autoescape=True), Council.id.in_(spelt))


def council_kinds() -> list[str]:
    """The kinds of council there are, in order."""
    return list(db.session.scalars(select(Council.kind).distinct().order_by(Council.kind)))


def council_for(_user: Actor, council_id: int) -> Council:
    """A council by its id; raises NotFound."""
    council = db.session.get(Council, council_id)
    if council is None:
        raise NotFound("There is no such council.")
    return council


def council_by_text(text: str) -> Council | None:
    """The council that this text means: a code, a GSS code, or any known spelling of its name."""
    key = fold(text)
    if not key:
        return None
    by_alias = db.session.scalars(
        select(Council)
        .join(CouncilAlias, CouncilAlias.council_id == Council.id)
        .where(CouncilAlias.key == key)
    ).one_or_none()
    if by_alias is not None:
        return by_alias
    by_name = list(db.session.scalars(select(Council).where(Council.name_key == key).limit(2)))
    if len(by_name) == 1:
        return by_name[0]
    code = text.strip().upper()
    by_code = list(
        db.session.scalars(
            select(Council).where(or_(Council.code == code, Council.gss == code)).limit(2)
        )
    )
    return by_code[0] if len(by_code) == 1 else None


def find_councils(text: str, limit: int = 8) -> list[Council]:
    """Standing councils whose name holds, or another spelling begins with, what was typed; if
    there is none, those whose name was nearly typed."""
    key = fold(text)
    if not key:
        return []
    first = begins(Council.name_key, key).desc()
    found = list(
        db.session.scalars(
            select(Council)
            .where(standing(), _council_named(key))
            .order_by(first, Council.name_key, Council.id)
            .limit(limit)
        )
    )
    return found or _nearly_called(key, limit)


def _nearly_called(key: str, limit: int) -> list[Council]:
    """Standing councils whose name was nearly typed, or its words in another order."""
    rows = db.session.execute(select(Council.id, Council.name_key).where(standing()))
    best = nearest(key, {row.id: row.name_key for row in rows}, limit)
    found = db.session.scalars(select(Council).where(Council.id.in_(best))) if best else ()
    return sorted(found, key=lambda one: best.index(one.id))


def mapping_history(council: Council) -> list[CouncilRegion]:
    """The regions a council belonged to, the latest first."""
    rows = db.session.scalars(
        select(CouncilRegion).where(CouncilRegion.council_id == council.id)
    ).unique()
    return sorted(rows, key=lambda row: (row.starts_on or date.min, row.id), reverse=True)


def spellings_of(council: Council) -> list[CouncilAlias]:
    """The spellings by which a council is known, in order."""
    return list(
        db.session.scalars(
            select(CouncilAlias)
            .where(CouncilAlias.council_id == council.id)
            .order_by(CouncilAlias.key)
        )
    )


def successors_of(council: Council) -> list[Council]:
    """The councils that took this one over."""
    return _linked(CouncilSuccession.to_id, CouncilSuccession.from_id, council)


def ended_councils(today: date) -> dict[int, Ended]:
    """The councils that are no more on that day, each with those that took it over."""
    other = aliased(Council)
    heirs: dict[int, list[tuple[int, str]]] = defaultdict(list)
    for from_id, to_id, name in db.session.execute(
        select(CouncilSuccession.from_id, other.id, other.name)
        .join(other, CouncilSuccession.to_id == other.id)
        .order_by(other.name_key, other.id)
    ):
        heirs[from_id].append((to_id, name))
    over = select(Council.id, Council.name, Council.ends_on).where(Council.ends_on <= today)
    return {
        row.id: Ended(row.id, row.name, row.ends_on, tuple(heirs[row.id]))
        for row in db.session.execute(over)
    }


def predecessors_of(council: Council) -> list[Council]:
    """The councils that this one took over."""
    return _linked(CouncilSuccession.from_id, CouncilSuccession.to_id, council)


def _linked(
    wanted: InstrumentedAttribute[int], given: InstrumentedAttribute[int], council: Council
) -> list[Council]:
    other = aliased(Council)
    return list(
        db.session.scalars(
            select(other)
            .join(CouncilSuccession, wanted == other.id)
            .where(given == council.id)
            .order_by(other.name_key)
        )
    )


def councils_by_code() -> dict[str, Council]:
    """Every council by its register code."""
    return {council.code: council for council in db.session.scalars(select(Council))}


def open_mappings() -> dict[int, CouncilRegion]:
    """The mapping row without an end, by council id."""
    rows = db.session.scalars(select(CouncilRegion).where(CouncilRegion.ends_on.is_(None)))
    return {row.council_id: row for row in rows}


def succession_pairs() -> set[tuple[int, int]]:
    """Every (from, to) pair of council ids that is recorded."""
    rows = db.session.execute(select(CouncilSuccession.from_id, CouncilSuccession.to_id))
    return {(from_id, to_id) for from_id, to_id in rows}


def aliases_by_key() -> dict[str, CouncilAlias]:
    """Every alias row by its folded spelling."""
    return {alias.key: alias for alias in db.session.scalars(select(CouncilAlias))}
