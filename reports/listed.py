"""A list as a workbook: exactly the question that its page answers, sorted alike."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from models.accounts.permits import Actor
from models.people.queries.in_lists import agreed
from models.people.rules import DISCLOSURE
from models.query_args import Given
from models.workshop.asking import ask
from models.workshop.listing import Column as Listed
from models.workshop.listing import Listing
from models.workshop.reading import AT_ONCE, everything, loaded
from reports.sheet import Book, Column, Filled, Sheet, book

Beside = Callable[[Sequence[Any]], Sequence[Filled]]


def workbook_of(
    listing: Listing,
    title: str,
    *,
    columns: Sequence[Listed] = (),
    beside: Beside | None = None,
) -> Callable[[Actor, dict[str, str]], Book]:
    """What builds the workbook of a list: these columns, or its own, and a row for each line.

    With the argument `outside` only people with a consent to disclosure that stands stay in;
    `held_back` counts the others. `beside` makes further sheets of the same lines.
    """

    def build(reader: Actor, filters: dict[str, str]) -> Book:
        given = Given.of(filters)
        lines = list(everything(ask(listing, reader, given)))
        kept = _agreed(lines) if given.get("outside") else lines
        sheets = [filled(listing, kept, columns), *(beside(kept) if beside is not None else ())]
        return book(title, sheets, rows=len(kept), held_back=len(lines) - len(kept))

    return build


def filled(listing: Listing, lines: Sequence[Any], columns: Sequence[Listed] = ()) -> Filled:
    """The sheet of these lines: the columns, or those of the list that have a width."""
    columns = columns or [one for one in listing.columns if one.width]
    beside = loaded(columns, lines)
    sheet = Sheet(
        listing.title,
        tuple(
            Column(
                one.key, one.heading or one.label, one.kind, one.width, one.data_class, one.total
            )
            for one in columns
        ),
    )
    rows: list[Mapping[str, Any]] = [
        {one.key: one.of(line, beside.get(one.key, {})) for one in columns} for line in lines
    ]
    return Filled(sheet, rows)


def _agreed(lines: Sequence[Any]) -> list[Any]:
    people = sorted({line.person_id for line in lines})
    consented: set[int] = set()
    for first in range(0, len(people), AT_ONCE):
        consented |= agreed(people[first : first + AT_ONCE], DISCLOSURE)
    return [line for line in lines if line.person_id in consented]
