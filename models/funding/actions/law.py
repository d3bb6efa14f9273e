"""The law at an award: what blocks it, the answers to its warnings, and what is kept of both."""

from collections.abc import Mapping
from dataclasses import replace

from models import audit, clock
from models.accounts.tables import User
from models.base import db
from models.elections.limits import check_electors
from models.errors import Invalid
from models.folding import fold
from models.funding.coding import Coding
from models.funding.law import JOINT, Card
from models.funding.law import Warning as LawWarning
from models.funding.queries.law import law_card
from models.funding.rules import Answers
from models.funding.tables import Application, ApplicationLaw, ApplicationStep, LawAnswer

ASKED = ("electorate", "joint", "area")
MOST_WORDS = 4_000


def check_law(
    application: Application, *, coding: Coding, amount_p: int, answers: Mapping[str, str]
) -> Card:
    """The card of this award; Invalid where something blocks it or a warning has no answer."""
    check_asked(coding.electorate, coding.joint, coding.area)
    if len(coding.recipient or "") > 160 or len(coding.authority or "") > 200:
        raise Invalid("This is too long: 160 characters for a name, 200 for the authority.")
    card = law_card(application, coding=coding, amount_p=amount_p)
    for refusal in card.refusals:
        raise Invalid(refusal.message, field=refusal.field)
    for warning in card.warnings:
        answer = answers.get(warning.key, "").strip()
        field = f"answer_{warning.key.replace('-', '_')}"
        if not answer and warning.needed:
            raise Invalid(f"{warning.words} Say what you answer to this.", field=field)
        if len(answer) > MOST_WORDS:
            raise Invalid(f"Answer in at most {MOST_WORDS:,} characters.", field=field)
    return card


def check_answer(warning: LawWarning | None, answer: str | None) -> str | None:
    """What is answered to a warning at a payment, trimmed; Invalid where it has no answer."""
    if warning is None:
        return None
    words = (answer or "").strip()
    if not words:
        raise Invalid(f"{warning.words} Say what you answer to this.", field="answer")
    if len(words) > MOST_WORDS:
        raise Invalid(f"Answer in at most {MOST_WORDS:,} characters.", field="answer")
    return words


def check_asked(electorate: int | None, joint: int | None, area: str | None) -> None:
    """Raise Invalid for an electorate, a number of joint candidates or an area that cannot be."""
    try:
        check_electors(electorate)
    except Invalid as wrong:
        raise Invalid(wrong.message, field="electorate") from wrong
    if joint is not None and joint not in JOINT:
        raise Invalid("Say whether the candidate stands jointly.", field="joint")
    if area not in (None, "borough", "county"):
        raise Invalid("Say whether it is a borough or a county constituency.", field="area")


def keep_asked(application: Application, answers: Answers) -> tuple[dict[str, object], ...]:
    """Keep electorate, joint candidates and area with a draft: what differed, before and after."""
    values = {name: getattr(answers, name) for name in ASKED}
    if application.law is None and not any(values.values()):
        return {}, {}
    return audit.changes(_law(application), values)


def keep_coding(application: Application, coding: Coding, *, by: User) -> None:
    """Keep class and category with the award: who chose them, and when."""
    law = _law(application)
    known = replace(coding, **{name: getattr(coding, name) or getattr(law, name) for name in ASKED})
    before, after = audit.changes(law, vars(known))
    law.recipient_key = fold(coding.recipient) if coding.recipient else None
    law.classed_by_id, law.classed_at = by.id, clock.now()
    db.session.flush()
    audit.record("funding.classed", application, by=by, before=before, after=after)


def keep_answers(
    application: Application,
    taken: ApplicationStep,
    card: Card,
    answers: Mapping[str, str],
    *,
    by: User,
) -> None:
    """One row for each warning that was answered: what was shown, what was answered, by whom."""
    for warning in card.warnings:
        answer = answers.get(warning.key, "").strip()
        if not answer:
            continue  # only where none is needed
        row = LawAnswer(
            application_id=application.id,
            step_id=taken.id,
            warning=warning.key,
            shown=warning.words,
            answer=answer,
            by_id=by.id,
        )
        db.session.add(row)
        db.session.flush()
        audit.record("funding.law_answered", row, by=by, after={"warning": warning.key})


def _law(application: Application) -> ApplicationLaw:
    if application.law is None:
        application.law = ApplicationLaw(application_id=application.id)
        db.session.flush()
    return application.law
