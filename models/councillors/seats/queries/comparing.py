"""Everybody in office on the eve of a poll, and everybody who stood. For rules, not for pages."""

from collections.abc import Collection, Iterator
from datetime import date

from sqlalchemy import func, select

from models.base import db
from models.councillors.seats import rules
from models.councillors.seats.queries.scope import ELECTED, held_before
from models.councillors.seats.rules import Holder, Stood
from models.councillors.seats.tables import CandidateMatch
from models.councillors.tables import OfficeTerm
from models.elections.tables import Ballot, Candidacy, Election
from models.folding import fold
from models.people.queries.seeing import listed
from models.people.tables import Person
from models.places.spelling import ward_key
from models.places.tables import Constituency, Party, Ward


def holders(poll_on: date) -> list[Holder]:
    """Everybody who held an elected office on the eve of a poll. For rules, not for pages."""
    rows = db.session.execute(
        select(
            OfficeTerm.id,
            OfficeTerm.person_id,
            OfficeTerm.post,
            OfficeTerm.council_id,
            Person.given_key,
            Person.family_key,
            Person.known_as,
            func.coalesce(Ward.name_key, Constituency.name_key, ""),
            func.coalesce(Party.name, ""),
        )
        .join(Person, Person.id == OfficeTerm.person_id)
        .outerjoin(Ward, Ward.id == OfficeTerm.ward_id)
        .outerjoin(Constituency, Constituency.id == OfficeTerm.constituency_id)
        .outerjoin(Party, Party.id == OfficeTerm.party_id)
        .where(held_before(poll_on), listed(), OfficeTerm.post.in_(ELECTED))
        .order_by(OfficeTerm.id)
    )
    return [
        Holder(
            term_id,
            person_id,
            (post, council_id),
            given,
            family,
            fold(known or ""),
            ward_key(ward),
            rules.party_key(fold(party)),
        )
        for term_id, person_id, post, council_id, given, family, known, ward, party in rows
    ]


def stood(poll_on: date, groups: Collection[rules.Group]) -> Iterator[Stood]:
    """Every name on the ballots of a poll day for which there are office holders."""
    rows = db.session.execute(
        select(
            Candidacy.id,
            Election.kind,
            Election.council_id,
            Candidacy.name_key,
            Ballot.area_key,
            func.coalesce(Party.name, Candidacy.party_name, ""),
        )
        .join(Ballot, Ballot.id == Candidacy.ballot_id)
        .join(Election, Election.id == Ballot.election_id)
        .outerjoin(Party, Party.id == Candidacy.party_id)
        .where(Election.poll_on == poll_on)
        .order_by(Candidacy.id)
    )
    wanted = set(groups)
    for candidacy_id, kind, council_id, name, area, party in rows:
        group = (rules.POST_OF_KIND.get(kind, ""), council_id)
        if group in wanted:
            ward = "" if kind in ("mayor", "pcc") else ward_key(area)
            yield Stood(candidacy_id, group, name, ward, rules.party_key(fold(party)))


def matches_of(poll_on: date) -> list[CandidateMatch]:
    """What is held about the names of a poll day."""
    return list(
        db.session.scalars(
            select(CandidateMatch)
            .join(Candidacy, Candidacy.id == CandidateMatch.candidacy_id)
            .join(Ballot, Ballot.id == Candidacy.ballot_id)
            .join(Election, Election.id == Ballot.election_id)
            .where(Election.poll_on == poll_on)
            .order_by(CandidateMatch.id)
        )
    )
