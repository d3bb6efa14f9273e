"""Where the facts stand that grow old, and how much of their worth each has lost."""

from collections.abc import Collection
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, literal, or_, select, union_all
from sqlalchemy.sql.selectable import Subquery

from models import clock
from models.base import db
from models.councillors.queries.offices import holding
from models.councillors.tables import NetworkMembership, OfficeRole, OfficeTerm
from models.freshness import rules
from models.freshness.tables import FactCheck, HalfLife
from models.people.tables import ContactPoint, Person, UnionMembership

IN_NETWORK = ("joined", "invited")


def half_lives() -> dict[str, int]:
    """Days by kind: the office's own setting, else the one that the kind starts with."""
    set_here = {row.kind: row.days for row in db.session.scalars(select(HalfLife))}
    return {key: set_here.get(key, kind.days) for key, kind in rules.KINDS.items()}


def half_life_of(kind: str) -> HalfLife | None:
    """The office's own setting for a kind, if there is one."""
    return db.session.scalars(select(HalfLife).where(HalfLife.kind == kind)).one_or_none()


def current_facts(kinds: Collection[str] = tuple(rules.KINDS)) -> Subquery:
    """Every fact in force of these kinds: kind, id, person_id, verified_on, lost (per cent)."""
    lives, today = half_lives(), clock.today()
    parts = []
    for kind in (rules.KINDS[key] for key in rules.KINDS if key in kinds):
        table, in_force = _stored(kind)
        parts.append(
            select(
                literal(kind.key).label("kind"),
                table.id.label("id"),
                table.person_id.label("person_id"),
                table.verified_on.label("verified_on"),
                _lost(table.verified_on, today, lives[kind.key]).label("lost"),
            ).where(in_force)
        )
    return union_all(*parts).subquery("facts")


def _stored(kind: rules.Kind) -> tuple[Any, ColumnElement[bool]]:
    if kind.key == "office":
        return OfficeTerm, holding()
    if kind.key == "membership":
        return UnionMembership, and_(
            UnionMembership.ends_on.is_(None), UnionMembership.status == "member"
        )
    return ContactPoint, and_(ContactPoint.kind == kind.key, ContactPoint.ends_on.is_(None))


def _lost(verified_on: Any, today: date, days: int) -> ColumnElement[int]:
    steps = [(verified_on <= day, lost) for day, lost in rules.steps(today, days)]
    return case((verified_on.is_(None), rules.NEVER), *steps, else_=0)


def found_dead(kind: Any, fact_id: Any) -> ColumnElement[bool]:
    """True where somebody found the fact dead, and nobody has settled that since."""
    return _open_check(kind, fact_id).exists()


def tried_lately(kind: Any, fact_id: Any) -> ColumnElement[bool]:
    """True where nobody was reached by it some days ago: it rests before it is tried again."""
    since = clock.now() - rules.REST
    return (
        _open_check(kind, fact_id)
        .where(FactCheck.verdict == "unreachable", FactCheck.at > since)
        .exists()
    )


def _open_check(kind: Any, fact_id: Any) -> Select[int]:
    return select(FactCheck.id).where(
        FactCheck.kind == kind,
        FactCheck.fact_id == fact_id,
        FactCheck.verdict.in_([key for key, verdict in rules.VERDICTS.items() if verdict.dead]),
        FactCheck.settled_at.is_(None),
        FactCheck.undone_at.is_(None),
    )


def matters(person_id: Any) -> dict[str, ColumnElement[bool]]:
    """Which of the weights a person has, by key."""
    term = select(OfficeTerm.id).where(OfficeTerm.person_id == person_id, holding())
    leading = term.join(OfficeRole, OfficeRole.term_id == OfficeTerm.id).where(
        OfficeRole.kind.in_(rules.LEADING_ROLES), OfficeRole.ends_on.is_(None)
    )
    network = select(NetworkMembership.id).where(
        NetworkMembership.person_id == person_id, NetworkMembership.ended_at.is_(None)
    )
    application = Person.metadata.tables["application"]
    asked = select(application.c.id).where(
        application.c.person_id == person_id,
        application.c.poll_on >= clock.today(),
        application.c.status.not_in(("declined", "withdrawn", "lapsed", "not_endorsed")),
    )
    return {
        "office": term.exists(),
        "leading": leading.exists(),
        "joined": network.where(NetworkMembership.status == "joined").exists(),
        "campaign": asked.exists(),
    }


def looked_after(person_id: Any) -> ColumnElement[bool]:
    """True for people whose facts the office keeps fresh: office holders and the Network."""
    held = select(OfficeTerm.person_id).where(holding())
    network = select(NetworkMembership.person_id).where(
        NetworkMembership.ended_at.is_(None), NetworkMembership.status.in_(IN_NETWORK)
    )
    return or_(person_id.in_(held), person_id.in_(network))
