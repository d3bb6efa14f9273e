"""What a list of delegates may be narrowed to. Pure."""

from dataclasses import dataclass

STATES = {
    "current": "Current",
    "soon": "Ends soon",
    "over": "Over?",
    "past": "Past",
    "any": "All",
}


@dataclass(frozen=True)
class DelegateFilters:
    """What to list. `region` is a code: of the appointing branch, or the person's home. `state` is
    `current` (open), `soon` (the annual meeting comes within 60 days), `over` (it has passed, and
    nobody said how the term ended), `past` or `any`."""

    region: str | None = None
    constituency_id: int | None = None
    status: str | None = None
    state: str = "current"
