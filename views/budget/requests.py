"""What was asked for: the list, one request with its effect, and the answer to it."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from models.accounts.permits import may
from models.accounts.roles import Permit
from models.budget import plans
from models.budget.approvals.actions.answering import approve, refuse, withdraw
from models.budget.approvals.queries import request_for, requests_for
from models.budget.approvals.tables import BudgetRequest
from models.budget.queries.tree import allot_moves, cap_moves, effects_of, places_of, vire_moves
from models.budget.rules import Move
from models.budget.tables import Fund
from models.errors import DomainError
from models.money import in_pounds
from views.budget.asked import plan_facts, terms_rows
from views.budget.counter import asked_fund, bp
from views.budget.forms import AnswerForm
from views.guards import needs, reader
from views.pages import render_form, tried

REQUEST_WORDS = {
    "virement": "Virement",
    "cap": "New cap",
    "take-back": "Taken back from a head",
    "fund": "Further fund",
    "terms": "Other terms",
}
APPROVED = {"fund": "Approved. The fund is set up.", "terms": "Approved. The fund was changed."}
STATES = {
    "waiting": ("Waiting", "warning"),
    "approved": ("Approved", "ok"),
    "refused": ("Refused", "bad"),
    "withdrawn": ("Withdrawn", "neutral"),
}


@bp.get("/requests")
@needs(Permit.BUDGET_READ)
def requests() -> ResponseReturnValue:
    """Everything that was asked for in a fund: what waits first."""
    fund = asked_fund()
    names = names_of(fund)
    return render_template(
        "budget/requests.html",
        fund=fund,
        rows=[(one, words_of(one, names)) for one in requests_for(reader(), fund)],
        states=STATES,
    )


@bp.get("/requests/<int:request_id>")
@needs(Permit.BUDGET_READ)
def show_request(request_id: int) -> ResponseReturnValue:
    """One request, what it would change, and the buttons of whoever may answer."""
    return _page(request_for(reader(), request_id), AnswerForm(formdata=None))


@bp.post("/requests/<int:request_id>/approve")
@needs(Permit.BUDGET_APPROVE)
def approve_request(request_id: int) -> ResponseReturnValue:
    """Carry it out."""
    asked, form = request_for(reader(), request_id), AnswerForm()
    if tried(form, lambda: approve(asked, by=reader(), answer=form.answer.data)) is None:
        return _page(asked, form)
    flash(APPROVED.get(asked.kind, "Approved. The ledger has the entry."))
    return redirect(url_for("budget.show_request", request_id=request_id))


@bp.post("/requests/<int:request_id>/refuse")
@needs(Permit.BUDGET_APPROVE)
def refuse_request(request_id: int) -> ResponseReturnValue:
    """Turn it down with a reason."""
    asked, form = request_for(reader(), request_id), AnswerForm()
    answer = form.answer.data or ""
    if tried(form, lambda: refuse(asked, by=reader(), answer=answer)) is None:
        return _page(asked, form)
    flash("Refused. Nothing was changed.")
    return redirect(url_for("budget.show_request", request_id=request_id))


@bp.post("/requests/<int:request_id>/withdraw")
@needs(Permit.BUDGET_ASK)
def withdraw_request(request_id: int) -> ResponseReturnValue:
    """Take one's own request back."""
    withdraw(request_for(reader(), request_id), by=reader())
    flash("Withdrawn. Nothing was changed.")
    return redirect(url_for("budget.show_request", request_id=request_id))


def _page(asked: BudgetRequest, form: AnswerForm) -> ResponseReturnValue:
    waits, own = asked.status == "waiting", asked.asked_by_id == reader().id
    sees_all = reader().region_ids is None
    return render_form(
        "budget/request.html",
        form,
        asked=asked,
        words=words_of(asked, names_of(asked.fund)),
        kind=REQUEST_WORDS[asked.kind],
        state=STATES[asked.status],
        plan=plan_facts(asked),
        terms=terms_rows(asked),
        effects=effects_of(_moves(asked)) if waits and sees_all else [],
        may_answer=waits and not own and may(reader(), Permit.BUDGET_APPROVE),
        may_withdraw=waits and own and may(reader(), Permit.BUDGET_ASK),
        own=own,
    )


def names_of(fund: Fund) -> dict[int, str]:
    """The places of a fund's tree by their ids, as they are said."""
    return {place.node_id: place.name for place in places_of(fund)}


def words_of(asked: BudgetRequest, names: dict[int, str]) -> str:
    """What was asked, as a sentence."""
    amount = in_pounds(asked.amount_p)
    if asked.kind == "fund":
        return f"A further fund: {plans.plan_from(asked.terms or {}).name}, cap {amount}"
    if asked.kind == "terms":
        changed = ", ".join(row.label.lower() for row in terms_rows(asked))
        return f"{names[asked.source_id]}: another {changed}"
    if asked.kind == "cap":
        return f"Cap of {names[asked.source_id]} to become {amount}"
    if asked.target_id is None:
        return f"{amount} back from {names[asked.source_id]}"
    return f"{amount} from {names[asked.source_id]} to {names[asked.target_id]}"


def _moves(asked: BudgetRequest) -> list[Move]:
    if asked.terms is not None:
        return []
    try:
        if asked.kind == "cap":
            return cap_moves(asked.fund, asked.amount_p)
        if asked.target_id is None:
            return allot_moves(asked.source_id, -asked.amount_p)
        return vire_moves(asked.source_id, asked.target_id, asked.amount_p)
    except DomainError:
        return []
