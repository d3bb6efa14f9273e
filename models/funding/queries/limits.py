"""How far an award is above what somebody may award by themselves."""

from models.accounts.permits import Actor
from models.budget.limits.queries import limit_of
from models.funding.eligibility.queries.judging import judgements_for
from models.funding.tables import Application


def over_limit(
    user: Actor, application: Application, amount_p: int, *, earlier_p: int | None = None
) -> str | None:
    """Why this award is above what `user` may award by themselves, or None.

    `earlier_p` is what the candidate has for the contest already, where it is known.
    """
    found = limit_of(user, [application.region_id])[application.region_id]
    if earlier_p is None:
        earlier_p = judgements_for([application])[application.id].earlier_p
    return found.refusal(amount_p, earlier_p=earlier_p)
