"""What the records hold of the candidates of applications, read in one statement."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import BigInteger, Select, String, cast, literal, null, select, union_all

from models.accounts.tables import User
from models.base import db
from models.funding.eligibility.rules import Membership, Overruled, Political
from models.funding.eligibility.tables import EligibilityOverrule
from models.funding.tables import Application
from models.kinds import UtcDateTime
from models.people.tables import PoliticalFundStatus, UnionMembership


@dataclass(frozen=True)
class Other:
    """An application of the same person, in short. The amount is what was awarded, in pence."""

    id: int
    reference: str
    status: str
    contest_key: str | None
    poll_on: date | None
    awarded_p: int


@dataclass(frozen=True)
class Records:
    """By person id: memberships, statuses, applications; by application id: what was overruled."""

    memberships: dict[int, list[Membership]] = field(default_factory=lambda: defaultdict(list))
    political: dict[int, list[Political]] = field(default_factory=lambda: defaultdict(list))
    others: dict[int, list[Other]] = field(default_factory=lambda: defaultdict(list))
    overruled: dict[int, list[Overruled]] = field(default_factory=lambda: defaultdict(list))


def records_for(applications: Sequence[Application]) -> Records:
    """Everything that the rules of eligibility ask the records, for all of these at once."""
    people = {one.person_id for one in applications if one.person_id is not None}
    ids = [one.id for one in applications]
    found = Records()
    parts = (_memberships(people), _political(people), _others(people), _overruled(ids))
    rows = sorted(db.session.execute(union_all(*parts)), key=lambda row: (row.kind, row.id))
    for row in rows:
        if row.kind == "membership":
            one = Membership(row.first, row.second, row.day, row.until)
            found.memberships[row.owner].append(one)
        elif row.kind == "political":
            status = Political(row.first, row.day, row.until, row.second)
            found.political[row.owner].append(status)
        elif row.kind == "other":
            other = Other(row.id, row.first, row.second, row.third, row.day, row.amount or 0)
            found.others[row.owner].append(other)
        else:
            said = Overruled(row.first, row.second, row.third, row.fourth, row.moment)
            found.overruled[row.owner].append(said)
    for memberships in found.memberships.values():
        memberships.sort(key=lambda one: one.ends_on is None)
        memberships.reverse()
    for statuses in found.political.values():
        statuses.sort(key=lambda one: one.starts_on, reverse=True)
    return found


def _row(kind: str, owner: Any, number: Any, texts: Sequence[Any], **values: Any) -> Select[Any]:
    """One part of the union: every part has the same columns, empty where it has nothing to say."""
    no_text, no_day = cast(null(), String), cast(null(), UnionMembership.starts_on.type)
    names = ("first", "second", "third", "fourth")
    padded = [*texts, *([no_text] * (len(names) - len(texts)))]
    return select(
        literal(kind).label("kind"),
        owner.label("owner"),
        number.label("id"),
        *(text.label(name) for text, name in zip(padded, names, strict=True)),
        values.get("day", no_day).label("day"),
        values.get("until", no_day).label("until"),
        values.get("moment", cast(null(), UtcDateTime())).label("moment"),
        values.get("amount", cast(null(), BigInteger)).label("amount"),
    )


def _memberships(people: set[int]) -> Select[Any]:
    one = UnionMembership
    texts = (one.status, one.number)
    part = _row("membership", one.person_id, one.id, texts, day=one.starts_on, until=one.ends_on)
    return part.where(one.person_id.in_(people))


def _political(people: set[int]) -> Select[Any]:
    one = PoliticalFundStatus
    texts = (one.status, one.source)
    part = _row("political", one.person_id, one.id, texts, day=one.starts_on, until=one.ends_on)
    return part.where(one.person_id.in_(people))


def _others(people: set[int]) -> Select[Any]:
    one = Application
    texts = (one.reference, one.status, one.contest_key)
    part = _row("other", one.person_id, one.id, texts, day=one.poll_on, amount=one.awarded_p)
    return part.where(one.person_id.in_(people))


def _overruled(ids: list[int]) -> Select[Any]:
    one = EligibilityOverrule
    texts = (one.rule, one.shown, one.reason, User.name)
    part = _row("overruled", one.application_id, one.id, texts, moment=one.at)
    return part.join(User, User.id == one.by_id).where(one.application_id.in_(ids))
