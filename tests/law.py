"""The law in tests: its figures, and one of them changed."""

from datetime import date
from typing import Any

from models import clock
from models.accounts.permits import Actor
from models.base import db
from models.elections.actions import Value, change_figure, load_figures
from models.elections.tables import LegalFigure


def load_law(by: Actor) -> None:
    """All figures of the law, as `hustings init` loads them."""
    load_figures(by=by)
    db.session.commit()


def figure_named(key: str) -> LegalFigure:
    """The row of this figure without a last day."""
    return db.session.query(LegalFigure).filter_by(key=key, valid_to=None).first()


def raise_the_local_limit(*, by: Any, from_on: date) -> LegalFigure:
    """£1,000 in place of £960, from a day on."""
    new = change_figure(
        figure_named("limit.local.england"),
        value=Value(base_p=1_000_00, elector_tenths=80),
        from_on=from_on,
        rule="£1,000 and 8p for each elector.",
        source="An order of that year",
        checked_on=clock.today(),
        certainty="seen",
        by=by,
    )
    db.session.commit()
    return new
