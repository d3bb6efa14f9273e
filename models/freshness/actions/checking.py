"""Saying what a look at a fact came to, and taking that back."""

from collections.abc import Iterable

from models import audit, clock
from models.accounts.permits import Actor, require
from models.accounts.roles import Permit
from models.base import db, hold_row, one_at_a_time
from models.errors import Invalid, NotFound, Refused
from models.freshness import rules
from models.freshness.queries.facts import half_life_of
from models.freshness.queries.queue import (
    Stored,
    fact_for,
    kind_of,
    open_checks_of,
    points_with,
    settled_with,
)
from models.freshness.tables import FactCheck, HalfLife
from models.people import keys
from models.people.queries.people import regions_of_person
from models.people.tables import Person

CHECKED = "Checked by the office"


def verify(fact: Stored, *, by: Actor, source: str = CHECKED) -> FactCheck:
    """The fact was found true today; what was found wrong with it before is settled."""
    _require(fact, by=by)
    return found_true(fact, verdict="verified", source=source, by=by)


def found_true(fact: Stored, *, verdict: str, source: str, by: Actor | None) -> FactCheck:
    """Note that a fact is true today. `by` is None where the person says so of themselves."""
    check = _check(fact, verdict, by=by)
    before, after = audit.changes(fact, {"verified_on": clock.today(), "source": source})
    fact.verified_by_id = by.id if by else None
    _settle(open_checks_of(check.kind, fact.id), but=check)
    db.session.flush()
    audit.record("fact.verified", fact, by=by, before=before, after=after)
    return check


def cannot_reach(fact: Stored, *, by: Actor, verdict: str = "unreachable") -> FactCheck:
    """Nobody was reached by this; it stands at the head of the queue until it is put right."""
    _require(fact, by=by)
    known = rules.VERDICTS.get(verdict)
    if known is None or not known.dead:
        raise Invalid("Say how it was found: bounced, returned or not reached.", field="verdict")
    check = _check(fact, verdict, by=by)
    db.session.flush()
    audit.record("fact.unreachable", fact, by=by, after={"verdict": verdict})
    return check


def note_bounce(address: str) -> list[FactCheck]:
    """The mail server refused this address for good: a step of the worker, so without an actor.

    The same address of the same person is noted once until somebody settles it.
    """
    checks = []
    for point in points_with(keys.email_key(address)):
        if open_checks_of("email", point.id):
            continue
        check = _check(point, "bounced", by=None)
        db.session.flush()
        audit.record("fact.unreachable", point, by=None, after={"verdict": "bounced"})
        checks.append(check)
    return checks


def undo_check(check: FactCheck, *, by: Actor) -> FactCheck:
    """Take a check back: the fact says again what it said before.

    Raises Refused where the check was taken back already, or the fact was changed since.
    """
    person = db.session.get_one(Person, check.person_id)
    require(by, Permit.PEOPLE_WRITE, regions=regions_of_person(person))
    hold_row(check)
    if check.undone_at is not None:
        raise Refused("This was taken back already.")
    if not rules.VERDICTS[check.verdict].dead:
        fact = fact_for(by, check.kind, check.fact_id)
        if fact.verified_on != clock.london_day(check.at):
            raise Refused("The fact was changed since, so this cannot be taken back.")
        fact.verified_on, fact.source = check.before_on, check.before_source
        fact.verified_by_id = None
        _reopen(check)
    check.undone_at = clock.now()
    db.session.flush()
    audit.record("fact.check_undone", check, by=by, after={"verdict": check.verdict})
    return check


def set_half_life(kind: str, *, days: int | None, by: Actor) -> HalfLife:
    """After how many days half of the facts of this kind are taken to be out of date."""
    require(by, Permit.FRESHNESS_SET)
    one_at_a_time("half-life", kind)
    if kind not in rules.KINDS:
        raise NotFound("There is no such kind of fact.")
    days = rules.check_days(days)
    setting = half_life_of(kind)
    before = setting.days if setting else rules.KINDS[kind].days
    if setting is None:
        setting = HalfLife(kind=kind)
        db.session.add(setting)
    setting.days, setting.set_by_id, setting.set_at = days, by.id, clock.now()
    db.session.flush()
    audit.record("half_life.set", setting, by=by, before={"days": before}, after={"days": days})
    return setting


def _require(fact: Stored, *, by: Actor) -> None:
    person = db.session.get_one(Person, fact.person_id)
    require(by, Permit.PEOPLE_WRITE, regions=regions_of_person(person))


def _check(fact: Stored, verdict: str, *, by: Actor | None) -> FactCheck:
    check = FactCheck(
        kind=kind_of(fact),
        fact_id=fact.id,
        person_id=fact.person_id,
        verdict=verdict,
        before_on=fact.verified_on,
        before_source=fact.source,
        by_id=by.id if by else None,
        at=clock.now(),
    )
    db.session.add(check)
    db.session.flush()
    return check


def _settle(checks: Iterable[FactCheck], *, but: FactCheck) -> None:
    for check in checks:
        if check.id != but.id:
            check.settled_at = but.at


def _reopen(check: FactCheck) -> None:
    for earlier in settled_with(check):
        earlier.settled_at = None
