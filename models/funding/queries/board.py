"""The board: applications by step, as one person reads them."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from models.accounts.permits import Actor
from models.base import db
from models.funding import workflow
from models.funding.assessing.queries.interests import interests_for
from models.funding.guards import Case
from models.funding.queries.cases import writers_of
from models.funding.queries.lists import Filters, counts_for, visible_to, with_names
from models.funding.tables import Application
from models.funding.workflow import Step

COLUMNS = (
    "draft",
    "returned",
    "submitted",
    "endorsed",
    "recommended",
    "referred",
    "awarded",
    "paid",
)
MOST = 60


@dataclass(frozen=True)
class Card:
    """One application on the board, and the steps its reader's role may take from there."""

    application: Application
    steps: tuple[Step, ...]


@dataclass(frozen=True)
class Column:
    """One state of the board: its cards, the latest first, and how many there are in all."""

    status: str
    cards: tuple[Card, ...]
    total: int


def board_for(user: Actor, *, region_id: int | None = None) -> list[Column]:
    """The states that lead on, each with its newest applications; the rest is in the list."""
    columns = COLUMNS
    counts = counts_for(user, Filters(region_id=region_id))
    conditions = [visible_to(user), Application.status.in_(columns)]
    if region_id is not None:
        conditions.append(Application.region_id == region_id)
    rows = db.session.scalars(
        select(Application)
        .where(*conditions)
        .options(*with_names(), joinedload(Application.fund), joinedload(Application.award))
        .order_by(Application.id.desc())
        .limit(MOST * len(columns))
    )
    shown: dict[str, list[Application]] = {status: [] for status in columns}
    for row in rows:
        if len(shown[row.status]) < MOST:
            shown[row.status].append(row)
    interests = interests_for(user, [one for column in shown.values() for one in column])
    found = {
        status: [Card(one, _steps_from(one, user, interests.get(one.id))) for one in column]
        for status, column in shown.items()
    }
    return [Column(status, tuple(found[status]), counts[status]) for status in columns]


def steps_from(application: Application, user: Actor) -> tuple[Step, ...]:
    """The steps that lead from its state, fit the role and are not forbidden by an interest; the
    step's own page judges the rest."""
    interest = interests_for(user, [application]).get(application.id)
    return _steps_from(application, user, interest)


def _steps_from(application: Application, user: Actor, interest: str | None) -> tuple[Step, ...]:
    case = Case(
        application.status,
        written_by=writers_of(application),
        conflicted=interest,
        interest=interest,
    )
    return tuple(
        step
        for step in workflow.STEPS
        if not step.effect
        and step.from_
        and workflow.fits(step, case, user)
        and not workflow.is_conflicted(step, case, user)
    )
