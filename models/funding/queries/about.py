"""What happened to the applications for one person."""

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from models.accounts.permits import Actor
from models.base import db
from models.funding.queries.lists import visible_to
from models.funding.tables import Application, ApplicationStep
from models.funding.workflow import BY_NAME


def awarded_on(user: Actor, council_id: int) -> list[Application]:
    """The awards to candidates for this council that this user may read, the latest poll first."""
    return list(
        db.session.scalars(
            select(Application)
            .options(joinedload(Application.person))
            .where(
                Application.council_id == council_id,
                Application.awarded_p > 0,
                visible_to(user),
            )
            .order_by(Application.poll_on.desc(), Application.id.desc())
        )
    )


def steps_about(
    user: Actor, person_id: int, limit: int = 100
) -> list[tuple[ApplicationStep, Application, str]]:
    """The steps of the person's applications that this user may read, newest first: step,
    application, and the step in words ("Submitted")."""
    rows = db.session.execute(
        select(ApplicationStep, Application)
        .join(Application, Application.id == ApplicationStep.application_id)
        .where(Application.person_id == person_id, visible_to(user))
        .order_by(ApplicationStep.at.desc(), ApplicationStep.id.desc())
        .limit(limit)
    )
    return [(step, application, BY_NAME[step.step].done) for step, application in rows]
