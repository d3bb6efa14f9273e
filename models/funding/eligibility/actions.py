"""Overruling what a soft rule of eligibility says of one application."""

from collections.abc import Sequence

from models import audit
from models.accounts.permits import require
from models.accounts.roles import Permit
from models.accounts.tables import User
from models.base import db, hold_row
from models.errors import Invalid, Refused
from models.funding.assessing.queries.interests import interests_for
from models.funding.eligibility import rules
from models.funding.eligibility.queries.judging import results_of
from models.funding.eligibility.tables import EligibilityOverrule
from models.funding.tables import Application

MOST_WORDS = 4_000


def keep_results(application: Application, results: Sequence[rules.Result], *, by: User) -> None:
    """Keep with an award what every rule said of it: in the audit, which nobody changes."""
    require(by, Permit.FUNDING_DECIDE, regions=[application.region_id])
    audit.record(rules.KEPT, application, by=by, after={"rules": rules.as_kept(results)})


def overrule(application: Application, *, rule: str, reason: str, by: User) -> EligibilityOverrule:
    """Let it be granted although this rule is not met, saying why.

    Refused for a hard rule, for one that is not in the way, and for whoever wrote the application
    or has an interest in it.
    """
    require(by, Permit.FUNDING_DECIDE, regions=[application.region_id])
    hold_row(application)
    known = rules.RULES.get(rule)
    if known is None:
        raise Invalid("Choose the rule to overrule.", field="rule")
    if known.hard:
        raise Refused(f"“{known.label}” is a hard rule: nobody may overrule it.")
    if by.id in {application.drafted_by_id, application.submitted_by_id}.union(
        application.written_by_ids
    ):
        raise Refused("You wrote or submitted this application, so somebody else must overrule.")
    if because := interests_for(by, [application]).get(application.id):
        raise Refused(because)
    result = next(one for one in results_of(application) if one.rule.key == rule)
    if not result.blocks:
        raise Refused(f"“{known.label}” is not in the way; there is nothing to overrule.")
    said = reason.strip()
    if not said:
        raise Invalid("Say why it may be granted all the same.", field="reason")
    if len(said) > MOST_WORDS:
        raise Invalid(f"Say it in at most {MOST_WORDS:,} characters.", field="reason")
    row = EligibilityOverrule(
        application_id=application.id, rule=rule, shown=result.reason, reason=said, by_id=by.id
    )
    db.session.add(row)
    db.session.flush()
    after = {"rule": rule, "shown": result.reason, "reason": said}
    audit.record("funding.overruled", application, by=by, after=after)
    return row
