"""Of which rows a person has one at a time, and what two that say the same make together. Pure.

The database holds this for some tables by itself; these are the ones that only actions hold.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

Row = Mapping[str, Any]


@dataclass(frozen=True)
class OneOpen:
    """Of a person, one row is open (`until` is empty) for each set of values of these columns.

    A blank in one of `blank_too` says nothing against being the same.
    """

    of: tuple[str, ...]
    until: str
    blank_too: tuple[str, ...] = ()
    earliest: tuple[str, ...] = ()
    latest: tuple[str, ...] = ()
    either: tuple[str, ...] = ()
    filled: tuple[str, ...] = ()


ONE_OPEN = {
    "office_term": OneOpen(
        of=("post", "council_id", "constituency_id", "body"),
        until="actual_end",
        earliest=("elected_on",),
        latest=("expected_end",),
        filled=("ward_id", "party_id", "source"),
    ),
    "contact_point": OneOpen(
        of=("kind", "value_key"), until="ends_on", either=("preferred",), filled=("source",)
    ),
    "party_membership": OneOpen(
        of=("party_id",), until="ends_on", earliest=("starts_on",), filled=("source",)
    ),
    "union_membership": OneOpen(
        of=("status",),
        until="ends_on",
        blank_too=("number", "branch_id"),
        earliest=("starts_on",),
        filled=("branch_id", "section", "employer", "source"),
    ),
    "lawful_basis": OneOpen(
        of=("purpose", "basis", "condition"), until="ends_on", earliest=("starts_on",)
    ),
    "consent": OneOpen(of=("purpose", "wording", "channel", "given_on"), until="withdrawn_on"),
}
# What hangs on such a row is not taken over where the other has the same already.
SAME_CHILD = {"office_role": ("kind", "detail", "ends_on")}
VERIFIED = ("verified_on", "verified_by_id")


def same(table: str, ours: Row, theirs: Row) -> bool:
    """True where both rows are open and say one thing of one person."""
    rule = ONE_OPEN.get(table)
    if rule is None or ours[rule.until] is not None or theirs[rule.until] is not None:
        return False
    # A number that the record kept lacks would be lost to view: such a row is moved.
    if theirs.get("number") is not None:
        return False
    return all(ours[name] == theirs[name] for name in rule.of) and all(
        None in (ours[name], theirs[name]) or ours[name] == theirs[name] for name in rule.blank_too
    )


def together(table: str, ours: Row, theirs: Row) -> dict[str, Any]:
    """What changes in our row as theirs is put aside: the earlier beginning, the later known end,
    filled blanks, and the later day on which somebody found it right."""
    rule = ONE_OPEN[table]
    wanted: dict[str, Any] = {}
    for names, choose in ((rule.earliest, min), (rule.latest, max)):
        for name in names:
            known = [row[name] for row in (ours, theirs) if row[name] is not None]
            if known:
                wanted[name] = choose(known)
    for name in rule.either:
        wanted[name] = ours[name] or theirs[name]
    for name in rule.filled:
        wanted[name] = ours[name] if ours[name] not in (None, "") else theirs[name]
    if "verified_on" in ours and (theirs["verified_on"] or date.min) > (
        ours["verified_on"] or date.min
    ):
        wanted |= {name: theirs[name] for name in VERIFIED}
    return {name: value for name, value in wanted.items() if value != ours[name]}


def has_child(table: str, theirs: Row, ours: list[Row]) -> bool:
    """True where one of our rows says what this row of theirs says."""
    names = SAME_CHILD.get(table)
    return names is not None and any(
        all(theirs[name] == one[name] for name in names) for one in ours
    )


def withdrawn_by(consents: list[Row]) -> dict[int, Row]:
    """Open consents that a later withdrawal for the same purpose takes back: id → that row.

    Who withdrew on one of two records withdrew as a person, whatever the other record holds.
    """
    found: dict[int, Row] = {}
    for one in consents:
        if one["withdrawn_on"] is not None:
            continue
        later = [
            other
            for other in consents
            if other["purpose"] == one["purpose"]
            and other["withdrawn_on"] is not None
            and other["withdrawn_on"] >= one["given_on"]
        ]
        if later:
            found[one["id"]] = max(later, key=lambda row: (row["withdrawn_on"], row["id"]))
    return found


def spare_preferred(points: list[Row], moved: frozenset[int]) -> dict[int, Row]:
    """Open preferred addresses beside another of their kind: id → the one that stays preferred,
    which is the record's own before one that came with a merge."""
    found: dict[int, Row] = {}
    first: dict[str, Row] = {}
    for point in sorted(points, key=lambda row: (row["id"] in moved, row["id"])):
        if not point["preferred"] or point["ends_on"] is not None:
            continue
        stays = first.setdefault(point["kind"], point)
        if stays is not point:
            found[point["id"]] = stays
    return found
