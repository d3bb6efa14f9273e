"""The steps of a funding application, as data: buttons, actions, tests and the docs read them.

Pure: values in, a verdict out. Nobody decides on or pays what they wrote themselves, and whoever
approved an award does not pay it.
"""

from dataclasses import dataclass

from models.accounts.roles import Permit
from models.errors import NotFound, Refused
from models.funding.guards import (
    ASSESSED,
    COMPLETE,
    ELIGIBLE,
    NO_CONFLICT,
    NO_INTEREST,
    NOT_APPROVER,
    NOT_HANDLED,
    NOT_OWN,
    NOT_OWN_PAYMENT,
    POLITICAL,
    SCORED,
    UNPAID,
    Asker,
    Case,
    Guard,
)


@dataclass(frozen=True)
class Status:
    """A state in words: `label` for the office, `applicant_label` for the region that applied."""

    key: str
    label: str
    applicant_label: str
    tone: str


STATUSES = {
    status.key: status
    for status in (
        Status("draft", "Draft", "Draft, not sent yet", "neutral"),
        Status("submitted", "Waiting for endorsement", "Waiting for your endorsement", "info"),
        Status("returned", "Changes asked for", "Sent back to you for changes", "warning"),
        Status("endorsed", "Waiting for decision", "With the national office", "info"),
        Status("not_endorsed", "Not endorsed", "Not endorsed by the region", "bad"),
        Status("recommended", "Recommended", "With the national office", "info"),
        Status("referred", "Waiting for a higher decision", "With the national office", "info"),
        Status("awarded", "Awarded", "Awarded, payment to follow", "ok"),
        Status("declined", "Declined", "Not awarded", "bad"),
        Status("withdrawn", "Withdrawn", "Withdrawn", "neutral"),
        Status("lapsed", "Lapsed", "Lapsed", "neutral"),
        Status("paid", "Paid", "Paid", "ok"),
        Status("closed", "Closed", "Closed", "neutral"),
    )
}

# In these states the answers may still be changed.
EDITABLE = frozenset({"draft", "returned"})

# In these states it waits for the national office.
UNDECIDED = ("endorsed", "recommended", "referred")

# In these states it is asked for, and neither decided nor in the region's hands to change.
WAITING = ("submitted", *UNDECIDED)

# In these states an award stands.
GRANTED = ("awarded", "paid", "closed")

# In these states another application of the same person for the same contest may live.
DEAD = ("not_endorsed", "declined", "withdrawn", "lapsed", "closed")


@dataclass(frozen=True)
class Verdict:
    """May the step be taken, and if not, why not, in words."""

    allowed: bool
    because: str | None = None


@dataclass(frozen=True)
class Step:
    """One row of the table. `reason` is "never", "always" or "in part" (less than was asked).

    An `effect` has no button of its own: another act brings it about.
    """

    name: str
    label: str
    done: str
    from_: tuple[str, ...]
    to: str
    permit: Permit
    reason: str = "never"
    guards: tuple[Guard, ...] = ()
    effect: bool = False


STEPS = (
    Step("draft", "Start an application", "Started", (), "draft", Permit.FUNDING_APPLY),
    Step(
        "submit",
        "Submit",
        "Submitted",
        ("draft", "returned"),
        "submitted",
        Permit.FUNDING_APPLY,
        guards=(COMPLETE,),
    ),
    Step(
        "endorse",
        "Endorse",
        "Endorsed",
        ("submitted",),
        "endorsed",
        Permit.FUNDING_ENDORSE,
        guards=(NO_INTEREST,),
    ),
    Step(
        "send-back",
        "Send back for changes",
        "Sent back for changes",
        ("submitted",),
        "returned",
        Permit.FUNDING_ENDORSE,
        reason="always",
        guards=(NO_INTEREST,),
    ),
    Step(
        "not-endorse",
        "Do not endorse",
        "Not endorsed",
        ("submitted",),
        "not_endorsed",
        Permit.FUNDING_ENDORSE,
        reason="always",
        guards=(NO_INTEREST,),
    ),
    Step(
        "take-on",
        "Take it on all the same",
        "Taken on by the national office",
        ("not_endorsed",),
        "endorsed",
        Permit.FUNDING_DECIDE,
        reason="always",
        guards=(NOT_OWN, NO_INTEREST),
    ),
    Step(
        "recommend",
        "Recommend",
        "Recommended",
        ("endorsed",),
        "recommended",
        Permit.FUNDING_SCORE,
        reason="always",
        guards=(NOT_OWN, NO_CONFLICT, SCORED),
    ),
    Step(
        "award",
        "Award",
        "Awarded",
        UNDECIDED,
        "awarded",
        Permit.FUNDING_DECIDE,
        reason="in part",
        guards=(NOT_OWN, NO_CONFLICT, NOT_HANDLED, ASSESSED, ELIGIBLE, POLITICAL),
    ),
    Step(
        "refer",
        "Approve and pass up",
        "Approved and passed up",
        UNDECIDED,
        "referred",
        Permit.FUNDING_DECIDE,
        reason="in part",
        guards=(NOT_OWN, NO_CONFLICT, NOT_HANDLED, ASSESSED, ELIGIBLE, POLITICAL),
    ),
    Step(
        "return",
        "Ask for changes",
        "Sent back for changes",
        UNDECIDED,
        "returned",
        Permit.FUNDING_DECIDE,
        reason="always",
        guards=(NO_INTEREST,),
    ),
    Step(
        "decline",
        "Decline",
        "Declined",
        UNDECIDED,
        "declined",
        Permit.FUNDING_DECIDE,
        reason="always",
        guards=(NOT_OWN, NO_CONFLICT),
    ),
    Step(
        "reduce",
        "Reduce the award",
        "Reduced",
        ("awarded",),
        "awarded",
        Permit.FUNDING_DECIDE,
        reason="always",
        guards=(NOT_OWN, NO_INTEREST),
    ),
    Step(
        "withdraw",
        "Withdraw",
        "Withdrawn",
        ("draft", "returned", *WAITING, "awarded"),
        "withdrawn",
        Permit.FUNDING_APPLY,
        guards=(NO_INTEREST, UNPAID),
    ),
    Step(
        "lapse",
        "Let it lapse",
        "Lapsed",
        (*WAITING, "awarded"),
        "lapsed",
        Permit.FUNDING_DECIDE,
        reason="always",
        guards=(NO_INTEREST, UNPAID),
    ),
    Step(
        "pay",
        "Mark as paid",
        "Paid",
        ("awarded",),
        "paid",
        Permit.FUNDING_PAY,
        guards=(NOT_OWN_PAYMENT, NOT_APPROVER),
    ),
    Step(
        "carry",
        "Carry forward",
        "Carried into the next year",
        ("awarded",),
        "awarded",
        Permit.BUDGET_APPROVE,
        reason="always",
        effect=True,
    ),
    Step(
        "close",
        "Close",
        "Closed",
        ("paid",),
        "closed",
        Permit.EVIDENCE_WRITE,
        effect=True,
    ),
    Step(
        "reopen",
        "Reverse a payment",
        "A payment was reversed",
        ("paid",),
        "awarded",
        Permit.FUNDING_PAY,
        reason="always",
        effect=True,
    ),
)
BY_NAME = {step.name: step for step in STEPS}


def step_named(name: str) -> Step:
    """The step of that name; NotFound for any other word."""
    if name not in BY_NAME:
        raise NotFound("There is no such step.")
    return BY_NAME[name]


def fits(step: Step, case: Case, asker: Asker) -> bool:
    """True if the step starts from this state and the person's role may take it at all."""
    return case.status in step.from_ and step.permit in asker.permits


def is_conflicted(step: Step, case: Case, asker: Asker) -> bool:
    """True if this person's interest in it forbids the step."""
    rules = (guard for guard in step.guards if guard in (NO_CONFLICT, NO_INTEREST))
    return any(rule.refusal(case, asker) for rule in rules)


def verdict(step: Step, case: Case, asker: Asker) -> Verdict:
    """May this person take this step now? A refusal says why in one or two sentences."""
    if step.permit not in asker.permits:
        return Verdict(False, f"Your role may not {step.permit.value}.")
    if case.status not in step.from_:
        return Verdict(False, _wrong_state(step, case))
    for guard in step.guards:
        because = guard.refusal(case, asker)
        if because:
            return Verdict(False, because)
    hindrance = case.hindrances.get(step.name)
    return Verdict(hindrance is None, hindrance)


def offers(case: Case, asker: Asker) -> tuple[tuple[Step, Verdict], ...]:
    """The steps to show this person as buttons, each with its verdict, in the table's order."""
    return tuple(
        (s, verdict(s, case, asker)) for s in STEPS if not s.effect and fits(s, case, asker)
    )


def reason_needed(step: Step, *, in_part: bool = False) -> bool:
    """True if the step must be explained in words."""
    return step.reason == "always" or (step.reason == "in part" and in_part)


def check_editable(status: str) -> None:
    """Raise Refused, in words, unless the answers may still be changed."""
    if status not in EDITABLE:
        state = STATUSES[status].label.lower()
        raise Refused(f"The answers cannot be changed now: the application's state is “{state}”.")


def words_for(status: str, asker: Asker) -> str:
    """The state as this person reads it: who applies reads the applicant's words."""
    known = STATUSES[status]
    applicant = Permit.FUNDING_APPLY in asker.permits
    office = Permit.FUNDING_DECIDE in asker.permits
    return known.applicant_label if applicant and not office else known.label


def _wrong_state(step: Step, case: Case) -> str:
    now = STATUSES[case.status].label.lower()
    wanted = " or ".join(STATUSES[key].label.lower() for key in step.from_)
    return (
        f"“{step.label}” is not possible now: the application's state is “{now}”, "
        f"and it would have to be “{wanted}”."
    )
