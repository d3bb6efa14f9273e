"""Live funding applications of two records that are one person."""

from sqlalchemy import select
from sqlalchemy.orm import aliased

from models.base import db
from models.funding.tables import Application
from models.funding.workflow import DEAD


def live_twice(one_id: int, other_id: int) -> tuple[Application, Application] | None:
    """A live application of each of the two people for the same contest; None where there is no
    contest for which both have one."""
    first, second = aliased(Application), aliased(Application)
    found = db.session.execute(
        select(first, second)
        .join(second, first.contest_key == second.contest_key)
        .where(
            first.person_id == one_id,
            second.person_id == other_id,
            first.status.not_in(DEAD),
            second.status.not_in(DEAD),
        )
        .order_by(first.id)
    ).first()
    return (found[0], found[1]) if found is not None else None
