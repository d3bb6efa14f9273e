"""What the importer passes from hand to hand: plain, frozen values. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import field as made
from datetime import date
from typing import Any

CREATE, CHANGE, UNCHANGED, REFUSED = "create", "change", "unchanged", "refused"
VERDICTS = (CREATE, CHANGE, UNCHANGED, REFUSED)
# Rows that are taken and have a note: somebody should look at them.
LOOK = "look"

FILL, OVERWRITE, CLEAR = "fill", "overwrite", "clear"
POLICIES = {
    FILL: "Fill blanks only",
    OVERWRITE: "Overwrite with what the file says",
    CLEAR: "Overwrite, and a blank cell clears",
}

COUNCILLORS, PEOPLE, RESULTS = "councillors", "people", "results"
# A working sheet that came back: no file to map, but cells to decide about.
SHEET = "sheet"
KINDS = {
    COUNCILLORS: "Councillors",
    PEOPLE: "People",
    RESULTS: "Candidates or election results",
}


@dataclass(frozen=True)
class Fault:
    """Why a row cannot be taken: the field, and a sentence that quotes the cell."""

    field: str
    sentence: str


@dataclass(frozen=True)
class GivenRow:
    """One row of a file as it was understood, before anything is looked up.

    `values` are JSON values by field: texts, days as 2026-05-07, roles as [kind, detail], tags as
    texts. `blank` are the mapped fields whose cell was empty; `notes` say what was left out.
    """

    number: int
    raw: Mapping[str, str]
    values: Mapping[str, Any]
    sheet: str = ""
    faults: tuple[Fault, ...] = ()
    blank: frozenset[str] = frozenset()
    notes: tuple[str, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """What was understood, as it is kept beside the row."""
        return {
            "values": dict(self.values),
            "faults": [[fault.field, fault.sentence] for fault in self.faults],
            "blank": sorted(self.blank),
            "notes": list(self.notes),
        }


def given_row(number: int, sheet: str, raw: Mapping[str, str], kept: Mapping[str, Any]) -> GivenRow:
    """The row again, from what `as_json` kept."""
    return GivenRow(
        number=number,
        raw=raw,
        values=kept.get("values", {}),
        sheet=sheet,
        faults=tuple(Fault(*fault) for fault in kept.get("faults", ())),
        blank=frozenset(kept.get("blank", ())),
        notes=tuple(kept.get("notes", ())),
    )


@dataclass(frozen=True)
class Named:
    """A place or party that a text means. `id` is None where it comes into being with the row."""

    id: int | None
    name: str
    key: str

    @property
    def new(self) -> bool:
        """True where it is not in the database yet."""
        return self.id is None


@dataclass(frozen=True)
class Seat:
    """Where a row says somebody sits: the council and its regions, the ward, the party; `notes`
    say what was taken for something else."""

    council: Named | None = None
    regions: frozenset[int] = frozenset()
    ward: Named | None = None
    party: Named | None = None
    branch: Named | None = None
    home_region: Named | None = None
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Update:
    """One change: of which thing and column, from what to what, and both in words."""

    field: str
    old: str | None
    new: str | None
    value: Any = None


@dataclass(frozen=True)
class Plan:
    """What would happen to one row, and why.

    `person_id` is who it is about if they are on the books, `term_id` and `membership_id` what of
    theirs is changed; `same_as` the index of an earlier row of the file about the same new person.
    """

    verdict: str
    because: str = ""
    field: str = ""
    matched_by: str = ""
    person_id: int | None = None
    term_id: int | None = None
    membership_id: int | None = None
    same_as: int | None = None
    updates: tuple[Update, ...] = ()
    notes: tuple[str, ...] = ()
    seat: Seat = made(default_factory=Seat)

    @property
    def new_term(self) -> bool:
        """True where an office begins with this row."""
        return self.verdict == CREATE and self.seat.council is not None

    def shown(self) -> dict[str, list[str | None]]:
        """The changes as the preview shows them: field → [old, new]."""
        changes: dict[str, list[str | None]] = {}
        for update in self.updates:
            if update.field in changes:  # roles and tags come one by one
                changes[update.field][1] = f"{changes[update.field][1]}; {update.new}"
            else:
                changes[update.field] = [update.old, update.new]
        return changes


def day_of(text: str | None) -> date | None:
    """A day out of its JSON form."""
    return date.fromisoformat(text) if text else None


def in_words(day: date | None) -> str | None:
    """A day as the preview shows it."""
    return f"{day.day} {day:%b %Y}" if day else None
