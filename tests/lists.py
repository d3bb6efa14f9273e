"""Lists as tests ask for them: by the arguments of an address."""

from typing import Any

from models.accounts.permits import Actor
from models.query_args import Given
from models.workshop import asking, reading
from models.workshop.listing import Listing


def lines(listing: Listing, reader: Actor, **args: Any) -> list[Any]:
    """All lines of the list; what the arguments leave out is an error, and its count is theirs."""
    given = Given({name: str(value) for name, value in args.items()})
    question = asking.ask(listing, reader, given)
    assert not given.left_out
    found = list(reading.everything(question))
    assert reading.count(question) == len(found)
    return found


def names(listing: Listing, reader: Actor, **args: Any) -> list[str]:
    """The given names of the people whom the list shows, in order."""
    return [line.given_name for line in lines(listing, reader, **args)]


def tabs(listing: Listing, reader: Actor) -> dict[str, int]:
    """What the tabs of the list count."""
    asked = [asking.ask(listing, reader, tab.args) for tab in listing.tabs]
    return dict(zip((tab.label for tab in listing.tabs), reading.counts(asked), strict=True))
