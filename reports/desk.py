"""Handing a workbook over: who gets it, what is held back, and the cover that says so."""

import hashlib
from dataclasses import dataclass, replace

from models import clock
from models.accounts.permits import Actor, require
from models.clock import LONDON
from models.days import said_day
from models.errors import Invalid
from models.query_args import Given
from models.slow import slow
from reports.catalogue import SAID, Report
from reports.sheet import Book
from reports.workbook import write

INSIDE = "The union"
SPECIAL = (
    "Union membership and political opinion are special category data. Keep this file safe, "
    "use it only for the purpose above, and delete it afterwards."
)


@dataclass(frozen=True)
class Wish:
    """What somebody asks for: filters, why, and who will have it."""

    filters: dict[str, str]
    purpose: str = ""
    recipient: str = INSIDE
    outside: bool = False


@dataclass(frozen=True)
class Handed:
    """A workbook ready to go: its bytes, their SHA-256, what went in, and how the register keeps
    its filters."""

    content: bytes
    file_hash: str
    book: Book
    filters: dict[str, str]


def hand_over(report: Report, wish: Wish, *, reader: Actor, name: str) -> Handed:
    """Write the workbook of `report` for `reader`, whose name stands on the cover.

    Raises NotAllowed without the report's permit, and Invalid for a filter that makes no sense, or
    an outside recipient of a report that holds more than consented people.
    """
    require(reader, report.permit)
    if wish.outside and not report.outside_allowed:
        raise Invalid(
            f"{report.title} may not leave the union: people in it have not agreed to that.",
            field="recipient",
        )
    filters = Given(wish.filters | ({"outside": "yes"} if wish.outside else {}))
    slow("a report is built")
    book = report.build(reader, filters)
    if filters.left_out:
        # A filter that is left out would hand over more than was asked for.
        raise Invalid(f"It was asked for {filters.said}. That makes no sense; nothing was made.")
    said = report.said(reader, wish.filters)
    kept = wish.filters | ({SAID: said} if report.listing is not None else {})
    book = replace(book, cover=_cover(book, wish, name, said))
    content = write(book)
    return Handed(content, hashlib.sha256(content).hexdigest(), book, kept)


def _cover(book: Book, wish: Wish, name: str, said: str) -> tuple[tuple[str, str], ...]:
    made = clock.now().astimezone(LONDON)
    lines = [
        ("Made", f"{said_day(made)}, {made:%H:%M} (London time) by {name}"),
        ("For", wish.recipient + (" (outside the union)" if wish.outside else "")),
        ("Purpose", wish.purpose or "Office use"),
        ("Filter", said),
        ("Rows", f"{book.rows:,}"),
    ]
    if wish.outside:
        lines.append(("Left out", f"{book.held_back:,} without a recorded consent to disclosure"))
    return (*lines, *book.cover, ("Handle with care", SPECIAL))
