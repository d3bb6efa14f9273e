"""What the texts of a file mean: councils, wards, parties, branches. Pure.

A text is understood by a known spelling, by a code, or by what somebody taught; else it is asked
about. Nothing is guessed.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from models.days import said_day
from models.intake.matching import fold
from models.intake.rows import COUNCILLORS, Fault, GivenRow, Named, Seat, day_of
from models.places.spelling import ward_keys, without_ward
from models.places.standing import Ended, heir, standing_after

TEACHABLE = {"council": "Council", "party": "Party", "branch": "Branch", "home_region": "Region"}
NEW = "new:"
CONSTITUENCY_POSTS = frozenset({"mp", "msp", "ms", "mla"})


@dataclass(frozen=True)
class Gazetteer:
    """Every spelling there is. The keys of wards are (council id, one of its name's keys); `ended`
    are the councils that are no more on the day `today`."""

    councils: Mapping[str, Named] = field(default_factory=dict)
    council_regions: Mapping[int, frozenset[int]] = field(default_factory=dict)
    wards: Mapping[tuple[int, str], Named] = field(default_factory=dict)
    parties: Mapping[str, Named] = field(default_factory=dict)
    branches: Mapping[str, Named] = field(default_factory=dict)
    branch_regions: Mapping[int, int] = field(default_factory=dict)
    regions: Mapping[str, Named] = field(default_factory=dict)
    taught: Mapping[tuple[str, str], str] = field(default_factory=dict)
    ended: Mapping[int, Ended] = field(default_factory=dict)
    today: date = date.max

    def named(self, what: str, text: str) -> Named | None:
        """What a text means as a council, party, branch or region; None if that must be asked."""
        taught = self.taught.get((what, fold(text)))
        if taught is not None and taught.startswith(NEW):
            name = taught.removeprefix(NEW)
            return self.on_books(what, name) or Named(None, name, fold(name))
        return self.on_books(what, text if taught is None else taught)

    def on_books(self, what: str, text: str) -> Named | None:
        """What a text means by the spellings and codes on the books, without what was taught."""
        by_field = {
            "council": self.councils,
            "party": self.parties,
            "branch": self.branches,
            "home_region": self.regions,
        }
        return by_field[what].get(fold(text))

    def ward(self, council_id: int, text: str) -> Named:
        """The ward of a council, or a new one; “Abbey Ward” and “Abbey” are the same."""
        known = self.known_ward(council_id, text)
        if known is not None:
            return known
        name = without_ward(text)
        return Named(None, name, fold(name))

    def known_ward(self, council_id: int, text: str) -> Named | None:
        """The ward of a council that is on the books, however its name is spelt."""
        for key in ward_keys(text):
            known = self.wards.get((council_id, key))
            if known is not None:
                return known
        return None


@dataclass(frozen=True)
class Unknown:
    """A text that must be taught: of which field, how it is written, in how many rows."""

    field: str
    text: str
    key: str
    rows: int


def unknown_texts(rows: Iterable[GivenRow], gazetteer: Gazetteer) -> list[Unknown]:
    """Every text that nobody knows, the most frequent first within each field."""
    counts: dict[tuple[str, str], list[Any]] = {}
    for row in rows:
        for what in TEACHABLE:
            text = row.values.get(what)
            if text and gazetteer.named(what, text) is None:
                counts.setdefault((what, fold(text)), [text, 0])[1] += 1
    order = list(TEACHABLE)
    return sorted(
        (Unknown(what, text, key, count) for (what, key), (text, count) in counts.items()),
        key=lambda one: (order.index(one.field), -one.rows, one.key),
    )


def seat_of(
    row: GivenRow, gazetteer: Gazetteer, *, kind: str, region_ids: frozenset[int] | None
) -> Seat | Fault:
    """Where the row says somebody sits; or why that cannot be said.

    `region_ids` are the regions of whoever imports; None for all.
    """
    found: dict[str, Named | None] = {}
    for what, label in TEACHABLE.items():
        text = row.values.get(what)
        found[what] = gazetteer.named(what, text) if text else None
        if text and found[what] is None:
            return Fault(
                what,
                f"The {label.lower()} ‘{text}’ is not known. Say what it means, and preview again.",
            )
    if kind != COUNCILLORS:
        return _home(found, gazetteer, region_ids)
    return _office(row, found, gazetteer, region_ids)


def _office(
    row: GivenRow,
    found: Mapping[str, Named | None],
    gazetteer: Gazetteer,
    region_ids: frozenset[int] | None,
) -> Seat | Fault:
    if row.values.get("post") in CONSTITUENCY_POSTS:
        return Fault("post", "This office is held for a constituency; enter it by hand.")
    if found["council"] is None or found["council"].id is None:
        return Fault("council", "The council is missing.")
    # An office that is not said to be over is held today.
    over = day_of(row.values.get("expected_end"))
    stood = council_on(found["council"], min(over or gazetteer.today, gazetteer.today), gazetteer)
    if isinstance(stood, Fault):
        return stood
    council, note = stood
    council_id = council.id or 0
    regions = gazetteer.council_regions.get(council_id, frozenset())
    if region_ids is not None and region_ids.isdisjoint(regions):
        return Fault(
            "council", f"{council.name} is not in your region. The national office can import it."
        )
    text = row.values.get("ward")
    return Seat(
        council=council,
        regions=regions,
        ward=gazetteer.ward(council_id, text) if text else None,
        party=found["party"],
        branch=found["branch"],
        home_region=found["home_region"] or _of_branch(found["branch"], gazetteer),
        notes=(note,) if note else (),
    )


def council_on(council: Named, on: date, gazetteer: Gazetteer) -> tuple[Named, str] | Fault:
    """The council that stood on that day, with a note where another one is taken than was named.

    An ended council's old name stands for the one that took it over where both are of one place
    ("Dorset County" → "Dorset"); else it is a fault that names who took over.
    """
    ended = gazetteer.ended.get(council.id or 0)
    if ended is None or on <= ended.on:
        return council, ""
    successors = standing_after(ended, gazetteer.ended, on)
    taken = heir(ended, successors)
    if taken is None:
        return Fault("council", ended.sentence(tuple(name for _, name in successors)))
    note = f"{ended.name} ended on {said_day(ended.on)}; {taken[1]} is taken for it."
    return Named(taken[0], taken[1], fold(taken[1])), note


def _home(
    found: Mapping[str, Named | None], gazetteer: Gazetteer, region_ids: frozenset[int] | None
) -> Seat | Fault:
    home = found["home_region"] or _of_branch(found["branch"], gazetteer)
    if region_ids is not None and home is None:
        return Fault("home_region", "Say to which region (or branch) the person belongs.")
    if region_ids is not None and home is not None and home.id not in region_ids:
        return Fault("home_region", f"{home.name} is not your region.")
    return Seat(branch=found["branch"], home_region=home)


def _of_branch(branch: Named | None, gazetteer: Gazetteer) -> Named | None:
    if branch is None or branch.id is None:
        return None
    region_id = gazetteer.branch_regions.get(branch.id)
    return next((one for one in gazetteer.regions.values() if one.id == region_id), None)
