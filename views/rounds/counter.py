"""The blueprint of the rounds room."""

from typing import Any

from flask import Blueprint, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from models.accounts.roles import Permit
from models.rounds.forms import DAYS, KINDS, WHO
from models.rounds.queries import phase_now
from models.rounds.tables import Round

bp = Blueprint("rounds", __name__, url_prefix="/rounds")


@bp.context_processor
def _shown() -> dict[str, Any]:
    """What the room's pages ask: the words of the form, and whether this person may change it."""
    permits = current_user.permits if current_user.is_authenticated else frozenset()
    return {
        "kinds": KINDS,
        "days": DAYS,
        "who": WHO,
        "phase_now": phase_now,
        "may_write": Permit.ROUNDS_WRITE in permits,
        "may_apply": Permit.FUNDING_APPLY in permits,
    }


def to_round(round_: Round) -> ResponseReturnValue:
    """Off to the round's own page."""
    return redirect(url_for("rounds.show", round_id=round_.id))


def to_form(round_: Round, anchor: str | None = None) -> ResponseReturnValue:
    """Off to the round's form, at the place that was worked on."""
    return redirect(url_for("rounds.form", round_id=round_.id, _anchor=anchor))
