"""The seats that are up on a day, each with the names found for it. Who reads comes first."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, and_, case, func, not_, select
from sqlalchemy.orm import joinedload

from models.accounts.permits import Actor
from models.base import db
from models.councillors.seats import rules
from models.councillors.seats.queries.scope import in_scope, seat_up, settled
from models.councillors.seats.tables import CandidateMatch, SeatOutcome
from models.councillors.tables import NetworkMembership, OfficeTerm
from models.elections.tables import Ballot, Candidacy, Election
from models.errors import NotFound
from models.people.queries.seeing import listed
from models.people.tables import Person
from models.places.spelling import ward_key
from models.places.tables import Council, Party, Ward


@dataclass
class Name:
    """A name on a ballot beside an office holder."""

    match: CandidateMatch
    candidacy: Candidacy
    ballot: Ballot
    party: str | None


@dataclass
class SeatLine:
    """One seat that is up: who holds it, what was found, what is proposed, what was decided."""

    term: OfficeTerm
    person: Person
    status: str | None
    outcome: SeatOutcome | None
    contested: bool = False
    names: list[Name] = field(default_factory=list)

    @property
    def settled(self) -> bool:
        """True where nothing is to be decided: somebody has, or the office ended otherwise."""
        return self.outcome is not None or self.term.actual_end is not None

    @property
    def ballot_ward_id(self) -> int | None:
        """The ward for which they stood by the ballots, or None where no ballot says it."""
        return self.sure.ballot.ward_id if self.sure is not None else None

    @property
    def sure(self) -> Name | None:
        """The name that is theirs, by rule or by a human."""
        return next((name for name in self.names if name.match.verdict == "same"), None)

    @property
    def doubtful(self) -> list[Name]:
        """The names that somebody must look at."""
        return [name for name in self.names if name.match.verdict is None]

    @property
    def proposed(self) -> str | None:
        """What the ballots say, or None where a person must look first."""
        sure = self.sure
        return rules.proposal(
            matched=sure is not None,
            elected=sure.candidacy.elected if sure else None,
            same_ward=sure is None or self._same_ward(sure.ballot),
            contested=self.contested,
            doubtful=bool(self.doubtful),
        )

    def _same_ward(self, ballot: Ballot) -> bool:
        ward = self.term.ward
        if ward is None or self.term.post != "councillor":
            return True
        return ballot.ward_id == ward.id or ward_key(ballot.area_key) == ward_key(ward.name_key)


ORDER = (Council.name_key, Ward.name_key, Person.family_key, OfficeTerm.id)
TABS = ("to-decide", "doubtful", "decided", "all")


def seats_for(
    reader: Actor,
    poll_on: date,
    *,
    tab: str = "all",
    council_id: int | None = None,
    page: int = 1,
    size: int = 50,
) -> tuple[list[SeatLine], int]:
    """One page of the seats that are up on a day, by council, ward and name, and how many."""
    wanted = [*_clauses(reader, poll_on), _in_tab(tab)]
    if council_id is not None:
        wanted.append(OfficeTerm.council_id == council_id)
    total = db.session.scalar(_joined(select(func.count(OfficeTerm.id)), poll_on).where(*wanted))
    rows = db.session.execute(
        _joined(select(OfficeTerm, Person, NetworkMembership.status, SeatOutcome), poll_on)
        .options(
            joinedload(OfficeTerm.ward),
            joinedload(OfficeTerm.council),
            joinedload(OfficeTerm.constituency),
            joinedload(OfficeTerm.party),
        )
        .where(*wanted)
        .order_by(*ORDER)
        .limit(size)
        .offset((page - 1) * size)
    )
    lines = [SeatLine(*row) for row in rows]
    _add_names(lines, poll_on)
    return lines, total or 0


def seat_after(
    reader: Actor, poll_on: date, after: int | None = None
) -> tuple[SeatLine | None, int]:
    """The seat to be decided that follows another one in the list's order, and how many are to be
    decided. After the last comes the first again, so that what was left for later returns."""
    clauses = _clauses(reader, poll_on)
    rows = db.session.execute(
        _joined(select(OfficeTerm.id, settled()), poll_on).where(*clauses).order_by(*ORDER)
    ).all()
    waiting = [term_id for term_id, is_settled in rows if not is_settled]
    if not waiting:
        return None, 0
    order = [term_id for term_id, _is_settled in rows]
    place = order.index(after) + 1 if after in order else 0
    still = {*waiting}
    follow = next((term_id for term_id in order[place:] if term_id in still), waiting[0])
    return _seat(clauses, poll_on, follow), len(waiting)


def seat_for(reader: Actor, poll_on: date, term_id: int) -> SeatLine:
    """One seat of a poll; raises NotFound where it is not up, or not the reader's."""
    return _seat(_clauses(reader, poll_on), poll_on, term_id)


def _seat(clauses: list[ColumnElement[bool]], poll_on: date, term_id: int) -> SeatLine:
    wanted = [*clauses, OfficeTerm.id == term_id]
    columns = select(OfficeTerm, Person, NetworkMembership.status, SeatOutcome)
    row = db.session.execute(_joined(columns, poll_on).where(*wanted)).one_or_none()
    if row is None:
        raise NotFound("That seat is not up at this poll, or it is not in your region.")
    line = SeatLine(*row)
    _add_names([line], poll_on)
    return line


def _clauses(reader: Actor, poll_on: date) -> list[ColumnElement[bool]]:
    return [seat_up(poll_on), in_scope(reader), listed()]


def _in_tab(tab: str) -> ColumnElement[bool]:
    open_name = select(CandidateMatch.term_id).where(CandidateMatch.verdict.is_(None))
    if tab == "to-decide":
        return not_(settled())
    if tab == "doubtful":
        return and_(not_(settled()), OfficeTerm.id.in_(open_name))
    if tab == "decided":
        return settled()
    return OfficeTerm.id.is_not(None)


def _joined(query: Any, poll_on: date) -> Any:
    return (
        query.join(Person, Person.id == OfficeTerm.person_id)
        .outerjoin(Council, Council.id == OfficeTerm.council_id)
        .outerjoin(Ward, Ward.id == OfficeTerm.ward_id)
        .outerjoin(
            NetworkMembership,
            and_(
                NetworkMembership.person_id == OfficeTerm.person_id,
                NetworkMembership.ended_at.is_(None),
            ),
        )
        .outerjoin(
            SeatOutcome,
            and_(SeatOutcome.term_id == OfficeTerm.id, SeatOutcome.poll_on == poll_on),
        )
    )


def _add_names(lines: list[SeatLine], poll_on: date) -> None:
    by_term: dict[int, list[Name]] = defaultdict(list)
    ids = [line.term.id for line in lines]
    if not ids:
        return
    rows = db.session.execute(
        select(CandidateMatch, Candidacy, Ballot, func.coalesce(Party.name, Candidacy.party_name))
        .join(Candidacy, Candidacy.id == CandidateMatch.candidacy_id)
        .join(Ballot, Ballot.id == Candidacy.ballot_id)
        .join(Election, Election.id == Ballot.election_id)
        .outerjoin(Party, Party.id == Candidacy.party_id)
        .where(CandidateMatch.term_id.in_(ids), Election.poll_on == poll_on)
        .order_by(CandidateMatch.term_id, CandidateMatch.id)
    )
    for match, candidacy, ballot, party in rows:
        by_term[match.term_id].append(Name(match, candidacy, ballot, party))
    contested = _contested(lines, poll_on)
    for line in lines:
        line.names = by_term[line.term.id]
        line.contested = (line.term.council_id, _ward_of(line.term)) in contested


def _ward_of(term: OfficeTerm) -> str:
    return ward_key(term.ward.name_key) if term.ward is not None else ""


def _contested(lines: list[SeatLine], poll_on: date) -> set[tuple[int | None, str]]:
    """The wards of these councils for which the ballots of the day are on the books."""
    councils = {line.term.council_id for line in lines if line.term.council_id is not None}
    rows = db.session.execute(
        select(Election.council_id, Election.kind, Ballot.area_key)
        .join(Ballot, Ballot.election_id == Election.id)
        .where(Election.poll_on == poll_on, Election.council_id.in_(sorted(councils)))
    )
    return {(council, "" if kind == "mayor" else ward_key(area)) for council, kind, area in rows}


@dataclass(frozen=True)
class Figures:
    """How far the seats of a poll are seen through."""

    up: int
    decided: int
    doubtful: int


def figures_for(reader: Actor, poll_on: date, council_id: int | None = None) -> Figures:
    """Seats up, decided, and with a doubtful name, in the reader's regions."""
    clauses = _clauses(reader, poll_on)
    if council_id is not None:
        clauses.append(OfficeTerm.council_id == council_id)
    counts = (
        func.coalesce(func.sum(case((_in_tab(tab), 1), else_=0)), 0)
        for tab in ("all", "decided", "doubtful")
    )
    query = _joined(select(*counts).select_from(OfficeTerm), poll_on).where(*clauses)
    return Figures(*(int(value) for value in db.session.execute(query).one()))
