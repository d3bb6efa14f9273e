"""Reading the figures of the law."""

from dataclasses import fields

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from models.accounts.permits import Actor, require
from models.accounts.roles import Permit
from models.base import db
from models.elections.rules import Figure, FigureBook
from models.elections.tables import LegalFigure
from models.errors import NotFound

NAMES = tuple(field.name for field in fields(Figure))


def figure_book() -> FigureBook:
    """All figures that are held, of all times, to be asked for a day."""
    return FigureBook(tuple(as_figure(row) for row in all_rows()))


def as_figure(row: LegalFigure) -> Figure:
    """A row as plain values."""
    return Figure(**{name: getattr(row, name) for name in NAMES})


def all_rows() -> list[LegalFigure]:
    """Every row, of all times, in the order in which they were entered."""
    return list(db.session.scalars(select(LegalFigure).order_by(LegalFigure.id)))


def open_figures_for(reader: Actor) -> list[LegalFigure]:
    """The rows without a last day, in the order in which they came: what the page lists."""
    require(reader, Permit.LAW_READ)
    return list(
        db.session.scalars(
            select(LegalFigure).where(LegalFigure.valid_to.is_(None)).order_by(LegalFigure.id)
        )
    )


def figure_for(reader: Actor, figure_id: int) -> LegalFigure:
    """One row; raises NotFound."""
    require(reader, Permit.LAW_READ)
    found = db.session.get(LegalFigure, figure_id)
    if found is None:
        raise NotFound("There is no such figure.")
    return found


def history_of(reader: Actor, figure: LegalFigure) -> list[LegalFigure]:
    """The same figure at all times, the newest first, with who entered it."""
    require(reader, Permit.LAW_READ)
    return list(
        db.session.scalars(
            select(LegalFigure)
            .where(
                LegalFigure.key == figure.key,
                LegalFigure.nation == figure.nation,
                LegalFigure.election == figure.election,
            )
            .options(joinedload(LegalFigure.set_by))
            .order_by(LegalFigure.id.desc())
        )
    )
