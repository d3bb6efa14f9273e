"""Reading delegates. Whoever reads sees the terms of the people they may see."""

from sqlalchemy import ColumnElement, case, select
from sqlalchemy.orm import joinedload

from models.accounts.permits import Actor
from models.base import db
from models.delegates.tables import DelegateTerm
from models.errors import NotFound
from models.people.queries.people import person_for
from models.people.queries.seeing import listed, visible_people
from models.people.tables import Person
from models.places.tables import Constituency


def current() -> ColumnElement[bool]:
    """True for a term that nobody has said to be over."""
    return DelegateTerm.ended_on.is_(None)


def is_delegate() -> ColumnElement[bool]:
    """True for a person with an open term at any CLP."""
    return Person.id.in_(select(DelegateTerm.person_id).where(current()))


def clps_with_delegates(reader: Actor) -> list[Constituency]:
    """The constituencies at whose CLP somebody whom this reader may see is or was a delegate."""
    held = (
        select(DelegateTerm.constituency_id)
        .join(Person, Person.id == DelegateTerm.person_id)
        .where(visible_people(reader), listed())
    )
    return list(
        db.session.scalars(
            select(Constituency)
            .where(Constituency.id.in_(held))
            .order_by(Constituency.name_key, Constituency.id)
        )
    )


def delegates_of(person: Person) -> list[DelegateTerm]:
    """The person's terms, the open ones first, then the latest. Whoever got the person from
    `person_for` may read them."""
    return list(
        db.session.scalars(
            select(DelegateTerm)
            .options(joinedload(DelegateTerm.constituency), joinedload(DelegateTerm.branch))
            .where(DelegateTerm.person_id == person.id)
            .order_by(
                case((current(), 0), else_=1), DelegateTerm.ended_on.desc(), DelegateTerm.id.desc()
            )
        )
    )


def delegate_for(reader: Actor, delegate_id: int) -> DelegateTerm:
    """A term of a person this reader may see; else NotFound."""
    term = db.session.get(
        DelegateTerm,
        delegate_id,
        options=(joinedload(DelegateTerm.constituency), joinedload(DelegateTerm.branch)),
    )
    if term is None:
        raise NotFound("There is no such delegate.")
    person_for(reader, term.person_id)
    return term
