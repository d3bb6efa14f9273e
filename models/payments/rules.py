"""What a plan of tranches, a condition and a day of payment must keep to. Pure; pence."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from models.days import said_day
from models.elections.holidays import HOLIDAYS
from models.errors import Invalid
from models.money import in_pounds
from models.payments.workflow import TRIGGERS

MOST_TRANCHES = 12
MOST_WORDS = 2_000


@dataclass(frozen=True)
class Tranche:
    """One part of an award as it is planned: how much, to whom, and what it waits for."""

    amount_p: int
    payee_id: int | None = None
    waits_for: str = "award"
    due_on: date | None = None
    condition_id: int | None = None


def check_plan(
    tranches: Sequence[Tranche], *, to_pay_p: int, condition_ids: frozenset[int]
) -> None:
    """Raise Invalid, naming the field, unless the tranches make sense and add up to `to_pay_p`."""
    if not tranches:
        raise Invalid("Enter at least one tranche.", field="tranches")
    if len(tranches) > MOST_TRANCHES:
        raise Invalid(f"An award has at most {MOST_TRANCHES} tranches.", field="tranches")
    for number, tranche in enumerate(tranches, start=1):
        _check_tranche(number, tranche, condition_ids)
    sum_p = sum(tranche.amount_p for tranche in tranches)
    if sum_p != to_pay_p:
        raise Invalid(
            f"The tranches add up to {in_pounds(sum_p)}, but {in_pounds(to_pay_p)} of the award "
            "is still to be planned. They must be the same.",
            field="tranches",
        )


def _check_tranche(number: int, tranche: Tranche, condition_ids: frozenset[int]) -> None:
    if tranche.amount_p < 1:
        raise Invalid(f"Tranche {number}: enter an amount of more than nothing.", field="tranches")
    if tranche.waits_for not in TRIGGERS:
        raise Invalid(f"Tranche {number}: choose what it waits for.", field="tranches")
    if tranche.waits_for == "date" and tranche.due_on is None:
        raise Invalid(f"Tranche {number}: enter the date it is due on.", field="tranches")
    if tranche.waits_for == "condition" and tranche.condition_id not in condition_ids:
        raise Invalid(
            f"Tranche {number}: choose the condition it waits for. Add the condition first.",
            field="tranches",
        )


def check_words(words: str | None, *, ask: str, field: str, most: int = MOST_WORDS) -> str:
    """The words trimmed; Invalid, asking for them, where there are none or too many."""
    said = (words or "").strip()
    if not said:
        raise Invalid(ask, field=field)
    if len(said) > most:
        raise Invalid(f"Use at most {most:,} characters.", field=field)
    return said


def check_pay_day(pay_on: date, *, today: date) -> None:
    """Raise Invalid unless the bank can pay a batch on this day: a bank day from today on."""
    if pay_on < today:
        raise Invalid(
            "The bank cannot pay in the past. Choose today or a later day.", field="pay_on"
        )
    if (pay_on - today).days > 60:
        raise Invalid("Choose a day within the next 60 days.", field="pay_on")
    if pay_on.weekday() > 4:
        raise Invalid("Banks do not pay at the weekend. Choose a working day.", field="pay_on")
    if not is_bank_day(pay_on):
        raise Invalid(
            f"{said_day(pay_on)} is a bank holiday. The next day on which banks pay is "
            f"{said_day(next_bank_day(pay_on))}.",
            field="pay_on",
        )


def is_bank_day(day: date) -> bool:
    """True where the payment systems of the banks work: by England's holidays, in every nation."""
    return day.weekday() < 5 and day not in HOLIDAYS["England"]


def next_bank_day(day: date, *, step: int = 1) -> date:
    """This day where banks pay on it, else the next one; with `step` -1 the one before."""
    while not is_bank_day(day):
        day += timedelta(days=step)
    return day


def check_paid_day(paid_on: date, *, since: date, today: date, field: str = "paid_on") -> None:
    """Raise Invalid unless something could have been paid on this day: from `since` until today."""
    if paid_on > today:
        raise Invalid("The day of the payment cannot be in the future.", field=field)
    if paid_on < since:
        raise Invalid(
            f"It cannot have been paid before it was sent to the bank on {said_day(since)}.",
            field=field,
        )


def blocks(
    unmet: Sequence[tuple[int, str]], *, tied: frozenset[int], condition_id: int | None
) -> tuple[str, ...]:
    """The unmet conditions, in words, that stand in the way of one tranche.

    A condition that some tranche waits for (`tied`) blocks that tranche; any other blocks all.
    """
    return tuple(words for number, words in unmet if number == condition_id or number not in tied)
