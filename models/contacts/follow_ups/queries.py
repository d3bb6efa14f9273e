"""What may be read of the follow-ups: a region sees its own, an owner always sees theirs."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, or_, select, true
from sqlalchemy.orm import selectinload

from models import clock
from models.accounts.permits import Actor, may
from models.accounts.roles import MATRIX, Permit, Role
from models.accounts.tables import User
from models.base import db
from models.contacts import rules
from models.contacts.queries import PAGE, Named, how_many, readable
from models.contacts.tables import FollowUp, Interaction
from models.errors import NotFound
from models.people.queries.seeing import visible_people
from models.people.tables import Person


@dataclass(frozen=True)
class FollowUpRow:
    """A follow-up in a list; `contact_id` is None where the reader may not open the contact."""

    id: int
    what: str
    due_on: date
    status: str
    label: str
    tone: str
    owner_id: int
    owner: str
    person: Named
    contact_id: int | None


def follow_ups_for(
    user: Actor,
    *,
    state: str = "open",
    owner_id: int | None = None,
    contact_id: int | None = None,
    person_id: int | None = None,
    page: int = 1,
    size: int = PAGE,
) -> tuple[list[FollowUpRow], int]:
    """One page of follow-ups (open, due, overdue, done, all), most urgent first; and a count."""
    where = [*_owed(user), *_in_state(state)]
    for column, value in (
        (FollowUp.owner_id, owner_id),
        (FollowUp.interaction_id, contact_id),
        (FollowUp.person_id, person_id),
    ):
        if value is not None:
            where.append(column == value)
    total = db.session.scalar(_follow_ups(func.count(FollowUp.id)).where(*where)) or 0
    order = FollowUp.closed_at.desc() if state == "done" else FollowUp.due_on
    return _rows(user, where, order, limit=size, offset=(page - 1) * size), total


def _rows(
    user: Actor, where: list[ColumnElement[bool]], order: Any, *, limit: int, offset: int = 0
) -> list[FollowUpRow]:
    rows = db.session.execute(
        _follow_ups(FollowUp, Person, User.name, readable(user).label("open_to_reader"))
        .join(User, User.id == FollowUp.owner_id)
        .where(*where)
        .order_by(order, FollowUp.id)
        .limit(limit)
        .offset(offset)
    )
    return [_follow_up_row(*row) for row in rows]


def follow_up_for(user: Actor, follow_up_id: int) -> FollowUp:
    """The follow-up, if this reader may see it; else NotFound."""
    found: FollowUp | None = db.session.scalars(
        _follow_ups(FollowUp).where(FollowUp.id == follow_up_id, *_owed(user))
    ).one_or_none()
    if found is None:
        raise NotFound("There is no such follow-up, or it is not in your region.")
    return found


def open_among(ids: Collection[int]) -> list[FollowUp]:
    """Those of these follow-ups that are open, whoever may see them: for the room's actions."""
    query = select(FollowUp).where(FollowUp.id.in_(sorted(ids)), FollowUp.status == "open")
    return list(db.session.scalars(query.order_by(FollowUp.id)))


def follow_up_counts(user: Actor, owner_id: int | None = None) -> dict[str, int]:
    """How many follow-ups are due, overdue, done and there in all."""
    today = clock.today()
    is_open = FollowUp.status == "open"
    row = db.session.execute(
        _follow_ups(
            how_many(and_(is_open, FollowUp.due_on >= today)),
            how_many(and_(is_open, FollowUp.due_on < today)),
            how_many(FollowUp.status == "done"),
            how_many(true()),
        ).where(*_owed(user), *([FollowUp.owner_id == owner_id] if owner_id else []))
    ).one()
    return {"due": row[0], "overdue": row[1], "done": row[2], "all": row[3]}


def queue_for(user: Actor, *, limit: int = 15) -> list[FollowUpRow]:
    """The reader's own follow-ups that are overdue or due within a week, the most urgent first."""
    if not may(user, Permit.CONTACTS_READ) or user.id is None:
        return []
    where = [*_owed(user), *_in_state("soon"), FollowUp.owner_id == user.id]
    return _rows(user, where, FollowUp.due_on, limit=limit)


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


def _follow_ups(*columns: Any) -> Select[Any]:
    return (
        select(*columns)
        .select_from(FollowUp)
        .join(Person, Person.id == FollowUp.person_id)
        .outerjoin(Interaction, Interaction.id == FollowUp.interaction_id)
    )


def _owed(user: Actor) -> list[ColumnElement[bool]]:
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


def _in_state(state: str) -> list[ColumnElement[bool]]:
    today = clock.today()
    is_open = FollowUp.status == "open"
    states: dict[str, list[ColumnElement[bool]]] = {
        "open": [is_open],
        "due": [is_open, FollowUp.due_on >= today],
        "overdue": [is_open, FollowUp.due_on < today],
        "soon": [is_open, FollowUp.due_on <= today + rules.SOON],
        "done": [FollowUp.status == "done"],
        "all": [],
    }
    return states.get(state, states["open"])


def _follow_up_row(
    follow_up: FollowUp, person: Person, owner: str, open_to_reader: bool | None
) -> FollowUpRow:
    label, tone = rules.due_label(follow_up.status, follow_up.due_on, clock.today())
    return FollowUpRow(
        id=follow_up.id,
        what=follow_up.what,
        due_on=follow_up.due_on,
        status=follow_up.status,
        label=label,
        tone=tone,
        owner_id=follow_up.owner_id,
        owner=owner,
        person=Named(person.id, person.name),
        contact_id=follow_up.interaction_id if open_to_reader else None,
    )
