"""Poll days, and single facts about a seat."""

from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import and_, case, func, select

from models import clock
from models.accounts.permits import Actor
from models.base import db
from models.councillors.seats.dates import poll_of
from models.councillors.seats.queries.scope import (
    ELECTED,
    in_scope,
    poll_days,
    seats_up,
    settled,
)
from models.councillors.seats.tables import CandidateMatch, SeatOutcome
from models.councillors.tables import OfficeTerm
from models.elections.tables import Ballot, Candidacy, Election
from models.errors import NotFound
from models.people.queries.seeing import listed
from models.people.tables import Person


@dataclass(frozen=True)
class PollLine:
    """One day on which seats are up or ballots are on the books."""

    poll_on: date
    seats: int
    to_decide: int
    ballots: int


def polls_for(reader: Actor) -> list[PollLine]:
    """The poll days there are: of the ballots on the books, and of the ends that terms expect,
    the latest first. The counts are those of the day's own page."""
    ballots: dict[date, int] = {
        row[0]: row[1]
        for row in db.session.execute(
            select(Election.poll_on, func.count(Ballot.id))
            .outerjoin(Ballot, Ballot.election_id == Election.id)
            .group_by(Election.poll_on)
        )
    }
    counts = _counts(reader, _ends())
    recent = clock.today() - timedelta(days=400)
    lines = []
    for day in sorted({*ballots, *counts}, reverse=True):
        seats, to_decide = counts.get(day, (0, 0))
        if day in ballots or to_decide or day >= recent:
            lines.append(PollLine(day, seats, to_decide, ballots.get(day, 0)))
    return lines


def _ends() -> dict[date, date]:
    """Every end that a term expects, with the poll to which it belongs."""
    polls = {day for day, is_ordinary in poll_days().items() if is_ordinary}
    ends = db.session.scalars(
        select(OfficeTerm.expected_end)
        .where(OfficeTerm.expected_end.is_not(None), OfficeTerm.post.in_(ELECTED))
        .distinct()
        .order_by(OfficeTerm.expected_end)
    )
    return {end: poll_of(end, polls) for end in ends if end is not None}


def _counts(reader: Actor, ends: dict[date, date]) -> dict[date, tuple[int, int]]:
    up = seats_up(ends).subquery()
    query = (
        select(up.c.poll_on, func.count(), func.sum(case((settled(), 0), else_=1)))
        .select_from(up)
        .join(OfficeTerm, OfficeTerm.id == up.c.term_id)
        .join(Person, Person.id == OfficeTerm.person_id)
        .outerjoin(
            SeatOutcome,
            and_(SeatOutcome.term_id == OfficeTerm.id, SeatOutcome.poll_on == up.c.poll_on),
        )
        .where(in_scope(reader), listed())
        .group_by(up.c.poll_on)
    )
    rows = db.session.execute(query)
    return {day: (seats, int(to_decide or 0)) for day, seats, to_decide in rows}


def match_for(reader: Actor, match_id: int) -> tuple[CandidateMatch, OfficeTerm, date]:
    """A doubtful name with its office and poll day; raises NotFound outside the region."""
    row = db.session.execute(
        select(CandidateMatch, OfficeTerm, Election.poll_on)
        .join(OfficeTerm, OfficeTerm.id == CandidateMatch.term_id)
        .join(Person, Person.id == OfficeTerm.person_id)
        .join(Candidacy, Candidacy.id == CandidateMatch.candidacy_id)
        .join(Ballot, Ballot.id == Candidacy.ballot_id)
        .join(Election, Election.id == Ballot.election_id)
        .where(CandidateMatch.id == match_id, in_scope(reader))
    ).one_or_none()
    if row is None:
        raise NotFound("There is no such name, or it is not in your region.")
    return row[0], row[1], row[2]


def first_election(poll_on: date) -> Election | None:
    """The first election on the books for a poll day."""
    return db.session.scalars(
        select(Election).where(Election.poll_on == poll_on).order_by(Election.id).limit(1)
    ).one_or_none()


def outcome_of(term: OfficeTerm, poll_on: date) -> SeatOutcome | None:
    """What was decided about a seat after a poll."""
    return db.session.scalars(
        select(SeatOutcome).where(SeatOutcome.term_id == term.id, SeatOutcome.poll_on == poll_on)
    ).one_or_none()


def candidacy_of(term: OfficeTerm, poll_on: date) -> tuple[Candidacy, Ballot] | None:
    """The name on a ballot that is this office holder's, by rule or by a human."""
    row = db.session.execute(
        select(Candidacy, Ballot)
        .join(CandidateMatch, CandidateMatch.candidacy_id == Candidacy.id)
        .join(Ballot, Ballot.id == Candidacy.ballot_id)
        .join(Election, Election.id == Ballot.election_id)
        .where(
            CandidateMatch.term_id == term.id,
            CandidateMatch.verdict == "same",
            Election.poll_on == poll_on,
        )
        .order_by(Candidacy.elected.is_(True).desc(), Candidacy.id)
        .limit(1)
    ).one_or_none()
    return (row[0], row[1]) if row is not None else None
