"""One declaration of a sheet: what its columns are. The same declaration writes and reads it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

KINDS = ("text", "pounds", "day", "moment", "number")


@dataclass(frozen=True)
class Column:
    """One column. `pounds` values are integer pence, `moment` values aware UTC.

    `data_class` says how private the content is; `total` adds the column up below the table. In a
    locked sheet only `editable` columns can be typed into, `choices` names the column of the lists
    from which a cell is chosen, and a `hidden` column carries what the reader of the sheet needs.
    """

    key: str
    title: str
    kind: str = "text"
    width: int = 16
    data_class: str = "internal"
    total: bool = False
    editable: bool = False
    choices: str = ""
    hidden: bool = False

    def __post_init__(self) -> None:
        """Refuse a kind that no writer knows."""
        if self.kind not in KINDS:
            raise ValueError(f"{self.key}: there is no kind of column called {self.kind}.")


@dataclass(frozen=True)
class Sheet:
    """A sheet's name and its columns. A `locked` sheet is protected but for its editable columns;
    a `secret` one is for the machine alone."""

    name: str
    columns: tuple[Column, ...]
    locked: bool = False
    secret: bool = False


@dataclass(frozen=True)
class Chart:
    """A native Excel chart over the sheet's own rows: stacked bars of some columns by one.

    `most` takes the first rows alone, where a sheet has more than a chart can show.
    """

    title: str
    label: str
    series: tuple[str, ...]
    most: int = 60


@dataclass(frozen=True)
class Filled:
    """A sheet with its rows; each row maps column keys to values. `lists` is the sheet that holds
    the choices of its columns."""

    sheet: Sheet
    rows: Sequence[Mapping[str, Any]]
    chart: Chart | None = None
    lists: "Filled | None" = None

    def totals(self) -> dict[str, int]:
        """The sum of each column that is added up, in the column's own unit."""
        keys = [column.key for column in self.sheet.columns if column.total]
        return {key: sum(row.get(key) or 0 for row in self.rows) for key in keys}


@dataclass(frozen=True)
class Book:
    """A workbook before it is written: the cover's lines and the sheets.

    `rows` counts the rows of the main sheet; `held_back` the people left out for want of consent.
    """

    title: str
    sheets: tuple[Filled, ...]
    cover: tuple[tuple[str, str], ...] = ()
    held_back: int = 0
    rows: int = field(default=0)


def book(title: str, sheets: Iterable[Filled], **values: Any) -> Book:
    """A book whose row count is that of its largest sheet unless given."""
    filled = tuple(sheets)
    values.setdefault("rows", max((len(one.rows) for one in filled), default=0))
    return Book(title=title, sheets=filled, **values)
