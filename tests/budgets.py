"""A small fund for tests: two heads, seven regions, part of it handed down."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from models import clock
from models.accounts.permits import Actor
from models.accounts.roles import Role
from models.accounts.tables import User
from models.base import db
from models.budget.actions.tree import set_up_fund, terms_of
from models.budget.approvals.actions.answering import approve
from models.budget.approvals.actions.asking import ask_cap, ask_fund, ask_terms
from models.budget.plans import FundPlan
from models.budget.queries.periods import funds
from models.budget.tables import Fund

HEADS = {"Print": "PRINT", "Digital": "DIGI"}
SHARES = {
    "PRINT": {"NWI": 10_000_00, "SO": 20_000_00, "NAT": 5_000_00},
    "DIGI": {"NWI": 4_000_00, "SC": 6_000_00},
}


def _first_of(day: date, months: int) -> date:
    """The first of the month so many months from this day's."""
    number = day.year * 12 + day.month - 1 + months
    return date(number // 12, number % 12 + 1, 1)


# A year that runs whenever the tests do: since seven months, for four more at least.
STARTS_ON = _first_of(clock.today(), -7)
ENDS_ON = _first_of(STARTS_ON, 12) - timedelta(days=1)
# What makes another fund of make_fund's the one of the year after, and a moment in it.
NEXT_YEAR = {
    "name": "Election fund 2027",
    "code": "EF27",
    "starts_on": _first_of(STARTS_ON, 12),
    "ends_on": _first_of(STARTS_ON, 24) - timedelta(days=1),
}
SOON_AFTER = datetime.combine(ENDS_ON, time(12), UTC) + timedelta(days=2)


def make_fund(by: Actor, **changed: Any) -> Fund:
    """A fund of £250,000.00, code EF26, set up by Alice or whoever may; £45,000.00 handed down.

    Beside another fund it is asked for by the political officer and agreed by whoever is named.
    """
    values: dict[str, Any] = {
        "name": "Election fund 2026",
        "code": "EF26",
        "cap_p": 250_000_00,
        "starts_on": STARTS_ON,
        "ends_on": ENDS_ON,
        "max_grant_p": 500_00,
        "heads": HEADS,
        "allocations": SHARES,
        **changed,
    }
    fund = further_fund(by=by, **values) if funds() else set_up_fund(**values, by=by)
    db.session.commit()
    return fund


def further_fund(*, by: Actor, **values: Any) -> Fund:
    """A fund beside others: asked for by the political officer, agreed by somebody else."""
    asker = db.session.query(User).filter_by(role=Role.POLITICAL_OFFICER).first()
    plan = FundPlan(**values)
    asked = ask_fund(
        plan=plan, reason="The next year.", authority="Executive, 12 November, minute 4",
        by=asker, key=f"further:{plan.code}",
    )  # fmt: skip
    approve(asked, by=by)
    [fund] = [each for each in funds() if each.node.code == plan.code]
    return fund


def agree_cap(*, fund: Fund, amount_p: int, by: Actor, key: str) -> None:
    """Another cap: asked for by the political officer, agreed by somebody else."""
    asker = db.session.query(User).filter_by(role=Role.POLITICAL_OFFICER).first()
    asked = ask_cap(
        fund=fund, amount_p=amount_p, reason="More polls", authority="Executive, minute 4",
        by=asker, key=key,
    )  # fmt: skip
    approve(asked, by=by)


def agree_terms(*, fund: Fund, by: Actor, key: str = "terms", **changed: Any) -> Fund:
    """Other terms of a fund: asked for by the political officer, agreed by somebody else."""
    asker = db.session.query(User).filter_by(role=Role.POLITICAL_OFFICER).first()
    terms = replace(terms_of(fund), **changed)
    asked = ask_terms(fund=fund, terms=terms, reason="As agreed", by=asker, key=key)
    approve(asked, by=by)
    return fund
