"""Poll days, and single facts about a seat."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import func, select

from models import clock
from models.accounts import Actor
from models.base import db
from models.councillors.queries import holding
from models.councillors.seats.queries.scope import ELECTED, GRACE, in_scope
from models.councillors.seats.tables import CandidateMatch, SeatOutcome
from models.councillors.tables import OfficeTerm
from models.elections.tables import Ballot, Candidacy, Election
from models.errors import NotFound
from models.people.queries import listed
from models.people.tables import Person


@dataclass(frozen=True)
class PollLine:
    """One day on which seats are up or ballots are on the books."""

    poll_on: date
    seats: int
    ballots: int


def polls_for(reader: Actor) -> list[PollLine]:
    """The poll days there are: of the ballots on the books, and of the ends that terms expect,
    the latest first. A term's end within the grace of a poll belongs to that poll."""
    ballots: dict[date, int] = {
        row[0]: row[1]
        for row in db.session.execute(
            select(Election.poll_on, func.count(Ballot.id))
            .outerjoin(Ballot, Ballot.election_id == Election.id)
            .group_by(Election.poll_on)
        )
    }
    ends = db.session.execute(
        select(OfficeTerm.expected_end, func.count(OfficeTerm.id))
        .join(Person, Person.id == OfficeTerm.person_id)
        .where(holding(), in_scope(reader), listed(), OfficeTerm.expected_end.is_not(None))
        .where(OfficeTerm.expected_end >= clock.today() - timedelta(days=400))
        .where(OfficeTerm.post.in_(ELECTED))
        .group_by(OfficeTerm.expected_end)
        .order_by(OfficeTerm.expected_end)
    )
    seats: dict[date, int] = defaultdict(int)
    for end, count in ends:
        if end is None:
            continue
        known = [day for day in (*ballots, *seats) if day <= end <= day + GRACE]
        seats[max(known) if known else _thursday(end)] += count
    days = sorted({*ballots, *seats}, reverse=True)
    return [PollLine(day, seats.get(day, 0), ballots.get(day, 0)) for day in days]


def _thursday(day: date) -> date:
    """The Thursday on or before a day: polls are on Thursdays, terms end the Monday after."""
    return day - timedelta(days=(day.weekday() - 3) % 7)


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
