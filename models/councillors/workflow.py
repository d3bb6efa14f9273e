"""The steps of the Councillors' Network, as data. Pure: buttons and actions read this table."""

from dataclasses import dataclass

STATUSES = {
    "prospect": "Not asked yet",
    "invited": "Invited",
    "joined": "Joined",
    "declined": "Declined",
    "left": "Left",
    "lapsed": "Lapsed",
}
TONES = {
    "prospect": "neutral",
    "invited": "info",
    "joined": "ok",
    "declined": "warning",
    "left": "warning",
    "lapsed": "warning",
}
NOBODY = "Not in the network"


@dataclass(frozen=True)
class Step:
    """One step: its name, from which status (None: no row yet) to which, and what it needs."""

    name: str
    from_status: str | None
    to_status: str
    label: str
    needs_reason: bool = False


@dataclass(frozen=True)
class Verdict:
    """Whether a step may be taken, and in words why not."""

    allowed: bool
    because: str = ""


STEPS: tuple[Step, ...] = (
    Step("prospect", None, "prospect", "Add to the network as not asked yet"),
    # Somebody who was asked, or joined, before the record began.
    Step("record-invited", None, "invited", "Record as invited already"),
    Step("record-joined", None, "joined", "Record as joined already"),
    Step("invite", "prospect", "invited", "Invite"),
    Step("join", "invited", "joined", "Record that they joined"),
    Step("decline", "invited", "declined", "Record that they declined"),
    Step("leave", "joined", "left", "Record that they asked to leave", needs_reason=True),
    Step("lapse", "joined", "lapsed", "Mark as lapsed", needs_reason=True),
    Step("invite-again", "declined", "invited", "Invite again", needs_reason=True),
    Step("invite-again", "left", "invited", "Invite again", needs_reason=True),
    Step("invite-again", "lapsed", "invited", "Invite again", needs_reason=True),
)


def steps_from(status: str | None) -> tuple[Step, ...]:
    """The steps that may follow a status."""
    return tuple(step for step in STEPS if step.from_status == status)


def step_named(name: str, status: str | None) -> Step | None:
    """The step of this name that leaves this status, if there is one."""
    return next((step for step in steps_from(status) if step.name == name), None)


def verdict(name: str, status: str | None, reason: str | None) -> Verdict:
    """May the step of this name be taken from this status, with this reason?"""
    step = step_named(name, status)
    if step is None:
        now = STATUSES.get(status or "", NOBODY).lower()
        return Verdict(False, f"That step is not possible: the person is {now}.")
    if step.needs_reason and not (reason or "").strip():
        return Verdict(False, "Say why.")
    return Verdict(True)
