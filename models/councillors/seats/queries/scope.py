"""Conditions on which the reading of seats is built."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from sqlalchemy import (
    ColumnElement,
    CompoundSelect,
    Date,
    Select,
    SQLColumnExpression,
    and_,
    case,
    func,
    literal,
    or_,
    select,
    true,
    union,
    union_all,
)

from models.accounts.permits import Actor
from models.base import db
from models.councillors.seats import dates, rules
from models.councillors.seats.tables import CandidateMatch, SeatOutcome
from models.councillors.tables import OfficeTerm
from models.elections.tables import Ballot, Candidacy, Election
from models.people.queries.seeing import visible_people
from models.places.queries.regions import council_ids_in

# SQLite strings no more than 500 of them together.
AT_ONCE = 400
ELECTED = tuple(rules.POST_OF_KIND.values())


def held_before(poll_on: date | SQLColumnExpression[date]) -> ColumnElement[bool]:
    """True for a term that was held on the day before a poll."""
    return and_(
        or_(OfficeTerm.actual_end.is_(None), OfficeTerm.actual_end >= poll_on),
        or_(OfficeTerm.elected_on.is_(None), OfficeTerm.elected_on < poll_on),
    )


def held_on(day: date) -> ColumnElement[bool]:
    """True for a term that was held on a day, as far as its dates are known."""
    return and_(
        or_(OfficeTerm.actual_end.is_(None), OfficeTerm.actual_end > day),
        or_(OfficeTerm.elected_on.is_(None), OfficeTerm.elected_on <= day),
    )


def in_scope(reader: Actor) -> ColumnElement[bool]:
    """True for an office on a council of the reader's region, or of a person they may see where
    the office has no council."""
    if reader.region_ids is None:
        return true()
    return or_(
        OfficeTerm.council_id.in_(council_ids_in(reader.region_ids)),
        and_(OfficeTerm.council_id.is_(None), visible_people(reader)),
    )


def seat_up(poll_on: date) -> ColumnElement[bool]:
    """True for an elected office, held on the eve of the poll, whose end belongs to it, or whose
    end nobody knows while its ward or its holder is on a ballot; and for what was decided."""
    known = poll_days(poll_on)
    polls = {day for day, is_ordinary in known.items() if is_ordinary}
    if poll_on not in known and not dates.is_usual(poll_on):
        polls.add(poll_on)  # somebody asks about a day of their own
    ends = dates.ends_of(poll_on, polls)
    due = (
        select(literal(poll_on, Date).label("poll_on"), OfficeTerm.id.label("term_id"))
        .where(OfficeTerm.expected_end.in_(ends), held_before(poll_on))
        .where(OfficeTerm.post.in_(ELECTED))
    )
    rest = [part.where(day == poll_on) for part, day in _not_by_end()]
    return OfficeTerm.id.in_(select(union(due, *rest).subquery().c.term_id))


def seats_up(ends: Mapping[date, date]) -> CompoundSelect[Any]:
    """The same for all polls at once: pairs of `poll_on` and `term_id`. `ends` says to which poll
    each end belongs."""
    rest = [part for part, _day in _not_by_end()]
    if not ends:
        return union(*rest)
    pairs: list[Select[date, date]] = [
        select(literal(end, Date).label("end"), literal(day, Date).label("day"))
        for end, day in ends.items()
    ]
    parts = [union_all(*some).subquery() for some in _some(pairs)]
    belongs = union_all(*(select(part) for part in parts)).subquery()
    due = (
        select(belongs.c.day.label("poll_on"), OfficeTerm.id.label("term_id"))
        .join(OfficeTerm, OfficeTerm.expected_end == belongs.c.end)
        .where(held_before(belongs.c.day), OfficeTerm.post.in_(ELECTED))
    )
    return union(due, *rest)


def _not_by_end() -> list[tuple[Select[date, int], SQLColumnExpression[date]]]:
    """What is up because of a ballot or of a decision, each with the column of its poll day."""
    unknown = and_(
        OfficeTerm.expected_end.is_(None),
        OfficeTerm.post.in_(ELECTED),
        held_before(Election.poll_on),
    )
    pair: Select[date, int] = select(
        Election.poll_on.label("poll_on"), OfficeTerm.id.label("term_id")
    )
    of_ward = (
        pair.join(Ballot, Ballot.election_id == Election.id)
        .join(OfficeTerm, OfficeTerm.ward_id == Ballot.ward_id)
        .where(Ballot.by_election.is_(False), unknown)
    )
    of_name = (
        pair.join(Ballot, Ballot.election_id == Election.id)
        .join(Candidacy, Candidacy.ballot_id == Ballot.id)
        .join(CandidateMatch, CandidateMatch.candidacy_id == Candidacy.id)
        .join(OfficeTerm, OfficeTerm.id == CandidateMatch.term_id)
        .where(unknown)
    )
    decided: Select[date, int] = select(SeatOutcome.poll_on, SeatOutcome.term_id)
    return [
        (of_ward, Election.poll_on),
        (of_name, Election.poll_on),
        (decided, SeatOutcome.poll_on),
    ]


def poll_days(around: date | None = None) -> dict[date, bool]:
    """The poll days that are known, and whether they are ordinary ones: a day with nothing but
    by-elections is not, for no other term ends with it. With `around`, those near that day."""
    ordinary = func.max(case((Ballot.by_election.is_(True), 0), else_=1))
    polls = (
        select(Election.poll_on, ordinary, literal(1))
        .outerjoin(Ballot, Ballot.election_id == Election.id)
        .group_by(Election.poll_on)
    )
    decided = select(SeatOutcome.poll_on, literal(1), literal(0)).distinct()
    if around is not None:
        near = dates.GRACE + dates.EARLY
        polls = polls.where(Election.poll_on.between(around - near, around + near))
        decided = decided.where(SeatOutcome.poll_on.between(around - near, around + near))
    rows = db.session.execute(union_all(polls, decided)).all()
    on_books = {day: bool(is_ordinary) for day, is_ordinary, booked in rows if booked}
    asked = {day: True for day, _is_ordinary, booked in rows if not booked}
    return {day: True for day in asked if not dates.is_usual(day)} | on_books


def settled() -> ColumnElement[bool]:
    """True for a seat about which nothing is to be decided: somebody has, or the office has ended
    otherwise. `decide_seat` refuses these and no others."""
    return or_(SeatOutcome.id.is_not(None), OfficeTerm.actual_end.is_not(None))


def _some(pairs: list[Select[date, date]]) -> Iterator[list[Select[date, date]]]:
    for start in range(0, len(pairs), AT_ONCE):
        yield pairs[start : start + AT_ONCE]
