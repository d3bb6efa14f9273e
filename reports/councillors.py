"""The Councillors' Network as a workbook: one row for each office that the reader's list shows."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import select

from models.accounts import Actor
from models.base import db
from models.councillors.filters import CouncillorFilters
from models.councillors.queries import CouncillorLine, councillor_lines
from models.councillors.rules import POSTS, ROLE_KINDS
from models.councillors.tables import OfficeRole
from models.councillors.workflow import STATUSES
from models.people.rules import DISCLOSURE
from models.people.tables import Consent, ContactPoint, UnionMembership
from models.places.tables import CouncilRegion, UnionBranch, UnionRegion
from models.query_args import Given
from reports.sheet import Book, Column, Filled, Sheet, book

LONGEST_QUIET = 36_500  # days, so that today less them is still a day

FILTERS = (
    "text",
    "region",
    "council",
    "party",
    "status",
    "ending_before",
    "no_contact_since",
    "office",
    "control",
    "tag",
    "role",
    "owner",
    "delegate",
    "quiet_days",
    "verified_before",
    "people",
    "sort",
)

NETWORK = Sheet(
    "Councillors",
    (
        Column("name", "Name", width=26, data_class="personal"),
        Column("title", "Title", width=10, data_class="personal"),
        Column("given_name", "Given name", width=16, data_class="personal"),
        Column("family_name", "Family name", width=18, data_class="personal"),
        Column("post", "Post", width=14),
        Column("council", "Council", width=26),
        Column("council_code", "Council code", width=12),
        Column("ward", "Ward", width=24),
        Column("party", "Party", width=24),
        Column("region", "Region of the council", width=28),
        Column("elected_on", "Elected", "day", 14),
        Column("expected_end", "Term ends", "day", 14),
        Column("roles", "Roles", width=30),
        Column("status", "Network status", width=14, data_class="special"),
        Column("number", "Membership number", width=16, data_class="special"),
        Column("branch", "Branch", width=22, data_class="special"),
        Column("email", "E-mail", width=30, data_class="personal"),
        Column("mobile", "Mobile", width=16, data_class="personal"),
        Column("last_contacted_at", "Last contact", "moment", 18),
        Column("verified_on", "Office verified", "day", 14),
    ),
)


def build(reader: Actor, filters: dict[str, str]) -> Book:
    """Everyone whom the reader's list shows under these filters, in the same order.

    With the filter `outside` only people with a live consent to disclosure stay in; `held_back`
    counts the others.
    """
    asked = filters.get("sort", "name")
    query = councillor_lines(
        reader,
        filters_of(filters),
        sort=asked.removeprefix("-"),
        descending=asked.startswith("-"),
    )
    lines = [CouncillorLine(*row) for row in db.session.execute(query)]
    kept = _consented(lines) if filters.get("outside") else lines
    return book(
        "Councillors' Network",
        [Filled(NETWORK, _rows(kept))],
        held_back=len(lines) - len(kept),
    )


def filters_of(arguments: Mapping[str, str] | Given) -> CouncillorFilters:
    """The list's filters from the address; what makes no sense there is left out."""
    given = Given.of(arguments)
    return CouncillorFilters(
        region=given.key("region"),
        council_id=given.id("council"),
        party_id=given.id("party"),
        status=given.key("status"),
        ending_before=given.day("ending_before"),
        no_contact_since=given.day("no_contact_since"),
        text=given.text("text"),
        office=given.key("office") or "current",
        control=given.key("control"),
        tag=given.key("tag"),
        role=given.key("role"),
        owner_id=given.id("owner"),
        quiet_days=given.count("quiet_days", most=LONGEST_QUIET),
        delegate=given.key("delegate"),
        verified_before=given.day("verified_before"),
        people=given.ids("people"),
    )


def _consented(lines: Sequence[CouncillorLine]) -> list[CouncillorLine]:
    agreed = set(
        db.session.scalars(
            select(Consent.person_id).where(
                Consent.purpose == DISCLOSURE, Consent.withdrawn_on.is_(None)
            )
        )
    )
    return [line for line in lines if line.person.id in agreed]


def _rows(lines: Sequence[CouncillorLine]) -> list[Mapping[str, Any]]:
    points, members = contact_points(), _memberships()
    regions, roles = _regions(), _roles()
    return [
        {
            **_office(line),
            "name": line.person.name,
            "title": line.person.title,
            "given_name": line.person.given_name,
            "family_name": line.person.family_name,
            "region": regions.get(line.term.council_id or 0),
            "roles": "; ".join(roles.get(line.term.id, ())),
            "status": STATUSES[line.status] if line.status else None,
            "email": points.get((line.person.id, "email")),
            "mobile": points.get((line.person.id, "mobile")),
            "last_contacted_at": line.person.last_contacted_at,
            **members.get(line.person.id, {}),
        }
        for line in lines
    ]


def _office(line: CouncillorLine) -> dict[str, Any]:
    return {
        "post": POSTS.get(line.term.post, line.term.post),
        "council": line.area,
        "council_code": line.council.code if line.council else None,
        "ward": line.ward.name if line.ward else None,
        "party": line.party.name if line.party else None,
        "elected_on": line.term.elected_on,
        "expected_end": line.term.expected_end,
        "verified_on": line.term.verified_on,
    }


def contact_points() -> dict[tuple[int, str], str]:
    """The first choice among each person's e-mail addresses and mobile numbers."""
    rows = db.session.execute(
        select(ContactPoint.person_id, ContactPoint.kind, ContactPoint.value)
        .where(ContactPoint.ends_on.is_(None), ContactPoint.kind.in_(("email", "mobile")))
        .order_by(ContactPoint.preferred, ContactPoint.id.desc())
    )
    return {(person, kind): value for person, kind, value in rows}


def _memberships() -> dict[int, dict[str, Any]]:
    rows = db.session.execute(
        select(UnionMembership.person_id, UnionMembership.number, UnionBranch.name)
        .outerjoin(UnionBranch, UnionBranch.id == UnionMembership.branch_id)
        .where(UnionMembership.ends_on.is_(None))
        .order_by(UnionMembership.id)
    )
    return {person: {"number": number, "branch": branch} for person, number, branch in rows}


def _regions() -> dict[int, str]:
    rows = db.session.execute(
        select(CouncilRegion.council_id, UnionRegion.name)
        .join(UnionRegion, UnionRegion.id == CouncilRegion.region_id)
        .where(CouncilRegion.ends_on.is_(None))
    )
    return {row.council_id: row.name for row in rows}


def _roles() -> dict[int, list[str]]:
    found: dict[int, list[str]] = defaultdict(list)
    rows = db.session.scalars(
        select(OfficeRole).where(OfficeRole.ends_on.is_(None)).order_by(OfficeRole.id)
    )
    for role in rows:
        label = ROLE_KINDS.get(role.kind, role.kind)
        found[role.term_id].append(f"{label}: {role.detail}" if role.detail else label)
    return found
