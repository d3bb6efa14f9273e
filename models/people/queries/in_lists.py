"""What lists and workbooks say of many people at once: how to reach them, their membership.

Each answers by person; who has none is not there. Whoever got the people from a list that the
reader may see may read these.
"""

from collections.abc import Collection
from typing import NamedTuple

from sqlalchemy import select

from models.base import db
from models.people.tables import Consent, ContactPoint, PersonTag, Tag, UnionMembership
from models.places.tables import UnionBranch


class Membership(NamedTuple):
    """A membership of the union that stands."""

    number: str | None
    branch: str | None


def emails_of(people: Collection[int]) -> dict[int, str]:
    """The first choice among each person's e-mail addresses."""
    return _points(people, "email")


def mobiles_of(people: Collection[int]) -> dict[int, str]:
    """The first choice among each person's mobile numbers."""
    return _points(people, "mobile")


def phones_of(people: Collection[int]) -> dict[int, str]:
    """The first choice among each person's other telephone numbers."""
    return _points(people, "phone")


def addresses_of(people: Collection[int]) -> dict[int, str]:
    """The first choice among each person's postal addresses, in one line."""
    found = _points(people, "address")
    return {person: ", ".join(address.splitlines()) for person, address in found.items()}


def tags_in_words(people: Collection[int]) -> dict[int, str]:
    """The tags of each person, in a line."""
    rows = db.session.execute(
        select(PersonTag.person_id, Tag.name)
        .join(Tag, Tag.id == PersonTag.tag_id)
        .where(PersonTag.person_id.in_(people))
        .order_by(PersonTag.person_id, Tag.key)
    )
    words: dict[int, list[str]] = {}
    for person_id, name in rows:
        words.setdefault(person_id, []).append(name)
    return {person_id: ", ".join(names) for person_id, names in words.items()}


def _points(people: Collection[int], kind: str) -> dict[int, str]:
    rows = db.session.execute(
        select(ContactPoint.person_id, ContactPoint.value)
        .where(
            ContactPoint.person_id.in_(people),
            ContactPoint.kind == kind,
            ContactPoint.ends_on.is_(None),
        )
        .order_by(ContactPoint.preferred, ContactPoint.id.desc())
    )
    return {row.person_id: row.value for row in rows}


def numbers_of(people: Collection[int]) -> dict[int, str | None]:
    """Each person's membership number."""
    return {person: one.number for person, one in _memberships(people).items()}


def branches_of(people: Collection[int]) -> dict[int, str | None]:
    """The name of each person's branch."""
    return {person: one.branch for person, one in _memberships(people).items()}


def _memberships(people: Collection[int]) -> dict[int, Membership]:
    rows = db.session.execute(
        select(UnionMembership.person_id, UnionMembership.number, UnionBranch.name)
        .outerjoin(UnionBranch, UnionBranch.id == UnionMembership.branch_id)
        .where(UnionMembership.person_id.in_(people), UnionMembership.ends_on.is_(None))
        .order_by(UnionMembership.id)
    )
    return {person: Membership(number, branch) for person, number, branch in rows}


def agreed(people: Collection[int], purpose: str) -> set[int]:
    """Those of the people with a consent to this purpose that stands."""
    return set(
        db.session.scalars(
            select(Consent.person_id).where(
                Consent.person_id.in_(people),
                Consent.purpose == purpose,
                Consent.withdrawn_on.is_(None),
            )
        )
    )
