"""How the cells of a table begin and end: the same in every row, and so worked out once."""

from collections.abc import Mapping, Sequence
from typing import Any

from flask import Flask
from markupsafe import Markup, escape

Column = Mapping[str, Any]
ROW, ROW_END = Markup('<tr role="row">'), Markup("</tr>")


def set_up(app: Flask) -> None:
    """Give templates the filters."""
    app.jinja_env.filters.update(cell_class=cell_class, cells=cells, starts=starts, filled=filled)


def cell_class(column: Column) -> Markup:
    """The classes of a column's cells, as an attribute: what stands there, and where on a card."""
    right = column.get("align") == "right" or column.get("kind") == "money"
    named = [
        "h-right" if right else "h-tight" if column.get("tight") else "",
        f"h-kind-{column['kind']}" if "kind" in column else "",
        f"h-at-{column['card']}" if "card" in column else "",
    ]
    return Markup(' class="{}"').format(" ".join(filter(None, named))) if any(named) else Markup("")


def cells(columns: Sequence[Column]) -> list[tuple[Column, Markup, Markup]]:
    """Each column with what begins and what ends its cells; the first names its row."""
    first, *others = [(column, cell_class(column)) for column in columns]
    head = Markup('<th role="rowheader" scope="row"{}>').format(first[1])
    return [(first[0], head, Markup("</th>"))] + [
        (column, _cell(column, look), Markup("</td>")) for column, look in others
    ]


def _cell(column: Column, look: Markup) -> Markup:
    label = "" if column.get("hidden_label") else escape(column["label"])
    return Markup(f'<td role="cell" data-label="{label}"{look}>')  # noqa: S704 both are markup


def starts(columns: Sequence[Column]) -> dict[str, Markup]:
    """By column: what ends the cell before it and begins its own; "end" ends the row."""
    found, before = {}, ROW
    for column, start, end in cells(columns):
        found[column["key"]] = before + start
        before = end
    return {**found, "end": before + ROW_END}


def filled(pattern: Markup, *values: Any) -> Markup:
    """A pattern with these values in the place of each %s, escaped where they are not markup.

    For the rows of a long list: a page of fifty costs a third of what writing each cell out does.
    """
    safe = [value if type(value) is Markup else escape(value) for value in values]
    return Markup(str(pattern) % tuple(safe))  # noqa: S704 each value is escaped or markup
