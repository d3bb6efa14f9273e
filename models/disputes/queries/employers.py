"""From the name of an employer to the councils whose sheet is wanted."""

from dataclasses import dataclass

from sqlalchemy import func, select

from models import clock
from models.accounts.permits import Actor
from models.base import db
from models.councillors.seats.queries.scope import held_on
from models.councillors.tables import OfficeTerm
from models.disputes.queries.asks import readable
from models.disputes.queries.sheet import current, works_for
from models.disputes.tables import Ask
from models.people.queries.seeing import listed, visible_people
from models.people.tables import Person, UnionMembership
from models.places.queries.councils import council_by_text, find_councils
from models.places.tables import Council


@dataclass(frozen=True)
class Lead:
    """A council that an employer's name leads to, and why."""

    council: Council
    because: str


def leads_for(reader: Actor, employer: str) -> list[Lead]:
    """The councils for a dispute with this employer: the employer itself where it is a council,
    those of earlier asks, and those on which somebody sits who works there."""
    found: dict[int, Lead] = {}
    exact = council_by_text(employer)
    named = [exact] if exact is not None else find_councils(employer, limit=5)
    for council in named:
        found.setdefault(council.id, Lead(council, "The employer is this council"))
    asked = db.session.scalars(
        select(Council)
        .distinct()
        .join(Ask, Ask.council_id == Council.id)
        .where(func.lower(Ask.employer) == employer.strip().lower(), readable(reader))
        .order_by(Council.id)
    )
    for council in asked:
        found.setdefault(council.id, Lead(council, "Earlier asks name this employer and council"))
    rows = db.session.execute(
        select(Council, func.count(Person.id.distinct()))
        .join(OfficeTerm, OfficeTerm.council_id == Council.id)
        .join(Person, Person.id == OfficeTerm.person_id)
        .join(UnionMembership, UnionMembership.person_id == Person.id)
        .where(
            works_for(employer),
            *current(),
            held_on(clock.today()),
            listed(),
            visible_people(reader),
        )
        .group_by(Council.id)
        .order_by(func.count(Person.id.distinct()).desc(), Council.id)
    )
    for council, number in rows:
        people = "1 councillor works there" if number == 1 else f"{number} councillors work there"
        found.setdefault(council.id, Lead(council, people))
    return list(found.values())
