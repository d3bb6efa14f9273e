"""The list of applications: saved views, filters in the address, sort and pages."""

from flask import render_template, request
from flask.typing import ResponseReturnValue
from wtforms import SelectChoice

from models import funding, places
from models.accounts import Permit
from models.funding import STATUSES, Filters
from models.funding.queries import (
    GROUPS,
    SORTS,
    for_by_elections,
    page_of,
    poll_days_for,
    regions_to_read,
    total_of,
)
from models.rounds import rounds_for
from reports.given import day
from views.funding.counter import bp, states_for
from views.funding.forms import FilterForm
from views.guards import needs, reader
from views.pages import PAGE_SIZE, Page, here, page_number, sort_asked

# The saved views: label, and the state they show.
VIEWS = (
    ("Waiting for endorsement", "submitted"),
    ("Waiting for decision", "undecided"),
    ("Drafts", "drafts"),
    ("Awarded", "awarded"),
    ("Paid", "paid"),
    ("All", None),
)
NO_COUNCIL = -1


@bp.get("")
@needs(Permit.FUNDING_READ)
def index() -> ResponseReturnValue:
    """The applications this person may read."""
    form = _filter_form()
    filters = _filters(form)
    sort = sort_asked(tuple(SORTS), "-reference")
    number = page_number()
    rows = page_of(
        reader(), filters, sort=sort.key, descending=sort.direction == "desc", page=number
    )
    counts = funding.counts_for(reader(), filters)
    return render_template(
        "funding/index.html",
        form=form,
        page=Page(rows, number, total_of(counts, filters.status), PAGE_SIZE),
        sort=sort,
        tabs=_tabs(filters, counts),
        states=states_for(reader()),
        filters_on=_filters_on(form),
        by_elections=for_by_elections(row.id for row in rows),
        may_apply=Permit.FUNDING_APPLY in reader().permits,
        may_decide=Permit.FUNDING_DECIDE in reader().permits,
        may_export=Permit.EXPORT_MONEY in reader().permits,
        export_filters=_as_exported(filters),
    )


def _filter_form() -> FilterForm:
    form = FilterForm(formdata=request.args, meta={"csrf": False})
    form.offer_states()
    regions = regions_to_read(reader())
    form.region.choices = [SelectChoice(region.code, region.name) for region in regions]
    form.poll.choices = [
        SelectChoice(poll.isoformat(), f"{poll.day} {poll:%B %Y}")
        for poll in poll_days_for(reader())
    ]
    form.round.choices = [SelectChoice(one.code, one.name) for one in rounds_for(reader())]
    if not form.round.choices:
        del form.round
    if len(regions) < 2:
        del form.region
    return form


def _filters(form: FilterForm) -> Filters:
    council_id = None
    if form.council.data:
        council = places.council_by_text(form.council.data)
        council_id = council.id if council else NO_COUNCIL
        if council is None:
            form.council.errors = ["No council is called that."]
    region = form.region.data if "region" in form else None
    rounds = {choice.value for choice in form.round.choices} if "round" in form else set()
    codes = {found.code: found.id for found in regions_to_read(reader())} if region else {}
    return Filters(
        status=form.status.data if form.status.data in {*STATUSES, *GROUPS} else None,
        region_id=codes.get(region or ""),
        council_id=council_id,
        poll_on=day(form.poll.data),
        text=form.q.data or None,
        round=form.round.data if form.round and form.round.data in rounds else None,
    )


def _as_exported(filters: Filters) -> dict[str, object]:
    """The same filters as the export's page takes them: what is on screen is what is exported."""
    return {
        "text": filters.text,
        "status": filters.status,
        "region": filters.region_id,
        "council": filters.council_id,
        "poll_on": filters.poll_on,
        "round": filters.round,
    }


def _filters_on(form: FilterForm) -> int:
    return sum(1 for field in form if field.data)


def _tabs(filters: Filters, counts: dict[str, int]) -> list[dict[str, object]]:
    return [
        {
            "label": label,
            "href": here(status=state, page=None),
            "count": total_of(counts, state),
            "current": filters.status == state,
        }
        for label, state in VIEWS
    ]
