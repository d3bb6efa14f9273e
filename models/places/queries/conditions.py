"""Conditions that other queries are built of."""

from datetime import date

from sqlalchemy import ColumnElement, and_, or_
from sqlalchemy.orm import InstrumentedAttribute

from models import clock
from models.places.tables import (
    Council,
    CouncilRegion,
    UnionRegion,
)

LAST_CHARACTER = "\U0010ffff"


def begins(
    column: InstrumentedAttribute[str] | InstrumentedAttribute[str | None], text: str
) -> ColumnElement[bool]:
    """True where a folded column begins with the (folded) text; uses the column's index."""
    return and_(column >= text, column < text + LAST_CHARACTER)


def in_force(on: date | None = None) -> ColumnElement[bool]:
    """True for the mapping row of a council that holds on a day (default: today)."""
    day = on or clock.today()
    return and_(
        or_(CouncilRegion.starts_on.is_(None), CouncilRegion.starts_on <= day),
        or_(CouncilRegion.ends_on.is_(None), CouncilRegion.ends_on > day),
    )


def standing(on: date | None = None) -> ColumnElement[bool]:
    """True for a council that has not ended by a day (default: today)."""
    return or_(Council.ends_on.is_(None), Council.ends_on > (on or clock.today()))


def lasting(on: date | None = None) -> ColumnElement[bool]:
    """True for a region of the union that has not ended by a day (default: today)."""
    return or_(UnionRegion.ends_on.is_(None), UnionRegion.ends_on > (on or clock.today()))
