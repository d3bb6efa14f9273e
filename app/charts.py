"""Where the marks of a chart go: figures in, shares of the width and height out. No HTML."""

from dataclasses import dataclass
from itertools import pairwise
from typing import Any

PERCENT = 100.0
TARGET_STEPS = 4


@dataclass(frozen=True)
class Segment:
    """One coloured part of a bar: where it begins and how wide it is, in per cent."""

    key: str
    label: str
    amount_p: int
    x: float
    width: float


@dataclass(frozen=True)
class BudgetBar:
    """The parts of a cap in the order drawn, and the figures said beside them."""

    segments: list[Segment]
    left_p: int
    left_after_p: int
    scale_p: int
    cap_x: float


def _laid_end_to_end(parts: list[tuple[str, str, int]], scale: int) -> list[Segment]:
    """Segments one after another, on a scale which is the whole width."""
    laid, begun = [], 0
    for key, label, amount in parts:
        drawn = max(amount, 0)
        x = PERCENT * begun / scale
        laid.append(Segment(key, label, amount, x, PERCENT * drawn / scale))
        begun += drawn
    return laid


def budget_shares(figures: Any, waiting_p: int = 0) -> BudgetBar:
    """Paid, committed, waiting and left of a cap. Paid is after what was returned.

    *Left* is available now; it does not shrink by what waits for a decision, so the drawn rest
    is what remains after waiting. Where more waits than is left, the scale grows past the cap.
    """
    paid = figures.paid_p - figures.returned_p
    left = figures.cap_p - paid - figures.committed_p
    after = left - waiting_p
    scale = max(figures.cap_p, paid + figures.committed_p + waiting_p, 1)
    parts = [
        ("paid", "Paid", paid),
        ("committed", "Committed", figures.committed_p),
        ("waiting", "Waiting for a decision", waiting_p),
        ("left", "Left", max(after, 0)),
    ]
    return BudgetBar(
        segments=_laid_end_to_end(parts, scale),
        left_p=left,
        left_after_p=after,
        scale_p=scale,
        cap_x=PERCENT * figures.cap_p / scale,
    )


def bar_layout(rows: list[dict[str, Any]], series: list[str]) -> list[dict[str, Any]]:
    """Each row with its stacked segments and total; the longest row fills the width."""
    totals = [sum(max(value, 0) for value in row["values"]) for row in rows]
    scale = max([*totals, 1])
    laid = []
    for row, total in zip(rows, totals, strict=True):
        parts = [
            (f"series-{number}", label, value)
            for number, (label, value) in enumerate(zip(series, row["values"], strict=True), 1)
        ]
        laid.append({**row, "total": total, "segments": _laid_end_to_end(parts, scale)})
    return laid


def nice_steps(top: float) -> list[int]:
    """Round values from nought to just past the top for the lines of a grid, highest first."""
    if top <= 0:
        return [1, 0]
    rough = top / TARGET_STEPS
    size = 10 ** (len(str(int(rough))) - 1)
    step = next(size * times for times in (1, 2, 2.5, 5, 10) if size * times >= rough)
    whole_step = max(int(step), 1)
    count = -(-int(top) // whole_step)
    return [whole_step * number for number in range(max(count, 1), -1, -1)]


def line_layout(points: list[dict[str, Any]], series: list[str]) -> dict[str, Any]:
    """Grid, dots and line pieces of a line chart, in per cent of the plot.

    A value of None is a gap: no dot, and no line to or from it.
    """
    values = [value for point in points for value in point["values"] if value is not None]
    steps = nice_steps(max(values, default=0))
    top = steps[0]
    lines = []
    for number, label in enumerate(series):
        dots = [
            _dot(position, len(points), point["values"][number], top)
            for position, point in enumerate(points)
        ]
        pieces = [(a, b) for a, b in pairwise(dots) if a and b]
        lines.append({"label": label, "dots": [dot for dot in dots if dot], "pieces": pieces})
    grid = [{"value": value, "y": PERCENT * (1 - value / top)} for value in steps]
    return {"grid": grid, "lines": lines}


def _dot(position: int, count: int, value: int | None, top: int) -> dict[str, float] | None:
    if value is None:
        return None
    return {"x": PERCENT * (position + 0.5) / count, "y": PERCENT * (1 - value / top)}
