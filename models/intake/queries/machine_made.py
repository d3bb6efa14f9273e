"""What the product itself noted about records: pairs that may be one person, names on ballots that
may be an office holder. Nobody decided it, so it is no use of a record, and goes with it."""

from collections.abc import Collection

from sqlalchemy import or_, select

from models.base import db
from models.councillors.seats.tables import CandidateMatch
from models.elections.tables import Candidacy
from models.intake.queries.parts import parts
from models.merging.tables import DuplicatePair


def open_pairs(person_ids: Collection[int]) -> set[int]:
    """The pairs that wait for somebody to look, of which one is among these people."""
    return {
        one
        for part in parts(person_ids)
        for one in db.session.scalars(
            select(DuplicatePair.id).where(
                or_(DuplicatePair.low_id.in_(part), DuplicatePair.high_id.in_(part)),
                DuplicatePair.state == "open",
            )
        )
    }


def matches_by_rule(term_ids: Collection[int]) -> dict[int, int]:
    """The matches of these offices with names on ballots that nobody decided: id → candidacy."""
    return {
        row.id: row.candidacy_id
        for part in parts(term_ids)
        for row in db.session.execute(
            select(CandidateMatch.id, CandidateMatch.candidacy_id).where(
                CandidateMatch.term_id.in_(part), CandidateMatch.decided_at.is_(None)
            )
        )
    }


def named_by_rule(person_ids: Collection[int]) -> set[int]:
    """The names on ballots that stand for one of these people by a rule alone."""
    decided = select(CandidateMatch.candidacy_id).where(
        CandidateMatch.verdict == "same", CandidateMatch.decided_at.is_not(None)
    )
    return {
        one
        for part in parts(person_ids)
        for one in db.session.scalars(
            select(Candidacy.id).where(Candidacy.person_id.in_(part), Candidacy.id.not_in(decided))
        )
    }
