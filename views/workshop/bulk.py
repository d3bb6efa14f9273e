"""Acts on many people: which there are. The room that has the pages for them (views/bulk.py) puts
them here, and each list of people offers them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from models.accounts.permits import Actor
from models.accounts.roles import Permit
from models.workshop.listing import Listing


@dataclass(frozen=True)
class BulkAction:
    """One act: its words, permit, form and doing."""

    title: str
    button: str
    permit: Permit
    form: type[Any]
    do: Callable[..., Any]


ACTIONS: dict[str, BulkAction] = {}
TO_MANY = Permit.COUNCILLORS_WRITE  # what the pages of acts on many need, whatever the act


def acts_for(listing: Listing, actor: Actor) -> Sequence[tuple[str, str]]:
    """What this actor may do to many people of the list: (key, label) pairs."""
    if listing.about is None or TO_MANY not in actor.permits:
        return ()
    return [(key, one.title) for key, one in ACTIONS.items() if one.permit in actor.permits]
