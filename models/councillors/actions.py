"""Changing offices, roles and places in the network."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from models import audit, clock
from models.accounts.permits import Actor, require, within
from models.accounts.roles import Permit
from models.base import db, hold_row, one_at_a_time
from models.councillors import matching, rules, workflow
from models.councillors.queries.network import network_of
from models.councillors.queries.offices import open_term, roles_of, same_name_on
from models.councillors.tables import NetworkMembership, OfficeRole, OfficeTerm
from models.errors import Conflict, Invalid, NotFound, Refused
from models.people.actions.memberships import MembershipFacts, add_membership
from models.people.actions.reach import add_contact_point
from models.people.actions.records import NewPerson, add_person
from models.people.queries.people import people_by_email, person_by_number, regions_of_person
from models.people.tables import Person
from models.places.queries.councils import ended_councils
from models.places.queries.regions import regions_of_council
from models.places.standing import standing_after
from models.places.tables import Constituency, Council, Party, Ward

CHANGEABLE = frozenset(
    {"ward", "party", "elected_on", "expected_end", "source", "verified_on", "by_election"}
)


@dataclass(frozen=True)
class NewTerm:
    """An office as it is to be recorded: of a council or, for some posts, a constituency."""

    council: Council | None = None
    ward: Ward | None = None
    constituency: Constituency | None = None
    party: Party | None = None
    post: str = "councillor"
    elected_on: date | None = None
    expected_end: date | None = None
    source: str | None = None
    verified_on: date | None = None
    by_election: bool = False
    body: str | None = None


def add_term(person: Person, new: NewTerm, *, by: Actor) -> OfficeTerm:
    """Record an office; a region does so on its own councils. Never two open ones for one seat."""
    require(by, Permit.COUNCILLORS_WRITE)
    hold_row(person)
    _may_record(person, new.council, by=by)
    rules.checked_post(
        new.post,
        has_council=new.council is not None,
        has_constituency=new.constituency is not None,
        has_body=bool(new.body),
    )
    _ward_fits(new.council, new.ward)
    today = clock.today()
    rules.checked_dates(rules.TermDates(new.elected_on, new.expected_end), today=today)
    if new.council is not None:
        _council_stands(new.council, new.elected_on, new.expected_end, today=today)
    if new.council is not None:
        open_already = open_term(person, council_id=new.council.id, post=new.post)
        if open_already is not None:
            raise Refused(
                f"{person.name} already holds this office on {new.council.name}. "
                "End that term first, or change it.",
                field="council",
            )
    term = OfficeTerm(
        person_id=person.id,
        post=new.post,
        council_id=new.council.id if new.council else None,
        ward_id=new.ward.id if new.ward else None,
        constituency_id=new.constituency.id if new.constituency else None,
        party_id=new.party.id if new.party else None,
        elected_on=new.elected_on,
        expected_end=new.expected_end,
        source=new.source or None,
        by_election=new.by_election,
        body=new.body or None,
        verified_on=new.verified_on,
        verified_by_id=by.id if new.verified_on else None,
    )
    db.session.add(term)
    db.session.flush()
    audit.record("term.added", term, by=by, after=_as_plain(term))
    return term


def _may_record(person: Person, council: Council | None, *, by: Actor) -> None:
    """The person must be theirs (or nobody's yet), and the council in their region."""
    theirs = regions_of_person(person)
    if theirs and not within(by, theirs):
        raise NotFound("There is no such person, or they are not in your region.")
    if council is None and not within(by, theirs):
        raise NotFound("There is no such person, or they are not in your region.")
    if council is not None and not within(by, regions_of_council(council.id)):
        raise Invalid(
            f"{council.name} is not in your region. Ask the national office to record it.",
            field="council",
        )


def _ward_fits(council: Council | None, ward: Ward | None) -> None:
    if ward is not None and (council is None or ward.council_id != council.id):
        raise Invalid(f"{ward.name} is not a ward of that council.", field="ward")


def _council_stands(
    council: Council, elected_on: date | None, expected_end: date | None, *, today: date
) -> None:
    """An office is held today unless it was to end while the council still stood."""
    if council.ends_on is None or council.ends_on > today:
        return
    day = max(elected_on or date.min, min(expected_end or today, today))
    if day > council.ends_on:
        ended = ended_councils(today)
        names = standing_after(ended[council.id], ended, day)
        raise Invalid(ended[council.id].sentence(tuple(name for _, name in names)), field="council")


def change_term(term: OfficeTerm, *, by: Actor, values: Mapping[str, Any]) -> OfficeTerm:
    """Change ward, party, days or source of an office; `ward` and `party` are stored things."""
    person = _holder(term)
    require(by, Permit.COUNCILLORS_WRITE, regions=regions_of_person(person))
    hold_row(term)
    unknown = set(values) - CHANGEABLE
    if unknown:
        raise Invalid(f"{sorted(unknown)[0]} cannot be changed here.")
    columns = dict(values)
    for name in ("ward", "party"):
        if name in columns:
            thing = columns.pop(name)
            columns[f"{name}_id"] = thing.id if thing is not None else None
    if values.get("ward") is not None:
        _ward_fits(db.session.get(Council, term.council_id), values["ward"])
    dates = rules.TermDates(
        columns.get("elected_on", term.elected_on),
        columns.get("expected_end", term.expected_end),
        term.actual_end,
    )
    rules.checked_dates(dates, today=clock.today())
    before, after = audit.changes(term, columns)
    if after:
        if "verified_on" in after:
            term.verified_by_id = by.id
        db.session.flush()
        db.session.expire(term, ["ward", "party"])
        audit.record("term.changed", term, by=by, before=before, after=after)
    return term


def end_term(term: OfficeTerm, *, by: Actor, on: date, reason: str) -> OfficeTerm:
    """Record when and why an office ended; its roles end with it."""
    person = _holder(term)
    require(by, Permit.COUNCILLORS_WRITE, regions=regions_of_person(person))
    hold_row(term)
    if reason not in rules.END_REASONS:
        raise Invalid("Choose why the office ended.", field="reason")
    if term.actual_end is not None:
        raise Refused("This office has ended already.")
    rules.checked_dates(
        rules.TermDates(term.elected_on, term.expected_end, on), today=clock.today()
    )
    term.actual_end, term.end_reason = on, reason
    for role in roles_of([term])[term.id]:
        if role.ends_on is None:
            role.ends_on = on
    db.session.flush()
    audit.record("term.ended", term, by=by, after={"actual_end": on, "end_reason": reason})
    return term


def reopen_term(term: OfficeTerm, *, by: Actor) -> OfficeTerm:
    """Take an end back that was recorded by mistake; roles that ended with it stay ended."""
    person = _holder(term)
    require(by, Permit.COUNCILLORS_WRITE, regions=regions_of_person(person))
    hold_row(term)
    if term.actual_end is None:
        raise Refused("This office has not ended.")
    other = open_term(person, council_id=term.council_id, post=term.post)
    if term.council_id is not None and other is not None:
        raise Refused("The person holds a later term of the same office.")
    if term.council is not None:
        _council_stands(term.council, term.elected_on, term.expected_end, today=clock.today())
    before = {"actual_end": term.actual_end, "end_reason": term.end_reason}
    term.actual_end, term.end_reason = None, None
    db.session.flush()
    audit.record("term.reopened", term, by=by, before=before)
    return term


def _holder(term: OfficeTerm) -> Person:
    return db.session.get_one(Person, term.person_id)


def _as_plain(term: OfficeTerm) -> dict[str, Any]:
    names = ("person_id", "post", "council_id", "ward_id", "constituency_id", "party_id")
    days = ("elected_on", "expected_end")
    return {name: getattr(term, name) for name in (*names, *days)}


# Roles within a term


def add_role(
    term: OfficeTerm,
    *,
    by: Actor,
    kind: str,
    detail: str | None = None,
    starts_on: date | None = None,
) -> OfficeRole:
    """Record a role within an office: leader, cabinet member for housing, group whip."""
    require(by, Permit.COUNCILLORS_WRITE, regions=regions_of_person(_holder(term)))
    hold_row(term)
    detail = rules.checked_role(kind, detail)
    if term.actual_end is not None:
        raise Refused("This office has ended; a role needs one that is held.")
    if starts_on and term.elected_on and starts_on < term.elected_on:
        raise Invalid("The role begins before the office.", field="starts_on")
    role = OfficeRole(term_id=term.id, kind=kind, detail=detail, starts_on=starts_on)
    db.session.add(role)
    db.session.flush()
    audit.record("role.added", role, by=by, after={"kind": kind, "detail": detail})
    return role


def end_role(role: OfficeRole, *, by: Actor, on: date) -> OfficeRole:
    """Record when a role ended."""
    term = db.session.get_one(OfficeTerm, role.term_id)
    require(by, Permit.COUNCILLORS_WRITE, regions=regions_of_person(_holder(term)))
    hold_row(role)
    if role.ends_on is not None:
        raise Refused("This role has ended already.")
    if role.starts_on and on < role.starts_on:
        raise Invalid("The role ends before it begins.", field="ends_on")
    role.ends_on = on
    db.session.flush()
    audit.record("role.ended", role, by=by, after={"ends_on": on})
    return role


# The network


def move_in_network(
    person: Person,
    *,
    by: Actor,
    step: str,
    reason: str | None = None,
    at: datetime | None = None,
) -> NetworkMembership:
    """Take a step of the network's workflow; `at` (default: now) must follow the present one."""
    require(by, Permit.COUNCILLORS_WRITE, regions=regions_of_person(person))
    hold_row(person)
    present = network_of(person)
    status = present.status if present else None
    verdict = workflow.verdict(step, status, reason)
    taken = workflow.step_named(step, status)
    if taken is None or not verdict.allowed:
        raise Refused(verdict.because, field="reason" if verdict.because == "Say why." else None)
    at = at or clock.now()
    if at > clock.now() or (present is not None and at < present.started_at):
        raise Invalid("The step cannot be dated before the last one, nor ahead.", field="at")
    if present is not None:
        present.ended_at = at
        db.session.flush()
    row = NetworkMembership(
        person_id=person.id,
        status=taken.to_status,
        reason=(reason or "").strip()[:200] or None,
        started_at=at,
        changed_by_id=by.id,
    )
    db.session.add(row)
    db.session.flush()
    audit.record(
        "network.moved",
        row,
        by=by,
        before={"status": status},
        after={"person_id": person.id, "status": row.status, "reason": row.reason},
    )
    return row


# A new councillor: person and office at once


@dataclass(frozen=True)
class Reach:
    """How a new councillor is reached and known to the union."""

    email: str | None = None
    phone: str | None = None
    number: str | None = None


def possible_same(
    details: NewPerson, council: Council | None, reach: Reach, *, by: Actor
) -> list[matching.Match]:
    """Who on the books might be this person, and by which key. Names only whom `by` may see."""
    keys: list[tuple[str, Sequence[Person]]] = []
    if reach.number:
        holder = person_by_number(reach.number)
        keys.append(("the same membership number", [holder] if holder else []))
    if reach.email:
        keys.append(("the same e-mail address", people_by_email(reach.email)))
    if council is not None:
        same = same_name_on(council, details.given_name, details.family_name)
        keys.append((f"the same name on {council.name}", same))
    return matching.first_matches(keys, seen=lambda person: within(by, regions_of_person(person)))


def add_councillor(
    details: NewPerson,
    term: NewTerm,
    *,
    by: Actor,
    reach: Reach | None = None,
    somebody_else: bool = False,
) -> OfficeTerm:
    """Begin a councillor's record: person, office, ways to reach them, membership number.

    Raises Conflict where the person may be on the books already, unless `somebody_else` says
    that a human being has looked; the same membership number is refused in any case.
    """
    require(by, Permit.COUNCILLORS_WRITE)
    one_at_a_time("a new councillor")
    reach = reach or Reach()
    matches = possible_same(details, term.council, reach, by=by)
    if matches and not somebody_else:
        raise Conflict(matching.in_words(matches), field="somebody_else")
    regions = regions_of_council(term.council.id) if term.council else frozenset()
    if term.council is not None and not within(by, regions):
        raise Invalid(
            f"{term.council.name} is not in your region. Ask the national office to record it.",
            field="council",
        )
    person = add_person(details, by=by, office_regions=regions)
    added = add_term(person, term, by=by)
    for kind, value in (("email", reach.email), ("phone", reach.phone)):
        if value:
            _reach(person, kind, value, by=by, source=term.source)
    if reach.number:
        add_membership(person, MembershipFacts(number=reach.number, source=term.source), by=by)
    return added


def _reach(person: Person, kind: str, value: str, *, by: Actor, source: str | None) -> None:
    try:
        add_contact_point(person, by=by, kind=kind, value=value, source=source)
    except Invalid as wrong:
        raise Invalid(wrong.message, field=kind) from wrong
