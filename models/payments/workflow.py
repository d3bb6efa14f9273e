"""The steps of a payment, as data: buttons, actions, tests and the docs read them.

Pure: values in, a verdict out. Four people stand behind a payment: who applied, who approved the
award, who releases it and who pays it. Nobody is two of them.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from models.accounts.roles import Permit
from models.days import said_day
from models.errors import NotFound
from models.money import in_pounds


@dataclass(frozen=True)
class Status:
    """A state in words; `tone` colours its label, `open` says that the money is still to go."""

    key: str
    label: str
    tone: str
    open: bool = False


STATUSES = {
    status.key: status
    for status in (
        Status("scheduled", "Scheduled", "neutral", open=True),
        Status("released", "Released", "info", open=True),
        Status("exported", "Sent to the bank", "info", open=True),
        Status("paid", "Paid", "ok"),
        Status("reconciled", "Paid and matched", "ok"),
        Status("failed", "Failed", "bad", open=True),
        Status("reversed", "Reversed", "warning"),
        Status("cancelled", "Cancelled", "neutral"),
    )
}
OPEN = tuple(key for key, status in STATUSES.items() if status.open)
PAID = ("paid", "reconciled")
UNDER_WAY = ("released", "exported")

TRIGGERS = {
    "award": "On the award",
    "date": "On a date",
    "condition": "When a condition is met",
    "nomination": "When the candidate is nominated",
}


class Asker(Protocol):
    """Whoever would take a step."""

    @property
    def id(self) -> int | None:
        """The user's id; None for the operator."""

    @property
    def permits(self) -> frozenset[Permit]:
        """What they may do."""


@dataclass(frozen=True)
class Case:
    """What the rules need to know of one payment. `unmet` are the conditions in its way, in words.

    `account` is "none", "unconfirmed" or "confirmed"; `planned_p` what the award's tranches to come
    add up to, `committed_p` what the ledger holds ready for it.
    """

    status: str
    application_status: str = "awarded"
    written_by: frozenset[int] = frozenset()
    approved_by: int | None = None
    released_by: int | None = None
    waits_for: str = "award"
    due_on: date | None = None
    nominated_on: date | None = None
    today: date = date.min
    unmet: tuple[str, ...] = ()
    payee: str | None = None
    account: str = "none"
    planned_p: int = 0
    committed_p: int = 0


@dataclass(frozen=True)
class Verdict:
    """May the step be taken, and if not, why not, in words."""

    allowed: bool
    because: str | None = None


@dataclass(frozen=True)
class Guard:
    """One rule of a step: `rule` is its line in the docs, `refusal` answers why not, or None."""

    rule: str
    refusal: Callable[[Case, Asker], str | None]


@dataclass(frozen=True)
class Step:
    """One row of the table. `reason` says that it must be explained in words."""

    name: str
    label: str
    done: str
    from_: tuple[str, ...]
    to: str
    permit: Permit
    reason: bool = False
    guards: tuple[Guard, ...] = ()


def _not_applicant(case: Case, asker: Asker) -> str | None:
    if asker.id in case.written_by:
        return "You wrote or submitted the application, so somebody else must see to its payment."
    return None


def _not_approver(case: Case, asker: Asker) -> str | None:
    if asker.id is not None and asker.id == case.approved_by:
        return "You approved this award, so somebody else must release and pay it."
    return None


def _not_releaser(said: str) -> Guard:
    """Whoever released the payment is told so instead of taking the step."""

    def told(case: Case, asker: Asker) -> str | None:
        return said if asker.id is not None and asker.id == case.released_by else None

    return Guard("not by whoever released the payment", told)


def _awarded(case: Case, _asker: Asker) -> str | None:
    if case.application_status == "awarded":
        return None
    return "The award does not stand as it was: nothing can be paid on it now."


def _is_due(case: Case, _asker: Asker) -> str | None:
    if case.waits_for == "date" and case.due_on is not None and case.due_on > case.today:
        return f"This tranche is due on {said_day(case.due_on)}, not before."
    if case.waits_for == "nomination" and case.nominated_on is None:
        return "This tranche waits until the candidate is nominated. Record the nomination first."
    return None


def _conditions_met(case: Case, _asker: Asker) -> str | None:
    if not case.unmet:
        return None
    more = f" ({len(case.unmet)} conditions are unmet.)" if len(case.unmet) > 1 else ""
    return f"A condition is not met yet: {case.unmet[0]}{more}"


def _has_account(case: Case, _asker: Asker) -> str | None:
    if case.payee is None:
        return "Say first who is paid: choose the payee in the plan."
    if case.account == "none":
        return f"{case.payee} has no bank account here yet. Finance enters it with the payee."
    if case.account == "unconfirmed":
        return f"The bank account of {case.payee} waits for its confirmation by a second person."
    return None


def _adds_up(case: Case, _asker: Asker) -> str | None:
    if case.planned_p == case.committed_p:
        return None
    return (
        f"The tranches still to be paid add up to {in_pounds(case.planned_p)}, but the award has "
        f"{in_pounds(case.committed_p)} to pay. Plan the payments anew."
    )


NOT_APPLICANT = Guard("not by anybody who wrote or submitted the application", _not_applicant)
NOT_APPROVER = Guard("not by whoever approved the award", _not_approver)
NOT_RELEASER = _not_releaser("You released this payment, so somebody else must pay it.")
NOT_BROUGHT = _not_releaser(
    "You released this payment: somebody else in finance brings in what the bank paid, or settles "
    "this row."
)
AWARDED = Guard("the award stands", _awarded)
DUE = Guard("its trigger has come", _is_due)
CONDITIONS = Guard("no condition in its way is unmet", _conditions_met)
ACCOUNT = Guard("the payee's account is confirmed by a second person", _has_account)
ADDS_UP = Guard("the tranches add up to the award", _adds_up)
# What an award must have before it is marked as paid as a whole; who may do it, its own room says.
OUTRIGHT = (ADDS_UP, DUE, CONDITIONS, ACCOUNT)

STEPS = (
    Step("plan", "Plan", "Planned", (), "scheduled", Permit.PAYMENTS_RELEASE),
    Step(
        "release",
        "Release",
        "Released",
        ("scheduled",),
        "released",
        Permit.PAYMENTS_RELEASE,
        guards=(NOT_APPLICANT, NOT_APPROVER, AWARDED, ADDS_UP, DUE, CONDITIONS, ACCOUNT),
    ),
    Step(
        "hold",
        "Hold back",
        "Held back",
        ("released",),
        "scheduled",
        Permit.PAYMENTS_RELEASE,
        reason=True,
    ),
    Step(
        "export",
        "Send to the bank",
        "Sent to the bank",
        ("released",),
        "exported",
        Permit.PAYMENTS_MAKE,
        guards=(
            NOT_APPLICANT,
            NOT_APPROVER,
            NOT_RELEASER,
            AWARDED,
            ADDS_UP,
            CONDITIONS,
            ACCOUNT,
        ),
    ),
    Step(
        "pay",
        "Mark as paid",
        "Paid",
        ("exported",),
        "paid",
        Permit.PAYMENTS_MAKE,
        guards=(NOT_APPLICANT, NOT_APPROVER, NOT_RELEASER),
    ),
    Step(
        "outright",
        "Pay outright",
        "Paid outright",
        ("scheduled",),
        "paid",
        Permit.FUNDING_PAY,
        guards=OUTRIGHT,
    ),
    Step(
        "match",
        "Match",
        "Matched with the paid file",
        ("paid",),
        "reconciled",
        Permit.PAID_FILES,
        guards=(NOT_BROUGHT,),
    ),
    Step(
        "fail",
        "Payment failed",
        "Failed",
        ("exported",),
        "failed",
        Permit.PAYMENTS_MAKE,
        reason=True,
    ),
    Step(
        "again",
        "Schedule again",
        "Scheduled again",
        ("failed",),
        "scheduled",
        Permit.PAYMENTS_MAKE,
    ),
    Step(
        "cancel",
        "Cancel",
        "Cancelled",
        ("scheduled", "released", "failed"),
        "cancelled",
        Permit.PAYMENTS_RELEASE,
    ),
    Step(
        "reverse",
        "Reverse",
        "Reversed",
        ("paid", "reconciled"),
        "reversed",
        Permit.PAYMENTS_MAKE,
        reason=True,
    ),
)
BY_NAME = {step.name: step for step in STEPS}
# What a person takes on the payment's own page; the others follow from something else.
BY_HAND = ("release", "hold", "pay", "fail", "again", "reverse")


def step_named(name: str) -> Step:
    """The step of that name; NotFound for any other word."""
    if name not in BY_NAME:
        raise NotFound("There is no such step.")
    return BY_NAME[name]


def verdict(step: Step, case: Case, asker: Asker) -> Verdict:
    """May this person take this step now? A refusal says why in one or two sentences."""
    if step.permit not in asker.permits:
        return Verdict(False, f"Your role may not {step.permit.value}.")
    if case.status not in step.from_:
        return Verdict(False, _wrong_state(step, case))
    return judged(step, case, asker)


def judged(step: Step, case: Case, asker: Asker) -> Verdict:
    """The step's guards alone, for whoever acts through somebody else's permit."""
    for guard in step.guards:
        because = guard.refusal(case, asker)
        if because:
            return Verdict(False, because)
    return Verdict(True)


def offers(case: Case, asker: Asker) -> tuple[tuple[Step, Verdict], ...]:
    """The steps to show this person as buttons, each with its verdict, in the table's order."""
    return tuple(
        (step, verdict(step, case, asker))
        for step in STEPS
        if step.name in BY_HAND and case.status in step.from_ and step.permit in asker.permits
    )


def _wrong_state(step: Step, case: Case) -> str:
    now = STATUSES[case.status].label.lower()
    wanted = " or ".join(STATUSES[key].label.lower() for key in step.from_)
    return (
        f"“{step.label}” is not possible now: the payment is “{now}”, "
        f"and it would have to be “{wanted}”."
    )
