"""Regions with their councils and branches; parties with their spellings."""

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from models import places
from models.accounts import Permit
from models.places.queries import parties_with_spellings
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
        regions=places.councils_per_region(reader()),
        unmapped=places.unmapped_count(),
        branches=places.branches(),
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
    region, form = places.region_by_code(code), BranchForm()
    branch = submitted(
        form,
        lambda: places.add_branch(
            by=reader(), code=form.code.data or "", name=form.name.data or "", region=region
        ),
    )
    if branch is not None:
        return redirect(url_for("places.index"))
    return render_form("places/branch.html", form, region=region)
