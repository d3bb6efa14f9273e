"""Delegated limits: up to what amount somebody may award by themselves."""

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue
from wtforms import SelectChoice
from wtforms.validators import InputRequired, Optional

from models import clock
from models.accounts.roles import Permit, Role
from models.budget.limits import actions as limits_actions
from models.budget.limits.actions import add_limit
from models.budget.limits.queries import limit_by_id, limits, people_with_limits
from models.budget.limits.rules import deciding_roles
from models.places.queries.regions import regions
from models.query_args import whole
from views.budget.counter import bp
from views.forms import BaseForm, ChoiceField, DayField, PoundsField
from views.guards import needs, reader
from views.pages import render_form, submitted


class LimitForm(BaseForm):
    """A limit: whose, where, how much, from when to when."""

    whose = ChoiceField("Whose limit", validators=[InputRequired("Choose a role or a person.")])
    region = ChoiceField("Region", empty="Every region", validators=[Optional()])
    amount = PoundsField(
        "Limit, in pounds", validators=[InputRequired("Enter the limit in pounds.")]
    )
    starts_on = DayField("From", validators=[InputRequired("Say from when it holds.")])
    ends_on = DayField("Until", validators=[Optional()])

    def offer(self) -> None:
        """The roles and people that may award, and the regions."""
        self.whose.choices = [
            *(SelectChoice(f"role:{role}", role.label) for role in deciding_roles()),
            *(SelectChoice(f"user:{one.id}", one.name) for one in people_with_limits()),
        ]
        self.region.choices = [SelectChoice(str(one.id), one.name) for one in regions()]

    @property
    def role(self) -> str | None:
        """The role that was chosen."""
        kind, _, name = (self.whose.data or "").partition(":")
        return name if kind == "role" else None

    @property
    def user_id(self) -> int | None:
        """The person who was chosen."""
        kind, _, name = (self.whose.data or "").partition(":")
        return whole(name) if kind == "user" else None


@bp.route("/limits", methods=["GET", "POST"])
@needs(Permit.LIMITS_SET)
def delegated_limits() -> ResponseReturnValue:
    """Every limit, and the form for a new one."""
    form = LimitForm(starts_on=clock.today())
    form.offer()
    done = submitted(
        form,
        lambda: add_limit(
            role=form.role,
            user_id=form.user_id,
            region_id=int(form.region.data) if form.region.data else None,
            amount_p=form.amount.data if form.amount.data is not None else -1,
            starts_on=form.starts_on.data or clock.today(),
            ends_on=form.ends_on.data,
            by=reader(),
        ),
    )
    if done is None:
        return render_form(
            "budget/limits.html",
            form,
            limits=limits(),
            roles={str(role): role.label for role in Role},
            today=clock.today(),
        )
    flash("The limit is set.", "ok")
    return redirect(url_for("budget.delegated_limits"))


@bp.post("/limits/<int:limit_id>/end")
@needs(Permit.LIMITS_SET)
def end_limit(limit_id: int) -> ResponseReturnValue:
    """End a limit at once."""
    limits_actions.end_limit(limit_by_id(limit_id), by=reader())
    flash("The limit is ended.", "ok")
    return redirect(url_for("budget.delegated_limits"))
