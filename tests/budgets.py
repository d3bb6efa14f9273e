"""A small fund for tests: two heads, seven regions, part of it handed down."""

from datetime import date
from typing import Any

from models import budget
from models.accounts import Actor
from models.base import db
from models.budget import Fund

HEADS = {"Print": "PRINT", "Digital": "DIGI"}
SHARES = {
    "PRINT": {"NWI": 10_000_00, "SO": 20_000_00, "NAT": 5_000_00},
    "DIGI": {"NWI": 4_000_00, "SC": 6_000_00},
}


def make_fund(by: Actor, **changed: Any) -> Fund:
    """A fund of £250,000.00, code EF26, set up by Alice or whoever may; £45,000.00 handed down."""
    values: dict[str, Any] = {
        "name": "Election fund 2026",
        "code": "EF26",
        "cap_p": 250_000_00,
        "starts_on": date(2026, 4, 1),
        "ends_on": date(2027, 3, 31),
        "max_grant_p": 500_00,
        "heads": HEADS,
        "allocations": SHARES,
    }
    fund = budget.set_up_fund(**{**values, **changed}, by=by)
    db.session.commit()
    return fund
