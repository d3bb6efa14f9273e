"""Reading acts on many people, and what they need to know beforehand."""

from collections.abc import Collection
from typing import Any

from sqlalchemy import and_, func, or_, select

from models import clock
from models.accounts.permits import Actor
from models.base import db
from models.councillors.tables import NetworkMembership
from models.errors import NotFound
from models.people.queries.seeing import listed, visible_people
from models.people.tables import Consent, ContactPoint, LawfulBasis, Person, PersonTag, Tag
from models.search.rules import NETWORK
from models.search.tables import BulkAct, BulkPart


def people_among(user: Actor, ids: Collection[int]) -> list[Person]:
    """Those of the people who are on the books and whom this user may see, in order of ids."""
    if not ids:
        return []
    return list(
        db.session.scalars(
            select(Person)
            .where(Person.id.in_(sorted(set(ids))), listed(), visible_people(user))
            .order_by(Person.id)
        )
    )


def act_sent_before(form_key: str) -> BulkAct | None:
    """The act that the same form has done already."""
    return db.session.scalars(select(BulkAct).where(BulkAct.form_key == form_key)).one_or_none()


def act_for(user: Actor, act_id: int) -> BulkAct:
    """One's own act; raises NotFound for anybody else's."""
    act = db.session.get(BulkAct, act_id)
    if act is None or act.by_id != user.id:
        raise NotFound("There is no such act of yours.")
    return act


def acts_of(
    user: Actor, *, page: int = 1, size: int = 50
) -> tuple[list[tuple[BulkAct, dict[str, int]]], int]:
    """One page of what this user did to many, the latest first, with the people by outcome."""
    own = BulkAct.by_id == user.id
    total = db.session.scalar(select(func.count(BulkAct.id)).where(own)) or 0
    acts = list(
        db.session.scalars(
            select(BulkAct)
            .where(own)
            .order_by(BulkAct.id.desc())
            .limit(size)
            .offset((page - 1) * size)
        )
    )
    counts: dict[int, dict[str, int]] = {act.id: {} for act in acts}
    for act_id, outcome, count in db.session.execute(
        select(BulkPart.act_id, BulkPart.outcome, func.count())
        .where(BulkPart.act_id.in_(counts))
        .group_by(BulkPart.act_id, BulkPart.outcome)
        .order_by(BulkPart.outcome)
    ):
        counts[act_id][outcome] = count
    return [(act, counts[act.id]) for act in acts], total


def parts_of(user: Actor, act: BulkAct) -> list[tuple[BulkPart, Person]]:
    """What an act came to, for each person whom this user may (still) see, by name."""
    rows = db.session.execute(
        select(BulkPart, Person)
        .join(Person, Person.id == BulkPart.person_id)
        .where(BulkPart.act_id == act.id, visible_people(user))
        .order_by(Person.family_key, Person.given_key, BulkPart.id)
    )
    return [(part, person) for part, person in rows]


def things_of(act: BulkAct) -> list[int]:
    """The ids of the rows that an act made, by its kind; each once."""
    made = select(BulkPart.thing_id).where(
        BulkPart.act_id == act.id, BulkPart.thing_id.is_not(None)
    )
    return sorted({thing for thing in db.session.scalars(made) if thing is not None})


def tagged_among(tag: Tag, ids: Collection[int]) -> set[int]:
    """Those of the people who have the tag already."""
    tagged = select(PersonTag.person_id).where(
        PersonTag.tag_id == tag.id, PersonTag.person_id.in_(sorted(ids))
    )
    return set(db.session.scalars(tagged))


def statuses_of(ids: Collection[int]) -> dict[int, str]:
    """Where these people stand in the network; who has no row is not there."""
    rows = db.session.execute(
        select(NetworkMembership.person_id, NetworkMembership.status).where(
            NetworkMembership.person_id.in_(sorted(ids)), NetworkMembership.ended_at.is_(None)
        )
    )
    return {row.person_id: row.status for row in rows}


def mailable(ids: Collection[int]) -> dict[int, str]:
    """The addresses of those of the people who may be written to about the network: there is a
    consent that stands, or a lawful basis and no consent that was withdrawn."""
    wanted, today = sorted(ids), clock.today()
    given = db.session.execute(
        select(Consent.person_id, Consent.withdrawn_on)
        .where(Consent.person_id.in_(wanted), Consent.purpose == NETWORK)
        .order_by(Consent.given_on, Consent.id)
    )
    consents = {person_id: withdrawn is None for person_id, withdrawn in given}
    bases: Any = select(LawfulBasis.person_id).where(
        LawfulBasis.person_id.in_(wanted),
        LawfulBasis.purpose == NETWORK,
        or_(LawfulBasis.ends_on.is_(None), LawfulBasis.ends_on > today),
    )
    allowed = {*db.session.scalars(bases), *consents}
    allowed -= {person_id for person_id, stands in consents.items() if not stands}
    addresses: dict[int, str] = {}
    for row in db.session.execute(
        select(ContactPoint.person_id, ContactPoint.value)
        .where(
            ContactPoint.person_id.in_(sorted(allowed)),
            and_(ContactPoint.kind == "email", ContactPoint.ends_on.is_(None)),
        )
        .order_by(ContactPoint.preferred, ContactPoint.id.desc())
    ):
        addresses[row.person_id] = row.value
    return addresses


def cannot_be_undone(act: BulkAct) -> str | None:
    """Why an act cannot be taken back; None where it can."""
    if act.undone_at is not None:
        return "This was taken back already."
    if act.kind == "invite":
        return "An invitation cannot be taken back: letters may have gone out."
    return None
