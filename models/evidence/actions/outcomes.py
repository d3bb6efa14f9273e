"""Recording what became of a candidate, and that the register of interests was filled in."""

from datetime import date

from models import audit, clock
from models.accounts.permits import require
from models.accounts.roles import Permit
from models.accounts.tables import User
from models.base import db
from models.elections.dates import register_by
from models.elections.queries import figure_book
from models.errors import Invalid, Refused
from models.evidence import rules
from models.evidence.queries.outcomes import outcome_of
from models.evidence.rules import Result
from models.evidence.tables import Outcome
from models.funding.actions.steps import hold
from models.funding.tables import Application


def record_outcome(application: Application, result: Result, *, by: User) -> Outcome:
    """Keep what became of the candidate; a second time it corrects the first.

    Refused for an application that was never awarded. Whoever is elected gets the last day for
    the register of interests, counted from taking office or, while that is not known, the result.
    """
    require(by, Permit.EVIDENCE_WRITE, regions=[application.region_id])
    hold(application)
    if application.award_id is None:
        raise Refused("Nothing was awarded here, so there is no result to follow.")
    problem = rules.result_problem(result, poll_on=application.poll_on, today=clock.today())
    if problem:
        raise Invalid(problem.message, field=problem.field)
    values = {**vars(result), "source": result.source.strip(), **_register(application, result)}
    outcome = outcome_of(application)
    if outcome is None:
        outcome = Outcome(application_id=application.id, recorded_by_id=by.id, **values)
        db.session.add(outcome)
        db.session.flush()
        audit.record("evidence.outcome", outcome, by=by, after=values)
        return outcome
    before, after = audit.changes(outcome, values)
    if after:
        outcome.recorded_by_id, outcome.recorded_at = by.id, clock.now()
        db.session.flush()
        audit.record("evidence.outcome", outcome, by=by, before=before, after=after)
    return outcome


def _register(application: Application, result: Result) -> dict[str, object]:
    """The 28 days of the register; what was noted of it goes where nobody is elected after all."""
    if not result.elected or result.on is None:
        return {"register_by": None, "registered_on": None, "registered_by_id": None}
    council = application.council
    nation = council.nation if council else "England"
    since = result.took_office_on or result.on
    return {"register_by": register_by(since, nation, figure_book())}


def note_registered(outcome: Outcome, *, registered_on: date | None, by: User) -> Outcome:
    """Note the day on which the new councillor filled in the register of interests."""
    application = outcome.application
    require(by, Permit.EVIDENCE_WRITE, regions=[application.region_id])
    hold(application)
    if not outcome.elected:
        raise Refused("Only who is elected has a register of interests to fill in.")
    problem = rules.registered_problem(registered_on, result_on=outcome.on, today=clock.today())
    if problem:
        raise Invalid(problem, field="registered_on")
    values = {"registered_on": registered_on, "registered_by_id": by.id}
    before, after = audit.changes(outcome, values)
    db.session.flush()
    if after:
        audit.record("evidence.registered", outcome, by=by, before=before, after=after)
    return outcome
