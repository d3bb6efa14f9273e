"""What of the budget waits for a second person, as rows of the home page's work queue."""

from typing import Any

from flask import url_for

from models.accounts.tables import User
from models.year_end.queries import decisions_for

NOW = {"label": "To do", "tone": "neutral"}


def decision_rows(user: User) -> list[dict[str, Any]]:
    """A line for the requests and one for the year end of each fund, none where nothing waits."""
    rows = []
    for fund in decisions_for(user):
        if fund.requests:
            what = "1 budget request" if fund.requests == 1 else f"{fund.requests} budget requests"
            rows.append(_row(what, fund.fund, url_for("budget.requests", fund=fund.code)))
        if fund.ends:
            rows.append(_row("1 year end", fund.fund, url_for("budget.year_end", fund=fund.code)))
    return rows


def _row(what: str, fund: str, href: str) -> dict[str, Any]:
    return {
        "icon": "currency-pound",
        "label": f"Decide on {what}",
        "detail": fund,
        "href": href,
        "due": NOW,
    }
