"""What the unknown texts of a file mean: asked once, remembered for every later import."""

from flask import redirect, url_for
from flask.typing import ResponseReturnValue

from models.accounts.roles import Permit
from models.intake.actions.batches import unknown_in
from models.intake.actions.previewing import compare_again
from models.intake.queries.batches import batch_for
from models.intake.spellings import TEACHABLE, Unknown
from models.intake.tables import ImportBatch
from models.places.queries.parties import parties
from models.places.queries.regions import branches, regions
from views.guards import needs, reader, reads_slowly
from views.intake.forms import MOST_TAUGHT, TeachForm, teach_form
from views.intake.room import bp
from views.pages import render_form, submitted


@bp.route("/<int:batch_id>/teach", methods=["GET", "POST"])
@needs(Permit.IMPORT)
@reads_slowly
def teach(batch_id: int) -> ResponseReturnValue:
    """Every text that nobody knows, with its rows; then the preview."""
    batch = batch_for(reader(), batch_id)
    target = url_for("intake.show", batch_id=batch.id)
    if batch.state != "previewed":
        return redirect(target)
    unknown = unknown_in(batch, by=reader())[:MOST_TAUGHT]
    form = teach_form(unknown, _known(unknown))
    if submitted(form, lambda: _learn(batch, form, unknown)):
        return redirect(target)
    if not unknown:
        return redirect(target)
    groups = [
        (label, [form[f"meaning_{at}"] for at, one in enumerate(unknown) if one.field == key])
        for key, label in TEACHABLE.items()
    ]
    return render_form("intake/teach.html", form, batch=batch, groups=groups)


def _known(unknown: list[Unknown]) -> dict[str, list[str]]:
    """The names that can be chosen, of the fields that are asked about."""
    asked = {one.field for one in unknown}
    named = {
        "party": lambda: [party.name for party in parties()],
        "branch": lambda: [branch.name for branch in branches()],
        "home_region": lambda: [region.name for region in regions()],
    }
    return {key: names() for key, names in named.items() if key in asked}


def _learn(batch: ImportBatch, form: TeachForm, unknown: list[Unknown]) -> ImportBatch:
    return compare_again(batch, by=reader(), lessons=form.taught(unknown))
