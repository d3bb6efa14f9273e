"""The facts of two people side by side: a few statements for both, whatever they have."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from models.base import db
from models.councillors.tables import NetworkMembership, OfficeTerm
from models.delegates.tables import DelegateTerm
from models.people.tables import (
    ContactPoint,
    PartyMembership,
    PersonTag,
    UnionMembership,
)


@dataclass
class Beside:
    """What stands on one record."""

    points: list[ContactPoint] = field(default_factory=list)
    memberships: list[UnionMembership] = field(default_factory=list)
    parties: list[PartyMembership] = field(default_factory=list)
    terms: list[OfficeTerm] = field(default_factory=list)
    delegates: list[DelegateTerm] = field(default_factory=list)
    tags: list[str] = field(default_factory=list)
    network: str | None = None


def beside(ids: Iterable[int]) -> dict[int, Beside]:
    """What stands on each of these records, by person."""
    wanted = sorted(ids)
    found = {one: Beside() for one in wanted}
    for point in db.session.scalars(
        select(ContactPoint)
        .where(ContactPoint.person_id.in_(wanted), ContactPoint.ends_on.is_(None))
        .order_by(ContactPoint.kind, ContactPoint.preferred.desc(), ContactPoint.id)
    ):
        found[point.person_id].points.append(point)
    for membership in db.session.scalars(
        select(UnionMembership)
        .options(joinedload(UnionMembership.branch))
        .where(UnionMembership.person_id.in_(wanted))
        .order_by(UnionMembership.id)
    ):
        found[membership.person_id].memberships.append(membership)
    for party in db.session.scalars(
        select(PartyMembership)
        .options(joinedload(PartyMembership.party))
        .where(PartyMembership.person_id.in_(wanted))
        .order_by(PartyMembership.id)
    ):
        found[party.person_id].parties.append(party)
    _offices(wanted, found)
    for tagging in db.session.scalars(
        select(PersonTag)
        .options(joinedload(PersonTag.tag))
        .where(PersonTag.person_id.in_(wanted))
        .order_by(PersonTag.id)
    ):
        found[tagging.person_id].tags.append(tagging.tag.name)
    return found


def _offices(wanted: list[int], found: dict[int, Beside]) -> None:
    for sent in db.session.scalars(
        select(DelegateTerm)
        .options(joinedload(DelegateTerm.constituency), joinedload(DelegateTerm.branch))
        .where(DelegateTerm.person_id.in_(wanted))
        .order_by(DelegateTerm.ended_on.is_not(None), DelegateTerm.id)
    ):
        found[sent.person_id].delegates.append(sent)
    for term in db.session.scalars(
        select(OfficeTerm)
        .options(
            joinedload(OfficeTerm.council),
            joinedload(OfficeTerm.ward),
            joinedload(OfficeTerm.party),
            joinedload(OfficeTerm.constituency),
        )
        .where(OfficeTerm.person_id.in_(wanted))
        .order_by(OfficeTerm.actual_end.is_not(None), OfficeTerm.id)
    ):
        found[term.person_id].terms.append(term)
    for place in db.session.scalars(
        select(NetworkMembership).where(
            NetworkMembership.person_id.in_(wanted), NetworkMembership.ended_at.is_(None)
        )
    ):
        found[place.person_id].network = place.status
