"""Many awards at once: what was chosen, and what would become of the money. Values only; pence."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from models.funding.coding import Coding
from models.funding.eligibility.rules import Results
from models.funding.law import Warning as LawWarning


@dataclass(frozen=True)
class Chosen:
    """One application of a batch, and how much of it is to be awarded."""

    application_id: int
    amount_p: int | None


@dataclass(frozen=True)
class Terms:
    """What holds for the whole batch: the head, the law's coding, answers, a reason.

    `no_interest` declares that whoever decides has no interest in any of them.
    """

    head_id: int | None = None
    coding: Coding = field(default_factory=Coding)
    answers: Mapping[str, str] = field(default_factory=dict)
    reason: str | None = None
    no_interest: bool = False


@dataclass(frozen=True)
class Line:
    """One application of a plan: out of which leaf, and why not, if it cannot be.

    `judged` is what every rule of eligibility says of it.
    """

    application: Any
    amount_p: int
    status: str
    leaf_id: int | None = None
    warnings: tuple[LawWarning, ...] = ()
    refusal: str | None = None
    judged: Results = ()

    @property
    def reference(self) -> str:
        """The application's reference."""
        return str(self.application.reference)

    @property
    def is_in_part(self) -> bool:
        """True where less is awarded than was asked."""
        return self.amount_p < (self.application.requested_p or 0)


@dataclass(frozen=True)
class Left:
    """What a place of the budget has left now, and if all of these were awarded."""

    name: str
    now_p: int
    after_p: int


@dataclass(frozen=True)
class Plan:
    """What a batch comes to: its lines, and what would be left where."""

    lines: tuple[Line, ...] = ()
    left: tuple[Left, ...] = ()

    @property
    def refused(self) -> tuple[Line, ...]:
        """The lines that cannot be awarded."""
        return tuple(line for line in self.lines if line.refusal)

    @property
    def total_p(self) -> int:
        """What all of them come to."""
        return sum(line.amount_p for line in self.lines)

    @property
    def warnings(self) -> dict[str, int]:
        """How many applications each warning of the law is said of, by its key."""
        counts: dict[str, int] = {}
        for line in self.lines:
            for warning in line.warnings:
                counts[warning.key] = counts.get(warning.key, 0) + 1
        return counts
