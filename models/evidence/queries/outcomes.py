"""What became of the candidates."""

from collections.abc import Iterable

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from models.accounts.permits import Actor
from models.base import db
from models.errors import NotFound
from models.evidence.tables import Outcome
from models.funding.queries.lists import visible_to
from models.funding.queries.one import application_for
from models.funding.tables import Application


def outcome_of(application: Application) -> Outcome | None:
    """What is recorded of this application's candidate; None where nothing is yet."""
    return db.session.scalars(
        select(Outcome)
        .where(Outcome.application_id == application.id)
        .options(joinedload(Outcome.recorded_by), joinedload(Outcome.registered_by))
    ).one_or_none()


def outcome_for(reader: Actor, application_id: int) -> Outcome:
    """The same, for this reader; NotFound where they may not read it or nothing is recorded."""
    outcome = outcome_of(application_for(reader, application_id))
    if outcome is None:
        raise NotFound("There is no result of this application yet.")
    return outcome


def outcomes_by_application(
    reader: Actor, application_ids: Iterable[int] | None = None
) -> dict[int, Outcome]:
    """What this reader may know of the candidates, by application id; of some, or of all."""
    wanted = select(Outcome).join(Outcome.application).where(visible_to(reader))
    if application_ids is not None:
        wanted = wanted.where(Outcome.application_id.in_(sorted(application_ids)))
    return {one.application_id: one for one in db.session.scalars(wanted.order_by(Outcome.id))}
