"""The list of people, and a new one without an office."""

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue

from models.accounts.roles import Permit
from models.councillors.queries.offices import offices_in_words
from models.people.actions.records import add_person
from models.people.queries.people import PeopleFilters, people_for
from models.query_args import whole
from views.asked import heard
from views.guards import needs, reader
from views.pages import PAGE_SIZE, Page, page_number, render_form, submitted
from views.people.counter import back_to, bp
from views.people.forms import FilterForm, PersonForm


@bp.get("")
@needs(Permit.PEOPLE_READ)
def index() -> ResponseReturnValue:
    """Everybody on the books whom the reader may see, by family name."""
    form = FilterForm(request.args)
    form.offer()
    heard(form)
    region, archived, number = form.region.data, form.archived.data == "1", page_number()
    filters = PeopleFilters(
        region_id=whole(region),
        text=form.text.data or None,
        tag=form.tag.data or None,
        archived=archived,
    )
    rows, total = people_for(reader(), filters, page=number, size=PAGE_SIZE)
    tabs = [
        {"label": "On the books", "href": url_for(".index"), "current": not archived},
        {"label": "Archived", "href": url_for(".index", archived=1), "current": archived},
    ]
    return render_template(
        "people/index.html",
        form=form,
        page=Page(rows, number, total),
        offices=offices_in_words([person.id for person in rows]),
        tabs=tabs,
    )


@bp.route("/new", methods=["GET", "POST"])
@needs(Permit.PEOPLE_WRITE)
def new() -> ResponseReturnValue:
    """A person who holds no office."""
    form = PersonForm()
    form.offer(reader())
    person = submitted(form, lambda: add_person(form.new_person(), by=reader()))
    if person is not None:
        return back_to(person)
    return render_form("people/new.html", form)
