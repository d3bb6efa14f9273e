"""The forms that move caps: what would change is shown first; a second person may have to agree."""

from collections.abc import Callable
from typing import Any

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from models.accounts.permits import may
from models.accounts.roles import Permit
from models.budget.actions import caps
from models.budget.actions.gate import crosses_heads, second_needed
from models.budget.approvals.actions.asking import ask_cap, ask_take_back, ask_virement
from models.budget.approvals.tables import BudgetRequest
from models.budget.queries.nodes import node_by_id
from models.budget.queries.tree import allot_moves, cap_moves, effects_of, vire_moves
from models.budget.rules import Effect
from models.budget.tables import Fund
from models.money import in_pounds
from views.asked import asked
from views.budget.counter import bp, open_fund, place_choices, to_figures
from views.budget.forms import AllocateForm, CapForm, MoneyForm, VirementForm
from views.guards import needs, reader
from views.pages import render_form, submitted


@bp.route("/cap", methods=["GET", "POST"])
@needs(Permit.BUDGET_ASK)
def change_cap() -> ResponseReturnValue:
    """Ask that the cap of the whole fund rises or falls; a second person agrees."""
    fund = open_fund()
    form = CapForm(amount=fund.node.cap_p)

    def do() -> Any:
        said = _said(form, "cap", authority=form.authority.data)
        return ask_cap(fund=fund, amount_p=form.amount_p, **said)

    return _moving(
        form,
        "Ask for another cap",
        fund=fund,
        moves=lambda: cap_moves(fund, form.amount_p),
        do=do,
    )


@bp.route("/allocate", methods=["GET", "POST"])
@needs(Permit.BUDGET_SET)
def allocate() -> ResponseReturnValue:
    """Hand money down to a head or a region, or take it back."""
    fund = open_fund()
    form = AllocateForm(node=asked().key("node"))
    form.node.choices = place_choices(fund, levels=("head", "region"))

    def do() -> Any:
        node, said = node_by_id(int(form.node.data)), _said(form, "allot")
        back = form.change_p < 0 and node.level == "head"
        if not back or _alone("take-back", fund, form.amount_p):
            return caps.allot(node=node, amount_p=form.change_p, **said)
        return ask_take_back(node=node, amount_p=form.amount_p, **said)

    return _moving(
        form,
        "Allocate",
        fund=fund,
        moves=lambda: allot_moves(int(form.node.data), form.change_p),
        do=do,
    )


@bp.route("/virement", methods=["GET", "POST"])
@needs(Permit.BUDGET_ASK)
def virement() -> ResponseReturnValue:
    """Move money between two heads or regions, or ask for it."""
    fund = open_fund()
    form = VirementForm()
    form.source.choices = form.target.choices = place_choices(fund, levels=("head", "region"))

    def do() -> Any:
        source, target = (node_by_id(int(field.data)) for field in (form.source, form.target))
        said = _said(form, "vire")
        said.update(source=source, target=target, amount_p=form.amount_p)
        crossing = crosses_heads(source, target)
        if _alone("virement", fund, form.amount_p, between_heads=crossing):
            return caps.vire(**said)
        return ask_virement(**said)

    return _moving(
        form,
        "Move money between heads or regions",
        fund=fund,
        moves=lambda: vire_moves(int(form.source.data), int(form.target.data), form.amount_p),
        do=do,
    )


def _alone(kind: str, fund: Fund, amount_p: int, *, between_heads: bool = True) -> bool:
    """True where this reader may do it without a second person."""
    return may(reader(), Permit.BUDGET_SET) and not second_needed(
        kind, fund, amount_p, between_heads=between_heads
    )


def _said(form: MoneyForm, verb: str, **more: Any) -> dict[str, Any]:
    """What every movement of money is given beside its amount."""
    key = f"{verb}:{form.key.data}"
    return {"reason": form["reason"].data, "by": reader(), "key": key, **more}


def _moving(
    form: MoneyForm, title: str, *, fund: Fund, moves: Callable[[], Any], do: Callable[[], Any]
) -> ResponseReturnValue:
    """The page of a form that moves caps: first what would change, then the change."""
    effects: list[Effect] = []
    if "show" in request.form:
        effects = submitted(form, lambda: effects_of(moves())) or []
    elif (done := submitted(form, do)) is not None:
        if isinstance(done, BudgetRequest):
            flash("Your request was made. Nothing moves until another person approves it.")
            return redirect(url_for("budget.show_request", request_id=done.id))
        flash("Done. The ledger has a new entry.")
        return to_figures(fund)
    return render_form(
        "budget/move.html",
        form,
        title=title,
        fund=fund,
        effects=effects,
        rule=second_rule(fund),
    )


def second_rule(fund: Fund) -> str:
    """When a second person approves, in words, for this fund."""
    above_p = fund.approve_above_p
    if above_p is not None:
        return (
            "A second person approves a new cap, and whatever moves more than "
            f"{in_pounds(above_p)}."
        )
    return (
        "A second person approves a new cap and, once something is awarded from the fund, "
        "whatever moves between heads."
    )
