"""The rules that a step of an application may have: each answers why not, in words, or None. Pure.

Nobody decides on or pays what they wrote themselves, nobody takes two steps of one decision, and
whoever approved an award does not pay it.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Protocol

from models.accounts.roles import Permit
from models.money import in_pounds


class Asker(Protocol):
    """Whoever would take a step."""

    @property
    def id(self) -> int | None:
        """The user's id."""

    @property
    def permits(self) -> frozenset[Permit]:
        """What they may do."""


@dataclass(frozen=True)
class Case:
    """What the rules need to know of one application. `problems` are sentences.

    `handled_by` recommended it or passed it up since it was last submitted; `scores_needed` is what
    its round asks for, `scores_given` what is there; `paid_p` is what of an award is paid already;
    `unmet` are the rules of eligibility in the way; `conflicted` says why the asker may not decide
    on it for their interests, or that they declare them first, `interest` the former alone;
    `hindrances` is what the rooms above (payments) hold against a step, in
    words, by its name.
    """

    status: str
    written_by: frozenset[int] = frozenset()
    approved_by: int | None = None
    problems: tuple[str, ...] = ()
    fund_type: str = "political"
    handled_by: frozenset[int] = frozenset()
    scores_needed: int = 0
    scores_given: int = 0
    paid_p: int = 0
    unmet: tuple[str, ...] = ()
    conflicted: str | None = None
    interest: str | None = None
    hindrances: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Guard:
    """One rule of a step: `rule` is its line in the docs, `refusal` answers why not, or None."""

    rule: str
    refusal: Callable[[Case, Asker], str | None]


def _complete(case: Case, _asker: Asker) -> str | None:
    if not case.problems:
        return None
    if len(case.problems) == 1:
        return case.problems[0]
    return f"{len(case.problems)} things are missing or wrong. {case.problems[0]}"


def _not_own(case: Case, asker: Asker) -> str | None:
    if asker.id in case.written_by:
        return "You wrote or submitted this application, so somebody else must decide on it."
    return None


def _not_own_payment(case: Case, asker: Asker) -> str | None:
    if asker.id in case.written_by:
        return "You wrote or submitted this application, so somebody else must pay it."
    return None


def _not_approver(case: Case, asker: Asker) -> str | None:
    if asker.id == case.approved_by:
        return "You approved this award, so somebody else must pay it."
    return None


def _political(case: Case, _asker: Asker) -> str | None:
    if case.fund_type == "political":
        return None
    return "Political objects are paid out of the political fund only; this is the general fund."


def _not_handled(case: Case, asker: Asker) -> str | None:
    if asker.id in case.handled_by:
        return "You recommended it or passed it up, so somebody else must take the next step."
    return None


def _scored(case: Case, _asker: Asker) -> str | None:
    missing = case.scores_needed - case.scores_given
    if missing <= 0:
        return None
    return f"This round asks for {_scores(case.scores_needed)}; {_scores(missing)} to come."


def _assessed(case: Case, _asker: Asker) -> str | None:
    if case.status != "endorsed" or not case.scores_needed:
        return None
    return (
        f"This round asks for {_scores(case.scores_needed)} and a recommendation "
        "before the decision."
    )


def _scores(count: int) -> str:
    return "1 score" if count == 1 else f"{count} scores"


def _eligible(case: Case, _asker: Asker) -> str | None:
    if not case.unmet:
        return None
    return f"It is not eligible. {' '.join(case.unmet)}"


def _no_conflict(case: Case, _asker: Asker) -> str | None:
    return case.conflicted


def _no_interest(case: Case, asker: Asker) -> str | None:
    """Whoever applies may always take their own application back."""
    return case.interest if Permit.FUNDING_DECIDE in asker.permits else None


def _unpaid(case: Case, _asker: Asker) -> str | None:
    if not case.paid_p:
        return None
    return f"{in_pounds(case.paid_p)} of this award is paid already. Reduce the award instead."


COMPLETE = Guard("every answer is there and right", _complete)
NOT_OWN = Guard("not by anybody who wrote or submitted it", _not_own)
NOT_OWN_PAYMENT = Guard("not by anybody who wrote or submitted it", _not_own_payment)
NOT_APPROVER = Guard("not by whoever approved it", _not_approver)
POLITICAL = Guard("out of the political fund", _political)
NOT_HANDLED = Guard("not by anybody who recommended it or passed it up", _not_handled)
SCORED = Guard("as many scores as its round asks for", _scored)
ASSESSED = Guard("scored and recommended, where its round asks for scores", _assessed)
ELIGIBLE = Guard("eligible, or a soft rule overruled with a reason", _eligible)
NO_CONFLICT = Guard("no conflict of interest", _no_conflict)
NO_INTEREST = Guard("not by an officer with an interest in it", _no_interest)
UNPAID = Guard("nothing of it is paid", _unpaid)
