"""Reading who runs a council. Seats and control are no secrets: nothing here names a person."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, and_, func, or_, select, true
from sqlalchemy.orm import joinedload

from models import clock
from models.base import db
from models.councillors.control.rules import Composition, composition
from models.councillors.control.tables import ControlPeriod
from models.councillors.seats.queries.scope import held_on
from models.councillors.tables import OfficeTerm
from models.people.queries.seeing import listed
from models.people.tables import Person
from models.places.tables import Council, Party, Ward


def control_of(council_ids: Collection[int], on: date | None = None) -> dict[int, ControlPeriod]:
    """How these councils are run on a day (default: today), by council."""
    day = on or clock.today()
    rows = db.session.scalars(
        select(ControlPeriod)
        .options(joinedload(ControlPeriod.party))
        .where(
            ControlPeriod.council_id.in_(sorted(council_ids)),
            or_(ControlPeriod.starts_on.is_(None), ControlPeriod.starts_on <= day),
            or_(ControlPeriod.ends_on.is_(None), ControlPeriod.ends_on > day),
        )
        .order_by(ControlPeriod.starts_on, ControlPeriod.id)
    )
    return {row.council_id: row for row in rows}


def control_history(council: Council) -> list[ControlPeriod]:
    """Every period of a council's control, the latest first."""
    return list(
        db.session.scalars(
            select(ControlPeriod)
            .options(joinedload(ControlPeriod.party))
            .where(ControlPeriod.council_id == council.id)
            .order_by(ControlPeriod.starts_on.desc(), ControlPeriod.id.desc())
        )
    )


def composition_of(council: Council, on: date | None = None) -> Composition:
    """The seats of a council by party on a day (default: today), as far as they are known."""
    day = on or clock.today()
    of_wards = (
        select(func.count(Ward.id), func.count(Ward.seats), func.sum(Ward.seats))
        .where(Ward.council_id == council.id, _ward_on(day))
        .subquery()
    )
    held = (
        select(Party.name.label("party"), func.count(OfficeTerm.id).label("number"))
        .select_from(OfficeTerm)
        .join(Person, Person.id == OfficeTerm.person_id)
        .outerjoin(Party, Party.id == OfficeTerm.party_id)
        .where(
            OfficeTerm.council_id == council.id,
            OfficeTerm.post == "councillor",
            held_on(day),
            listed(),
        )
        .group_by(Party.name)
        .subquery()
    )
    rows = db.session.execute(
        select(of_wards, held).outerjoin(held, true()).order_by(held.c.party)
    ).all()
    wards, known, total = rows[0][:3]
    seats = int(total or 0) if wards and wards == known else None
    return composition({row.party or "": row.number for row in rows if row.number}, seats)


def _ward_on(day: date) -> ColumnElement[bool]:
    return and_(
        or_(Ward.starts_on.is_(None), Ward.starts_on <= day),
        or_(Ward.ends_on.is_(None), Ward.ends_on > day),
    )


@dataclass(frozen=True)
class Vacancy:
    """A ward with fewer councillors on the books than seats."""

    ward: Ward
    held: int

    @property
    def missing(self) -> int:
        """How many seats nobody is known to hold."""
        return (self.ward.seats or 0) - self.held


def vacancies_of(council: Council, on: date | None = None) -> list[Vacancy]:
    """The wards of a council in which seats are vacant, or their holders not known, on a day."""
    day = on or clock.today()
    held = (
        select(OfficeTerm.ward_id, func.count(OfficeTerm.id).label("held"))
        .where(OfficeTerm.council_id == council.id, OfficeTerm.post == "councillor", held_on(day))
        .group_by(OfficeTerm.ward_id)
        .subquery()
    )
    number = func.coalesce(held.c.held, 0)
    rows = db.session.execute(
        select(Ward, number)
        .outerjoin(held, held.c.ward_id == Ward.id)
        .where(Ward.council_id == council.id, _ward_on(day), Ward.seats > number)
        .order_by(Ward.name_key, Ward.id)
    )
    return [Vacancy(ward, count) for ward, count in rows]


def period_before(council: Council, day: date) -> ControlPeriod | None:
    """The period of a council that has no end, or that runs on over a day."""
    return control_of([council.id], day).get(council.id)
