"""What is asked of a list: an address understood, and said in plain English."""

from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from models.accounts.permits import Actor, scope_of
from models.clock import today
from models.days import said_day
from models.query_args import Given
from models.workshop.listing import SORT, Listing


@dataclass(frozen=True)
class Question:
    """A list, who reads it, and what it is narrowed to and sorted by.

    `values` are the filters as they were understood, `words` the same as a person reads them, and
    `args` as an address has them.
    """

    listing: Listing
    reader: Actor
    values: Mapping[str, Any]
    words: Mapping[str, str]
    args: Mapping[str, str]
    sort: str
    descending: bool

    @property
    def key(self) -> tuple[Hashable, ...]:
        """All on which the lines depend but what is stored: equal for those who see alike."""
        who = self.reader.id if self.listing.own else None
        values = tuple(sorted(self.values.items()))
        return (self.listing.name, scope_of(self.reader), who, today(), values)

    @property
    def sorting(self) -> Mapping[str, str]:
        """The sort as an address has it; nothing where it is the list's own."""
        sort = f"-{self.sort}" if self.descending else self.sort
        return {} if sort == self.listing.sort else {SORT: sort}

    @property
    def is_narrowed(self) -> bool:
        """True where a filter is on."""
        return bool(self.values)


def ask(listing: Listing, reader: Actor, arguments: Mapping[str, Any]) -> Question:
    """The question of an address. What makes no sense is left out, and said in `Given.left_out`
    where the arguments are a Given."""
    given = Given.of(arguments)
    values: dict[str, Any] = {}
    words: dict[str, str] = {}
    for one in listing.filters:
        value = getattr(given, one.reads)(one.key)
        if value is None:
            continue
        shown = _words(value)
        if one.options is not None:
            shown = one.options.words(reader, str(value)) or ""
            if not shown:
                given.refuse(one.key, str(value))
                continue
        values[one.key], words[one.key] = value, shown
    sort, descending = _sort(listing, given)
    args = {name: _typed(value) for name, value in values.items()}
    return Question(listing, reader, values, words, args, sort, descending)


def question(listing: Listing, reader: Actor, sort: str = "", **values: Any) -> Question:
    """A question of our own: values as filters understand them, and nothing is left out."""
    asked = sort or listing.sort
    args = {name: _typed(value) for name, value in values.items()}
    words = {name: _words(value) for name, value in values.items()}
    return Question(
        listing, reader, values, words, args, asked.removeprefix("-"), asked.startswith("-")
    )


def _sort(listing: Listing, given: Given) -> tuple[str, bool]:
    asked = given.key(SORT) or listing.sort
    if asked.removeprefix("-") not in listing.sorts:
        given.refuse(SORT, asked)
        asked = listing.sort
    return asked.removeprefix("-"), asked.startswith("-")


def _words(value: Any) -> str:
    return said_day(value) if isinstance(value, date) else str(value)


def _typed(value: Any) -> str:
    return ",".join(map(str, value)) if isinstance(value, tuple) else str(value)


def sentence(question: Question) -> str:
    """What the list shows: "Office holders on Lancashire, not contacted for 90 days."."""
    subject, parts = question.listing.subject, []
    for one in question.listing.filters:
        value = str(question.values.get(one.key, ""))
        if not value:
            continue
        if value in one.subject:
            subject = one.subject[value]
        elif said := one.clause(value, question.words[one.key]):
            parts.append(said)
    return f"{' '.join([subject, ', '.join(parts)]).strip()}."
