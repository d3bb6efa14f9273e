"""The list of office holders: filters in the address, tabs with counts, sorted and paged."""

from typing import Any

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue

from models import clock
from models.accounts import Permit
from models.councillors import (
    NetworkFigures,
    councillor_counts,
    councillors_for,
    network_figures,
)
from models.councillors.queries import SOON, SORTS
from models.search import views_for
from reports.councillors import FILTERS, filters_of
from views.asked import asked, heard
from views.councillors.counter import bp
from views.councillors.forms import FilterForm
from views.councillors.saying import sentence
from views.guards import needs, reader
from views.pages import PAGE_SIZE, Page, page_number, sort_asked


@bp.get("")
@needs(Permit.COUNCILLORS_READ)
def index() -> ResponseReturnValue:
    """Everybody in office whom the reader may see, narrowed by the address."""
    form = FilterForm(request.args)
    form.offer(reader())
    heard(form)
    sort, number = sort_asked(SORTS, "name"), page_number()
    rows, total = councillors_for(
        reader(),
        filters_of(asked()),
        sort=sort.key,
        descending=sort.direction == "desc",
        page=number,
        size=PAGE_SIZE,
    )
    return render_template(
        "councillors/index.html",
        form=form,
        page=Page(rows, number, total),
        sort=sort,
        tabs=[*_tabs(network_figures(reader())), *_saved()],
        said=sentence(form) if form.count or form.office.data or form.people.data else None,
        asked=_asked(),
        today=clock.today(),
        export_href=url_for("reports.ask", key="councillors", **dict[str, Any](_asked())),
        sheet_href=url_for("reports.ask", key="working-sheet", **dict[str, Any](_asked())),
    )


def _asked() -> dict[str, str]:
    return asked().kept(*FILTERS)


def _tabs(figures: NetworkFigures) -> list[dict[str, Any]]:
    """Saved views: each is a set of filters in the address."""
    today = clock.today()
    views: tuple[tuple[str, int, dict[str, Any]], ...] = (
        ("In office", figures.in_office, {}),
        ("Network", figures.joined, {"status": "joined"}),
        ("Invited", figures.invited, {"status": "invited"}),
        ("Not asked", figures.not_asked, {"status": "none"}),
        ("Ends soon", figures.ending_soon, {"ending_before": str(today + SOON)}),
        ("Over?", figures.overdue, {"office": "overdue"}),
        ("Not contacted", figures.no_contact, {"no_contact_since": str(today - SOON)}),
        ("Former", figures.former, {"office": "former"}),
    )
    now = {name: value for name, value in _asked().items() if name != "sort"}
    return [
        {
            "label": label,
            "count": count,
            "href": url_for("councillors.index", **filters),
            "current": filters == now,
        }
        for label, count, filters in views
    ]


def _saved() -> list[dict[str, Any]]:
    """The reader's own views and the shared ones, each with the reader's own count."""
    views, now = views_for(reader(), "councillors"), _asked()
    now.pop("sort", None)
    counts = councillor_counts(reader(), [filters_of(view.filters) for view in views])
    return [
        {
            "label": view.name,
            "count": count,
            "href": url_for("councillors.index", **dict[str, Any](view.filters)),
            "current": {k: v for k, v in view.filters.items() if k != "sort"} == now,
        }
        for view, count in zip(views, counts, strict=True)
    ]
