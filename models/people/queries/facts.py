"""The facts of one person. Whoever got the person from `person_for` may read them."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import and_, literal, or_, select, union_all
from sqlalchemy.orm import contains_eager

from models.accounts.permits import Actor
from models.accounts.tables import User
from models.base import db
from models.errors import NotFound
from models.folding import fold
from models.people import rules
from models.people.queries.people import person_for
from models.people.tables import (
    Consent,
    ContactPoint,
    LawfulBasis,
    PartyMembership,
    Person,
    PersonNote,
    PersonTag,
    PoliticalFundStatus,
    Tag,
    UnionMembership,
)


@dataclass(frozen=True)
class Facts:
    """Everything on one person's record, in the order of the functions of the same names."""

    points: list[ContactPoint]
    memberships: list[UnionMembership]
    parties: list[PartyMembership]
    political: list[PoliticalFundStatus]
    bases: list[LawfulBasis]
    consents: list[Consent]
    tags: list[Tag]


def facts_of(person: Person) -> Facts:
    """All the facts of a person in one statement, as a record page shows them."""
    kinds: tuple[Any, ...] = (
        ContactPoint,
        UnionMembership,
        PartyMembership,
        PoliticalFundStatus,
        LawfulBasis,
        Consent,
        PersonTag,
    )
    which = union_all(
        *(
            select(literal(number).label("kind"), kind.id.label("id")).where(
                kind.person_id == person.id
            )
            for number, kind in enumerate(kinds)
        )
    ).subquery()
    query: Any = select(*kinds).select_from(which)
    for number, kind in enumerate(kinds):
        # Each row of `which` finds its one fact; the other columns of the row are empty.
        query = query.outerjoin(kind, and_(which.c.kind == number, which.c.id == kind.id))
    rows = db.session.execute(
        query.outerjoin(UnionMembership.branch)
        .outerjoin(PartyMembership.party)
        .outerjoin(PersonTag.tag)
        .options(
            contains_eager(UnionMembership.branch),
            contains_eager(PartyMembership.party),
            contains_eager(PersonTag.tag),
        )
    )
    columns = [[fact for fact in column if fact is not None] for column in zip(*rows, strict=True)]
    found = columns or [[] for _ in kinds]
    points, memberships, parties, political, bases, consents, taggings = found
    return Facts(
        points=sorted(
            (point for point in points if point.ends_on is None),
            key=lambda point: (not point.preferred, point.kind, point.id),
        ),
        memberships=sorted(memberships, key=_open_and_latest),
        parties=sorted(parties, key=_open_and_latest),
        political=sorted(political, key=lambda one: (one.starts_on, one.id), reverse=True),
        bases=sorted(bases, key=lambda basis: (basis.purpose, basis.id)),
        consents=sorted(consents, key=lambda one: (one.given_on, one.id), reverse=True),
        tags=sorted((tagging.tag for tagging in taggings), key=lambda tag: tag.key),
    )


def _open_and_latest(fact: UnionMembership | PartyMembership) -> tuple[bool, int]:
    return fact.ends_on is not None, -fact.id


def contact_points_of(person: Person) -> list[ContactPoint]:
    """Ways to reach the person that have not ended, the preferred ones first."""
    return list(
        db.session.scalars(
            select(ContactPoint)
            .where(ContactPoint.person_id == person.id, ContactPoint.ends_on.is_(None))
            .order_by(ContactPoint.preferred.desc(), ContactPoint.kind, ContactPoint.id)
        )
    )


def memberships_of(person: Person) -> list[UnionMembership]:
    """The person's memberships of the union, the latest first."""
    return list(
        db.session.scalars(
            select(UnionMembership)
            .where(UnionMembership.person_id == person.id)
            .order_by(UnionMembership.ends_on.is_(None).desc(), UnionMembership.id.desc())
        )
    )


def open_membership_of(
    person: Person, *, but: UnionMembership | None = None
) -> UnionMembership | None:
    """The person's membership of the union that holds, but for `but`; None without one."""
    members = [one for one in memberships_of(person) if one is not but]
    return next((one for one in members if rules.is_open(one.status, one.ends_on)), None)


def party_memberships_of(person: Person) -> list[PartyMembership]:
    """The person's memberships of parties, the latest first."""
    return list(
        db.session.scalars(
            select(PartyMembership)
            .where(PartyMembership.person_id == person.id)
            .order_by(PartyMembership.ends_on.is_(None).desc(), PartyMembership.id.desc())
        )
    )


def political_fund_of(person: Person) -> list[PoliticalFundStatus]:
    """The person's dealings with the political fund, the latest first."""
    return list(
        db.session.scalars(
            select(PoliticalFundStatus)
            .where(PoliticalFundStatus.person_id == person.id)
            .order_by(PoliticalFundStatus.starts_on.desc(), PoliticalFundStatus.id.desc())
        )
    )


def open_political_fund(person: Person) -> PoliticalFundStatus | None:
    """The status that holds now, if one is known."""
    return next((one for one in political_fund_of(person) if one.ends_on is None), None)


def bases_of(person: Person) -> list[LawfulBasis]:
    """Why the person's data may be held, by purpose."""
    return list(
        db.session.scalars(
            select(LawfulBasis)
            .where(LawfulBasis.person_id == person.id)
            .order_by(LawfulBasis.purpose, LawfulBasis.id)
        )
    )


def tags_of(person: Person) -> list[Tag]:
    """The person's tags, by name."""
    return list(
        db.session.scalars(
            select(Tag)
            .join(PersonTag, PersonTag.tag_id == Tag.id)
            .where(PersonTag.person_id == person.id)
            .order_by(Tag.key)
        )
    )


def tag_of(text: str) -> Tag | None:
    """The tag with this name in any spelling."""
    return db.session.scalars(select(Tag).where(Tag.key == fold(text))).one_or_none()


def tagging_of(person: Person, tag: Tag) -> PersonTag | None:
    """The row that puts this tag on this person, if there is one."""
    return db.session.scalars(
        select(PersonTag).where(PersonTag.person_id == person.id, PersonTag.tag_id == tag.id)
    ).one_or_none()


@dataclass(frozen=True)
class NoteLine:
    """A note with the name of whoever wrote it."""

    note: PersonNote
    author: str | None


def notes_for(user: Actor, person: Person) -> list[NoteLine]:
    """The notes on the person that this user may read, newest first: never another region's."""
    wanted = [PersonNote.person_id == person.id, PersonNote.removed_at.is_(None)]
    if user.region_ids is not None:
        wanted.append(
            or_(PersonNote.region_id.is_(None), PersonNote.region_id.in_(sorted(user.region_ids)))
        )
    rows = db.session.execute(
        select(PersonNote, User.name)
        .outerjoin(User, User.id == PersonNote.written_by_id)
        .where(*wanted)
        .order_by(PersonNote.written_at.desc(), PersonNote.id.desc())
    )
    return [NoteLine(note, author) for note, author in rows]


def note_for(user: Actor, note_id: int) -> PersonNote:
    """One note that this user may read, on a person they may see; else NotFound."""
    note = db.session.get(PersonNote, note_id)
    if note is None or note.removed_at is not None:
        raise NotFound("There is no such note.")
    person = person_for(user, note.person_id)
    if all(line.note.id != note.id for line in notes_for(user, person)):
        raise NotFound("There is no such note.")
    return note


def point_for(user: Actor, point_id: int) -> ContactPoint:
    """One contact point of a person this user may see; else NotFound."""
    point = db.session.get(ContactPoint, point_id)
    if point is None or point.ends_on is not None:
        raise NotFound("There is no such contact point.")
    person_for(user, point.person_id)
    return point


def membership_for(user: Actor, membership_id: int) -> UnionMembership:
    """One union membership of a person this user may see; else NotFound."""
    membership = db.session.get(UnionMembership, membership_id)
    if membership is None:
        raise NotFound("There is no such membership.")
    person_for(user, membership.person_id)
    return membership


def consent_for(user: Actor, consent_id: int) -> Consent:
    """One consent of a person this user may see; else NotFound."""
    consent = db.session.get(Consent, consent_id)
    if consent is None:
        raise NotFound("There is no such consent.")
    person_for(user, consent.person_id)
    return consent


def stored_numbers() -> Iterator[tuple[int, int, str]]:
    """Every membership number: (membership id, person id, number). For rules, not for pages."""
    query = select(UnionMembership.id, UnionMembership.person_id, UnionMembership.number)
    found = query.where(UnionMembership.number.is_not(None)).order_by(UnionMembership.id)
    for row in db.session.execute(found.execution_options(yield_per=1000)):
        yield row.id, row.person_id, row.number or ""
