"""Setting up the first fund, planning further ones, and a fund's terms, heads and regions."""

from dataclasses import replace
from typing import Any

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue

from models import clock
from models.accounts.permits import may, require
from models.accounts.roles import Permit
from models.budget.actions import tree
from models.budget.actions.tree import add_head, rename_fund, set_up_fund, terms_of
from models.budget.approvals.actions.asking import ask_fund, ask_terms
from models.budget.approvals.tables import BudgetRequest
from models.budget.plans import FundPlan, Terms, next_period
from models.budget.queries.periods import funds, shown_fund
from models.budget.queries.tree import fund_set_up_with, open_regions, places_of
from models.budget.rules import code_from, share_out
from models.budget.tables import Fund
from models.errors import Invalid
from views.budget.counter import bp, open_fund, to_figures
from views.budget.forms import FurtherFundForm, HeadForm, NewFundForm, RulesForm
from views.guards import needs, reader
from views.pages import render_form, submitted

FIRST_WORDS = (
    "The first fund is set up by the national political officer alone. From then on a further "
    "fund, another cap, other days and another largest grant need a second person."
)
FURTHER_WORDS = (
    "Nothing is set up until another national political officer agrees. The fund that runs stays "
    "as it is; two funds never share a day."
)
TERMS_WORDS = (
    "The name changes at once. Anything else is asked for: another national political officer "
    "agrees first."
)


@bp.route("/fund", methods=["GET", "POST"])
@needs(Permit.BUDGET_ASK)
def change_fund() -> ResponseReturnValue:
    """Rename the fund; or ask for other days, another largest grant or rule for two people."""
    fund = open_fund()
    now = terms_of(fund)
    form = RulesForm(
        name=fund.name,
        starts_on=fund.starts_on,
        ends_on=fund.ends_on,
        max_grant=fund.max_grant_p,
        approve_above=fund.approve_above_p,
    )
    done = submitted(form, lambda: _change(form, fund, now))
    if done is None:
        return render_form(
            "budget/fund.html",
            form,
            title=f"Change {fund.name}",
            submit="Save",
            words=TERMS_WORDS,
            fund=fund,
        )
    if isinstance(done, BudgetRequest):
        return _to_request(done)
    flash("The fund was saved.")
    return to_figures(fund)


def _change(form: RulesForm, fund: Fund, now: Terms) -> Fund | BudgetRequest:
    """At once where at most the name is another, for who may say that alone; else asked for."""
    wanted = form.terms
    if wanted == now:
        return fund
    if replace(now, name=wanted.name) == wanted and may(reader(), Permit.BUDGET_SET):
        return rename_fund(fund=fund, name=wanted.name, by=reader())
    return ask_terms(
        fund=fund,
        terms=wanted,
        reason=form.reason.data or "",
        by=reader(),
        key=f"terms:{form.key.data}",
    )


@bp.route("/funds/new", methods=["GET", "POST"])
@needs(Permit.BUDGET_ASK)
def new_fund() -> ResponseReturnValue:
    """Set up the first fund with its heads and regions; a further one is asked for."""
    beside = shown_fund()
    if beside is None:
        return _first_fund()
    form = NewFundForm()
    done_before = form.is_submitted() and fund_set_up_with(f"fund:{form.key.data}")
    if done_before:
        return to_figures(done_before)
    form = FurtherFundForm(**_defaults(beside))
    done = submitted(form, lambda: _ask_for(form))
    if done is None:
        return render_form(
            "budget/fund.html",
            form,
            title="Plan a further fund",
            submit="Ask for the fund",
            words=FURTHER_WORDS,
            fund=beside,
        )
    return _to_request(done)


def _first_fund() -> ResponseReturnValue:
    require(reader(), Permit.BUDGET_SET)
    form = NewFundForm(**_defaults(None))
    done = submitted(form, lambda: _set_up(form))
    if done is None:
        return render_form(
            "budget/fund.html",
            form,
            title="Set up a fund",
            submit="Set up the fund",
            words=FIRST_WORDS,
            fund=None,
        )
    flash(f"{done.name} is set up.")
    return to_figures(done)


def _to_request(asked: BudgetRequest) -> ResponseReturnValue:
    flash("Your request was made. Nothing changes until another person approves it.")
    return redirect(url_for("budget.show_request", request_id=asked.id))


@bp.route("/heads/new", methods=["GET", "POST"])
@needs(Permit.BUDGET_SET)
def new_head() -> ResponseReturnValue:
    """Add a head to a fund."""
    fund = open_fund()
    form = HeadForm()
    done = submitted(
        form,
        lambda: add_head(
            fund=fund,
            name=form.name.data,
            code=code_from(form.name.data),
            by=reader(),
        ),
    )
    if done is None:
        return render_form(
            "budget/fund.html",
            form,
            title="Add a head",
            submit="Add the head",
            words=fund.name,
            fund=fund,
        )
    flash(f"{done.name} was added. Nothing is allocated to it yet.")
    return to_figures(fund)


@bp.post("/regions")
@needs(Permit.BUDGET_SET)
def add_regions() -> ResponseReturnValue:
    """Give each new region its place in every head."""
    fund = open_fund()
    added = tree.add_regions(fund=fund, by=reader())
    flash(f"{len(added)} places were added. Nothing is allocated to them yet.")
    return to_figures(fund)


def _set_up(form: NewFundForm) -> Fund:
    plan = _plan(form)
    values = {name: getattr(plan, name) for name in FundPlan.__dataclass_fields__}
    return set_up_fund(**values, by=reader(), key=f"fund:{form.key.data}")


def _ask_for(form: FurtherFundForm) -> BudgetRequest:
    return ask_fund(
        plan=_plan(form),
        reason=form.reason.data or "",
        authority=form.authority.data or "",
        by=reader(),
        key=f"fund:{form.key.data}",
    )


def _plan(form: NewFundForm) -> FundPlan:
    heads = {name: code_from(name) for name in form.head_names}
    if len(heads) < len(form.head_names):
        raise Invalid("Two heads have the same name.", field="heads")
    regions = [region.code for region in open_regions()]
    shares = share_out(form.cap_p, list(heads.values()), regions)
    assert form.starts_on.data is not None  # noqa: S101 - both are required
    assert form.ends_on.data is not None  # noqa: S101
    return FundPlan(
        name=form.name.data or "",
        code=(form.code.data or "").upper(),
        cap_p=form.cap_p,
        starts_on=form.starts_on.data,
        ends_on=form.ends_on.data,
        max_grant_p=form.max_grant.data or 0,
        heads=heads,
        allocations=shares if form.split.data == "equal" else {},
    )


def _defaults(beside: Fund | None) -> dict[str, Any]:
    """What to begin with: the next days that no fund has, and what the fund of today has."""
    starts_on, ends_on = next_period(funds(), clock.today())
    usual = "Leaflets and print\nDigital and social media\nTravel and room hire"
    places = places_of(beside) if beside else []
    return {
        "name": f"Election fund {starts_on.year}–{ends_on:%y}",
        "code": f"EF{starts_on:%y}",
        "starts_on": starts_on,
        "ends_on": ends_on,
        "amount": 250_000_00,
        "max_grant": beside.max_grant_p if beside else 500_00,
        "heads": "\n".join(one.name for one in places if one.level == "head") or usual,
    }
