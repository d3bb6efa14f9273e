"""The demonstration's councillors: invented people with a past that fits together."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from random import Random

from app.demo import calendar, names
from app.demo.places import BRANCHES, CONSTITUENCIES, COUNCILS, PLACED_BY_HAND, DemoCouncil
from models import clock
from models.accounts.permits import OPERATOR
from models.accounts.tables import User
from models.councillors.actions import (
    NewTerm,
    Reach,
    add_councillor,
    add_role,
    add_term,
    end_term,
    move_in_network,
)
from models.councillors.queries.network import network_of
from models.councillors.queries.offices import terms_of
from models.people.actions.marks import tag_person
from models.people.actions.memberships import MembershipFacts, add_membership
from models.people.actions.privacy import add_basis, give_consent
from models.people.actions.reach import add_contact_point
from models.people.actions.records import NewPerson
from models.people.queries.people import person_for
from models.people.rules import DISCLOSURE, SECTIONS
from models.people.tables import Person
from models.places.actions import (
    add_branch,
    add_constituency,
    load_councils,
    map_council,
    ward_named,
)
from models.places.queries import regions
from models.places.queries.councils import council_by_text
from models.places.queries.parties import party_by_text
from models.places.queries.regions import branch_by_text, region_by_code, region_of_council
from models.places.tables import Council, Party, UnionRegion, Ward

LABOUR, CO_OP = "PP53", "joint-party:53-119"
EMPLOYERS = ("NHS", "City council", "Ambulance service", "Gas network", "Retail", "School", None)
SOURCES = ("The councillor, by telephone", "Network form", "Council's website")
TAGS = ("Care", "Energy", "Young members", "Local pay", "Transport")
WORDING = "Privacy notice 2025-2"


@dataclass(frozen=True)
class Placed:
    """A demonstration council as it is stored."""

    demo: DemoCouncil
    council: Council
    region: UnionRegion


@dataclass(frozen=True)
class Councillor:
    """Somebody of the demonstration: the person, where, until when, and since when on record."""

    person: Person
    placed: Placed
    ward: Ward
    expected_end: date
    recorded_on: date
    status: str | None


def add_places(*, by: User) -> list[Placed]:
    """The councils that are not there yet, branches and constituencies; councils in order."""
    missing = [one.facts for one in COUNCILS if council_by_text(one.facts.code) is None]
    load_councils(missing, by=OPERATOR)
    for code, region in PLACED_BY_HAND.items():
        council = council_by_text(code)
        if council is not None and region_of_council(council.id) is None:
            map_council(
                council,
                by=by,
                region=region_by_code(region),
                from_on=clock.today() - timedelta(days=3650),
                reason="Demonstration; the client's own list will replace it",
            )
    for code, name, region in BRANCHES:
        if branch_by_text(code) is None:
            add_branch(by=by, code=code, name=name, region=region_by_code(region))
    for gss, name in CONSTITUENCIES:
        add_constituency(by=OPERATOR, gss=gss, name=name)
    return [_placed(one) for one in COUNCILS]


def _placed(demo: DemoCouncil) -> Placed:
    council = council_by_text(demo.facts.code)
    region = region_of_council(council.id) if council else None
    if council is None or region is None:
        raise LookupError(f"The demonstration council {demo.facts.code} has no region.")
    return Placed(demo, council, region)


class Union:
    """Makes the people, one after another, from one seeded source of chance."""

    def __init__(self, rng: Random, *, by: User) -> None:
        self.rng = rng
        self.by = by
        self.today = clock.today()
        self.names = iter(names.invented(rng, 400))
        self.parties = {code: _party(code) for code in (LABOUR, CO_OP)}
        self.number = 0

    def councillors(self, placed: list[Placed]) -> list[Councillor]:
        """One councillor for each ward of each council, then some further cases."""
        found = [
            self.councillor(one, ward, seat)
            for one in placed
            for seat, ward in enumerate(one.demo.wards)
        ]
        self.roles(found)
        self.former(found)
        self.dual_hatted(found)
        return found

    def councillor(self, placed: Placed, ward_name: str, seat: int) -> Councillor:
        """Somebody who holds a seat today."""
        polls = placed.demo.polls
        elected, ends = calendar.term_around(
            self.today, polls[seat % len(polls)], placed.demo.years
        )
        recorded = self._recorded_after(elected)
        self.number += 1
        title, given, family = next(self.names)
        number = f"{1_200_000 + self.number * 37}" if self.rng.random() < 0.85 else None
        with clock.set_to(calendar.office_hours(self.rng, recorded)):
            ward = ward_named(placed.council, ward_name, by=OPERATOR)
            term = add_councillor(
                NewPerson(given, family, title=title, home_region_id=placed.region.id),
                NewTerm(
                    placed.council,
                    ward,
                    party=self.parties[CO_OP if self.rng.random() < 0.2 else LABOUR],
                    elected_on=elected,
                    expected_end=ends,
                    source="Declaration of result",
                    verified_on=recorded,
                ),
                by=self.by,
                somebody_else=True,
            )
            person = person_for(self.by, term.person_id)
            self._facts(person, placed, number, recorded)
        status = self._network(person, recorded, is_member=number is not None)
        return Councillor(person, placed, ward, ends, recorded, status)

    def _recorded_after(self, elected: date) -> date:
        """Some weeks after the election, but not before the records began, nor ahead of today."""
        day = elected + timedelta(days=self.rng.randint(6, 40))
        first = self.today - calendar.FIRST_RECORD + timedelta(days=self.rng.randint(0, 60))
        return min(max(day, first), self.today)

    def _facts(self, person: Person, placed: Placed, number: str | None, day: date) -> None:
        given, family = person.given_name, person.family_name
        for kind, value in (
            ("email", names.address(given, family)),
            ("mobile", names.mobile(self.number)),
        ):
            add_contact_point(
                person,
                by=self.by,
                kind=kind,
                value=value,
                source=self.rng.choice(SOURCES),
                verified_on=day if self.rng.random() < 0.6 else None,
            )
        if number is not None:
            branches = regions.branches(frozenset({placed.region.id}))
            facts = MembershipFacts(
                number=number,
                branch_id=self.rng.choice(branches).id,
                section=self.rng.choice(SECTIONS),
                employer=self.rng.choice(EMPLOYERS),
                starts_on=day - timedelta(days=self.rng.randint(400, 7000)),
                source="Membership system",
                verified_on=day,
            )
            add_membership(person, facts, by=self.by)
        member = number is not None
        add_basis(
            person,
            by=self.by,
            purpose="Councillors' Network",
            basis="legitimate interests",
            condition=f"not-for-profit: {'member' if member else 'regular contact'}",
            starts_on=day,
        )
        if self.rng.random() < 0.12:
            tag_person(person, by=self.by, name=self.rng.choice(TAGS))

    def _network(self, person: Person, recorded: date, *, is_member: bool) -> str | None:
        """Some way through the network; only members join."""
        ways: tuple[tuple[str, ...], ...] = (
            *[("prospect", "invite", "join")] * (11 if is_member else 0),
            *[("prospect", "invite")] * 4,
            *[("prospect",)] * 4,
            *[()] * 3,
            ("prospect", "invite", "decline"),
            *[("prospect", "invite", "join", "leave")] * (1 if is_member else 0),
        )
        day, status = recorded, None
        for step in self.rng.choice(ways):
            day = calendar.between(self.rng, day, min(day + timedelta(days=40), self.today))
            with clock.set_to(max(calendar.office_hours(self.rng, day), _started(person))):
                moved = move_in_network(
                    person,
                    by=self.by,
                    step=step,
                    reason="Too many other duties" if step == "leave" else None,
                )
                status = moved.status
                if step == "join" and self.rng.random() < 0.7:
                    give_consent(
                        person,
                        by=self.by,
                        purpose=DISCLOSURE,
                        wording=WORDING,
                        channel="online form",
                        given_on=clock.today(),
                    )
        return status

    def roles(self, found: list[Councillor]) -> None:
        """A leader or a whip here, cabinet members and committee seats there."""
        kinds = (
            ("leader", None),
            ("cabinet", "Housing"),
            ("group-whip", None),
            ("chair", "Planning Committee"),
            ("cabinet", "Adult social care"),
            ("committee", "Licensing Committee"),
        )
        for index, one in enumerate(found):
            if self.rng.random() < 0.35:
                kind, detail = kinds[index % len(kinds)]
                term = terms_of(one.person)[0]
                add_role(term, by=self.by, kind=kind, detail=detail, starts_on=term.elected_on)

    def former(self, found: list[Councillor]) -> None:
        """The seat's holder before: lost, stood down, or nobody has said yet how the term ended."""
        before = self.rng.sample([one for one in found if _younger(one, self.today)], 14)
        for index, one in enumerate(before):
            title, given, family = next(self.names)
            elected = one.placed.demo.years
            now = terms_of(one.person)[0].elected_on or self.today
            was = calendar.poll_day(now.year - elected)
            with clock.set_to(calendar.office_hours(self.rng, one.recorded_on)):
                term = add_councillor(
                    NewPerson(given, family, title=title, home_region_id=one.placed.region.id),
                    NewTerm(
                        one.placed.council,
                        one.ward,
                        party=self.parties[LABOUR],
                        elected_on=was,
                        expected_end=now,
                        source="Declaration of result",
                    ),
                    by=self.by,
                    reach=Reach(names.address(given, family)),
                )
                if index < 10:
                    reason = ("lost", "stood-down")[index % 2]
                    end_term(term, by=self.by, on=now, reason=reason)

    def dual_hatted(self, found: list[Councillor]) -> None:
        """Two district councillors who sit on the county council as well."""
        county = next(one for one in found if one.placed.council.code == "LAN")
        district = [one for one in found if one.placed.council.code == "PRE"]
        term = terms_of(county.person)[0]
        for one, name in zip(district[:2], ("Preston North", "Preston South West"), strict=True):
            with clock.set_to(calendar.office_hours(self.rng, self.today - timedelta(days=30))):
                ward = ward_named(county.placed.council, name, by=OPERATOR)
                add_term(
                    one.person,
                    NewTerm(
                        county.placed.council,
                        ward,
                        party=self.parties[LABOUR],
                        elected_on=term.elected_on,
                        expected_end=term.expected_end,
                        source="Declaration of result",
                    ),
                    by=self.by,
                )


def _started(person: Person) -> datetime:
    present = network_of(person)
    return present.started_at if present else datetime(1970, 1, 1, tzinfo=UTC)


def _younger(one: Councillor, today: date) -> bool:
    """True where the present term began after the records did, so that the one before is known."""
    return one.recorded_on > today - calendar.FIRST_RECORD + timedelta(days=61)


def _party(code: str) -> Party:
    party = party_by_text(code)
    if party is None:
        raise LookupError(f"The party {code} is not among the reference data.")
    return party
