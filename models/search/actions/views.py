"""Saved views: kept, renamed and shared, removed, put back."""

from collections.abc import Mapping

from models import audit, clock
from models.accounts.permits import require
from models.accounts.roles import Permit
from models.accounts.tables import User
from models.base import db, one_at_a_time
from models.errors import Invalid, Refused
from models.search import rules
from models.search.queries.views import view_for, views_of
from models.search.tables import SavedView
from models.workshop.listing import LISTINGS

# The list of applications is not declared yet.
UNDECLARED = {"funding": Permit.FUNDING_READ}


def permit_of(of_list: str) -> Permit:
    """The permit to read a list; raises Invalid where there is no such list."""
    if of_list in LISTINGS:
        return LISTINGS[of_list].permit
    if of_list not in UNDECLARED:
        raise Invalid("There is no such list.")
    return UNDECLARED[of_list]


def save_view(
    of_list: str, *, by: User, name: str, filters: Mapping[str, str], shared: bool = False
) -> SavedView:
    """Keep a list's filters under a name. A name is one's own once for each list: a removed view
    of that name is begun anew."""
    require(by, permit_of(of_list))
    one_at_a_time("views of", by.id, of_list)
    name, kept = rules.checked_name(name), rules.checked_filters(filters)
    before = views_of(by, of_list)
    standing = [view for view in before if view.removed_at is None]
    if len(standing) >= rules.MOST_VIEWS:
        raise Refused(f"You have {len(standing)} views of this list. Remove one first.")
    if any(view.name == name for view in standing):
        raise Invalid(f"You have a view called “{name}” already.", field="name")
    view = next((view for view in before if view.name == name), None)
    if view is None:
        view = SavedView(list=of_list, name=name, owner_id=by.id)
        db.session.add(view)
    view.filters, view.shared, view.removed_at = kept, shared, None
    db.session.flush()
    after = {"list": of_list, "name": name, "shared": shared, "filters": kept}
    audit.record("view.saved", view, by=by, after=after)
    return view


def change_view(view: SavedView, *, by: User, name: str, shared: bool) -> SavedView:
    """Give one's own view another name, share it, or keep it to oneself again."""
    require(by, permit_of(view.list))
    one_at_a_time("views of", by.id, view.list)
    view_for(by, view.id)
    name = rules.checked_name(name)
    if any(one.name == name and one.id != view.id for one in views_of(by, view.list)):
        raise Invalid(f"You have, or had, another view called “{name}”.", field="name")
    before, after = audit.changes(view, {"name": name, "shared": shared})
    if after:
        db.session.flush()
        audit.record("view.changed", view, by=by, before=before, after=after)
    return view


def remove_view(view: SavedView, *, by: User) -> SavedView:
    """Take one's own view away; it can be put back."""
    require(by, permit_of(view.list))
    view_for(by, view.id)
    view.removed_at = clock.now()
    db.session.flush()
    audit.record("view.removed", view, by=by)
    return view


def restore_view(view: SavedView, *, by: User) -> SavedView:
    """Put back a view that was removed."""
    require(by, permit_of(view.list))
    view_for(by, view.id, removed=True)
    view.removed_at = None
    db.session.flush()
    audit.record("view.restored", view, by=by)
    return view
