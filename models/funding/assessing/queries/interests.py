"""Whose interests forbid taking part: what they declared, and what the records say."""

from collections import defaultdict
from collections.abc import Sequence
from operator import itemgetter
from typing import Any

from sqlalchemy import String, cast, null, select, union_all

from models.accounts import Actor
from models.base import db
from models.funding.assessing.rules import conflict_words
from models.funding.assessing.tables import InterestDeclaration
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


def declared_by(user: Actor, applications: Sequence[Application]) -> dict[int, str]:
    """By application: what this person declared last; where nothing, it is left out."""
    return _known_of(user, applications)[0]


def _known_of(user: Actor, applications: Sequence[Application]) -> tuple[dict[int, str], set[int]]:
    """What they declared, by application; and who they are in the records, by their e-mail."""
    said = select(
        InterestDeclaration.id, InterestDeclaration.application_id, InterestDeclaration.answer
    ).where(
        InterestDeclaration.by_id == user.id,
        InterestDeclaration.application_id.in_([one.id for one in applications]),
    )
    same = select(ContactPoint.id, ContactPoint.person_id, cast(null(), String)).where(
        ContactPoint.kind == "email",
        ContactPoint.value_key == getattr(user, "email", "").lower(),
        ContactPoint.ends_on.is_(None),
    )
    declared: dict[int, str] = {}
    own: set[int] = set()
    rows: list[Any] = sorted(db.session.execute(union_all(said, same)), key=itemgetter(0))
    for _, number, answer in rows:
        if answer is None:
            own.add(number)
        else:
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
