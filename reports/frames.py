"""Pivots by pandas: long rows of figures turned into the tables that people read."""

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pandas as pd

FIGURES = ("cap_p", "committed_p", "paid_p", "returned_p", "available_p")


def _frame(rows: Iterable[Mapping[str, Any]]) -> "pd.DataFrame":
    # pandas takes a third of a second to load: only whoever pivots waits for it.
    import pandas as pd

    return pd.DataFrame(list(rows))


def sum_by(rows: Iterable[Mapping[str, Any]], key: str) -> list[dict[str, Any]]:
    """The five figures added up by one column, in the order in which its values first appear.

    All figures are integer pence, in and out.
    """
    frame = _frame(rows)
    if frame.empty:
        return []
    grouped = frame.groupby(key, sort=False)[list(FIGURES)].sum()
    return [
        {key: name, **{figure: int(line[figure]) for figure in FIGURES}}
        for name, line in grouped.iterrows()
    ]


def pivot(
    rows: Iterable[Mapping[str, Any]], *, down: str, across: str, figure: str
) -> tuple[list[str], list[dict[str, Any]]]:
    """One figure as a table of `down` by `across`; returns the column names and the rows.

    Missing combinations are 0; orders are those of first appearance.
    """
    frame = _frame(rows)
    if frame.empty:
        return [], []
    table = frame.pivot_table(
        index=down, columns=across, values=figure, aggfunc="sum", fill_value=0, sort=False
    )
    names = [str(name) for name in table.columns]
    lines = [
        {down: str(label), **{name: int(line.iloc[n]) for n, name in enumerate(names)}}
        for label, line in table.iterrows()
    ]
    return names, lines
