"""Recognising office holders on ballots, and deciding what came of each seat."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import delete, insert, update

from models import audit, clock
from models.accounts.permits import Actor, require
from models.accounts.roles import Permit
from models.accounts.tables import User
from models.base import db, hold_row, one_at_a_time
from models.councillors.queries.offices import roles_of
from models.councillors.seats import rules
from models.councillors.seats.queries import comparing
from models.councillors.seats.queries.comparing import matches_of
from models.councillors.seats.queries.polls import candidacy_of, first_election, outcome_of
from models.councillors.seats.tables import CandidateMatch, SeatOutcome
from models.councillors.tables import OfficeRole, OfficeTerm
from models.days import said_day
from models.elections.tables import Ballot, Candidacy
from models.errors import Conflict, Invalid, Refused
from models.people.queries.people import regions_of_person
from models.people.tables import Person
from models.places.queries.regions import regions_of_council
from models.places.tables import Ward

AT_ONCE = 900


def match_candidates(poll_on: date, *, by: Actor) -> dict[str, int]:
    """Compare the names on a poll day's ballots with the office holders of that day's eve.

    Sure pairs are taken over, doubtful ones kept for a human; what a human decided is never
    touched, and a second comparison of the same facts writes nothing. Returns the counts.
    """
    require(by, Permit.COUNCILLORS_WRITE)
    one_at_a_time("seats compared", poll_on)
    holders = comparing.holders(poll_on)
    found = rules.pairs_of(comparing.stood(poll_on, {one.group for one in holders}), holders)
    held = {(one.candidacy_id, one.term_id): one for one in matches_of(poll_on)}
    wanted = {(pair.candidacy_id, pair.term_id): pair for pair in found.pairs}
    spoken_for = {one.candidacy_id for one in held.values() if one.decided_at is not None}
    new = []
    for at, pair in wanted.items():
        facts = {"how": pair.how, "why": pair.why, "verdict": _verdict(pair)}
        if at not in held:
            new.append({"candidacy_id": at[0], "term_id": at[1], **facts})
        elif held[at].decided_at is None:
            audit.changes(held[at], facts)
    _forget([one.id for at, one in held.items() if at not in wanted and not one.decided_at])
    if new:
        db.session.execute(insert(CandidateMatch).execution_options(render_nulls=True), new)
    db.session.flush()
    _name_people(wanted, spoken_for)
    counts = {how: found.count(how) for how in rules.HOWS} | {"name_alone": found.name_alone}
    election = first_election(poll_on)
    if new and election is not None:
        audit.record("seats.compared", election, by=by, after={"poll": str(poll_on), **counts})
    return counts


def _verdict(pair: rules.Pair) -> str | None:
    return None if pair.how == rules.DOUBTFUL else "same"


def _forget(ids: list[int]) -> None:
    for start in range(0, len(ids), AT_ONCE):
        part = ids[start : start + AT_ONCE]
        db.session.execute(delete(CandidateMatch).where(CandidateMatch.id.in_(part)))


def _name_people(wanted: dict[tuple[int, int], rules.Pair], spoken_for: set[int]) -> None:
    """A candidacy points at the person only where the pair is sure."""
    sure = [
        {"id": pair.candidacy_id, "person_id": pair.person_id}
        for pair in wanted.values()
        if pair.how != rules.DOUBTFUL and pair.candidacy_id not in spoken_for
    ]
    if sure:
        db.session.execute(update(Candidacy), sure)
        db.session.expire_all()


def settle_name(match: CandidateMatch, term: OfficeTerm, *, same: bool, by: Actor) -> None:
    """A human's word on a doubtful name: the same person, or somebody else."""
    _may(term, by=by)
    hold_row(match)
    if match.verdict is not None and match.decided_at is None:
        raise Refused("This name was recognised by rule; there is nothing to decide.")
    before = match.verdict
    match.verdict = "same" if same else "other"
    match.decided_by_id, match.decided_at = by.id, clock.now()
    candidacy = db.session.get_one(Candidacy, match.candidacy_id)
    candidacy.person_id = term.person_id if same else None
    db.session.flush()
    audit.record(
        "seats.name_settled",
        match,
        by=by,
        before={"verdict": before},
        after={"verdict": match.verdict, "term_id": term.id},
    )


@dataclass(frozen=True)
class NextTerm:
    """What is known of the term that begins where the holder was elected again.

    `ward` is needed where they moved and no ballot says to which ward. Without an end, `end_known`
    must say that nobody knows it: a term whose end is forgotten is never up again.
    """

    expected_end: date | None = None
    end_known: bool = True
    ward: Ward | None = None


def decide_seat(
    term: OfficeTerm,
    poll_on: date,
    outcome: str,
    *,
    by: Actor,
    following: NextTerm | None = None,
) -> SeatOutcome:
    """Record what came of a seat: the term ends on the poll, and where the holder was elected
    again a new one begins. Raises Conflict where somebody has decided it already."""
    _may(term, by=by)
    _check(term, poll_on, outcome)
    following = following or NextTerm()
    candidacy, ballot = candidacy_of(term, poll_on) or (None, None)
    new = None
    if outcome in ("re-elected", "moved"):
        ward_id = term.ward_id if outcome == "re-elected" else _new_ward(term, ballot, following)
        new = _next_term(term, poll_on, (candidacy, ballot), following, ward_id)
    _end(term, poll_on, outcome)
    decided = SeatOutcome(
        term_id=term.id,
        poll_on=poll_on,
        outcome=outcome,
        candidacy_id=candidacy.id if candidacy is not None else None,
        new_term_id=new.id if new is not None else None,
        decided_by_id=by.id,
    )
    db.session.add(decided)
    db.session.flush()
    after = {"outcome": outcome, "poll": poll_on.isoformat(), "new_term_id": decided.new_term_id}
    audit.record("seats.decided", term, by=by, after=after)
    return decided


def _check(term: OfficeTerm, poll_on: date, outcome: str) -> None:
    if outcome not in rules.outcomes_of(term.post):
        raise Invalid("Choose what came of the seat.", field="outcome")
    if poll_on > clock.today():
        raise Refused(f"The poll is on {said_day(poll_on)}; wait for the result.")
    db.session.refresh(term, with_for_update={"of": OfficeTerm})
    before = outcome_of(term, poll_on)
    if before is not None:
        who = before.decided_by_id and db.session.get(User, before.decided_by_id)
        what = rules.OUTCOMES[before.outcome].lower()
        raise Conflict(
            f"{who.name if who else 'Somebody'} has decided this seat meanwhile: {what}."
        )
    if term.actual_end is not None:
        raise Refused(
            f"This office ended on {said_day(term.actual_end)} already: there is nothing to decide."
        )


def _new_ward(term: OfficeTerm, ballot: Ballot | None, following: NextTerm) -> int:
    ward = following.ward
    if ward is None and ballot is not None and ballot.ward_id is not None:
        return ballot.ward_id
    if ward is None:
        raise Invalid("Choose the ward they moved to; no ballot says it.", field="ward")
    if ward.council_id != term.council_id:
        raise Invalid("That ward is in another council.", field="ward")
    if ward.id == term.ward_id:
        raise Invalid(
            f"They sit for {ward.name} already. Choose another ward, or “Re-elected”.", field="ward"
        )
    return ward.id


def _next_term(
    term: OfficeTerm,
    poll_on: date,
    stood: tuple[Candidacy | None, Ballot | None],
    following: NextTerm,
    ward_id: int | None,
) -> OfficeTerm:
    candidacy, ballot = stood
    if following.end_known and following.expected_end is None:
        raise Invalid(
            "Enter the day on which the new term ends, or tick that nobody knows it yet.",
            field="expected_end",
        )
    if following.expected_end is not None and following.expected_end <= poll_on:
        raise Invalid("The new term must end after the poll.", field="expected_end")
    new = OfficeTerm(
        person_id=term.person_id,
        post=term.post,
        council_id=term.council_id,
        constituency_id=term.constituency_id,
        ward_id=ward_id,
        party_id=(candidacy.party_id if candidacy is not None else None) or term.party_id,
        elected_on=poll_on,
        expected_end=following.expected_end,
        by_election=bool(ballot is not None and ballot.by_election),
        source=f"Poll of {said_day(poll_on)}",
    )
    db.session.add(new)
    db.session.flush()
    return new


def _end(term: OfficeTerm, poll_on: date, outcome: str) -> None:
    term.actual_end, term.end_reason = poll_on, outcome
    if outcome in ("lost", "stood-down"):
        db.session.execute(
            update(OfficeRole)
            .where(OfficeRole.term_id == term.id, OfficeRole.ends_on.is_(None))
            .values(ends_on=poll_on)
        )
    db.session.flush()


def undo_seat(term: OfficeTerm, poll_on: date, *, by: Actor) -> None:
    """Take a decision back: the term runs on, the one that followed it goes. Refused where that
    one has been changed or has roles by now; roles that ended with the seat stand open again."""
    _may(term, by=by)
    hold_row(term)
    decided = outcome_of(term, poll_on)
    if decided is None:
        raise Refused("Nothing is decided about this seat.")
    new = db.session.get(OfficeTerm, decided.new_term_id) if decided.new_term_id else None
    if new is not None and (new.actual_end is not None or _has_roles(new)):
        raise Refused("The term that followed has been changed since; correct it on its own page.")
    before: dict[str, Any] = {"outcome": decided.outcome, "new_term_id": decided.new_term_id}
    db.session.delete(decided)
    db.session.flush()
    if new is not None:
        db.session.delete(new)
    if before["outcome"] in ("lost", "stood-down"):
        db.session.execute(
            update(OfficeRole)
            .where(OfficeRole.term_id == term.id, OfficeRole.ends_on == term.actual_end)
            .values(ends_on=None)
        )
    term.actual_end, term.end_reason = None, None
    db.session.flush()
    audit.record("seats.reopened", term, by=by, before=before)


def _has_roles(term: OfficeTerm) -> bool:
    return bool(roles_of([term])[term.id])


def _may(term: OfficeTerm, *, by: Actor) -> None:
    regions = (
        regions_of_council(term.council_id)
        if term.council_id is not None
        else regions_of_person(db.session.get_one(Person, term.person_id))
    )
    require(by, Permit.COUNCILLORS_WRITE, regions=regions)
