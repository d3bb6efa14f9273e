"""What a round's applications are scored by: its criteria and their weights."""

from flask import Blueprint, flash, redirect, url_for
from flask.typing import ResponseReturnValue

from models.accounts.roles import Permit
from models.funding.assessing.actions import save_criteria
from models.funding.assessing.queries.scores import criteria_of, has_scores
from models.funding.assessing.rules import STANDARD
from models.rounds.queries import round_for
from views.funding.assess_forms import CriteriaForm
from views.guards import needs, reader
from views.pages import render_form, submitted

bp = Blueprint("criteria", __name__, url_prefix="/rounds")


@bp.route("/<int:round_id>/criteria", methods=["GET", "POST"])
@needs(Permit.ROUNDS_WRITE)
def edit(round_id: int) -> ResponseReturnValue:
    """The criteria, to change until the first application of the round is scored."""
    round_ = round_for(reader(), round_id)
    stored = criteria_of(round_id)
    shown = stored or STANDARD
    form = CriteriaForm(
        lines=[
            {"label": one.label, "weight": one.weight, "guidance": one.guidance} for one in shown
        ]
    )
    form.make_room()
    done = submitted(form, lambda: save_criteria(round_, wanted=form.wanted, by=reader()))
    if done is None:
        return render_form(
            "funding/criteria.html",
            form,
            round=round_,
            stored=stored,
            is_fixed=has_scores(round_id),
        )
    flash(f"{round_.name}: the criteria are saved.", "ok")
    return redirect(url_for("criteria.edit", round_id=round_id))
