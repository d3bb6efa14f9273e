"""The figures of a fund and its ledger."""

from typing import Any

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue
from wtforms import SelectChoice

from models import budget
from models.accounts import Permit, may
from models.budget import Fund, approvals
from models.funding.queries import waiting_for
from views.asked import heard
from views.budget.counter import STATES, asked_fund, bp, fund_words, state_notice
from views.budget.forms import KINDS, LedgerFilters
from views.guards import needs, reader
from views.pages import PAGE_SIZE, Page, page_number


@bp.get("")
@needs(Permit.BUDGET_READ)
def index() -> ResponseReturnValue:
    """The fund's figures, by head and by region."""
    funds = budget.funds()
    if not funds:
        return render_template("budget/none.html", may_set=may(reader(), Permit.BUDGET_SET))
    fund = asked_fund()
    is_open = budget.state_of(fund) != budget.CLOSED
    may_set = is_open and may(reader(), Permit.BUDGET_SET)
    may_ask = is_open and may(reader(), Permit.BUDGET_ASK)
    return render_template(
        "budget/index.html",
        tree=budget.tree_for(reader(), fund),
        tabs=_tabs(funds, fund),
        state=STATES[budget.state_of(fund)],
        notice=state_notice(fund),
        sharing=budget.sharing_days(fund),
        waiting=waiting_for(reader(), fund),
        may_set=may_set,
        may_ask=may_ask,
        may_limit=may(reader(), Permit.LIMITS_SET),
        asked=approvals.waiting_count(reader(), fund),
        missing=budget.missing_leaves(fund) if may_set else [],
    )


@bp.get("/ledger")
@needs(Permit.BUDGET_READ)
def ledger() -> ResponseReturnValue:
    """Every movement of money this reader may see, the newest first."""
    fund = asked_fund()
    tree = budget.tree_for(reader(), fund)
    filters = LedgerFilters(request.args)
    filters.region.choices = [
        SelectChoice(each.figures.code, each.figures.name)
        for each in (tree.regions if tree else ())
    ]
    heard(filters)
    number = page_number()
    lines, total = budget.ledger_for(
        reader(),
        fund=fund,
        kind=filters.kind.data,
        region=filters.region.data,
        limit=PAGE_SIZE,
        offset=(number - 1) * PAGE_SIZE,
    )
    page = Page(lines, number, total)
    return render_template("budget/ledger.html", fund=fund, page=page, filters=filters, kinds=KINDS)


def _tabs(funds: list[Fund], shown: Fund) -> list[dict[str, Any]]:
    return [
        {
            "label": fund_words(fund),
            "href": url_for("budget.index", fund=fund.node.code),
            "current": fund is shown,
        }
        for fund in funds
    ]
