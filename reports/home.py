"""The figures behind the charts of the home page."""

from datetime import date, datetime, timedelta

from sqlalchemy import and_, case, func, literal, or_, select

from models import clock
from models.accounts.permits import Actor, may
from models.accounts.roles import Permit
from models.accounts.tables import User
from models.base import db
from models.budget.tables import BudgetNode, BudgetPath, Fund, LedgerEntry
from models.councillors.tables import NetworkMembership
from models.merging.queries.pairs import count_open_pairs
from models.people.queries.seeing import listed, visible_people
from models.people.tables import Person
from models.places.queries.regions import count_unmapped
from models.places.tables import UnionRegion

MOST_MONTHS = 24


def records_to_mend(user: User) -> tuple[int, int]:
    """In one question: pairs that may be one person and wait for this user, and councils without a
    region; 0 of what they may not mend."""
    asked = [
        one.scalar_subquery() if may(user, permit) else literal(0)
        for permit, one in (
            (Permit.PEOPLE_WRITE, count_open_pairs(user)),
            (Permit.PLACES_WRITE, count_unmapped()),
        )
    ]
    pairs, councils = db.session.execute(select(*asked)).one()
    return pairs, councils


def paid_by_month(user: Actor, fund: Fund) -> list[tuple[date, int]]:
    """What was paid (less what came back) by the end of each month of the fund so far, in pence.

    A reader held to regions gets those regions' payments only.
    """
    months = months_of(fund.starts_on, min(fund.ends_on, clock.today()))
    if not months:
        return []
    paid = LedgerEntry.d_paid - LedgerEntry.d_returned
    sums = [
        func.coalesce(func.sum(case((LedgerEntry.at < _end_of(month), paid), else_=0)), 0)
        for month in months
    ]
    query = (
        select(*sums)
        .select_from(LedgerEntry)
        .join(BudgetPath, BudgetPath.node_id == LedgerEntry.node_id)
        .join(BudgetNode, BudgetNode.id == LedgerEntry.node_id)
        .where(BudgetPath.ancestor_id == fund.node_id, LedgerEntry.kind.in_(("pay", "return")))
    )
    if user.region_ids is not None:
        query = query.where(BudgetNode.region_id.in_(sorted(user.region_ids)))
    row = db.session.execute(query).one()
    return [(month, int(total)) for month, total in zip(months, row, strict=True)]


def months_of(first: date, last: date) -> list[date]:
    """The first day of each month from one day to another, the latest 24 of them."""
    numbers = range(first.year * 12 + first.month - 1, last.year * 12 + last.month)
    return [date(number // 12, number % 12 + 1, 1) for number in numbers][-MOST_MONTHS:]


def planned_by(month: date, fund: Fund, cap_p: int) -> int:
    """What an even pace would have paid of the cap by the end of a month, in pence."""
    whole = (fund.ends_on - fund.starts_on).days + 1
    gone = (_next(month) - fund.starts_on).days
    return cap_p * max(0, min(gone, whole)) // whole


def _next(month: date) -> date:
    return (month + timedelta(days=31)).replace(day=1)


def _end_of(month: date) -> datetime:
    return clock.midnight(_next(month))


def network_by_region(user: Actor) -> list[tuple[str, int, int]]:
    """Each home region this reader sees, with how many joined the network and were invited."""
    status = NetworkMembership.status
    counts = [func.sum(case((status == wanted, 1), else_=0)) for wanted in ("joined", "invited")]
    query = (
        select(UnionRegion.name, *counts)
        .select_from(NetworkMembership)
        .join(Person, Person.id == NetworkMembership.person_id)
        .join(UnionRegion, UnionRegion.id == Person.home_region_id)
        .where(and_(visible_people(user), listed()), NetworkMembership.ended_at.is_(None))
        .where(or_(status == "joined", status == "invited"))
        .group_by(UnionRegion.name)
        .order_by(UnionRegion.name)
    )
    if user.region_ids is not None:
        query = query.where(UnionRegion.id.in_(sorted(user.region_ids)))
    return [
        (name, int(joined), int(invited)) for name, joined, invited in db.session.execute(query)
    ]
