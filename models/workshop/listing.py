"""A list, declared once: its page, sentence, saved views, acts on many and workbook follow from it.

A room says what a line holds, who sees which, what it may be narrowed to and sorted by. A room
above may add a filter to a list below (`Listing.add`) without the list knowing of it.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal, Protocol

from sqlalchemy import ColumnElement, Integer

from models.accounts.permits import Actor, scope_of
from models.accounts.roles import Permit
from models.clock import today
from models.workshop.remembered import remembered

Reads = Literal["text", "key", "id", "ids", "count", "day"]
Kind = Literal["text", "day", "moment", "pounds", "number"]
TICKED, SORT = "ticked", "sort"


@dataclass(frozen=True)
class Column:
    """A column of the page and of the workbook.

    `sort` are the expressions that the list is sorted by; a column without them is not sorted. What
    is not known comes last in either direction; with `unknown_first` it is the least of all.
    What it says of a line is `value(line)`, or the line's own attribute of that name. `load` brings
    what is not in the line: for the ids under `by`, all at once, and for the reader where it is
    `by_reader`. The workbook has the columns that have a `width`, under their `heading` where that
    differs; the page has those that are `shown`.
    """

    key: str
    label: str
    kind: Kind = "text"
    sort: tuple[Any, ...] = ()
    unknown_first: bool = False
    value: Callable[[Any], Any] | None = None
    load: Callable[..., Mapping[int, Any]] | None = None
    by: str = "person_id"
    by_reader: bool = False
    shown: bool = True
    hidden_label: bool = False
    heading: str = ""
    width: int = 0
    total: bool = False
    data_class: str = "internal"

    def of(self, line: Any, loaded: Mapping[int, Any]) -> Any:
        """What the column says of a line, given what `load` brought."""
        if self.load is not None:
            return loaded.get(getattr(line, self.by))
        return self.value(line) if self.value is not None else getattr(line, self.key)


class Options(Protocol):
    """What may be chosen for a filter."""

    def all(self, reader: Actor) -> Sequence[tuple[str, str]]:
        """Each value with its words, as this reader finds them."""

    def words(self, reader: Actor, value: str) -> str | None:
        """The words of one value; None where it is not offered to this reader."""


@dataclass(frozen=True)
class Fixed:
    """Options that are the same for everybody."""

    each: Mapping[str, str]

    def all(self, _reader: Actor) -> Sequence[tuple[str, str]]:
        """Each value with its words."""
        return tuple(self.each.items())

    def words(self, _reader: Actor, value: str) -> str | None:
        """The words of one value."""
        return self.each.get(value)


@dataclass(frozen=True)
class Found:
    """Options that are looked up: `find(reader)` gives each value with its words."""

    find: Callable[[Actor], Iterable[tuple[Any, str]]]

    def all(self, reader: Actor) -> Sequence[tuple[str, str]]:
        """Each value with its words."""
        what = (self.find, reader.id, scope_of(reader), today())
        return remembered(what, lambda: tuple((str(a), words) for a, words in self.find(reader)))

    def words(self, reader: Actor, value: str) -> str | None:
        """The words of one value."""
        return dict(self.all(reader)).get(value)


@dataclass(frozen=True)
class Linked:
    """Options that links give and nobody chooses from; `name(reader, value)` is one in words."""

    name: Callable[[Actor, str], str | None]

    def all(self, _reader: Actor) -> Sequence[tuple[str, str]]:
        """None: there are too many."""
        return ()

    def words(self, reader: Actor, value: str) -> str | None:
        """The words of one value."""
        return self.name(reader, value)


@dataclass(frozen=True)
class Filter:
    """What a list may be narrowed to, under its name in the address.

    `where` makes the condition of what was understood, and of the reader where the filter is
    `by_reader`: such a list is the reader's `own`. `said` is its part of the sentence, with {}
    for the value in words; by value where they differ, with "" for all others. `subject` are words
    with which the sentence begins instead of the list's own. `default` is the value where none was
    asked for: itself, or a function of what was asked for.
    """

    key: str
    label: str
    where: Callable[..., ColumnElement[bool]]
    reads: Reads = "key"
    said: str | Mapping[str, str] = "{}"
    options: Options | None = None
    default: str | Callable[[Mapping[str, Any]], str | None] | None = None
    subject: Mapping[str, str] = field(default_factory=dict)
    shown: bool = True
    by_reader: bool = False

    def standing(self, values: Mapping[str, Any]) -> Any:
        """The value that is asked for, or that stands for none; None where nothing is asked."""
        if self.key in values or self.default is None:
            return values.get(self.key)
        return self.default(values) if callable(self.default) else self.default

    def condition(self, value: Any, reader: Actor) -> ColumnElement[bool]:
        """What it asks of a line."""
        return self.where(value, reader) if self.by_reader else self.where(value)

    def clause(self, value: str, words: str) -> str:
        """Its part of the sentence, for a value and its words."""
        said = self.said if isinstance(self.said, str) else self.said.get(value, self.said[""])
        return said.format(words)


@dataclass(frozen=True)
class Tab:
    """A view that everybody has: filters under a label."""

    label: str
    args: Mapping[str, str]


@dataclass(frozen=True)
class Join:
    """A table beside the list's own. An outer one is joined only where something asks about it.

    `on` is its condition, or makes it for whoever reads: what is not joined for a reader is neither
    shown to them nor found by them.
    """

    table: Any
    on: Any
    outer: bool = True

    def on_for(self, reader: Actor) -> Any:
        """Its condition, as this reader has it."""
        return self.on(reader) if callable(self.on) else self.on


@dataclass
class Listing:
    """A list. `line` is a NamedTuple class whose fields are `reads`, in order: plain columns,
    or what makes them for a reader, whose `own` the list then is.

    `visible` are the conditions under which a line is there at all for a reader; `counted` are the
    same said so that a count is quicker. `about` is the person whom acts on many are done to. `own`
    says that the list depends on who reads, not only on their role and regions.
    """

    name: str
    title: str
    permit: Permit
    one: str
    many: str
    subject: str
    source: Any
    key: Any
    line: type[Any]
    reads: tuple[Any, ...] | Callable[[Actor], tuple[Any, ...]]
    visible: Callable[[Actor], Sequence[ColumnElement[bool]]]
    columns: tuple[Column, ...]
    filters: tuple[Filter, ...]
    joins: tuple[Join, ...] = ()
    tabs: tuple[Tab, ...] = ()
    sort: str = ""
    counted: Callable[[Actor], Sequence[ColumnElement[bool]]] | None = None
    about: Any = None
    own: bool = False

    def __post_init__(self) -> None:
        self.sort = self.sort or next(one.key for one in self.columns if one.sort)
        self.add()
        chosen = self.key if self.about is None else self.about
        if isinstance(chosen.type, Integer):  # who is ticked is told by numbers
            self.add(Filter(TICKED, "Ticked", chosen.in_, "ids", TICKED_SAID, shown=False))
        LISTINGS[self.name] = self

    def add(self, *filters: Filter) -> None:
        """Take on filters; a room above does so for a list below."""
        known = {one.key for one in self.filters}
        self.filters += tuple(one for one in filters if one.key not in known)
        # What asks who reads makes the list the reader's own, whether or not it says so.
        asks = callable(self.reads) or any(one.by_reader for one in self.filters)
        self.own = self.own or asks

    def add_column(self, column: Column, *, after: str) -> None:
        """Take on a column behind another; a room above does so for a list below."""
        keys = [one.key for one in self.columns]
        place = keys.index(after) + 1
        if column.key not in keys:
            self.columns = (*self.columns[:place], column, *self.columns[place:])

    @property
    def arguments(self) -> tuple[str, ...]:
        """The names that its address may have; the page's number is the page's own."""
        return (*(one.key for one in self.filters), SORT)

    @property
    def search(self) -> Filter | None:
        """What its search box asks: the first filter, where that reads words."""
        first = self.filters[0]
        return first if first.reads == "text" else None

    @property
    def sorts(self) -> tuple[str, ...]:
        """The columns that it can be sorted by."""
        return tuple(one.key for one in self.columns if one.sort)

    def sorted_by(self, key: str) -> Column:
        """The column by which it is sorted so."""
        return next(one for one in self.columns if one.key == key)


TICKED_SAID = "who were ticked"
LISTINGS: dict[str, Listing] = {}
