"""What an award is in law: class and category under section 72, as a person picks them. Pure."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class LegalClass:
    """What an award is in law.

    `recipient` says whose thresholds count, `counts` whether it is support toward the candidate's
    limit, and `proposes` which category under section 72 is usual.
    """

    key: str
    label: str
    recipient: str | None
    counts: bool
    proposes: str


CLASSES = {
    one.key: one
    for one in (
        LegalClass("party-unit", "Cash gift to a party unit", "unit", True, "a"),
        LegalClass("candidate", "Gift to a candidate", "candidate", True, "c"),
        LegalClass("in-kind", "Goods or services in kind (notional)", "candidate", True, "c"),
        LegalClass("s75", "The union's own local campaigning (section 75)", None, False, "f"),
        LegalClass("national", "National non-party campaigning", None, False, "f"),
        LegalClass("training", "Training or communication with members", None, False, "c"),
    )
}
CATEGORIES = {
    "a": "Party funds or expenses",
    "b": "Service or property for a party",
    "c": "Registration of electors, candidature, selection",
    "d": "Maintaining the holder of an office",
    "e": "Party conference or meeting",
    "f": "Literature mainly to persuade people to vote or not",
}


@dataclass(frozen=True)
class Coding:
    """What people said about an award: its class and category, whom it goes to, who stands."""

    legal_class: str | None = None
    s72_category: str | None = None
    recipient: str | None = None
    electorate: int | None = None
    joint: int | None = None
    area: str | None = None
    authority: str | None = None
    authority_on: date | None = None

    @property
    def in_law(self) -> LegalClass | None:
        """The class, once one is chosen."""
        return CLASSES.get(self.legal_class or "")
