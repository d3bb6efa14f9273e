"""What may be read of the follow-ups: a region sees its own, an owner always sees theirs."""

from collections.abc import Collection

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.orm import selectinload

from models.accounts.permits import Actor, may
from models.accounts.roles import MATRIX, Permit, Role
from models.accounts.tables import User
from models.base import db
from models.contacts.tables import FollowUp, Interaction
from models.errors import NotFound
from models.people.queries.seeing import visible_people
from models.people.tables import Person


def follow_up_for(user: Actor, follow_up_id: int) -> FollowUp:
    """The follow-up, if this reader may see it; else NotFound."""
    found: FollowUp | None = db.session.scalars(
        select(FollowUp)
        .join(Person, Person.id == FollowUp.person_id)
        .outerjoin(Interaction, Interaction.id == FollowUp.interaction_id)
        .where(FollowUp.id == follow_up_id, *owed(user))
    ).one_or_none()
    if found is None:
        raise NotFound("There is no such follow-up, or it is not in your region.")
    return found


def open_among(ids: Collection[int]) -> list[FollowUp]:
    """Those of these follow-ups that are open, whoever may see them: for the room's actions."""
    query = select(FollowUp).where(FollowUp.id.in_(sorted(ids)), FollowUp.status == "open")
    return list(db.session.scalars(query.order_by(FollowUp.id)))


def owners_for(user: Actor) -> list[User]:
    """Who can be given a follow-up by this user: never somebody of another region."""
    roles = [role for role in Role if Permit.CONTACTS_WRITE in MATRIX[role]]
    query = (
        select(User)
        .where(User.disabled_at.is_(None), User.role.in_(roles))
        .order_by(User.name, User.id)
    )
    mine = user.region_ids
    if mine is None:
        return list(db.session.scalars(query))
    users = db.session.scalars(query.options(selectinload(User.regions)))
    return [one for one in users if one.region_ids is None or not mine.isdisjoint(one.region_ids)]


def owed(user: Actor) -> list[ColumnElement[bool]]:
    """A region sees what its own people promised; the text of a confidential one, its owner."""
    stands = or_(FollowUp.interaction_id.is_(None), Interaction.removed_at.is_(None))
    parts = [stands, visible_people(user)]
    own = FollowUp.owner_id == user.id
    if user.region_ids is not None:
        parts.append(or_(own, Interaction.region_id.in_(user.region_ids)))
    if not may(user, Permit.CONTACTS_CONFIDENTIAL):
        hidden = and_(Interaction.confidential.is_(True), Interaction.logged_by_id != user.id)
        parts.append(or_(own, FollowUp.interaction_id.is_(None), ~hidden))
    return parts
