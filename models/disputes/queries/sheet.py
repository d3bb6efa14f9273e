"""The dispute sheet: everything about one council, employer or area, for one reader."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, false, or_, select, true
from sqlalchemy.orm import joinedload

from models import clock
from models.accounts.permits import Actor, may
from models.accounts.roles import Permit
from models.base import db
from models.councillors.control.queries import composition_of, control_of
from models.councillors.control.rules import Composition
from models.councillors.control.tables import ControlPeriod
from models.councillors.groups.queries import group_on
from models.councillors.groups.tables import UnionGroup, UnionGroupMember
from models.councillors.rules import FOR_CONSTITUENCY
from models.councillors.seats.queries.scope import held_on
from models.councillors.tables import NetworkMembership, OfficeRole, OfficeTerm
from models.delegates.list import DelegateLine, delegates_at
from models.disputes.queries.asks import AskLine, asks_about
from models.funding.queries.about import awarded_on
from models.funding.tables import Application
from models.people.queries.seeing import listed, visible_people
from models.people.tables import Person, UnionMembership
from models.places.queries.regions import region_of_council
from models.places.tables import (
    Constituency,
    Council,
    UnionBranch,
    UnionRegion,
)

EXECUTIVE = ("leader", "deputy-leader", "cabinet")
MOST_ASKS = 10


@dataclass
class Line:
    """Somebody in office: the seat, their posts, and what the union has with them."""

    term: OfficeTerm
    person: Person
    place: str
    party: str
    status: str | None
    posts: list[OfficeRole] = field(default_factory=list)
    member: bool = False
    branch: str | None = None
    group_role: str | None = None

    @property
    def person_id(self) -> int:
        """Who holds the office, by id."""
        return self.person.id

    @property
    def name(self) -> str:
        """The holder's everyday name."""
        return self.person.name

    @property
    def ours(self) -> bool:
        """True for a member of the union, of its group, or of the network."""
        return self.member or self.status == "joined" or self.group_role is not None

    @property
    def executive(self) -> list[OfficeRole]:
        """Leader, deputy or cabinet posts held now."""
        return [role for role in self.posts if role.kind in EXECUTIVE]


@dataclass
class Sheet:
    """One council's sheet. People are those whom the reader may see; `funding` is None where the
    reader may not read it."""

    council: Council | None
    constituency: Constituency | None
    employer: str | None
    region: UnionRegion | None
    control: ControlPeriod | None
    seats: Composition | None
    lines: list[Line]
    delegates: list[DelegateLine]
    group: UnionGroup | None
    branches: list[UnionBranch]
    funding: list[Application] | None
    funded: int
    asks: list[AskLine]

    @property
    def title(self) -> str:
        """What the sheet is about."""
        area = self.council or self.constituency
        name = area.name if area is not None else ""
        return f"{self.employer} and {name}" if self.employer and name else self.employer or name

    @property
    def executive(self) -> list[Line]:
        """The leader first, then deputies and cabinet members."""
        order = {kind: at for at, kind in enumerate(EXECUTIVE)}
        found = [line for line in self.lines if line.executive and self._here(line)]
        return sorted(found, key=lambda line: min(order[one.kind] for one in line.executive))

    @property
    def ours(self) -> list[Line]:
        """Our councillors on this council, the convenor first."""
        order = {"convenor": 0, "secretary": 1}
        found = [line for line in self.lines if line.ours and self._here(line)]
        return sorted(found, key=lambda line: order.get(line.group_role or "", 2))

    @property
    def convenor(self) -> Line | None:
        """Who leads our group."""
        return next((line for line in self.lines if line.group_role == "convenor"), None)

    @property
    def above(self) -> list[Line]:
        """Mayors, commissioners, members of parliaments; and the county's or combined
        authority's executive."""
        return [
            line
            for line in self.lines
            if line.term.post != "councillor" or (line.executive and not self._here(line))
        ]

    def _here(self, line: Line) -> bool:
        return (
            self.council is not None
            and line.term.council_id == self.council.id
            and line.term.post == "councillor"
        )

    def everybody(self) -> list[Line | DelegateLine]:
        """Everybody on the sheet, each person once: who may be asked."""
        found: dict[int, Line | DelegateLine] = {}
        all_lines: list[Line | DelegateLine] = [
            *self.executive,
            *self.ours,
            *self.above,
            *self.delegates,
        ]
        for line in all_lines:
            found.setdefault(line.person_id, line)
        return list(found.values())


def sheet_for(
    reader: Actor,
    *,
    council: Council | None = None,
    constituency: Constituency | None = None,
    employer: str | None = None,
) -> Sheet:
    """The sheet of a council or a constituency, perhaps about one employer, as things are today.

    A handful of statements, however large the council is.
    """
    group = group_on(reader, council.id) if council is not None else None
    lines, branches = _lines(reader, council, constituency, group)
    funding, funded = _funding(reader, council)
    region = region_of_council(council.id) if council is not None else None
    return Sheet(
        council=council,
        constituency=constituency,
        employer=employer,
        region=region,
        control=control_of([council.id]).get(council.id) if council is not None else None,
        seats=composition_of(council) if council is not None else None,
        lines=lines,
        delegates=delegates_at(reader, _overlapping(council, constituency)),
        group=group,
        branches=_with_employers(reader, branches, employer, region),
        funding=funding,
        funded=funded,
        asks=asks_about(
            reader,
            [council.id] if council is not None else [],
            employer=employer,
            constituency_id=constituency.id if constituency is not None else None,
            limit=MOST_ASKS,
        ),
    )


def _area_ids(council: Council) -> Select[int]:
    """The council, and the county and the combined authority above it."""
    codes = [code for code in (council.county_code, council.combined_code) if code]
    return select(Council.id).where(or_(Council.id == council.id, Council.code.in_(codes)))


def _overlapping(council: Council | None, constituency: Constituency | None) -> ColumnElement[bool]:
    """True for a constituency that the sheet is about: the one it was asked for, and those that
    bear the council's name."""
    where: list[ColumnElement[bool]] = []
    if council is not None:
        where.append(Constituency.name_key.contains(council.name_key, autoescape=True))
    if constituency is not None:
        where.append(Constituency.id == constituency.id)
    return or_(false(), *where)


def _where(council: Council | None, constituency: Constituency | None) -> ColumnElement[bool]:
    where: list[ColumnElement[bool]] = []
    if council is not None:
        in_parliament = OfficeTerm.post.in_(sorted(FOR_CONSTITUENCY))
        where.append(OfficeTerm.council_id.in_(_area_ids(council)))
        where.append(and_(in_parliament, _overlapping(council, None)))
    if constituency is not None:
        where.append(OfficeTerm.constituency_id == constituency.id)
    return or_(*where)


def _lines(
    reader: Actor,
    council: Council | None,
    constituency: Constituency | None,
    group: UnionGroup | None,
) -> tuple[list[Line], dict[int, UnionBranch]]:
    """Everybody in office there, with posts, membership and place in our group, and the branches
    of those who are members; in one statement."""
    rows = db.session.execute(
        _whole(group)
        .where(
            _where(council, constituency),
            held_on(clock.today()),
            listed(),
            visible_people(reader),
        )
        .order_by(Person.family_key, Person.given_key, OfficeTerm.id, OfficeRole.id)
    ).unique()
    lines: dict[int, Line] = {}
    branches: dict[int, UnionBranch] = {}
    for term, person, status, role, member, branch, group_role in rows:
        place = term.ward.name if term.ward is not None else term.area
        party = term.party.name if term.party is not None else ""
        line = lines.setdefault(term.id, Line(term, person, place, party, status))
        if role is not None and role not in line.posts:
            line.posts.append(role)
        line.member = line.member or member is not None
        line.group_role = group_role or line.group_role
        if branch is not None:
            line.branch = branch.name
            branches[branch.id] = branch
    return list(lines.values()), branches


def _whole(group: UnionGroup | None) -> Any:
    today = clock.today()
    columns: Any = select(
        OfficeTerm,
        Person,
        NetworkMembership.status,
        OfficeRole,
        UnionMembership.id,
        UnionBranch,
        UnionGroupMember.role,
    )
    return (
        columns.join(Person, Person.id == OfficeTerm.person_id)
        .outerjoin(Constituency, Constituency.id == OfficeTerm.constituency_id)
        .outerjoin(NetworkMembership, and_(NetworkMembership.person_id == Person.id, _open()))
        .outerjoin(
            OfficeRole,
            and_(
                OfficeRole.term_id == OfficeTerm.id,
                or_(OfficeRole.ends_on.is_(None), OfficeRole.ends_on > today),
            ),
        )
        .outerjoin(UnionMembership, and_(UnionMembership.person_id == Person.id, *current()))
        .outerjoin(UnionBranch, UnionBranch.id == UnionMembership.branch_id)
        .outerjoin(
            UnionGroupMember,
            and_(
                UnionGroupMember.person_id == Person.id,
                UnionGroupMember.ends_on.is_(None),
                UnionGroupMember.group_id == (group.id if group is not None else -1),
            ),
        )
        .options(
            joinedload(OfficeTerm.ward),
            joinedload(OfficeTerm.council),
            joinedload(OfficeTerm.constituency),
            joinedload(OfficeTerm.party),
        )
    )


def _open() -> ColumnElement[bool]:
    return NetworkMembership.ended_at.is_(None)


def current(on: date | None = None) -> Iterable[ColumnElement[bool]]:
    """The conditions on a membership that is held on a day (default: today)."""
    day = on or clock.today()
    return (
        UnionMembership.status == "member",
        or_(UnionMembership.ends_on.is_(None), UnionMembership.ends_on > day),
    )


def _with_employers(
    reader: Actor,
    branches: dict[int, UnionBranch],
    employer: str | None,
    region: UnionRegion | None,
) -> list[UnionBranch]:
    """The branches of our people on the sheet, and those of the council's region whose members
    work for the employer."""
    found = dict(branches)
    if employer:
        near = UnionBranch.region_id == region.id if region is not None else true()
        rows = db.session.scalars(
            select(UnionBranch)
            .distinct()
            .join(UnionMembership, UnionMembership.branch_id == UnionBranch.id)
            .join(Person, Person.id == UnionMembership.person_id)
            .where(near, works_for(employer), *current(), visible_people(reader))
            .order_by(UnionBranch.id)
        )
        found |= {branch.id: branch for branch in rows}
    return sorted(found.values(), key=lambda branch: (branch.name, branch.id))


def works_for(employer: str) -> ColumnElement[bool]:
    """True for a membership whose employer holds this text, in any case."""
    return UnionMembership.employer.icontains(employer.strip(), autoescape=True)


def _funding(reader: Actor, council: Council | None) -> tuple[list[Application] | None, int]:
    """What was awarded to candidates for this council, and the sum; None where they may not."""
    if council is None or not may(reader, Permit.FUNDING_READ):
        return None, 0
    given = awarded_on(reader, council.id)
    return given, sum(one.awarded_p or 0 for one in given)
