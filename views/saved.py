"""Saved views: a list's filters under a name, for oneself or shared."""

from typing import Any

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from wtforms import BooleanField, StringField
from wtforms.validators import DataRequired, Length

from models import search
from models.accounts import Permit, require
from models.search import PERMITS, rules
from reports.councillors import FILTERS
from views.asked import asked, nothing_left_out
from views.forms import BaseForm
from views.guards import needs, reader
from views.pages import render_form, submitted

bp = Blueprint("saved", __name__, url_prefix="/saved-views")

# Of each list: its page, and the filters that its address may have.
LISTS: dict[str, tuple[str, tuple[str, ...]]] = {
    "councillors": ("councillors.index", FILTERS),
    "people": ("people.index", ("text", "region", "tag", "archived")),
    "funding": ("funding.index", ("status", "region", "council", "poll", "round", "q", "sort")),
}


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
    views = [view for name in LISTS for view in search.views_for(reader(), name)]
    return render_template(
        "saved/index.html", views=views, lists=rules.LISTS, me=reader().id, href=_href
    )


@bp.route("/new/<string:of_list>", methods=["GET", "POST"])
@needs(Permit.SIGNED_IN)
def new(of_list: str) -> ResponseReturnValue:
    """Keep the filters of the address under a name."""
    if of_list not in LISTS:
        abort(404)
    require(reader(), PERMITS[of_list])
    _page, known = LISTS[of_list]
    filters: dict[str, Any] = {
        name: words for name in known if (words := asked().text(name)) is not None
    }
    nothing_left_out()
    form = ViewForm()
    view = submitted(
        form,
        lambda: search.save_view(
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
    back = url_for(LISTS[of_list][0], **filters)
    return render_form("saved/view.html", form, title="Save this view", back=back)


@bp.route("/<int:view_id>", methods=["GET", "POST"])
@needs(Permit.SIGNED_IN)
def edit(view_id: int) -> ResponseReturnValue:
    """Rename one's own view, share it or keep it to oneself."""
    view = search.view_for(reader(), view_id)
    form = ViewForm(obj=view)
    done = submitted(
        form,
        lambda: search.change_view(
            view, by=reader(), name=form.name.data or "", shared=form.shared.data
        ),
    )
    if done is not None:
        return redirect(url_for(".index"))
    title = "Change the view"
    return render_form("saved/view.html", form, title=title, back=url_for(".index"))


@bp.post("/<int:view_id>/remove")
@needs(Permit.SIGNED_IN)
def remove(view_id: int) -> ResponseReturnValue:
    """Take one's own view away."""
    view = search.remove_view(search.view_for(reader(), view_id), by=reader())
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
    search.restore_view(search.view_for(reader(), view_id, removed=True), by=reader())
    return redirect(url_for(".index"))


def _href(view: search.SavedView) -> str:
    filters: dict[str, Any] = dict(view.filters)
    return url_for(LISTS[view.list][0], **filters)
