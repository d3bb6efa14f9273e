"""Running the finder, and what a person decides about a pair."""

from collections.abc import Collection

from sqlalchemy import insert

from models import audit, clock, outbox
from models.accounts.permits import Actor, require
from models.accounts.roles import Permit
from models.base import begin_writing, db, hold_row, one_at_a_time
from models.errors import Invalid, Refused
from models.merging import matching
from models.merging.matching import Likeness
from models.merging.queries import people as merging
from models.merging.queries.pairs import last_run, pair_of, stored_pairs, work_waits
from models.merging.queries.people import changed_since, newest_entry
from models.merging.tables import DuplicatePair, DuplicateRun
from models.people.queries.people import regions_of_person
from models.people.tables import Person
from models.slow import slow

# More changed people than this are looked at with everybody else: it is quicker.
MANY = 1000
JOB = "duplicates"


def find_all(*, by: Actor) -> DuplicateRun:
    """Compare everybody with everybody in their blocks, and bring the queue up to date."""
    require(by, Permit.PEOPLE_WRITE)
    slow("people are compared")
    seen = newest_entry()
    people = merging.records()
    found = matching.likely(people)
    return _keep(found, None, seen=seen, people=len(people))


def find_new(*, by: Actor) -> DuplicateRun | None:
    """Look at the people who changed since the last run; None where nobody did."""
    require(by, Permit.PEOPLE_WRITE)
    last = last_run()
    if last is None:
        return find_all(by=by)
    changed, seen = changed_since(last.seen)
    if not changed:
        if last.seen != seen:
            begin_writing()
            last.seen = seen
        return None
    if len(changed) > MANY:
        return find_all(by=by)
    slow("people are compared")
    paired = {id_ for pair in stored_pairs(changed) for id_ in (pair.low_id, pair.high_id)}
    near = merging.records(merging.neighbours(merging.records(changed)) | paired)
    found = matching.likely(near, about=frozenset(changed))
    return _keep(found, changed, seen=seen, people=len(changed))


def waits() -> bool:
    """True where anybody may have been changed since the last run."""
    last = last_run()
    return last is None or newest_entry() > last.seen


def look(*, by: Actor) -> DuplicateRun | None:
    """Look at what changed; where everybody must be compared, hand that to the worker (None)."""
    require(by, Permit.PEOPLE_WRITE)
    last = last_run()
    if last is not None:
        changed, _ = changed_since(last.seen)
        if len(changed) <= MANY:
            return find_new(by=by) or last
    begin_writing()
    one_at_a_time(JOB)
    if not work_waits(JOB):
        outbox.post(JOB, {}, key=f"duplicates {clock.now().isoformat()}")
    return None


def _keep(
    found: list[Likeness], about: Collection[int] | None, *, seen: int, people: int
) -> DuplicateRun:
    """Write what was found beside what is there: decisions stay, pairs that are none go."""
    begin_writing()
    one_at_a_time(JOB)
    likely = {(one.low, one.high): one for one in found}
    for pair in stored_pairs(about):
        now = likely.pop((pair.low_id, pair.high_id), None)
        if now is not None:
            audit.changes(pair, {"score": now.score, "reasons": _reasons(now)})
        elif pair.state == "open":
            db.session.delete(pair)
    fresh = [
        {
            "low_id": one.low,
            "high_id": one.high,
            "score": one.score,
            "reasons": _reasons(one),
            "state": "open",
            "found_at": clock.now(),
        }
        for one in likely.values()
    ]
    db.session.flush()
    if fresh:
        db.session.execute(insert(DuplicatePair), fresh)
    run = DuplicateRun(seen=seen, whole=about is None, people=people, pairs=len(found))
    db.session.add(run)
    db.session.flush()
    return run


def _reasons(one: Likeness) -> list[list[str | int]]:
    return [list(reason) for reason in one.reasons]


def pair_up(one: Person, other: Person, *, by: Actor) -> DuplicatePair:
    """Put two people side by side whom somebody found by hand; a dismissed pair is opened."""
    for person in (one, other):
        require(by, Permit.PEOPLE_WRITE, regions=regions_of_person(person))
    if one.id == other.id:
        raise Invalid("This is the same record. Choose another one.", field="other")
    for person in (one, other):
        if person.merged_into_id is not None:
            raise Refused(f"{person.name} was merged into another record already.")
    low, high = sorted((one, other), key=lambda person: person.id)
    one_at_a_time("pair", low.id, high.id)
    pair = pair_of(low.id, high.id)
    if pair is None:
        found = {record.id: record for record in merging.records({low.id, high.id})}
        reasons: list[list[str | int]] = []
        score = 0
        if len(found) == 2:
            likeness = matching.compare(found[low.id], found[high.id])
            score, reasons = likeness.score, _reasons(likeness)
        pair = DuplicatePair(low_id=low.id, high_id=high.id, score=score, reasons=reasons)
        db.session.add(pair)
        db.session.flush()
        audit.record("duplicate.paired", pair, by=by, after={"people": [low.id, high.id]})
    elif pair.state == "dismissed":
        reopen(pair, by=by)
    return pair


def dismiss(pair: DuplicatePair, *, by: Actor, because: str = "") -> DuplicatePair:
    """Say that the two are not one person; remembered, so that the finder does not ask again."""
    _may(pair, by)
    hold_row(pair)
    if pair.state != "open":
        raise Refused(f"This pair is {pair.state} already.")
    pair.state, pair.because = "dismissed", because.strip()[:400] or None
    pair.decided_by_id, pair.decided_at = by.id, clock.now()
    db.session.flush()
    audit.record("duplicate.dismissed", pair, by=by, after={"because": pair.because})
    return pair


def reopen(pair: DuplicatePair, *, by: Actor) -> DuplicatePair:
    """Take a dismissal back."""
    _may(pair, by)
    hold_row(pair)
    if pair.state != "dismissed":
        raise Refused("Only a dismissed pair can be put back into the queue.")
    pair.state, pair.because = "open", None
    pair.decided_by_id, pair.decided_at = None, None
    db.session.flush()
    audit.record("duplicate.reopened", pair, by=by)
    return pair


def _may(pair: DuplicatePair, by: Actor) -> None:
    for person_id in (pair.low_id, pair.high_id):
        person = db.session.get_one(Person, person_id)
        require(by, Permit.PEOPLE_WRITE, regions=regions_of_person(person))
