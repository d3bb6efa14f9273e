"""The list of payments: saved views, filters in the address, sort and pages."""

from flask import render_template, request
from flask.typing import ResponseReturnValue

from models.accounts.roles import Permit
from models.payments.queries.lists import GROUPS, SORTS, Filters, counts_for, payments_for
from models.payments.workflow import STATUSES
from views.asked import asked
from views.guards import needs, reader
from views.pages import PAGE_SIZE, Page, here, page_number, sort_asked
from views.payments.counter import bp, parts, status_words
from views.payments.forms import FilterForm

# The saved views: label, and the state they show.
VIEWS = (
    ("Scheduled", "scheduled"),
    ("Released", "released"),
    ("At the bank", "exported"),
    ("Failed", "failed"),
    ("Paid", "settled"),
    ("All", None),
)


@bp.get("")
@needs(Permit.FUNDING_READ)
def index() -> ResponseReturnValue:
    """The payments of the awards this person may read."""
    form = FilterForm(formdata=request.args, meta={"csrf": False})
    form.offer()
    filters = Filters(
        status=asked().one_of("status", {*STATUSES, *GROUPS}),
        text=asked().text("q"),
    )
    sort = sort_asked(tuple(SORTS), "-reference")
    number = page_number()
    rows, total = payments_for(
        reader(), filters, sort=sort.key, descending=sort.direction == "desc", page=number
    )
    return render_template(
        "payments/index.html",
        form=form,
        page=Page(rows, number, total, PAGE_SIZE),
        sort=sort,
        tabs=_tabs(filters),
        parts=parts(),
        status_words=status_words,
        filters_on=sum(1 for field in form if field.data),
        may_send=Permit.PAYMENTS_MAKE in reader().permits,
        may_export=Permit.EXPORT_MONEY in reader().permits,
    )


def _tabs(filters: Filters) -> list[dict[str, object]]:
    counts = counts_for(reader(), filters)
    return [
        {
            "label": label,
            "href": here(status=state, page=None),
            "count": sum(counts[key] for key in GROUPS.get(state, (state,)))
            if state
            else sum(counts.values()),
            "current": filters.status == state,
        }
        for label, state in VIEWS
    ]
