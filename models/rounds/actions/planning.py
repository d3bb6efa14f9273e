"""Rounds: planned, changed, opened to the regions."""

from dataclasses import asdict

from sqlalchemy.exc import IntegrityError

from models import audit, clock
from models.accounts.permits import Actor, require
from models.accounts.roles import Permit
from models.base import db
from models.budget.tables import Fund
from models.errors import Invalid, Refused
from models.rounds import queries, rules
from models.rounds.forms import Form, to_json
from models.rounds.rules import Terms
from models.rounds.tables import FormVersion, Round

TAKEN = "Another round has this code already."


def plan_round(*, fund: Fund, terms: Terms, form: Form, by: Actor) -> Round:
    """A new round of a fund with a first form; regions see it once it is published.

    Raises Invalid, at its field, for terms that no round can have or that are not within its fund,
    Refused where the fund's days are over.
    """
    require(by, Permit.ROUNDS_WRITE)
    if fund.closed_on is not None or fund.ends_on < clock.today():
        raise Refused(f"The days of {fund.name} are over. Plan the round in another fund.")
    rules.check_terms(terms, now=clock.now(), today=clock.today())
    rules.check_fund(terms, fund)
    round_ = Round(fund=fund, **asdict(terms))
    round_.forms.append(FormVersion(number=1, content=to_json(form)))
    try:
        with db.session.begin_nested():
            db.session.add(round_)
    except IntegrityError as clash:
        raise Invalid(TAKEN, field="code") from clash
    audit.record("round.planned", round_, by=by, after=asdict(terms))
    return round_


def change_round(round_: Round, *, terms: Terms, by: Actor) -> Round:
    """Change the terms; applications that are in keep their form and feel the new terms.

    The counter goes through `assessing.change_terms`, which knows of applications and criteria.
    """
    require(by, Permit.ROUNDS_WRITE)
    queries.hold_round(round_)
    old = queries.terms_of(round_)
    rules.check_terms(terms, now=clock.now(), today=clock.today(), old=old)
    rules.check_fund(terms, round_.fund, old=old)
    try:
        with db.session.begin_nested():
            before, after = audit.changes(round_, asdict(terms))
            db.session.flush()
    except IntegrityError as clash:
        raise Invalid(TAKEN, field="code") from clash
    if after:
        audit.record("round.changed", round_, by=by, before=before, after=after)
    return round_


def publish_round(round_: Round, *, by: Actor) -> Round:
    """Put the round up with its form: from its opening on, regions may apply. Twice is once.

    Raises Refused where it would be closed already.
    """
    require(by, Permit.ROUNDS_WRITE)
    queries.hold_round(round_)
    if round_.published_at is not None:
        return round_
    if clock.now() > round_.closes_at:
        raise Refused("This round would be closed already. Change when it closes first.")
    round_.published_at = clock.now()
    queries.newest_form(round_).in_use_at = clock.now()
    db.session.flush()
    audit.record("round.published", round_, by=by, after={"opens_at": round_.opens_at})
    return round_
