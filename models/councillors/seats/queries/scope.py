"""Conditions on which the reading of seats is built."""

from datetime import date, timedelta

from sqlalchemy import ColumnElement, and_, or_, select, true

from models.accounts import Actor
from models.councillors.seats import rules
from models.councillors.seats.tables import CandidateMatch, SeatOutcome
from models.councillors.tables import OfficeTerm
from models.elections.tables import Ballot, Candidacy, Election
from models.people.queries import visible_people
from models.places.queries import council_ids_in

# A term's expected end may be written as the poll, the fourth day after it, or a little later.
GRACE = timedelta(days=14)
ELECTED = tuple(rules.POST_OF_KIND.values())


def held_before(poll_on: date) -> ColumnElement[bool]:
    """True for a term that was held on the day before a poll."""
    eve = poll_on - timedelta(days=1)
    return and_(
        or_(OfficeTerm.actual_end.is_(None), OfficeTerm.actual_end >= poll_on),
        or_(OfficeTerm.elected_on.is_(None), OfficeTerm.elected_on <= eve),
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
    """True for an elected office, held on the eve of the poll, whose time is up by it, or whose
    end nobody knows while its ward or its holder is on a ballot."""
    wards = (
        select(Ballot.ward_id)
        .join(Election, Election.id == Ballot.election_id)
        .where(Election.poll_on == poll_on, Ballot.by_election.is_(False))
        .where(Ballot.ward_id.is_not(None))
    )
    named = (
        select(CandidateMatch.term_id)
        .join(Candidacy, Candidacy.id == CandidateMatch.candidacy_id)
        .join(Ballot, Ballot.id == Candidacy.ballot_id)
        .join(Election, Election.id == Ballot.election_id)
        .where(Election.poll_on == poll_on)
    )
    unknown = and_(
        OfficeTerm.expected_end.is_(None),
        or_(OfficeTerm.ward_id.in_(wards), OfficeTerm.id.in_(named)),
    )
    decided = select(SeatOutcome.term_id).where(SeatOutcome.poll_on == poll_on)
    held = and_(
        held_before(poll_on),
        OfficeTerm.post.in_(ELECTED),
        or_(OfficeTerm.expected_end <= poll_on + GRACE, unknown),
    )
    return or_(held, OfficeTerm.id.in_(decided))
