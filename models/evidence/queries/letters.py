"""Letters: the template in use, what its fields come to for one award, and what became of each."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from models import clock
from models.accounts.permits import Actor
from models.base import db
from models.days import said_day
from models.elections.queries import figure_book
from models.errors import NotFound
from models.evidence import due, wording
from models.evidence.due import Days
from models.evidence.fields import filled_in
from models.evidence.queries.reports import candidate_addresses
from models.evidence.tables import AwardLetter, LetterTemplate
from models.funding.coding import CATEGORIES
from models.funding.queries.law import coding_of
from models.funding.queries.lists import visible_to
from models.funding.rules import POSTS
from models.funding.tables import Application
from models.funding.workflow import GRANTED
from models.jobs.tables import Message
from models.money import in_pounds
from models.payments.queries.one import conditions_of

# In these states an award stands, and a letter about it is true.
STANDING = GRANTED


@dataclass(frozen=True)
class Template:
    """A version of the template; number 0 is the one that comes with Hustings."""

    number: int
    subject: str
    body: str


@dataclass(frozen=True)
class LetterLine:
    """A letter and how far its e-mail is: the state in words, and its tone."""

    letter: AwardLetter
    state: str
    tone: str


STATES = {
    "waiting": ("Waiting to be sent", "info"),
    "sending": ("Being sent", "info"),
    "done": ("Sent", "ok"),
    "failed": ("Not delivered", "bad"),
    "uncertain": ("Uncertain: it may have arrived or not", "warning"),
}


def template_in_use() -> Template:
    """The highest version that the office wrote, else the one that comes with Hustings."""
    row = db.session.scalars(
        select(LetterTemplate).order_by(LetterTemplate.number.desc()).limit(1)
    ).one_or_none()
    if row is None:
        return Template(0, wording.SUBJECT, wording.BODY)
    return Template(row.number, row.subject, row.body)


def template_history() -> list[LetterTemplate]:
    """Every version that the office wrote, newest first, with who wrote it."""
    return list(
        db.session.scalars(
            select(LetterTemplate)
            .options(joinedload(LetterTemplate.written_by))
            .order_by(LetterTemplate.number.desc())
        )
    )


def days_of(application: Application) -> Days:
    """The days that follow this application's poll."""
    council = application.council
    return due.days_after(
        application.poll_on,
        post=application.post,
        nation=council.nation if council else "England",
        book=figure_book(),
    )


def letter_words(application: Application) -> tuple[Template, str, str]:
    """What a letter about this award would say now: its template, its subject, its text."""
    template = template_in_use()
    values, blocks = _values(application), _blocks(application)
    subject = filled_in(template.subject, values, blocks)
    return template, subject, filled_in(template.body, values, blocks)


def _values(application: Application) -> dict[str, str]:
    coding = coding_of(application)
    officer = application.decided_by
    decided = application.decided_at
    days = days_of(application)
    return {
        "reference": application.reference,
        "candidate": application.candidate_name,
        "post": POSTS[application.post].label,
        "place": application.place_name,
        "region": application.region.name,
        "fund": application.fund.name,
        "poll_date": _day(application.poll_on),
        "award_date": _day(clock.london_day(decided) if decided else None),
        "today": _day(clock.today()),
        "amount": in_pounds(application.awarded_p or 0),
        "asked_for": in_pounds(application.requested_p or 0),
        "recipient": _recipient(application),
        "legal_class": coding.in_law.label if coding.in_law else "not said",
        "s72_category": _category(coding.s72_category),
        "donor_listing": donor_listing(),
        "officer": officer.name if officer else "the national office",
        "report_by": _day(days.report),
    }


def _recipient(application: Application) -> str:
    coding = coding_of(application)
    known = coding.in_law
    if known is not None and known.recipient == "candidate":
        return application.candidate_name
    return coding.recipient or "the union's own campaign"


def _category(category: str | None) -> str:
    return f"({category}) {CATEGORIES[category]}" if category in CATEGORIES else "not said"


def donor_listing() -> str:
    """The union's entry in the Certification Officer's list and when somebody saw it, in words."""
    figure = figure_book().known("union.listing", clock.today())
    if figure is None:
        return "its entry is not recorded yet"
    return f"{figure.words} (seen on {_day(figure.checked_on)})"


def _blocks(application: Application) -> dict[str, list[str]]:
    law_dates = [
        f"{day.label}: {_day(day.on)}{' (provisional)' if day.provisional else ''}"
        for day in days_of(application).in_law
    ]
    conditions = [
        f"{one.what}, by {_day(one.due_on)}" if one.due_on else one.what
        for one in conditions_of(application)
        if one.met_on is None
    ]
    return {"conditions": conditions, "law_dates": law_dates}


def _day(day: date | None) -> str:
    return said_day(day) if day else "a day not known yet"


def letters_of(application: Application) -> list[LetterLine]:
    """Every version of its letter, newest first, each with how far its e-mail is."""
    rows = db.session.execute(
        select(AwardLetter, Message.state)
        .outerjoin(Message, Message.outbox_id == AwardLetter.outbox_id)
        .where(AwardLetter.application_id == application.id)
        .options(joinedload(AwardLetter.made_by), joinedload(AwardLetter.work))
        .order_by(AwardLetter.number.desc())
    )
    return [_line(letter, message_state) for letter, message_state in rows]


def _line(letter: AwardLetter, message_state: str | None) -> LetterLine:
    if letter.work is None:
        return LetterLine(letter, "Not sent yet", "neutral")
    state = letter.work.state
    if state == "waiting" and message_state == "sending":
        state = "sending"
    return LetterLine(letter, *STATES[state])


def newest_letter(application: Application) -> AwardLetter | None:
    """The newest version of its letter, if one was made."""
    return db.session.scalars(
        select(AwardLetter)
        .where(AwardLetter.application_id == application.id)
        .order_by(AwardLetter.number.desc())
        .limit(1)
    ).one_or_none()


def letter_for(reader: Actor, letter_id: int) -> AwardLetter:
    """One letter; NotFound where this person may not read its application."""
    letter = db.session.scalars(
        select(AwardLetter)
        .join(AwardLetter.application)
        .where(AwardLetter.id == letter_id, visible_to(reader))
        .options(joinedload(AwardLetter.application))
    ).one_or_none()
    if letter is None:
        raise NotFound("There is no such letter, or it is not in your region.")
    return letter


def letter_by_id(letter_id: int) -> AwardLetter:
    """One letter, whoever asks: for the worker. NotFound where there is none."""
    letter = db.session.get(AwardLetter, letter_id)
    if letter is None:
        raise NotFound("There is no such letter.")
    return letter


def addresses_of(application: Application) -> list[tuple[str, str]]:
    """To whom its letter may go, as (address, whose): the candidate, and who submitted it."""
    found = [
        (value, f"{application.candidate_name}, the candidate")
        for value in candidate_addresses(application)
    ]
    submitter = application.submitted_by
    if submitter is not None and submitter.is_active:
        found.append((submitter.email, f"{submitter.name}, who submitted the application"))
    return list(dict(found).items())


def next_letter_number(application: Application) -> int:
    """The number of the next version."""
    last = db.session.scalar(
        select(func.max(AwardLetter.number)).where(AwardLetter.application_id == application.id)
    )
    return (last or 0) + 1
