"""Reading saved views and acts on many."""

from models.search.queries.bulk import (
    act_for,
    act_sent_before,
    acts_of,
    cannot_be_undone,
    mailable,
    parts_of,
    people_among,
    statuses_of,
    tagged_among,
    things_of,
)
from models.search.queries.views import view_for, views_for, views_of

__all__ = [
    "act_for",
    "act_sent_before",
    "acts_of",
    "cannot_be_undone",
    "mailable",
    "parts_of",
    "people_among",
    "statuses_of",
    "tagged_among",
    "things_of",
    "view_for",
    "views_for",
    "views_of",
]
