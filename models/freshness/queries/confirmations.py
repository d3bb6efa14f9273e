"""Links by which people look at their own details, and what they answered."""

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from models.accounts.permits import Actor
from models.base import db
from models.errors import NotFound
from models.freshness.tables import Confirmation
from models.people.queries.seeing import listed, visible_people
from models.people.tables import Person


def confirmation_with(nonce_hash: str, *, lock: bool = False) -> Confirmation | None:
    """The confirmation of this link, if we handed one out; `lock` holds its row."""
    query = select(Confirmation).where(Confirmation.nonce_hash == nonce_hash)
    if lock:
        query = query.with_for_update(key_share=True, of=Confirmation)
    return db.session.scalars(query).one_or_none()


def answers_for(user: Actor) -> list[Confirmation]:
    """Answers that wait for somebody of the office, the oldest first."""
    return list(
        db.session.scalars(
            select(Confirmation)
            .join(Person, Person.id == Confirmation.person_id)
            .options(joinedload(Confirmation.person))
            .where(
                Confirmation.answered_at.is_not(None),
                Confirmation.settled_at.is_(None),
                visible_people(user),
                listed(),
            )
            .order_by(Confirmation.answered_at, Confirmation.id)
        )
    )


def answers_waiting(user: Actor) -> int:
    """How many answers wait for somebody of the office."""
    return (
        db.session.scalar(
            select(func.count())
            .select_from(Confirmation)
            .join(Person, Person.id == Confirmation.person_id)
            .where(
                Confirmation.answered_at.is_not(None),
                Confirmation.settled_at.is_(None),
                visible_people(user),
                listed(),
            )
        )
        or 0
    )


def answer_for(user: Actor, confirmation_id: int) -> Confirmation:
    """One confirmation of a person this user may see; else NotFound."""
    found = db.session.scalars(
        select(Confirmation)
        .join(Person, Person.id == Confirmation.person_id)
        .options(joinedload(Confirmation.person))
        .where(Confirmation.id == confirmation_id, visible_people(user))
    ).one_or_none()
    if found is None:
        raise NotFound("There is no such answer, or the person is not in your region.")
    return found


def links_open(person: Person) -> list[Confirmation]:
    """Links of this person that could still be answered."""
    return list(
        db.session.scalars(
            select(Confirmation)
            .where(
                Confirmation.person_id == person.id,
                Confirmation.answered_at.is_(None),
                Confirmation.withdrawn_at.is_(None),
            )
            .order_by(Confirmation.id)
        )
    )
