"""The list of delegates: filters in the address, tabs with counts, sorted and paged."""

from typing import Any

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue

from models import clock
from models.accounts import Permit
from models.delegates import STATES, DelegateFigures, delegate_figures, delegates_for
from models.delegates.queries import SORTS
from reports.delegates import FILTERS, filters_of
from views.asked import asked, heard
from views.delegates.counter import bp
from views.delegates.forms import FilterForm
from views.guards import needs, reader
from views.pages import PAGE_SIZE, Page, page_number, sort_asked


@bp.get("")
@needs(Permit.COUNCILLORS_READ)
def index() -> ResponseReturnValue:
    """Every delegate whom the reader may see, narrowed by the address."""
    form = FilterForm(request.args)
    form.offer(reader())
    heard(form)
    sort, number = sort_asked(SORTS, "name"), page_number()
    filters = filters_of(asked())
    exported: dict[str, Any] = dict(asked().kept(*FILTERS))
    rows, total = delegates_for(
        reader(),
        filters,
        sort=sort.key,
        descending=sort.direction == "desc",
        page=number,
        size=PAGE_SIZE,
    )
    return render_template(
        "delegates/index.html",
        form=form,
        page=Page(rows, number, total),
        sort=sort,
        tabs=_tabs(delegate_figures(reader()), filters.state),
        clear=url_for("delegates.index", state=form.state.data or None),
        today=clock.today(),
        export_href=url_for("reports.ask", key="delegates", **exported),
    )


def _tabs(figures: DelegateFigures, state: str) -> list[dict[str, Any]]:
    return [
        {
            "label": label,
            "count": getattr(figures, key, None),
            "href": url_for("delegates.index", state=key if key != "current" else None),
            "current": key == state,
        }
        for key, label in STATES.items()
    ]
