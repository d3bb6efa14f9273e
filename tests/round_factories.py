"""Makers for tests of rounds: a round that is open, and an application in it."""

from datetime import date, timedelta
from typing import Any

from models import clock
from models.base import db
from models.funding.actions.answers import save_answers
from models.funding.actions.draft import save_draft, start_draft
from models.funding.tables import Application
from models.rounds.actions.planning import plan_round, publish_round
from models.rounds.forms import Condition, Form, Question, Section
from models.rounds.rules import Terms
from models.rounds.tables import Round
from tests.funding_factories import POLL, answers_for, make_contest

FORM = Form(
    (
        Section(
            "s1", "The campaign", "What you know of the seat.", "region",
            (
                Question("q1", "What will it change?", "long"),
                Question("q2", "Does anybody else pay?", "yes-no"),
                Question("q3", "How much do they pay?", "money", show_if=Condition("q2", "Yes")),
                Question("q4", "A quote", "file", required=False),
            ),
        ),
        Section(
            "s2", "About you", "", "candidate",
            (
                Question("q5", "Why do you stand?", "long"),
                Question("q6", "When were you selected?", "date", days="past"),
            ),
        ),
    )
)  # fmt: skip
REGION_ANSWERS = {"q1": "Two drops instead of one.", "q2": "No"}
CANDIDATE_ANSWERS = {"q5": "For better buses.", "q6": "2026-01-15"}
PDF = b"%PDF-1.7\n%a quote"


def terms(**changed: Any) -> Terms:
    """Terms of a round that opened yesterday and closes in a month, for the polls of 2099."""
    now = clock.now()
    values: dict[str, Any] = {
        "name": "Local elections",
        "code": "LOCAL-99",
        "election": "Local elections 2099",
        "poll_on": POLL,
        "opens_at": now - timedelta(days=1),
        "closes_at": now + timedelta(days=30),
    }
    return Terms(**{**values, **changed})


def make_round(
    *, by: Any, fund: Any, form: Form = FORM, published: bool = True, **changed: Any
) -> Round:
    """A round of the fund, by default open now."""
    round_ = plan_round(fund=fund, terms=terms(**changed), form=form, by=by)
    if published:
        publish_round(round_, by=by)
    db.session.commit()
    return round_


def close(round_: Round) -> Round:
    """Let the round's time be over since yesterday."""
    round_.opens_at, round_.closes_at = (clock.now() - timedelta(days=n) for n in (9, 1))
    db.session.commit()
    return round_


def make_round_draft(
    *, by: Any, region: Any, round_: Round, poll_on: date = POLL, late_reason: str | None = None
) -> Application:
    """A draft in a round, complete but for the round's own questions."""
    application = start_draft(region_id=region.id, by=by, round_=round_, late_reason=late_reason)
    answers = answers_for(make_contest(region), poll_on=poll_on, late_reason=late_reason)
    save_draft(application, answers=answers, by=by)
    db.session.commit()
    return application


def answer(application: Application, *, by: Any, **changed: Any) -> Application:
    """Answer everything that its form asks."""
    given = {**REGION_ANSWERS, **CANDIDATE_ANSWERS, **changed}
    for section in application.sheet.form.sections:
        save_answers(application, section=section, answers=given, by=by)
    db.session.commit()
    return application
