"""What the law needs to know of an application, and what people answered to its warnings."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.orm import contains_eager, joinedload, selectinload

from models import clock
from models.base import db
from models.elections.queries import figure_book
from models.elections.rules import FigureBook
from models.folding import fold
from models.funding.coding import Coding
from models.funding.law import Card, Matter, card_of, late_payment
from models.funding.law import Warning as LawWarning
from models.funding.queries.one import answers_of
from models.funding.rules import POSTS, Answers
from models.funding.tables import Application, ApplicationLaw, LawAnswer
from models.funding.workflow import GRANTED, WAITING
from models.people.tables import Person
from models.places.tables import Council, Ward

# What is asked for counts while it waits; a draft does not.
COUNTED = ("returned", *WAITING, *GRANTED)
PLACES = ("ward_id", "council_id", "constituency_id")  # of a contest, the smallest first


def coding_of(application: Application) -> Coding:
    """What was said about the award so far."""
    law = application.law
    if law is None:
        return Coding()
    return Coding(**{name: getattr(law, name) for name in Coding.__annotations__})


def law_card(
    application: Application,
    *,
    answers: Answers | None = None,
    coding: Coding | None = None,
    amount_p: int | None = None,
    book: FigureBook | None = None,
) -> Card:
    """What the law says to it: as it is stored, or with other answers, coding or amount.

    `book` is the law's figures, where they are read already.
    """
    matter = matter_of(application, answers=answers, coding=coding, amount_p=amount_p)
    return card_of(matter, book or figure_book())


def payment_warning(
    application: Application, paid_on: date, *, book: FigureBook | None = None
) -> LawWarning | None:
    """What the law says to paying this award on a day; None where the day is early enough."""
    if application.poll_on is None or paid_on <= application.poll_on:
        return None
    nation = application.council.nation if application.council else "England"
    return late_payment(
        application.post, application.poll_on, nation, paid_on, book or figure_book()
    )


def matter_of(
    application: Application,
    *,
    answers: Answers | None = None,
    coding: Coding | None = None,
    amount_p: int | None = None,
    others: Sequence[Application] | None = None,
) -> Matter:
    """The application as the law sees it, with what else is known of person, contest, recipient."""
    said = answers or answers_of(application)
    known = _completed(coding or coding_of(application), said)
    if amount_p is None:
        amount_p = application.awarded_p or said.asked_p or 0
    person = None if said.person_id is None else db.session.get(Person, said.person_id)
    council = None if said.council_id is None else db.session.get(Council, said.council_id)
    today = clock.today()
    if others is None:
        others = _others(application, said, known)
    return Matter(
        post=said.post,
        today=today,
        candidate=person.name if person else None,
        nation=council.nation if council else "England",
        poll_on=said.poll_on,
        has_place=_place_id(said) is not None,
        amount_p=amount_p,
        coding=known,
        others_p=sum(_amount(one) for one in others if _supports(one, said)),
        own_p=sum(_amount(one) for one in others if _is_own_campaign(one, said)),
        given_p=sum(_amount(one) for one in others if _went_to(one, said, known, today)),
    )


def _completed(coding: Coding, said: Answers) -> Coding:
    """The coding, and where it is silent what the application says, or the ward's own figure."""
    ward = None if said.ward_id is None else db.session.get(Ward, said.ward_id)
    electorate = coding.electorate or said.electorate or (ward.electorate if ward else None)
    return replace(
        coding,
        electorate=electorate,
        joint=coding.joint or said.joint,
        area=coding.area or said.area,
    )


def _place_id(said: Answers | Application) -> int | None:
    place = POSTS[said.post].place
    return {
        "ward": said.ward_id,
        "council": said.council_id,
        "constituency": said.constituency_id,
    }[place]


def _others(application: Application, said: Answers, coding: Coding) -> list[Application]:
    """Other applications for the same person, contest or recipient: read for their sums alone."""
    same: list[ColumnElement[bool]] = []
    if said.person_id is not None:
        same.append(Application.person_id == said.person_id)
    if said.poll_on is not None and _place_id(said) is not None:
        column = getattr(Application, f"{POSTS[said.post].place}_id")
        same.append(and_(Application.poll_on == said.poll_on, column == _place_id(said)))
    if coding.recipient:
        same.append(ApplicationLaw.recipient_key == fold(coding.recipient))
    if not same:
        return []
    found = db.session.scalars(
        select(Application)
        .outerjoin(Application.law)
        .options(contains_eager(Application.law))
        .where(or_(*same), Application.id != application.id, Application.status.in_(COUNTED))
        .order_by(Application.id)
        # Afresh: what another officer awarded a moment ago counts.
        .execution_options(populate_existing=True)
    )
    return list(found)


def _amount(one: Application) -> int:
    granted = one.status in GRANTED
    return (one.awarded_p if granted else one.requested_p) or 0


def _same_contest(one: Application, said: Answers) -> bool:
    return (
        one.post == said.post and one.poll_on == said.poll_on and _place_id(one) == _place_id(said)
    )


def _supports(one: Application, said: Answers) -> bool:
    """True for other support toward the same candidate's limit; unclassed ones count."""
    known = coding_of(one).in_law
    return (
        one.person_id == said.person_id
        and _same_contest(one, said)
        and (known is None or known.counts or coding_of(one).authority is not None)
    )


def _is_own_campaign(one: Application, said: Answers) -> bool:
    """True for what the union spends itself in the same contest, for whichever candidate."""
    law = coding_of(one)
    unauthorised = law.legal_class == "s75" and law.authority is None
    return unauthorised and one.status in GRANTED and _same_contest(one, said)


def _went_to(one: Application, said: Answers, coding: Coding, today: date) -> bool:
    """True for what the same recipient was awarded in this calendar year."""
    mine, theirs = coding.in_law, coding_of(one).in_law
    if mine is None or theirs is None or mine.recipient is None or one.decided_at is None:
        return False
    year = clock.london_day(one.decided_at).year
    if one.status not in GRANTED or theirs.recipient != mine.recipient or year != today.year:
        return False
    if mine.recipient == "candidate":
        return one.person_id == said.person_id
    return bool(one.law and one.law.recipient_key == fold(coding.recipient or ""))


def law_answers_of(application: Application) -> list[LawAnswer]:
    """What people answered to the law's warnings about it, oldest first."""
    return list(
        db.session.scalars(
            select(LawAnswer)
            .where(LawAnswer.application_id == application.id)
            .options(joinedload(LawAnswer.by))
            .order_by(LawAnswer.id)
        )
    )


def law_cards(
    applications: Sequence[Application], *, coding: Coding, amounts: Mapping[int, int]
) -> dict[int, Card]:
    """What the law says to each of these awards, made one after the other under one coding."""
    book = figure_book()
    near = _Near(_neighbours(applications, coding), coding)
    before: dict[object, int] = defaultdict(int)
    cards = {}
    for one in applications:
        whose = None if coding.in_law is None else coding.in_law.recipient
        recipient = one.person_id if whose == "candidate" else fold(coding.recipient or "")
        matter = matter_of(one, coding=coding, amount_p=amounts[one.id], others=near.to(one))
        if whose is not None:
            matter = replace(matter, given_p=matter.given_p + before[recipient])
            before[recipient] += amounts[one.id]
        cards[one.id] = card_of(matter, book)
    return cards


class _Near:
    """Applications by what they share: person, contest or recipient. Each is looked at once, so
    that two hundred awards do not compare every one with every other."""

    def __init__(self, found: Sequence[Application], coding: Coding) -> None:
        self.recipient = fold(coding.recipient or "")
        self.by: dict[tuple[object, ...], list[Application]] = defaultdict(list)
        for one in found:
            for key in ((one.person_id,), *(_contest(one, name) for name in PLACES)):
                self.by[key].append(one)
            if self.recipient and one.law and one.law.recipient_key == self.recipient:
                self.by[("recipient",)].append(one)

    def to(self, one: Application) -> list[Application]:
        """The others that share something with this one."""
        place = next((name for name in PLACES if getattr(one, name) is not None), PLACES[0])
        keys = ((one.person_id,), _contest(one, place), ("recipient",))
        near = {other.id: other for key in keys for other in self.by.get(key, ())}
        near.pop(one.id, None)
        return list(near.values())


def _contest(one: Application, place: str) -> tuple[object, ...]:
    return (place, getattr(one, place), one.poll_on)


def _neighbours(applications: Sequence[Application], coding: Coding) -> list[Application]:
    """Other applications for the same people, places or recipient, of all of these at once."""
    same: list[ColumnElement[bool]] = [
        Application.person_id.in_({one.person_id for one in applications})
    ]
    for name in PLACES:
        ids = {getattr(one, name) for one in applications} - {None}
        places = getattr(Application, name).in_(ids)
        same.append(and_(Application.poll_on.in_({one.poll_on for one in applications}), places))
    if coding.recipient:
        same.append(ApplicationLaw.recipient_key == fold(coding.recipient))
    return list(
        db.session.scalars(
            select(Application)
            .outerjoin(Application.law)
            .options(contains_eager(Application.law), selectinload(Application.lines))
            .where(or_(*same), Application.status.in_(COUNTED))
            .order_by(Application.id)
        )
    )
