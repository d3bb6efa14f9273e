"""What a list of applications may be narrowed by, all of it in one question to the database."""

from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from sqlalchemy import (
    CompoundSelect,
    Date,
    Select,
    String,
    cast,
    func,
    literal,
    null,
    select,
    true,
    union_all,
)

from models import clock
from models.accounts.permits import Actor, Scope, scope_of
from models.base import db
from models.funding.queries.lists import visible_to
from models.funding.tables import Application
from models.places.queries.conditions import lasting
from models.places.tables import UnionRegion
from models.rounds.queries import known_to
from models.rounds.tables import Round

REGION, POLL, ROUND = 1, 2, 3
# What kind it is, its number, code and name, and a day.
Line = Select[int, int, str, str, date | None]
NO_WORDS, NO_DAY = cast(null(), String), cast(null(), Date)


@dataclass(frozen=True, slots=True)
class Narrowing:
    """Regions as id, code and name, by name; poll days in order; rounds as code and name, the one
    that closes last first."""

    regions: list[tuple[int, str, str]]
    polls: list[date]
    rounds: list[tuple[str, str]]


def narrowing_for(user: Actor) -> Narrowing:
    """The regions and poll days of what this person may read, and the rounds they may know of.

    A round that is being prepared is known to who may prepare it.
    """
    found: dict[int, list[Any]] = {REGION: [], POLL: [], ROUND: []}
    for row in db.session.execute(_question(scope_of(user), clock.today())):
        found[row.kind].append(row)
    return Narrowing(
        regions=sorted(((r.number, r.code, r.name) for r in found[REGION]), key=lambda r: r[2]),
        polls=sorted(row.day for row in found[POLL]),
        rounds=[(r.code, r.name) for r in sorted(found[ROUND], key=lambda r: r.number)],
    )


@lru_cache(maxsize=64)
def _question(scope: Scope, today: date) -> CompoundSelect[Any]:
    """Put together once for all who may read the same: that costs more than to answer it."""
    return union_all(_regions(scope, today), _polls(scope), _rounds(scope))


def _regions(scope: Scope, today: date) -> Line:
    own = scope.region_ids
    return select(
        literal(REGION).label("kind"),
        UnionRegion.id.label("number"),
        UnionRegion.code.label("code"),
        UnionRegion.name.label("name"),
        NO_DAY.label("day"),
    ).where(
        lasting(today),
        true() if own is None else UnionRegion.id.in_(sorted(own)),
    )


def _polls(scope: Scope) -> Line:
    return (
        select(literal(POLL), literal(0), NO_WORDS, NO_WORDS, Application.poll_on)
        .where(visible_to(scope), Application.poll_on.is_not(None))
        .distinct()
    )


def _rounds(scope: Scope) -> Line:
    place = func.row_number().over(order_by=(Round.closes_at.desc(), Round.id.desc()))
    return select(literal(ROUND), place, Round.code, Round.name, NO_DAY).where(known_to(scope))
