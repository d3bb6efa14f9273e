"""Whose interests forbid taking part: what they declared, and what the records say."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from operator import itemgetter
from typing import Any

from sqlalchemy import Select, String, cast, literal, null, select, union_all
from sqlalchemy.orm import joinedload

from models.accounts.permits import Actor
from models.base import db
from models.errors import NotFound
from models.funding.assessing.rules import conflict_words
from models.funding.assessing.tables import InterestDeclaration, InterestLifted
from models.funding.tables import Application
from models.people.tables import ContactPoint, UnionMembership

DECLARE_FIRST = "Say first, on the assessment’s page, whether you have an interest in it."
SELF = "You are the candidate yourself. Somebody else must take part."
HOUSEHOLD = "You live at the candidate's address. Somebody else must take part."
BRANCH = "You belong to the candidate's branch. Somebody else must take part."


def conflicts_for(user: Actor, applications: Sequence[Application]) -> dict[int, str]:
    """By application: why this person's interests forbid taking part; others are left out.

    A person of the records is somebody who signs in with one of their e-mail addresses. Where a
    round asks for scores, everybody declares first whether they have an interest.
    """
    found: dict[int, str] = {}
    declared, own = _known_of(user, applications)
    for one in applications:
        words = conflict_words(declared[one.id]) if one.id in declared else _to_declare(one)
        if words:
            found[one.id] = words
    if not own:
        return found
    candidates = {one.person_id for one in applications if one.person_id is not None}
    homes, branches = _homes({*own, *candidates}), _branches({*own, *candidates})
    my_homes = set().union(*(homes[one] for one in own))
    my_branches = set().union(*(branches[one] for one in own))
    for one in applications:
        if one.person_id in own:
            found[one.id] = SELF
        elif my_homes & homes[one.person_id or 0]:
            found[one.id] = HOUSEHOLD
        elif my_branches & branches[one.person_id or 0]:
            found[one.id] = BRANCH
    return found


def _to_declare(application: Application) -> str | None:
    asked = application.round is not None and application.round.scores_needed
    return DECLARE_FIRST if asked else None


def interests_for(user: Actor, applications: Sequence[Application]) -> dict[int, str]:
    """As conflicts_for, of those alone in which this person has an interest: nobody is told to
    declare first."""
    return only_interests(conflicts_for(user, applications))


def only_interests(conflicts: Mapping[int, str]) -> dict[int, str]:
    """Of what conflicts_for found, what is an interest."""
    return {number: words for number, words in conflicts.items() if words != DECLARE_FIRST}


def declared_by(user: Actor, applications: Sequence[Application]) -> dict[int, str]:
    """By application: the interest this person declared and nobody lifted, else what they said
    last; where they said nothing, it is left out."""
    return _known_of(user, applications)[0]


def held_by_interest(user: Actor) -> Select[int]:
    """The ids of the applications in which this person declared an interest that nobody lifted."""
    return (
        select(InterestDeclaration.application_id)
        .outerjoin(InterestLifted, InterestLifted.declaration_id == InterestDeclaration.id)
        .where(
            InterestDeclaration.by_id == user.id,
            InterestDeclaration.answer != "none",
            InterestLifted.declaration_id.is_(None),
        )
    )


def interests_in(
    application: Application,
) -> list[tuple[InterestDeclaration, InterestLifted | None]]:
    """Every interest that was declared in an application, oldest first, and who lifted it."""
    rows = db.session.execute(
        select(InterestDeclaration, InterestLifted)
        .outerjoin(InterestLifted, InterestLifted.declaration_id == InterestDeclaration.id)
        .where(
            InterestDeclaration.application_id == application.id,
            InterestDeclaration.answer != "none",
        )
        .options(joinedload(InterestDeclaration.by), joinedload(InterestLifted.by))
        .order_by(InterestDeclaration.id)
    )
    return [(declared, lifted) for declared, lifted in rows]


def declaration_of(declaration_id: int) -> InterestDeclaration:
    """One declared interest, whoever asks: who reads its application may; raises NotFound."""
    found = db.session.get(InterestDeclaration, declaration_id)
    if found is None or found.answer == "none":
        raise NotFound("There is no such declaration.")
    return found


def lifted_of(declaration: InterestDeclaration) -> InterestLifted | None:
    """Who lifted this interest and why; None while it stands."""
    return db.session.get(InterestLifted, declaration.id)


def _known_of(user: Actor, applications: Sequence[Application]) -> tuple[dict[int, str], set[int]]:
    """What they declared, by application; and who they are in the records, by their e-mail."""
    said = (
        select(
            InterestDeclaration.id,
            InterestDeclaration.application_id,
            InterestDeclaration.answer,
            InterestLifted.declaration_id,
        )
        .outerjoin(InterestLifted, InterestLifted.declaration_id == InterestDeclaration.id)
        .where(
            InterestDeclaration.by_id == user.id,
            InterestDeclaration.application_id.in_([one.id for one in applications]),
        )
    )
    same = select(ContactPoint.id, ContactPoint.person_id, cast(null(), String), literal(0)).where(
        ContactPoint.kind == "email",
        ContactPoint.value_key == getattr(user, "email", "").lower(),
        ContactPoint.ends_on.is_(None),
    )
    declared: dict[int, str] = {}
    own: set[int] = set()
    rows: list[Any] = sorted(db.session.execute(union_all(said, same)), key=itemgetter(0))
    for _, number, answer, lifted in rows:
        if answer is None:
            own.add(number)
        elif answer != "none" and lifted is not None:
            declared.setdefault(number, "none")
        elif declared.get(number, "none") == "none":
            # An interest holds whatever its owner says afterwards: somebody else lifts it.
            declared[number] = answer
    return declared, own


def _homes(people: set[int]) -> dict[int, set[str]]:
    rows = db.session.execute(
        select(ContactPoint.person_id, ContactPoint.value_key).where(
            ContactPoint.kind == "address",
            ContactPoint.person_id.in_(people),
            ContactPoint.ends_on.is_(None),
        )
    )
    found: dict[int, set[str]] = defaultdict(set)
    for person_id, address in rows:
        found[person_id].add(address)
    return found


def _branches(people: set[int]) -> dict[int, set[int]]:
    rows = db.session.execute(
        select(UnionMembership.person_id, UnionMembership.branch_id).where(
            UnionMembership.person_id.in_(people),
            UnionMembership.ends_on.is_(None),
        )
    )
    found: dict[int, set[int]] = defaultdict(set)
    for person_id, branch_id in rows:
        if branch_id is not None:
            found[person_id].add(branch_id)
    return found
