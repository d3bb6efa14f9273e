"""What there is to choose from: candidates, regions, budget heads."""

from dataclasses import dataclass

from sqlalchemy import ColumnElement, and_, select

from models.accounts.permits import Actor, may
from models.accounts.roles import Permit
from models.base import db
from models.budget.queries.tree import leaves_for_region, tree_for
from models.budget.rules import Figures
from models.budget.tables import BudgetNode
from models.errors import NotFound
from models.folding import fold
from models.funding.queries.lists import named, regions_to_read
from models.funding.queries.one import answers_of
from models.funding.tables import Application
from models.people.queries.seeing import visible_people
from models.people.tables import Person
from models.places.tables import UnionRegion


def candidate_for(user: Actor, person_id: int) -> Person:
    """A person this user may put forward; NotFound where they may not know of them."""
    found = db.session.scalars(
        select(Person).where(Person.id == person_id, _candidates(user))
    ).one_or_none()
    if found is None:
        raise NotFound("There is no such person, or they are not in your region.")
    return found


def candidates_named(user: Actor, text: str, limit: int = 8) -> list[Person]:
    """The people this user may put forward whose names begin with these words, by name."""
    names = fold(text).split()
    if not names:
        return []
    return list(
        db.session.scalars(
            select(Person)
            .where(_candidates(user), *(named(name) for name in names))
            .order_by(Person.family_key, Person.given_key, Person.id)
            .limit(limit)
        )
    )


def _candidates(user: Actor) -> ColumnElement[bool]:
    return and_(visible_people(user), Person.merged_into_id.is_(None), Person.archived_at.is_(None))


def regions_to_apply(user: Actor) -> list[UnionRegion]:
    """The regions this person may apply for: their own, or every region that has not ended."""
    return regions_to_read(user) if may(user, Permit.FUNDING_APPLY) else []


@dataclass(frozen=True)
class HeadChoice:
    """One budget head's part of the application's region, before and after an award in full."""

    node_id: int
    name: str
    figures: Figures
    after_p: int


def head_choices(user: Actor, application: Application) -> list[HeadChoice]:
    """The heads it can be awarded from, those with enough left first; what the reader may see."""
    tree = tree_for(user, application.fund)
    asked_p = answers_of(application).asked_p or 0
    found = [
        HeadChoice(
            leaf.node_id, head.figures.name, leaf.figures, leaf.figures.available_p - asked_p
        )
        for head in (tree.heads if tree else ())
        for leaf in head.leaves
        if leaf.region_id == application.region_id
    ]
    return sorted(found, key=lambda choice: choice.after_p < 0)


def leaves_of(application: Application) -> list[BudgetNode]:
    """The heads' parts of this region, which the application can be awarded from, in order."""
    return leaves_for_region(application.fund, application.region_id)
