"""Regions with their councils and branches; parties with their spellings."""

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from models.accounts.roles import Permit
from models.places.actions import add_branch
from models.places.queries.parties import parties_with_spellings
from models.places.queries.regions import (
    branches,
    councils_per_region,
    region_by_code,
    unmapped_count,
)
from views.guards import needs, reader
from views.pages import render_form, submitted
from views.places.counter import bp
from views.places.forms import BranchForm


@bp.get("")
@needs(Permit.PLACES_READ)
def index() -> ResponseReturnValue:
    """The union's regions, how many councils each has, and how many have none."""
    return render_template(
        "places/index.html",
        regions=councils_per_region(reader()),
        unmapped=unmapped_count(),
        branches=branches(),
    )


@bp.get("/parties")
@needs(Permit.PLACES_READ)
def parties() -> ResponseReturnValue:
    """Parties, and how people write them."""
    return render_template("places/parties.html", parties=parties_with_spellings(reader()))


@bp.route("/regions/<string:code>/branches/new", methods=["GET", "POST"])
@needs(Permit.PLACES_WRITE)
def new_branch(code: str) -> ResponseReturnValue:
    """Add a branch to a region."""
    region, form = region_by_code(code), BranchForm()
    branch = submitted(
        form,
        lambda: add_branch(
            by=reader(), code=form.code.data or "", name=form.name.data or "", region=region
        ),
    )
    if branch is not None:
        return redirect(url_for("places.index"))
    return render_form("places/branch.html", form, region=region)
