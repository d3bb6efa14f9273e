"""Councils: the list, the page of one, and its place on the union's map."""

from collections.abc import Sequence
from typing import Any

from flask import redirect, render_template, request
from flask.typing import ResponseReturnValue

from models import clock
from models.accounts.permits import may
from models.accounts.roles import Permit
from models.councillors.list import COUNCILLORS, CouncillorLine
from models.places import actions as places
from models.places.queries.councils import (
    CouncilFilters,
    council_for,
    councils_for,
    mapping_history,
    predecessors_of,
    spellings_of,
    successors_of,
)
from models.places.queries.regions import region_of_council
from models.places.queries.wards import wards_of
from models.places.tables import Council
from models.workshop.asking import question
from models.workshop.reading import page
from views.asked import asked, heard
from views.guards import needs, reader
from views.pages import PAGE_SIZE, Page, page_number, render_form, submitted
from views.places.counter import bp
from views.places.forms import FilterForm, MapForm
from views.records import council_href

HOLDERS_SHOWN = 200


@bp.get("/councils")
@needs(Permit.PLACES_READ)
def councils() -> ResponseReturnValue:
    """Every council, narrowed by the address."""
    form, number = FilterForm(request.args), page_number()
    form.offer()
    heard(form)
    filters = CouncilFilters(
        region=form.region.data,
        kind=form.kind.data,
        nation=form.nation.data,
        text=form.text.data,
        ended=form.ended.data,
    )
    rows, total = councils_for(reader(), filters, page=number, size=PAGE_SIZE)
    return render_template("places/councils.html", form=form, page=Page(rows, number, total))


@bp.get("/councils/<int:council_id>")
@needs(Permit.PLACES_READ)
def council(council_id: int) -> ResponseReturnValue:
    """One council: its names, its region over time, wards, and who holds office there."""
    found = council_for(reader(), council_id)
    holders: Sequence[CouncillorLine] = ()
    if may(reader(), Permit.COUNCILLORS_READ):
        day = asked().day("on")
        as_at: dict[str, Any] = {"on": day} if day is not None else {}
        here = question(COUNCILLORS, reader(), council=council_id, **as_at)
        holders = page(here, size=HOLDERS_SHOWN)
    return render_template(
        "places/council.html",
        council=found,
        region=region_of_council(council_id),
        history=mapping_history(found),
        spellings=spellings_of(found),
        successors=successors_of(found),
        predecessors=predecessors_of(found),
        wards=wards_of(found),
        holders=holders,
        on=asked().day("on"),
    )


@bp.route("/councils/<int:council_id>/region", methods=["GET", "POST"])
@needs(Permit.PLACES_WRITE)
def map_council(council_id: int) -> ResponseReturnValue:
    """Move a council to another region from a day on."""
    found, form = council_for(reader(), council_id), MapForm()
    form.offer()
    done = submitted(form, lambda: _map(found, form))
    if done is not None:
        return redirect(council_href(council_id))
    region = region_of_council(council_id)
    return render_form("places/map.html", form, council=found, region=region)


def _map(found: Council, form: MapForm) -> bool:
    places.map_council(
        found,
        by=reader(),
        region=form.chosen(),
        from_on=form.from_on.data or clock.today(),
        reason=form.reason.data or "",
    )
    return True
