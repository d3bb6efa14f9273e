"""Lists of payments: whoever reads an application reads its payments. Amounts are pence."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, func, or_, select

from models.accounts.permits import Actor
from models.base import db
from models.folding import fold
from models.funding.queries.lists import visible_to
from models.funding.tables import Application
from models.payments import workflow
from models.payments.queries.one import around
from models.payments.tables import Payee, Payment
from models.people.tables import Person

# What a list's word means; any other word is a status of that name.
GROUPS = {"settled": workflow.PAID, "open": workflow.OPEN}
SORTS: dict[str, tuple[Any, ...]] = {
    "reference": (Payment.application_id, Payment.number),
    "payee": (Payee.name_key,),
    "amount": (Payment.amount_p,),
    "due": (Payment.due_on,),
    "paid": (Payment.paid_on,),
}


@dataclass(frozen=True)
class Filters:
    """What a list is narrowed to; `status` is a status, "open" or "settled"."""

    status: str | None = None
    region_id: int | None = None
    text: str | None = None


def payments_for(
    reader: Actor,
    filters: Filters = Filters(),
    *,
    sort: str = "reference",
    descending: bool = True,
    page: int = 1,
    size: int = 50,
) -> tuple[list[Payment], int]:
    """One page of the payments this person may read, and how many there are in all."""
    found = _narrowed(_joined(select(Payment)).where(visible_to(reader)), filters)
    total = db.session.scalar(select(func.count()).select_from(found.subquery())) or 0
    columns = SORTS.get(sort, SORTS["reference"])
    order = [(one.desc() if descending else one.asc()).nulls_last() for one in columns]
    rows = db.session.scalars(
        found.options(*around())
        .order_by(*order, Payment.id.desc() if descending else Payment.id)
        .limit(size)
        .offset((page - 1) * size)
    )
    return list(rows), total


def counts_for(reader: Actor, filters: Filters = Filters()) -> dict[str, int]:
    """How many payments stand in each state, under the other filters; each state is there."""
    narrowed = _narrowed(
        _joined(select(Payment.status, func.count())).where(visible_to(reader)),
        Filters(region_id=filters.region_id, text=filters.text),
    )
    counts = dict.fromkeys(workflow.STATUSES, 0)
    for status, count in db.session.execute(narrowed.group_by(Payment.status)):
        counts[status] = count
    return counts


def _joined(query: Any) -> Select[Any]:
    joined: Select[Any] = (
        query.join(Application, Application.id == Payment.application_id)
        .outerjoin(Person, Person.id == Application.person_id)
        .outerjoin(Payee, Payee.id == Payment.payee_id)
    )
    return joined


def _narrowed(query: Select[Any], filters: Filters) -> Select[Any]:
    if filters.status:
        query = query.where(Payment.status.in_(GROUPS.get(filters.status, (filters.status,))))
    if filters.region_id:
        query = query.where(Application.region_id == filters.region_id)
    if filters.text:
        query = query.where(_about(filters.text))
    return query


def _about(text: str) -> ColumnElement[bool]:
    """A reference by any part of it, a payee or a candidate by a part of the name."""
    conditions: list[ColumnElement[bool]] = [
        Payment.reference.contains(text.strip().upper(), autoescape=True)
    ]
    words = fold(text)
    if words:
        conditions += [
            Payee.name_key.contains(words, autoescape=True),
            (Person.given_key + " " + Person.family_key).contains(words, autoescape=True),
        ]
    return or_(*conditions)
