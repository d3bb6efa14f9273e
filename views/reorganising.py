"""The counter of reorganisations: plan, preview, apply, vesting day, and the way back."""

from typing import Any

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from wtforms import StringField, TextAreaField
from wtforms.validators import DataRequired, Length, Optional

from models import clock
from models.accounts.roles import Permit
from models.councillors.reorganising.actions import apply, plan_reorganisation, undo, vest
from models.councillors.reorganising.queries import reorganisation_for, reorganisations_for
from models.councillors.reorganising.rules import STATES, TONES
from models.councillors.reorganising.tables import Reorganisation
from models.councillors.reorganising.typed import Typed
from models.councillors.reorganising.writes import preview
from models.errors import DomainError
from views.forms import BaseForm, DayField, Days
from views.guards import needs, reader
from views.pages import render_form, submitted

bp = Blueprint("reorganising", __name__, url_prefix="/reorganisations")


@bp.context_processor
def _shown() -> dict[str, Any]:
    return {"states": STATES, "tones": TONES}


class PlanForm(BaseForm):
    """Which councils end, which begin, and where the wards go; one line each."""

    title = StringField("Name", validators=[DataRequired("Give it a name."), Length(max=120)])
    vesting_on = DayField(
        "Vesting day", days=Days.TERM, validators=[DataRequired("Enter vesting day.")]
    )
    old = TextAreaField(
        "Councils that end",
        description="One on each line: its name or code.",
        validators=[DataRequired("Say which councils end."), Length(max=5000)],
        render_kw={"rows": 4},
    )
    new = TextAreaField(
        "Councils that begin",
        description="One on each line: CODE; Name; unitary; Union region; Old council, Old council",
        validators=[DataRequired("Say which councils begin."), Length(max=5000)],
        render_kw={"rows": 4},
    )
    wards = TextAreaField(
        "Wards",
        description="One on each line: Old council; Old ward; NEW CODE; New ward; seats. "
        "Several lines may go into one new ward.",
        validators=[Optional(), Length(max=100_000)],
        render_kw={"rows": 8},
    )

    def typed(self) -> Typed:
        """The lines as they were typed."""
        return Typed(self.old.data or "", self.new.data or "", self.wards.data or "")


@bp.get("")
@needs(Permit.PLACES_WRITE)
def index() -> ResponseReturnValue:
    """Every reorganisation, the latest first."""
    return render_template("reorganising/index.html", rows=reorganisations_for(reader()))


@bp.route("/new", methods=["GET", "POST"])
@needs(Permit.PLACES_WRITE)
def new() -> ResponseReturnValue:
    """Plan one; nothing but the plan is written."""
    form = PlanForm()
    kept = submitted(form, lambda: _plan(form, None))
    if kept is None:
        return render_form("reorganising/edit.html", form, title="Plan a reorganisation")
    return redirect(url_for("reorganising.show", plan_id=kept.id))


def _plan(form: PlanForm, again: Reorganisation | None) -> Reorganisation:
    return plan_reorganisation(
        title=form.title.data or "",
        vesting_on=form.vesting_on.data or clock.today(),
        typed=form.typed(),
        by=reader(),
        again=again,
    )


@bp.get("/<int:plan_id>")
@needs(Permit.PLACES_WRITE)
def show(plan_id: int) -> ResponseReturnValue:
    """The plan, and everything that the next step would change."""
    plan = reorganisation_for(reader(), plan_id)
    writes, problem = _previewed(plan)
    return render_template(
        "reorganising/show.html",
        plan=plan,
        writes=writes,
        problem=problem,
        due=plan.vesting_on <= clock.today(),
    )


def _previewed(plan: Reorganisation) -> tuple[list[Any], str | None]:
    """What the next step would change; in words why it cannot be said, for a plan gone stale."""
    try:
        return list(preview(plan, by=reader())), None
    except DomainError as refusal:
        return [], refusal.message


@bp.route("/<int:plan_id>/edit", methods=["GET", "POST"])
@needs(Permit.PLACES_WRITE)
def edit(plan_id: int) -> ResponseReturnValue:
    """Change a plan that is not applied."""
    plan = reorganisation_for(reader(), plan_id)
    lines = plan.plan.get("typed", {})
    form = PlanForm(title=plan.title, vesting_on=plan.vesting_on, **lines)
    if submitted(form, lambda: _plan(form, plan)) is None:
        return render_form("reorganising/edit.html", form, title=f"Change {plan.title}")
    return redirect(url_for("reorganising.show", plan_id=plan_id))


@bp.post("/<int:plan_id>/apply")
@needs(Permit.PLACES_WRITE)
def apply_plan(plan_id: int) -> ResponseReturnValue:
    """Write what the preview shows, as one batch."""
    plan = apply(reorganisation_for(reader(), plan_id), by=reader())
    flash(f"{plan.title}: {len(plan.written)} changes written. No office has ended.", "ok")
    return redirect(url_for("reorganising.show", plan_id=plan_id))


@bp.post("/<int:plan_id>/vest")
@needs(Permit.PLACES_WRITE)
def vest_plan(plan_id: int) -> ResponseReturnValue:
    """End the offices on the old councils, on vesting day or after."""
    plan = vest(reorganisation_for(reader(), plan_id), by=reader())
    flash(f"{plan.title} is vested: the offices on the old councils have ended.", "ok")
    return redirect(url_for("reorganising.show", plan_id=plan_id))


@bp.post("/<int:plan_id>/undo")
@needs(Permit.PLACES_WRITE)
def undo_plan(plan_id: int) -> ResponseReturnValue:
    """Take the whole batch back."""
    plan = undo(reorganisation_for(reader(), plan_id), by=reader())
    flash(f"{plan.title} was taken back as a whole.", "ok")
    return redirect(url_for("reorganising.show", plan_id=plan_id))
