"""The list of rounds, one round with its terms, and how it is planned, changed and opened."""

from flask import flash, render_template, url_for
from flask.typing import ResponseReturnValue

from models.accounts.roles import Permit
from models.budget.plans import PLANNED, RUNNING
from models.budget.queries import periods
from models.budget.queries.periods import state_of
from models.budget.tables import Fund
from models.errors import NotFound, Refused
from models.funding.assessing.actions import change_terms, open_round
from models.funding.assessing.queries.scores import criteria_of
from models.query_args import whole
from models.rounds.actions.planning import plan_round
from models.rounds.forms import Form
from models.rounds.queries import (
    counts_of_rounds,
    newest_form,
    phase_now,
    round_for,
    rounds_for,
    terms_of,
)
from models.rounds.standard import STANDARD
from models.rounds.tables import Round
from views.guards import needs, reader
from views.pages import render_form, submitted
from views.rounds.counter import bp, to_round
from views.rounds.forms import TermsForm

NO_FUND = "No fund runs or is planned. The national office has to set one up in the budget first."


@bp.get("")
@needs(Permit.FUNDING_READ)
def index() -> ResponseReturnValue:
    """Every round this person may know of."""
    return render_template(
        "rounds/index.html", rows=rounds_for(reader()), counts=counts_of_rounds()
    )


@bp.get("/<int:round_id>")
@needs(Permit.FUNDING_READ)
def show(round_id: int) -> ResponseReturnValue:
    """One round: its terms, its form, how many applications there are in it."""
    round_ = round_for(reader(), round_id)
    return render_template(
        "rounds/show.html",
        round=round_,
        version=newest_form(round_),
        count=counts_of_rounds().get(round_.id, 0),
        criteria=criteria_of(round_id),
    )


@bp.route("/new", methods=["GET", "POST"])
@needs(Permit.ROUNDS_WRITE)
def new() -> ResponseReturnValue:
    """Plan a round, with a form to start with."""
    form = TermsForm()
    funds = _funds()
    form.offer(rounds_for(reader()))
    form.offer_funds(funds)
    round_ = submitted(form, lambda: _plan(form, funds))
    if round_ is None:
        return render_form("rounds/terms.html", form, cancel=url_for("rounds.index"), round=None)
    flash(f"{round_.name} is planned. Look at its form, then open it.", "ok")
    return to_round(round_)


def _funds() -> list[Fund]:
    """The funds a round can be of: the one that runs, then those that are planned."""
    ready = (RUNNING, PLANNED)
    found = [fund for fund in periods.funds() if state_of(fund) in ready]
    return sorted(found, key=lambda fund: (fund.starts_on, fund.id))


def _plan(form: TermsForm, funds: list[Fund]) -> Round:
    if not funds:
        raise Refused(NO_FUND)
    chosen = form.fund.data if "fund" in form else str(funds[0].id)
    fund = next(each for each in funds if str(each.id) == chosen)
    start = _form_of(form.start_with.data)
    return plan_round(fund=fund, terms=form.terms, form=start, by=reader())


def _form_of(chosen: str | None) -> Form:
    if chosen is None:
        return STANDARD
    round_id = whole(chosen)
    if round_id is None:
        return Form()
    try:
        return newest_form(round_for(reader(), round_id)).form
    except NotFound as error:
        raise Refused(error.message, field="start_with") from error


@bp.route("/<int:round_id>/edit", methods=["GET", "POST"])
@needs(Permit.ROUNDS_WRITE)
def edit(round_id: int) -> ResponseReturnValue:
    """Change the terms of a round."""
    round_ = round_for(reader(), round_id)
    form = TermsForm()
    del form.start_with, form.fund
    if not form.is_submitted():
        form.show(terms_of(round_))
    done = submitted(form, lambda: change_terms(round_, terms=form.terms, by=reader()))
    if done is None:
        cancel = url_for("rounds.show", round_id=round_id)
        return render_form("rounds/terms.html", form, cancel=cancel, round=round_)
    flash(f"{round_.name} is changed.", "ok")
    return to_round(round_)


@bp.post("/<int:round_id>/open")
@needs(Permit.ROUNDS_WRITE)
def publish(round_id: int) -> ResponseReturnValue:
    """Open the round to the regions, from its opening time on."""
    round_ = open_round(round_for(reader(), round_id), by=reader())
    phase = phase_now(round_)
    flash(f"{round_.name}: {phase.label.lower()}.", "ok")
    return to_round(round_)
