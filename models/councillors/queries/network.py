"""One person's place in the network. Whoever got the person from `person_for` may read it."""

from dataclasses import dataclass

from sqlalchemy import select

from models.accounts.tables import User
from models.base import db
from models.councillors.tables import NetworkMembership
from models.people.tables import Person


def network_of(person: Person) -> NetworkMembership | None:
    """The person's present place in the network, or None."""
    return db.session.scalars(
        select(NetworkMembership).where(
            NetworkMembership.person_id == person.id, NetworkMembership.ended_at.is_(None)
        )
    ).one_or_none()


@dataclass(frozen=True)
class NetworkLine:
    """A place in the network that the person had, and who recorded it."""

    membership: NetworkMembership
    author: str | None


def network_history(person: Person) -> list[NetworkLine]:
    """Every place the person had in the network, the latest first."""
    rows = db.session.execute(
        select(NetworkMembership, User.name)
        .outerjoin(User, User.id == NetworkMembership.changed_by_id)
        .where(NetworkMembership.person_id == person.id)
        .order_by(NetworkMembership.started_at.desc(), NetworkMembership.id.desc())
    )
    return [NetworkLine(membership, author) for membership, author in rows]
