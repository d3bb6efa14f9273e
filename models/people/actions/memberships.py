"""Memberships of the union and of parties."""

from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from sqlalchemy.exc import IntegrityError

from models import audit, clock
from models.accounts.permits import Actor, require, within
from models.accounts.roles import Permit
from models.base import db, hold_row, one_at_a_time
from models.errors import Conflict
from models.people import rules
from models.people.actions.whose import person_of
from models.people.numbers import membership_number
from models.people.queries.facts import open_membership_of, party_memberships_of
from models.people.queries.people import person_by_number, regions_of_person
from models.people.tables import (
    PartyMembership,
    Person,
    UnionMembership,
)
from models.places.tables import Party


@dataclass(frozen=True)
class MembershipFacts:
    """A membership of the union as it is to stand."""

    number: str | None = None
    branch_id: int | None = None
    section: str | None = None
    employer: str | None = None
    status: str = "member"
    starts_on: date | None = None
    ends_on: date | None = None
    source: str | None = None
    verified_on: date | None = None


def add_membership(person: Person, facts: MembershipFacts, *, by: Actor) -> UnionMembership:
    """Record a membership of the union; raises Conflict if the number is somebody else's, or if
    another membership of the person is open."""
    require(by, Permit.PEOPLE_WRITE, regions=regions_of_person(person))
    values = _membership_values(facts)
    hold_memberships()
    _number_is_free(person, values["number"], by=by)
    if rules.is_open(values["status"], values["ends_on"]):
        _none_is_open(person)
    membership = UnionMembership(
        person_id=person.id, verified_by_id=by.id if facts.verified_on else None, **values
    )
    db.session.add(membership)
    _flush_number(values["number"])
    audit.record("membership.added", membership, by=by, after=values)
    return membership


def change_membership(
    membership: UnionMembership, facts: MembershipFacts, *, by: Actor
) -> UnionMembership:
    """Change a membership of the union; raises Conflict if the number is somebody else's, or if it
    would be open again beside another."""
    person = person_of(membership)
    require(by, Permit.PEOPLE_WRITE, regions=regions_of_person(person))
    values = _membership_values(facts, kept=membership.number)
    hold_memberships()
    was_open = rules.is_open(membership.status, membership.ends_on)
    if not was_open and rules.is_open(values["status"], values["ends_on"]):
        _none_is_open(person, but=membership)
    if values["number"] != membership.number:
        _number_is_free(person, values["number"], by=by)
    before, after = audit.changes(membership, values)
    if after:
        _flush_number(values["number"])
        audit.record("membership.changed", membership, by=by, before=before, after=after)
    return membership


def _membership_values(facts: MembershipFacts, *, kept: str | None = None) -> dict[str, Any]:
    values = asdict(facts)
    # What was stored before there was a rule does not stand in the way of other corrections.
    if facts.number != kept:
        values["number"] = membership_number(facts.number) if facts.number else None
    values["number"] = values["number"] or None
    rules.checked_membership(values)
    rules.not_in_future(facts.verified_on, field="verified_on", today=clock.today())
    return values


def hold_memberships() -> None:
    """From here to the commit nobody else records a membership of the union: of a person, one is
    open at a time, and whoever looks first must still be right when they write."""
    one_at_a_time("union memberships")


def _none_is_open(person: Person, *, but: UnionMembership | None = None) -> None:
    one = open_membership_of(person, but=but)
    if one is not None:
        which = f"with the number {one.number}" if one.number else "without a number"
        raise Conflict(
            f"There is an open membership already, {which}. Change that one, or say there "
            "when it ended.",
            field="status",
        )


def _number_is_free(person: Person, number: str | None, *, by: Actor) -> None:
    holder = person_by_number(number) if number else None
    if holder is None:
        return
    # Only who may see the holder is told the name: a number must not open another region.
    known = within(by, regions_of_person(holder))
    whose = holder.name if known else "a person in another region"
    if holder.id == person.id:
        whose = "another membership of the same person"
    raise Conflict(f"Membership number {number} belongs to {whose}.", field="number")


def _flush_number(number: str | None) -> None:
    try:
        with db.session.begin_nested():
            db.session.flush()
    except IntegrityError as error:
        # Somebody else was quicker by a moment.
        raise Conflict(
            f"Membership number {number} belongs to somebody else.", field="number"
        ) from error


def add_party_membership(
    person: Person,
    *,
    by: Actor,
    party: Party,
    starts_on: date | None = None,
    source: str | None = None,
) -> PartyMembership:
    """Record that the person said to be a member of a party; ends an open one of another."""
    require(by, Permit.PEOPLE_WRITE, regions=regions_of_person(person))
    hold_row(person)
    for old in party_memberships_of(person):
        if old.ends_on is None and old.party_id == party.id:
            return old
        if old.ends_on is None:
            old.ends_on = starts_on or clock.today()
    membership = PartyMembership(
        person_id=person.id, party_id=party.id, starts_on=starts_on, source=source
    )
    db.session.add(membership)
    db.session.flush()
    audit.record("party_membership.added", membership, by=by, after={"party": party.name})
    return membership
