"""The end of a fund's year: what is open, what becomes of it, and the second person's answer."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from wtforms import SelectChoice

from models.accounts.permits import may
from models.accounts.roles import Permit
from models.budget.plans import OVER
from models.budget.queries.periods import funds, state_of
from models.budget.queries.tree import places_of
from models.budget.tables import Fund
from models.query_args import whole
from models.year_end.actions import approve, propose, refuse, withdraw
from models.year_end.queries import cap_changes, end_for, ends_for, open_lines, undecided_count
from models.year_end.rules import CHOICES
from models.year_end.tables import YearEnd
from views.budget.counter import asked_fund, bp
from views.budget.forms import AnswerForm, YearEndForm, year_end_form
from views.budget.requests import STATES
from views.guards import needs, reader
from views.pages import render_form, submitted, tried


@bp.get("/year-end", endpoint="year_end")
@needs(Permit.BUDGET_READ)
def show_year() -> ResponseReturnValue:
    """What is open in a fund, and what was proposed about its end."""
    fund = asked_fund()
    scoped = reader().region_ids is not None
    return render_template(
        "budget/year_end.html",
        fund=fund,
        lines=[] if scoped else open_lines(fund, None),
        ends=ends_for(reader(), fund),
        undecided=0 if scoped else undecided_count(fund),
        states=STATES,
        scoped=scoped,
        nexts=_next_funds(fund),
        may_set=may(reader(), Permit.BUDGET_SET),
        over=state_of(fund) == OVER,
        may_propose=fund.closed_on is None and may(reader(), Permit.BUDGET_ASK),
    )


@bp.route("/year-end/propose", methods=["GET", "POST"])
@needs(Permit.BUDGET_ASK)
def propose_year_end() -> ResponseReturnValue:
    """Say what becomes of each open commitment; another person approves it."""
    fund = asked_fund()
    nexts = _next_funds(fund)
    lines = open_lines(fund, nexts[0] if nexts else None)
    form = year_end_form(lines)
    form.next_fund.choices = [SelectChoice(str(each.id), each.name) for each in nexts]
    done = submitted(form, lambda: _proposed(form, fund, nexts))
    if done is None:
        return render_form("budget/year_end_propose.html", form, fund=fund, lines=lines)
    flash("Proposed. Nothing moves until another person approves it.")
    return redirect(url_for("budget.show_year_end", year_end_id=done.id))


@bp.get("/year-end/<int:year_end_id>")
@needs(Permit.BUDGET_READ)
def show_year_end(year_end_id: int) -> ResponseReturnValue:
    """One closing with its lines, and the buttons of whoever may answer."""
    return _page(end_for(reader(), year_end_id), AnswerForm(formdata=None))


@bp.post("/year-end/<int:year_end_id>/approve")
@needs(Permit.BUDGET_APPROVE)
def approve_year_end(year_end_id: int) -> ResponseReturnValue:
    """Close the fund as it was proposed."""
    end, form = end_for(reader(), year_end_id), AnswerForm()
    if tried(form, lambda: approve(end, by=reader(), answer=form.answer.data)) is None:
        return _page(end, form)
    flash("The year is closed. What was carried stands in the next fund.")
    return redirect(url_for("budget.show_year_end", year_end_id=year_end_id))


@bp.post("/year-end/<int:year_end_id>/refuse")
@needs(Permit.BUDGET_APPROVE)
def refuse_year_end(year_end_id: int) -> ResponseReturnValue:
    """Turn it down with a reason."""
    end, form = end_for(reader(), year_end_id), AnswerForm()
    answer = form.answer.data or ""
    if tried(form, lambda: refuse(end, by=reader(), answer=answer)) is None:
        return _page(end, form)
    flash("Refused. Nothing was moved.")
    return redirect(url_for("budget.show_year_end", year_end_id=year_end_id))


@bp.post("/year-end/<int:year_end_id>/withdraw")
@needs(Permit.BUDGET_ASK)
def withdraw_year_end(year_end_id: int) -> ResponseReturnValue:
    """Take one's own proposal back."""
    withdraw(end_for(reader(), year_end_id), by=reader())
    flash("Withdrawn. Nothing was moved.")
    return redirect(url_for("budget.show_year_end", year_end_id=year_end_id))


def _page(end: YearEnd, form: AnswerForm) -> ResponseReturnValue:
    waits, own = end.status == "waiting", end.proposed_by_id == reader().id
    names = {place.node_id: place.name for place in places_of(end.fund)}
    return render_form(
        "budget/year_end_show.html",
        form,
        end=end,
        places=names,
        choices=CHOICES,
        state=STATES[end.status],
        caps=cap_changes(end) if waits else [],
        may_answer=waits and not own and may(reader(), Permit.BUDGET_APPROVE),
        may_withdraw=waits and own and may(reader(), Permit.BUDGET_ASK),
    )


def _next_funds(fund: Fund) -> list[Fund]:
    """The funds that this one can be closed into, the soonest first."""
    later = [each for each in funds() if each.starts_on > fund.starts_on and each.closed_on is None]
    return sorted(later, key=lambda each: each.starts_on)


def _proposed(form: YearEndForm, fund: Fund, nexts: list[Fund]) -> YearEnd:
    chosen = whole(form.next_fund.data)
    [next_fund] = [each for each in nexts if each.id == chosen]
    return propose(
        fund=fund,
        next_fund=next_fund,
        choices=form.choices,
        balance_p=form.balance.data or 0,
        authority=form.authority.data,
        reason=form.reason.data,
        by=reader(),
        key=f"year-end:{form.key.data}",
    )
