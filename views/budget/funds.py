"""Setting up a fund, its heads and its regions, and changing what is not money."""

from datetime import date
from typing import Any

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue

from models import budget, clock
from models.accounts import Permit
from models.budget import Fund
from views.budget.counter import bp, current
from views.budget.forms import FundForm, HeadForm, NewFundForm, RulesForm
from views.guards import needs, reader
from views.pages import render_form, submitted


@bp.route("/fund", methods=["GET", "POST"])
@needs(Permit.BUDGET_SET)
def change_fund() -> ResponseReturnValue:
    """Change the fund's name, period or largest grant."""
    fund = current()
    form = RulesForm(
        name=fund.name,
        starts_on=fund.starts_on,
        ends_on=fund.ends_on,
        max_grant=fund.max_grant_p,
        approve_above=fund.approve_above_p,
    )
    done = submitted(
        form,
        lambda: budget.change_fund(
            fund=fund,
            **_fund_values(form),
            approve_above_p=form.approve_above.data,
            by=reader(),
        ),
    )
    if done is None:
        return render_form("budget/fund.html", form, title="Change the fund", submit="Save")
    flash("The fund was saved.")
    return redirect(url_for("budget.index"))


@bp.route("/funds/new", methods=["GET", "POST"])
@needs(Permit.BUDGET_SET)
def new_fund() -> ResponseReturnValue:
    """Set up a fund with its heads and regions; it becomes the current one."""
    form = NewFundForm(**_defaults(clock.today()))
    done = submitted(form, lambda: _set_up(form))
    if done is None:
        return render_form(
            "budget/fund.html", form, title="Set up a fund", submit="Set up the fund"
        )
    flash(f"{done.name} is set up.")
    return redirect(url_for("budget.index"))


@bp.route("/heads/new", methods=["GET", "POST"])
@needs(Permit.BUDGET_SET)
def new_head() -> ResponseReturnValue:
    """Add a head to the current fund."""
    fund = current()
    form = HeadForm()
    done = submitted(
        form,
        lambda: budget.add_head(
            fund=fund,
            name=form.name.data,
            code=budget.code_from(form.name.data),
            by=reader(),
        ),
    )
    if done is None:
        return render_form("budget/fund.html", form, title="Add a head", submit="Add the head")
    flash(f"{done.name} was added. Nothing is allocated to it yet.")
    return redirect(url_for("budget.index"))


@bp.post("/regions")
@needs(Permit.BUDGET_SET)
def add_regions() -> ResponseReturnValue:
    """Give each new region its place in every head."""
    added = budget.add_regions(fund=current(), by=reader())
    flash(f"{len(added)} places were added. Nothing is allocated to them yet.")
    return redirect(url_for("budget.index"))


def _fund_values(form: FundForm) -> dict[str, Any]:
    return {
        "name": form.name.data,
        "starts_on": form.starts_on.data,
        "ends_on": form.ends_on.data,
        "max_grant_p": form.max_grant.data,
    }


def _set_up(form: NewFundForm) -> Fund:
    heads = {name: budget.code_from(name) for name in form.head_names}
    regions = [region.code for region in budget.open_regions()]
    shares = budget.share_out(form.cap_p, list(heads.values()), regions)
    return budget.set_up_fund(
        **_fund_values(form),
        code=form.code.data.upper(),
        cap_p=form.cap_p,
        heads=heads,
        allocations=shares if form.split.data == "equal" else {},
        by=reader(),
    )


def _defaults(today: date) -> dict[str, Any]:
    starts_on, ends_on = budget.financial_year(today)
    return {
        "name": f"Election fund {starts_on.year}–{ends_on:%y}",
        "code": f"EF{starts_on:%y}",
        "starts_on": starts_on,
        "ends_on": ends_on,
        "amount": 250_000_00,
        "max_grant": 500_00,
        "heads": "Leaflets and print\nDigital and social media\nTravel and room hire",
    }
