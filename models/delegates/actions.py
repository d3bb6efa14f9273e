"""Changing terms as delegate: added, moved on, corrected, taken back."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy.exc import IntegrityError

from models import audit, clock
from models.accounts.permits import Actor, require, within
from models.accounts.roles import Permit
from models.base import db
from models.delegates import rules, workflow
from models.delegates.tables import DelegateTerm
from models.errors import Conflict, Invalid, Refused
from models.people.queries.people import regions_of_person
from models.people.tables import Person
from models.places.tables import Constituency, UnionBranch

CHANGEABLE = frozenset({"branch", "starts_on", "ends_on", "certified_on", "source"})


@dataclass(frozen=True)
class NewDelegate:
    """A term as it is to be recorded: at the CLP of a constituency, from nomination or later."""

    constituency: Constituency
    branch: UnionBranch | None = None
    status: str = "nominated"
    starts_on: date | None = None
    ends_on: date | None = None
    certified_on: date | None = None
    source: str | None = None


def add_delegate(person: Person, new: NewDelegate, *, by: Actor) -> DelegateTerm:
    """Record a delegate. Refused where the person has an open term at this CLP already."""
    require(by, Permit.COUNCILLORS_WRITE, regions=regions_of_person(person))
    rules.checked_status(new.status)
    dates = rules.TermDates(new.starts_on, new.ends_on, new.certified_on)
    rules.checked_dates(dates, status=new.status, today=clock.today())
    _may_appoint(new.branch, by=by)
    term = DelegateTerm(
        person_id=person.id,
        constituency_id=new.constituency.id,
        branch_id=new.branch.id if new.branch is not None else None,
        status=new.status,
        starts_on=new.starts_on,
        ends_on=new.ends_on,
        certified_on=new.certified_on,
        source=(new.source or "").strip()[:120] or None,
    )
    try:
        with db.session.begin_nested():
            db.session.add(term)
    except IntegrityError as error:
        clp = rules.clp_of(new.constituency.name)
        words = f"{person.name} has an open term at {clp} already."
        raise Conflict(words, field="constituency") from error
    audit.record("delegate.added", term, by=by, after=_as_plain(term))
    return term


def change_delegate(term: DelegateTerm, *, by: Actor, values: Mapping[str, Any]) -> DelegateTerm:
    """Correct the branch, the days or the source of a term; `branch` is a stored thing."""
    _may(term, by=by)
    unknown = set(values) - CHANGEABLE
    if unknown:
        raise Invalid(f"{sorted(unknown)[0]} cannot be changed here.")
    columns = dict(values)
    if "branch" in columns:
        branch = columns.pop("branch")
        columns["branch_id"] = branch.id if branch is not None else None
        if columns["branch_id"] != term.branch_id:
            _may_appoint(branch, by=by)
    dates = rules.TermDates(
        columns.get("starts_on", term.starts_on),
        columns.get("ends_on", term.ends_on),
        columns.get("certified_on", term.certified_on),
    )
    rules.checked_dates(dates, status=term.ended_from or term.status, today=clock.today())
    before, after = audit.changes(term, columns)
    if after:
        db.session.flush()
        db.session.expire(term, ["branch"])
        audit.record("delegate.changed", term, by=by, before=before, after=after)
    return term


def move_delegate(
    term: DelegateTerm, *, by: Actor, step: str, on: date, reason: str | None = None
) -> DelegateTerm:
    """Take a step of the workflow on a day: certified, credentialled, ended, resigned, rejected."""
    _may(term, by=by)
    db.session.refresh(term, with_for_update={"of": DelegateTerm})
    verdict = workflow.verdict(step, term.status, reason=reason, on=on, ends_on=term.ends_on)
    taken = workflow.step_named(step, term.status)
    if taken is None or not verdict.allowed:
        raise Refused(verdict.because, field=verdict.field)
    dates = rules.TermDates(term.starts_on, term.ends_on, term.certified_on)
    rules.checked_day(on, dates, ends=taken.ends, today=clock.today())
    values: dict[str, Any] = {"status": taken.to_status}
    if taken.to_status == "certified":
        values["certified_on"] = on
    if taken.ends:
        why = (reason or "").strip()[:200] or None
        values |= {"ended_on": on, "ended_from": term.status, "why": why}
    before, after = audit.changes(term, values)
    db.session.flush()
    audit.record("delegate.moved", term, by=by, before=before, after=after)
    return term


def take_back(term: DelegateTerm, *, by: Actor) -> DelegateTerm:
    """Take back the last step. Refused for a term that is only nominated, and for an ended one
    where the person has another open term at this CLP by now."""
    _may(term, by=by)
    db.session.refresh(term, with_for_update={"of": DelegateTerm})
    values: dict[str, Any] = {"ended_on": None, "ended_from": None, "why": None}
    if term.ended_from is not None:
        values["status"] = term.ended_from
    else:
        values = {"status": workflow.status_before(term.status)}
        if values["status"] is None:
            raise Refused("There is no step to take back: the term is only nominated.")
        if values["status"] == "nominated":
            values["certified_on"] = None
    try:
        with db.session.begin_nested():
            before, after = audit.changes(term, values)
            db.session.flush()
    except IntegrityError as error:
        raise Conflict("The person has a later term at this CLP by now.") from error
    audit.record("delegate.taken_back", term, by=by, before=before, after=after)
    return term


def _may(term: DelegateTerm, *, by: Actor) -> None:
    person = db.session.get_one(Person, term.person_id)
    require(by, Permit.COUNCILLORS_WRITE, regions=regions_of_person(person))


def _may_appoint(branch: UnionBranch | None, *, by: Actor) -> None:
    if branch is not None and not within(by, {branch.region_id}):
        words = f"{branch.name} is not a branch of your region. Ask the national office."
        raise Invalid(words, field="branch")


def _as_plain(term: DelegateTerm) -> dict[str, Any]:
    names = ("person_id", "constituency_id", "branch_id", "status", "starts_on", "ends_on")
    return {name: getattr(term, name) for name in names}
