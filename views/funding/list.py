"""The list of applications: saved views, filters in the address, sort and pages."""

from flask import render_template, request
from flask.typing import ResponseReturnValue
from wtforms import SelectChoice

from models.accounts.roles import Permit
from models.days import said_day
from models.funding.queries.listed import page_of
from models.funding.queries.lists import GROUPS, SORTS, Filters, counts_for, total_of
from models.funding.queries.narrowing import Narrowing, narrowing_for
from models.funding.workflow import STATUSES
from models.places.queries.councils import council_by_text
from views.asked import asked
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
NO_COUNCIL = 0  # no council has it


@bp.get("")
@needs(Permit.FUNDING_READ)
def index() -> ResponseReturnValue:
    """The applications this person may read."""
    offered = narrowing_for(reader())
    form = _filter_form(offered)
    filters = _filters(form, offered)
    sort = sort_asked(tuple(SORTS), "-reference")
    number = page_number()
    rows = page_of(
        reader(), filters, sort=sort.key, descending=sort.direction == "desc", page=number
    )
    counts = counts_for(reader(), filters)
    return render_template(
        "funding/index.html",
        form=form,
        page=Page(rows, number, total_of(counts, filters.status), PAGE_SIZE),
        sort=sort,
        tabs=_tabs(filters, counts),
        states=states_for(reader()),
        filters_on=_filters_on(form),
        may_apply=Permit.FUNDING_APPLY in reader().permits,
        may_decide=Permit.FUNDING_DECIDE in reader().permits,
        may_export=Permit.EXPORT_MONEY in reader().permits,
        export_filters=_as_exported(filters),
    )


def _filter_form(offered: Narrowing) -> FilterForm:
    form = FilterForm(formdata=request.args, meta={"csrf": False})
    form.offer_states()
    form.region.choices = [SelectChoice(code, name) for _, code, name in offered.regions]
    form.poll.choices = [SelectChoice(poll.isoformat(), said_day(poll)) for poll in offered.polls]
    form.round.choices = [SelectChoice(code, name) for code, name in offered.rounds]
    if not offered.rounds:
        del form.round
    if len(offered.regions) < 2:
        del form.region
    return form


def _filters(form: FilterForm, offered: Narrowing) -> Filters:
    council_id = None
    if name := asked().text("council"):
        council = council_by_text(name)
        council_id = council.id if council else NO_COUNCIL
        if council is None:
            form.council.errors = ["No council is called that."]
    rounds = {code for code, _ in offered.rounds}
    codes = {code: number for number, code, _ in offered.regions}
    return Filters(
        status=asked().one_of("status", {*STATUSES, *GROUPS}),
        region_id=codes.get(asked().one_of("region", codes) or ""),
        council_id=council_id,
        poll_on=asked().day("poll"),
        text=asked().text("q"),
        round=asked().one_of("round", rounds),
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
