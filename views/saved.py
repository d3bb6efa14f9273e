"""Saved views: a list's filters under a name, for oneself or shared."""

from typing import Any

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from wtforms import BooleanField, StringField
from wtforms.validators import DataRequired, Length

from models.accounts.permits import require
from models.accounts.roles import Permit
from models.search import rules
from models.search.actions.views import (
    change_view,
    permit_of,
    remove_view,
    restore_view,
    save_view,
)
from models.search.queries.views import view_for, views_for
from models.search.tables import SavedView
from models.workshop.asking import ask
from views.asked import asked, nothing_left_out
from views.forms import BaseForm
from views.guards import needs, reader
from views.pages import render_form, submitted
from views.workshop.lists import PAGES

bp = Blueprint("saved", __name__, url_prefix="/saved-views")


# The list of applications is not declared yet: its filters are kept as they were typed.
APPLICATIONS = {"funding": "Funding applications"}
FILTERS = ("status", "region", "council", "poll", "round", "q", "sort")


class ViewForm(BaseForm):
    """What a view is called, and who sees it."""

    name = StringField(
        "Name of the view",
        description="A few words for the tab, like “Quiet since spring”.",
        validators=[DataRequired("Give the view a name."), Length(max=rules.NAME_LENGTH)],
    )
    shared = BooleanField("Share it: everybody finds it, and sees their own people in it")


@bp.get("")
@needs(Permit.SIGNED_IN)
def index() -> ResponseReturnValue:
    """The reader's views of every list, to rename, share or remove."""
    titles = {name: shown.listing.title for name, shown in PAGES.items()} | APPLICATIONS
    views = [view for name in titles for view in views_for(reader(), name)]
    return render_template(
        "saved/index.html", views=views, lists=titles, me=reader().id, href=_href
    )


@bp.route("/new/<string:of_list>", methods=["GET", "POST"])
@needs(Permit.SIGNED_IN)
def new(of_list: str) -> ResponseReturnValue:
    """Keep the filters of the address under a name."""
    if of_list not in PAGES | APPLICATIONS:
        abort(404)
    require(reader(), permit_of(of_list))
    filters = _filters(of_list)
    nothing_left_out()
    form = ViewForm()
    view = submitted(
        form,
        lambda: save_view(
            of_list,
            by=reader(),
            name=form.name.data or "",
            filters=filters,
            shared=form.shared.data,
        ),
    )
    if view is not None:
        flash(f"The view “{view.name}” is kept.")
        return redirect(_href(view))
    back = url_for(_endpoint(of_list), **filters)
    return render_form("saved/view.html", form, title="Save this view", back=back)


@bp.route("/<int:view_id>", methods=["GET", "POST"])
@needs(Permit.SIGNED_IN)
def edit(view_id: int) -> ResponseReturnValue:
    """Rename one's own view, share it or keep it to oneself."""
    view = view_for(reader(), view_id)
    form = ViewForm(obj=view)
    done = submitted(
        form,
        lambda: change_view(view, by=reader(), name=form.name.data or "", shared=form.shared.data),
    )
    if done is not None:
        return redirect(url_for(".index"))
    title = "Change the view"
    return render_form("saved/view.html", form, title=title, back=url_for(".index"))


@bp.post("/<int:view_id>/remove")
@needs(Permit.SIGNED_IN)
def remove(view_id: int) -> ResponseReturnValue:
    """Take one's own view away."""
    view = remove_view(view_for(reader(), view_id), by=reader())
    undo: Any = {
        "text": f"The view “{view.name}” is gone.",
        "action": url_for(".restore", view_id=view.id),
    }
    flash(undo, "undo")
    return redirect(url_for(".index"))


@bp.post("/<int:view_id>/restore")
@needs(Permit.SIGNED_IN)
def restore(view_id: int) -> ResponseReturnValue:
    """Put a view back that was taken away."""
    restore_view(view_for(reader(), view_id, removed=True), by=reader())
    return redirect(url_for(".index"))


def _endpoint(of_list: str) -> str:
    return PAGES[of_list].endpoint if of_list in PAGES else "funding.index"


def _filters(of_list: str) -> dict[str, Any]:
    if of_list not in PAGES:
        return dict(asked().kept(*FILTERS))
    question = ask(PAGES[of_list].listing, reader(), asked())
    return {**question.args, **question.sorting}


def _href(view: SavedView) -> str:
    filters: dict[str, Any] = dict(view.filters)
    return url_for(_endpoint(view.list), **filters)
