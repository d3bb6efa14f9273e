"""Reading saved views: one's own, and what others share."""

from sqlalchemy import or_, select

from models.accounts.permits import Actor
from models.base import db
from models.errors import NotFound
from models.search.tables import SavedView


def views_for(user: Actor, of_list: str) -> list[SavedView]:
    """The views of a list that this user may open: own ones first, then shared ones, by name."""
    found = db.session.scalars(
        select(SavedView)
        .where(
            SavedView.list == of_list,
            SavedView.removed_at.is_(None),
            or_(SavedView.owner_id == user.id, SavedView.shared.is_(True)),
        )
        .order_by(SavedView.name, SavedView.id)
    )
    return sorted(found, key=lambda view: view.owner_id != user.id)


def views_of(user: Actor, of_list: str) -> list[SavedView]:
    """Every view that this user saved of a list, removed ones too: for the rules of names."""
    return list(
        db.session.scalars(
            select(SavedView)
            .where(SavedView.list == of_list, SavedView.owner_id == user.id)
            .order_by(SavedView.id)
        )
    )


def view_for(user: Actor, view_id: int, *, removed: bool = False) -> SavedView:
    """One's own view; raises NotFound for anybody else's."""
    gone = SavedView.removed_at.is_not(None) if removed else SavedView.removed_at.is_(None)
    found = db.session.scalars(
        select(SavedView).where(SavedView.id == view_id, SavedView.owner_id == user.id, gone)
    ).one_or_none()
    if found is None:
        raise NotFound("There is no such view of yours.")
    return found
