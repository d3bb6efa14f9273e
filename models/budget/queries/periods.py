"""Which fund runs on a day, and which one a page shows where none does."""

from datetime import date

from sqlalchemy import func, select, text
from sqlalchemy.orm import joinedload

from models import clock
from models.base import db, is_sqlite
from models.budget import plans
from models.budget.tables import BudgetPath, Fund, LedgerEntry

HOLD = text("lock table fund in share row exclusive mode")


def funds() -> list[Fund]:
    """Every fund, the newest period first."""
    return list(
        db.session.scalars(
            select(Fund)
            .options(joinedload(Fund.node))
            .order_by(Fund.starts_on.desc(), Fund.id.desc())
        )
    )


def current_fund() -> Fund | None:
    """The fund that runs today, in London; None where none does.

    Of two that were set up with the same days before that was refused, the first.
    """
    today = clock.today()
    return db.session.scalars(
        select(Fund)
        .where(Fund.starts_on <= today, Fund.ends_on >= today, Fund.closed_on.is_(None))
        .order_by(Fund.id)
        .limit(1)
    ).first()


def shown_fund() -> Fund | None:
    """The fund that pages show first: the one that runs, else the one that begins soonest, else
    the one that ended last; None before one was set up."""
    every = sorted(funds(), key=lambda fund: fund.id)
    for state, order in (
        (plans.RUNNING, lambda fund: fund.id),
        (plans.PLANNED, lambda fund: fund.starts_on.toordinal()),
        (plans.OVER, lambda fund: -fund.ends_on.toordinal()),
        (plans.CLOSED, lambda fund: -fund.ends_on.toordinal()),
    ):
        found = [fund for fund in every if state_of(fund) == state]
        if found:
            return min(found, key=order)
    return None


def state_of(fund: Fund) -> str:
    """Where a fund stands today: "planned", "running", "over" or "closed"."""
    return plans.state_of(fund, clock.today())


def sharing_days(fund: Fund) -> list[Fund]:
    """Other funds that have a day of this one's: none but what was stored before it was refused."""
    return list(
        db.session.scalars(
            select(Fund)
            .options(joinedload(Fund.node))
            .where(
                Fund.id != fund.id,
                Fund.starts_on <= fund.ends_on,
                Fund.ends_on >= fund.starts_on,
            )
            .order_by(Fund.starts_on, Fund.id)
        )
    )


def used_between(fund: Fund) -> tuple[date, date] | None:
    """The first and the last day, in London, on which an award or a payment of the fund was
    booked; None before there is any."""
    first, last = db.session.execute(
        select(func.min(LedgerEntry.at), func.max(LedgerEntry.at))
        .join(BudgetPath, BudgetPath.node_id == LedgerEntry.node_id)
        .where(BudgetPath.ancestor_id == fund.node_id, LedgerEntry.award_id.is_not(None))
    ).one()
    return None if first is None else (clock.london_day(first), clock.london_day(last))


def awardable_in(days: plans.Days) -> int:
    """What can be awarded in these days by the funds there are, in pence: the sum of their caps."""
    return sum(fund.node.cap_p for fund in funds() if plans.share_a_day(fund, days))


def hold_funds() -> list[Fund]:
    """Every fund, read afresh; nobody else adds or changes one until the transaction ends.

    On SQLite the transaction holds the only write lock already.
    """
    db.session.flush()
    if not is_sqlite(db.engine):
        db.session.execute(HOLD)
    return list(
        db.session.scalars(
            select(Fund)
            .options(joinedload(Fund.node))
            .order_by(Fund.starts_on, Fund.id)
            .execution_options(populate_existing=True)
        )
    )
