"""Reading GMB groups. Membership of the union is private: who reads comes first."""

from dataclasses import dataclass, field
from datetime import date

from sqlalchemy import ColumnElement, Select, Subquery, and_, func, or_, select, true
from sqlalchemy.orm import joinedload

from models import clock
from models.accounts.permits import Actor
from models.base import db
from models.councillors.groups.tables import UnionGroup, UnionGroupMeeting, UnionGroupMember
from models.councillors.queries.offices import holding
from models.councillors.tables import NetworkMembership, OfficeTerm
from models.errors import NotFound
from models.people.queries.seeing import listed, visible_people
from models.people.tables import Person, UnionMembership
from models.places.queries.regions import council_ids_in
from models.places.tables import Council


def _mine(reader: Actor) -> ColumnElement[bool]:
    if reader.region_ids is None:
        return true()
    return UnionGroup.council_id.in_(council_ids_in(reader.region_ids))


def group_for(reader: Actor, group_id: int) -> UnionGroup:
    """A group on a council of the reader's region; else NotFound."""
    group = db.session.scalars(
        select(UnionGroup)
        .options(joinedload(UnionGroup.council))
        .where(UnionGroup.id == group_id, _mine(reader))
    ).one_or_none()
    if group is None:
        raise NotFound("There is no such group, or it is not in your region.")
    return group


def group_on(reader: Actor, council_id: int) -> UnionGroup | None:
    """The group that a council has now, as far as this reader may know."""
    return db.session.scalars(
        select(UnionGroup).where(
            UnionGroup.council_id == council_id, UnionGroup.ends_on.is_(None), _mine(reader)
        )
    ).one_or_none()


def members_of(reader: Actor, group: UnionGroup, *, past: bool = False) -> list[UnionGroupMember]:
    """The members of a group whom the reader may see, the convenor first."""
    wanted = [UnionGroupMember.group_id == group.id, visible_people(reader)]
    if not past:
        wanted.append(UnionGroupMember.ends_on.is_(None))
    rows = db.session.scalars(
        select(UnionGroupMember)
        .join(Person, Person.id == UnionGroupMember.person_id)
        .options(joinedload(UnionGroupMember.person))
        .where(*wanted)
        .order_by(Person.family_key, Person.given_key, UnionGroupMember.id)
    )
    order = {"convenor": 0, "secretary": 1, "member": 2}
    return sorted(rows, key=lambda one: (one.ends_on is not None, order[one.role]))


def member_for(reader: Actor, member_id: int) -> UnionGroupMember:
    """A place in a group, with its person; else NotFound."""
    member = db.session.scalars(
        select(UnionGroupMember)
        .join(UnionGroup, UnionGroup.id == UnionGroupMember.group_id)
        .join(Person, Person.id == UnionGroupMember.person_id)
        .options(joinedload(UnionGroupMember.person))
        .where(UnionGroupMember.id == member_id, _mine(reader), visible_people(reader))
    ).one_or_none()
    if member is None:
        raise NotFound("There is no such member, or they are not in your region.")
    return member


def meeting_for(reader: Actor, meeting_id: int) -> UnionGroupMeeting:
    """A meeting of a group of the reader's region; else NotFound."""
    meeting = db.session.scalars(
        select(UnionGroupMeeting)
        .join(UnionGroup, UnionGroup.id == UnionGroupMeeting.group_id)
        .where(UnionGroupMeeting.id == meeting_id, _mine(reader))
    ).one_or_none()
    if meeting is None:
        raise NotFound("There is no such meeting, or it is not in your region.")
    return meeting


def open_place(group: UnionGroup, person: Person) -> UnionGroupMember | None:
    """The person's present place in a group."""
    return db.session.scalars(
        select(UnionGroupMember).where(
            UnionGroupMember.group_id == group.id,
            UnionGroupMember.person_id == person.id,
            UnionGroupMember.ends_on.is_(None),
        )
    ).one_or_none()


def convenors(group: UnionGroup) -> list[UnionGroupMember]:
    """Who leads a group now; for rules."""
    return list(
        db.session.scalars(
            select(UnionGroupMember).where(
                UnionGroupMember.group_id == group.id,
                UnionGroupMember.role == "convenor",
                UnionGroupMember.ends_on.is_(None),
            )
        )
    )


def meetings_of(group: UnionGroup) -> list[UnionGroupMeeting]:
    """The meetings of a group, the latest first."""
    return list(
        db.session.scalars(
            select(UnionGroupMeeting)
            .where(UnionGroupMeeting.group_id == group.id)
            .order_by(UnionGroupMeeting.on.desc(), UnionGroupMeeting.id.desc())
        )
    )


def ours() -> ColumnElement[bool]:
    """True for a person whom the union counts as its own in office: a member now, or joined to
    the network."""
    today = clock.today()
    member = select(UnionMembership.person_id).where(
        UnionMembership.status == "member",
        or_(UnionMembership.ends_on.is_(None), UnionMembership.ends_on > today),
    )
    joined = select(NetworkMembership.person_id).where(
        NetworkMembership.ended_at.is_(None), NetworkMembership.status == "joined"
    )
    return or_(Person.id.in_(member), Person.id.in_(joined))


@dataclass
class Coverage:
    """A council with councillors of ours: how many, and its group if it has one."""

    council: Council
    councillors: int
    group: UnionGroup | None
    members: int = 0
    convenors: list[str] = field(default_factory=list)
    last_met: date | None = None


def coverage_for(reader: Actor) -> list[Coverage]:
    """Every council with a councillor of ours or a group, those without a group first."""
    counts = _counts(reader)
    scope = (
        true() if reader.region_ids is None else Council.id.in_(council_ids_in(reader.region_ids))
    )
    rows = db.session.execute(
        select(Council, func.coalesce(counts.c.number, 0), UnionGroup)
        .outerjoin(counts, counts.c.council_id == Council.id)
        .outerjoin(
            UnionGroup, and_(UnionGroup.council_id == Council.id, UnionGroup.ends_on.is_(None))
        )
        .where(scope, or_(counts.c.number > 0, UnionGroup.id.is_not(None)))
        .order_by(Council.name_key, Council.id)
    )
    lines = [Coverage(*row) for row in rows]
    _add_members(reader, lines)
    return sorted(lines, key=lambda line: line.group is not None)


def _counts(reader: Actor) -> Subquery:
    return (
        select(OfficeTerm.council_id, func.count(OfficeTerm.person_id.distinct()).label("number"))
        .join(Person, Person.id == OfficeTerm.person_id)
        .where(holding(), OfficeTerm.post == "councillor", listed(), ours(), visible_people(reader))
        .group_by(OfficeTerm.council_id)
        .subquery()
    )


def _add_members(reader: Actor, lines: list[Coverage]) -> None:
    by_group = {line.group.id: line for line in lines if line.group is not None}
    if not by_group:
        return
    rows = db.session.execute(
        select(UnionGroupMember.group_id, UnionGroupMember.role, Person)
        .join(Person, Person.id == UnionGroupMember.person_id)
        .where(
            UnionGroupMember.group_id.in_(sorted(by_group)),
            UnionGroupMember.ends_on.is_(None),
            visible_people(reader),
        )
        .order_by(Person.family_key, Person.id)
    )
    for group_id, role, person in rows:
        by_group[group_id].members += 1
        if role == "convenor":
            by_group[group_id].convenors.append(person.name)
    met = db.session.execute(
        select(UnionGroupMeeting.group_id, func.max(UnionGroupMeeting.on))
        .where(UnionGroupMeeting.group_id.in_(sorted(by_group)))
        .group_by(UnionGroupMeeting.group_id)
    )
    for group_id, day in met:
        by_group[group_id].last_met = day


def councillors_without(reader: Actor, group: UnionGroup) -> list[Person]:
    """Councillors of ours on the group's council who are not in the group, by name."""
    return list(db.session.scalars(_without(reader, group)))


def _without(reader: Actor, group: UnionGroup) -> Select[Person]:
    inside = select(UnionGroupMember.person_id).where(
        UnionGroupMember.group_id == group.id, UnionGroupMember.ends_on.is_(None)
    )
    seated = select(OfficeTerm.person_id).where(
        OfficeTerm.council_id == group.council_id, OfficeTerm.post == "councillor", holding()
    )
    return (
        select(Person)
        .where(
            Person.id.in_(seated),
            Person.id.not_in(inside),
            listed(),
            ours(),
            visible_people(reader),
        )
        .order_by(Person.family_key, Person.given_key, Person.id)
    )


__all__ = [
    "Coverage",
    "convenors",
    "councillors_without",
    "coverage_for",
    "group_for",
    "group_on",
    "meeting_for",
    "meetings_of",
    "member_for",
    "members_of",
    "open_place",
    "ours",
]
