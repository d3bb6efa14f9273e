"""The figures of a fund and its ledger."""

from typing import Any

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue
from wtforms import SelectChoice

from models.accounts.permits import may
from models.accounts.roles import Permit
from models.budget.approvals.queries import waiting_count
from models.budget.plans import CLOSED
from models.budget.queries import periods
from models.budget.queries.entries import ledger_for
from models.budget.queries.periods import sharing_days, state_of
from models.budget.queries.tree import missing_leaves, tree_for
from models.budget.tables import Fund
from models.funding.queries.work import waiting_for
from views.asked import heard
from views.budget.counter import STATES, asked_fund, bp, fund_words, state_notice
from views.budget.forms import KINDS, LedgerFilters
from views.guards import needs, reader
from views.pages import PAGE_SIZE, Page, page_number


@bp.get("")
@needs(Permit.BUDGET_READ)
def index() -> ResponseReturnValue:
    """The fund's figures, by head and by region."""
    funds = periods.funds()
    if not funds:
        return render_template("budget/none.html", may_set=may(reader(), Permit.BUDGET_SET))
    fund = asked_fund()
    is_open = state_of(fund) != CLOSED
    may_set = is_open and may(reader(), Permit.BUDGET_SET)
    may_ask = is_open and may(reader(), Permit.BUDGET_ASK)
    return render_template(
        "budget/index.html",
        tree=tree_for(reader(), fund),
        tabs=_tabs(funds, fund),
        state=STATES[state_of(fund)],
        notice=state_notice(fund),
        sharing=sharing_days(fund),
        waiting=waiting_for(reader(), fund),
        may_set=may_set,
        may_ask=may_ask,
        may_limit=may(reader(), Permit.LIMITS_SET),
        asked=waiting_count(reader(), fund),
        missing=missing_leaves(fund) if may_set else [],
    )


@bp.get("/ledger")
@needs(Permit.BUDGET_READ)
def ledger() -> ResponseReturnValue:
    """Every movement of money this reader may see, the newest first."""
    fund = asked_fund()
    tree = tree_for(reader(), fund)
    filters = LedgerFilters(request.args)
    filters.region.choices = [
        SelectChoice(each.figures.code, each.figures.name)
        for each in (tree.regions if tree else ())
    ]
    heard(filters)
    number = page_number()
    lines, total = ledger_for(
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
