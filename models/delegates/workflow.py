"""The steps of a term as delegate, as data. Pure: buttons and actions read this table."""

from dataclasses import dataclass
from datetime import date

from models.days import said_day

STATUSES = {
    "nominated": "Nominated",
    "certified": "Certified",
    "credentialled": "Credentialled",
    "ended": "Ended",
    "rejected": "Rejected",
    "resigned": "Resigned",
    "lapsed": "Lapsed",
}
TONES = {
    "nominated": "info",
    "certified": "ok",
    "credentialled": "ok",
    "ended": "neutral",
    "rejected": "bad",
    "resigned": "warning",
    "lapsed": "warning",
}
# In the order in which a term passes through them; the others are ways in which it is over.
OPEN = ("nominated", "certified", "credentialled")


@dataclass(frozen=True)
class Step:
    """One step: its name, from which statuses to which, and what it needs."""

    name: str
    from_statuses: tuple[str, ...]
    to_status: str
    label: str
    needs_reason: bool = False

    @property
    def ends(self) -> bool:
        """True for a step after which the term is over."""
        return self.to_status not in OPEN


@dataclass(frozen=True)
class Verdict:
    """Whether a step may be taken; if not, in words why, and which field is at fault."""

    allowed: bool
    because: str = ""
    field: str | None = None


STEPS: tuple[Step, ...] = (
    Step("certify", ("nominated",), "certified", "The branch secretary certified them"),
    Step("credential", ("certified",), "credentialled", "The party gave them credentials"),
    Step("end", ("certified", "credentialled"), "ended", "The term ended"),
    Step("lapse", OPEN, "lapsed", "The annual meeting passed, and nobody appointed them again"),
    Step("resign", OPEN, "resigned", "They resigned"),
    Step("reject", ("nominated", "certified"), "rejected", "They were rejected", needs_reason=True),
)


def steps_from(status: str) -> tuple[Step, ...]:
    """The steps that may follow a status."""
    return tuple(step for step in STEPS if status in step.from_statuses)


def step_named(name: str, status: str) -> Step | None:
    """The step of this name that leaves this status, if there is one."""
    return next((step for step in steps_from(status) if step.name == name), None)


def status_before(status: str) -> str | None:
    """The open status from which a step led to this one; None for the first."""
    at = OPEN.index(status)
    return OPEN[at - 1] if at else None


def verdict(
    name: str, status: str, *, reason: str | None, on: date, ends_on: date | None
) -> Verdict:
    """May the step of this name be taken from this status, on this day, with this reason?"""
    step = step_named(name, status)
    if step is None:
        words = STATUSES.get(status, status).lower()
        return Verdict(False, f"That step is not possible: the term is {words}.")
    if step.needs_reason and not (reason or "").strip():
        return Verdict(False, "Say why.", "reason")
    if step.name == "lapse" and ends_on is not None and on < ends_on:
        return Verdict(False, f"The annual meeting is only on {said_day(ends_on)}.", "step")
    return Verdict(True)
