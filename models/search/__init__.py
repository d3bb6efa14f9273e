"""The front door of the search room: saved views, and acts on many people."""

from models.search import rules
from models.search.actions.bulk import (
    Sent,
    assign_many,
    contact_many,
    invite_many,
    tag_many,
    undo_act,
)
from models.search.actions.views import (
    change_view,
    remove_view,
    restore_view,
    save_view,
)
from models.search.queries import (
    act_for,
    acts_of,
    cannot_be_undone,
    mailable,
    parts_of,
    people_among,
    statuses_of,
    view_for,
    views_for,
)
from models.search.tables import BulkAct, BulkPart, SavedView

__all__ = [
    "BulkAct",
    "BulkPart",
    "SavedView",
    "Sent",
    "act_for",
    "acts_of",
    "assign_many",
    "cannot_be_undone",
    "change_view",
    "contact_many",
    "invite_many",
    "mailable",
    "parts_of",
    "people_among",
    "remove_view",
    "restore_view",
    "rules",
    "save_view",
    "statuses_of",
    "tag_many",
    "undo_act",
    "view_for",
    "views_for",
]
