"""The demonstration's delegates: councillors and invented members at a dozen constituency parties,
some just nominated, some whose annual meeting comes soon, one whose meeting has passed."""

from datetime import date, timedelta
from random import Random

from app.demo import names
from app.demo.people import Councillor, Union
from models import clock
from models.accounts.tables import User
from models.delegates.actions import NewDelegate, add_delegate, move_delegate
from models.delegates.tables import DelegateTerm
from models.people.actions.memberships import MembershipFacts, add_membership
from models.people.actions.privacy import add_basis
from models.people.actions.reach import add_contact_point
from models.people.actions.records import NewPerson, add_person
from models.people.tables import Person
from models.places.queries.regions import branch_by_text
from models.places.queries.wards import constituency_by_text
from models.places.tables import UnionBranch

# The constituency, the council whose councillors are delegates beside members, the branch.
PARTIES = (
    ("Preston", "PRE", "W02"),
    ("Manchester Central", "MAN", "W15"),
    ("Birmingham Ladywood", "BIR", "B01"),
    ("Coventry East", "COV", "B01"),
    ("Leeds South", "LDS", "N04"),
    ("Sheffield Central", "SHF", "N04"),
    ("Hackney South and Shoreditch", "HCK", "L12"),
    ("Southampton Test", "STH", "K22"),
    ("Glasgow East", "GLG", "S03"),
    ("Cardiff West", "CRF", "C06"),
    ("Plymouth Moor View", "PLY", "C17"),
)
# How many days from today the annual meeting of each party is, one after another.
MEETINGS = (24, 190, 52, 231, 8, -12, 250, 41, 120, 300, 205)
SOURCE = "Letter of the branch secretary"


def appoint_all(rng: Random, union: Union, found: list[Councillor]) -> None:
    """Two or three delegates to each party, and terms that are over."""
    terms = []
    for number, (party, council, branch_code) in enumerate(PARTIES):
        ours = [one for one in found if one.placed.council.code == council]
        branch = branch_by_text(branch_code)
        meeting = clock.today() + timedelta(days=MEETINGS[number])
        if branch is None or not ours:
            raise LookupError(f"The demonstration has no {branch_code} or nobody on {council}.")
        chosen = [ours[number % len(ours)].person, _member(rng, union, branch, number)]
        if number % 3 == 0:
            chosen.append(ours[(number + 2) % len(ours)].person)
        for place, person in enumerate(chosen):
            terms.append(_appoint(person, party, branch, meeting, place + number, by=union.by))
    for term, step, reason in (
        (terms[1], "resign", "Moved to another constituency"),
        (terms[-1], "reject", "The branch was affiliated too late"),
    ):
        move_delegate(term, step=step, on=clock.today(), reason=reason, by=union.by)


def _member(rng: Random, union: Union, branch: UnionBranch, number: int) -> Person:
    """A member without an office, whom a branch appoints."""
    title, given, family = next(union.names)
    person = add_person(
        NewPerson(given, family, title=title, home_region_id=branch.region_id), by=union.by
    )
    add_contact_point(
        person,
        by=union.by,
        kind="email",
        value=names.address(given, family),
        source=SOURCE,
    )
    facts = MembershipFacts(
        number=f"{1_900_000 + number * 41}",
        branch_id=branch.id,
        starts_on=clock.today() - timedelta(days=rng.randint(400, 7000)),
        source="Membership system",
    )
    add_membership(person, facts, by=union.by)
    add_basis(
        person,
        by=union.by,
        purpose="Councillors' Network",
        basis="legitimate interests",
        condition="not-for-profit: member",
        starts_on=clock.today(),
    )
    return person


def _appoint(
    person: Person, party: str, branch: UnionBranch, meeting: date, place: int, *, by: User
) -> DelegateTerm:
    """A term of the year that the meeting ends; every fifth is only nominated."""
    constituency = constituency_by_text(party)
    if constituency is None:
        raise LookupError(f"The demonstration has no constituency {party}.")
    status = ("credentialled", "certified", "certified", "credentialled", "nominated")[place % 5]
    starts_on = min(meeting - timedelta(days=364), clock.today() - timedelta(days=20))
    new = NewDelegate(
        constituency,
        branch,
        status=status,
        starts_on=starts_on,
        ends_on=meeting,
        certified_on=None if status == "nominated" else starts_on - timedelta(days=14),
        source=SOURCE,
    )
    return add_delegate(person, new, by=by)
