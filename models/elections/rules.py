"""A figure of the law as plain values: when it is in force, how it reads, what it comes to.

Pure. Everything is whole numbers: pence, tenths of a penny, days, a part of a whole. Half pennies
of a limit are rounded down, so that what is shown is never more than the law allows.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Protocol

from models.money import in_pounds

STALE_AFTER = timedelta(days=365)
NATIONS = ("England", "Scotland", "Wales", "Northern Ireland")
ALL_NATIONS = "UK"
ELECTIONS = {
    "local": "Local",
    "parliament-borough": "UK Parliament, borough",
    "parliament-county": "UK Parliament, county",
    "parliament": "UK Parliament",
    "any": "Any",
}
UNITS = {
    "formula": "Pounds, and pence for each elector",
    "amount": "Pounds",
    "share": "A part of the whole",
    "days": "Days",
    "words": "Words",
}
CERTAINTIES = {
    "seen": "Seen in a statute or on an official page",
    "seen-old": "Seen, on a page several years old",
    "known": "General knowledge, not checked again",
    "inferred": "Inferred",
    "uncertain": "Uncertain: have somebody check it before anyone relies on it",
}
TOPICS = {
    "limits": "What a candidate may spend",
    "own": "The union's own campaigning for a candidate (section 75)",
    "donations": "Donations",
    "national": "National campaigning",
    "dates": "Days that count",
    "union": "What the union itself reports",
}
SHARE_WORDS = {(1, 4): "25 %", (1, 3): "one third"}


class Valued(Protocol):
    """The parts a figure is made of; which of them are there depends on its unit."""

    @property
    def unit(self) -> str:
        """A key of UNITS."""

    @property
    def base_p(self) -> int | None:
        """Pence before anything for electors."""

    @property
    def elector_tenths(self) -> int | None:
        """Tenths of a penny for each elector."""

    @property
    def amount_p(self) -> int | None:
        """Pence."""

    @property
    def parts(self) -> int | None:
        """So many parts …"""

    @property
    def whole(self) -> int | None:
        """… of so many."""

    @property
    def days(self) -> int | None:
        """Days."""

    @property
    def words(self) -> str | None:
        """What is no number."""


@dataclass(frozen=True)
class Figure:
    """One figure of the law with its dates and where it is from.

    `valid_from` is None where nobody has established it; then `in_use_by` is the earliest day for
    which a source shows it. `valid_to` is its last day. Without any value it is not known.
    """

    key: str
    label: str
    topic: str
    nation: str
    election: str
    unit: str
    rule: str
    source: str
    checked_on: date
    certainty: str
    base_p: int | None = None
    elector_tenths: int | None = None
    amount_p: int | None = None
    parts: int | None = None
    whole: int | None = None
    days: int | None = None
    words: str | None = None
    valid_from: date | None = None
    in_use_by: date | None = None
    valid_to: date | None = None
    note: str | None = None

    @property
    def known(self) -> bool:
        """False where only the question is held, and no figure yet."""
        return is_known(self)

    @property
    def value(self) -> str:
        """The figure in words."""
        return in_words(self)

    @property
    def identity(self) -> tuple[str, str, str]:
        """What makes two rows the same figure at different times."""
        return (self.key, self.nation, self.election)


@dataclass(frozen=True)
class FigureBook:
    """All figures that are held, to be asked for a day."""

    figures: tuple[Figure, ...] = ()

    def on(
        self, key: str, day: date, *, nation: str = ALL_NATIONS, election: str | None = None
    ) -> Figure | None:
        """The figure in force on a day: of the nation, or of the whole UK; None if none is."""
        found = [
            figure
            for figure in self.figures
            if figure.key == key
            and figure.nation in (nation, ALL_NATIONS)
            and election in (None, figure.election)
            and in_force(figure.valid_from or figure.in_use_by, figure.valid_to, day)
        ]
        found.sort(key=lambda figure: figure.nation != nation)
        return found[0] if found else None

    def known(self, key: str, day: date, *, nation: str = ALL_NATIONS) -> Figure | None:
        """As `on`, but None also where the figure itself is not known."""
        figure = self.on(key, day, nation=nation)
        return figure if figure is not None and figure.known else None


def is_known(figure: Valued) -> bool:
    """True if the row holds a value for its unit."""
    held = {
        "formula": figure.base_p,
        "amount": figure.amount_p,
        "share": figure.parts,
        "days": figure.days,
        "words": figure.words,
    }
    return held[figure.unit] is not None


def in_words(figure: Valued) -> str:
    """The value as people say it: "£960.00 + 8p for each elector", "25 %", "35 days"."""
    if not is_known(figure):
        return "Not known"
    if figure.unit == "formula":
        return _formula_words(figure.base_p or 0, figure.elector_tenths or 0)
    if figure.unit == "share":
        parts, whole = figure.parts or 0, figure.whole or 1
        named = SHARE_WORDS.get((parts, whole))
        return named or (f"{parts} %" if whole == 100 else f"{parts} of {whole}")
    if figure.unit == "days":
        return f"{figure.days} day" if figure.days == 1 else f"{figure.days} days"
    return in_pounds(figure.amount_p or 0) if figure.unit == "amount" else figure.words or ""


def _formula_words(base_p: int, tenths: int) -> str:
    pence, rest = divmod(tenths, 10)
    each = f"{pence}.{rest}p" if rest else f"{pence}p"
    return f"{in_pounds(base_p)} + {each} for each elector"


def in_force(first: date | None, last: date | None, day: date) -> bool:
    """True if the day lies between the first and the last day; an open end has no bound."""
    return (first is None or first <= day) and (last is None or day <= last)


def overlap(first: Iterable[date | None], second: Iterable[date | None]) -> bool:
    """True if two periods (first day, last day; None is open) share a day."""
    (start, end), (other_start, other_end) = first, second
    return (start is None or other_end is None or start <= other_end) and (
        other_start is None or end is None or other_start <= end
    )


def is_stale(checked_on: date, today: date) -> bool:
    """True if nobody has looked at the source for over a year."""
    return today - checked_on > STALE_AFTER


def per_elector_p(base_p: int, tenths: int, electors: int) -> int:
    """The base and so many tenths of a penny for each elector, in pence, half pennies dropped."""
    return base_p + tenths * electors // 10


def reduced_p(amount_p: int, parts: int, whole: int) -> int:
    """An amount less so many parts of a whole, in pence, rounded down."""
    return amount_p * (whole - parts) // whole
