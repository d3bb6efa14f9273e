"""What a fund is to be, as it is asked for: a whole new one, or the terms of one there is. Pure.

Which of the funds runs is what its days say: nobody sets it.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date, timedelta
from typing import Any, Protocol

from models.budget import rules
from models.days import said_day
from models.errors import Conflict, Invalid, Refused
from models.folding import fold

PLANNED, RUNNING, OVER, CLOSED = "planned", "running", "over", "closed"


class Days(Protocol):
    """Something from one day to another."""

    @property
    def starts_on(self) -> date:
        """The first day."""

    @property
    def ends_on(self) -> date:
        """The last day."""


class Period(Protocol):
    """A fund with its name and its days."""

    name: str
    starts_on: date
    ends_on: date
    closed_on: date | None


@dataclass(frozen=True)
class Terms:
    """The terms of a fund: its name, its days, its largest grant, its rule for a second person."""

    name: str
    starts_on: date
    ends_on: date
    max_grant_p: int
    approve_above_p: int | None = None


@dataclass(frozen=True)
class FundPlan:
    """A whole fund: `heads` is name -> code, `allocations` head code -> region code -> pence."""

    name: str
    code: str
    cap_p: int
    starts_on: date
    ends_on: date
    max_grant_p: int
    heads: Mapping[str, str]
    allocations: Mapping[str, Mapping[str, int]]

    def as_kept(self) -> dict[str, Any]:
        """The plan as a request keeps it."""
        return as_kept(self)


def as_kept(terms: Terms | FundPlan) -> dict[str, Any]:
    """Terms or a plan as JSON takes them: days as words."""
    values = asdict(terms)
    return {
        name: value.isoformat() if isinstance(value, date) else value
        for name, value in values.items()
    }


def plan_from(kept: Mapping[str, Any]) -> FundPlan:
    """The plan that a request keeps."""
    return FundPlan(**_with_days(kept))


def terms_from(kept: Mapping[str, Any]) -> Terms:
    """The terms that a request keeps."""
    return Terms(**_with_days(kept))


def _with_days(kept: Mapping[str, Any]) -> dict[str, Any]:
    days = {name: date.fromisoformat(kept[name]) for name in ("starts_on", "ends_on")}
    return {**kept, **days}


def state_of(fund: Period, today: date) -> str:
    """Where a fund stands on a day: "planned", "running", "over" (not closed yet) or "closed"."""
    if fund.closed_on is not None:
        return CLOSED
    if today < fund.starts_on:
        return PLANNED
    return RUNNING if today <= fund.ends_on else OVER


def check_open(fund: Period) -> None:
    """Raise Refused for a fund whose year was closed."""
    if fund.closed_on is not None:
        raise Refused("The year of this fund was closed. Nothing more is changed in it.")


def share_a_day(one: Days, other: Days) -> bool:
    """Whether both have some day."""
    return one.starts_on <= other.ends_on and other.starts_on <= one.ends_on


def next_period(funds: Iterable[Period], today: date) -> tuple[date, date]:
    """The days to propose for a new fund: the financial year of today where no fund has any of
    it, else the year after the last one that is planned."""
    last = max((fund.ends_on for fund in funds), default=None)
    starts_on, ends_on = rules.financial_year(today)
    if last is None or last < starts_on:
        return starts_on, ends_on
    first = last + timedelta(days=1)
    return first, rules.financial_year(first)[1]


def check_plan(plan: FundPlan, *, regions: Sequence[str], others: Sequence[Period]) -> None:
    """Raise Invalid or Conflict, at its field, for a fund that cannot be."""
    rules.check_amount(plan.cap_p)
    rules.check_code(plan.code, "the fund", "code")
    check_terms(plan, others=others)
    rules.check_heads(plan.heads)
    rules.check_shares(plan.cap_p, plan.heads, regions, plan.allocations)


def check_terms(terms: Terms | FundPlan, *, others: Sequence[Period]) -> None:
    """Raise Invalid or Conflict, at its field, for a name, days or a grant that cannot be.

    `others` are all other funds, closed ones too.
    """
    rules.check_period(terms.starts_on, terms.ends_on, terms.max_grant_p)
    if isinstance(terms, Terms):
        _check_above(terms.approve_above_p)
    check_name(terms.name, others=others)
    for other in others:
        if share_a_day(terms, other):
            raise Invalid(
                f"{other.name} has the days from {said_day(other.starts_on)} to "
                f"{said_day(other.ends_on)}. Two funds never share a day: begin on "
                f"{said_day(other.ends_on + timedelta(days=1))} or later, or ask for another cap "
                "of that fund.",
                field="starts_on",
            )


def check_days_kept(
    now: Terms, terms: Terms, *, today: date, used: tuple[date, date] | None
) -> None:
    """Raise Invalid, at its field, for other days that would leave out what was done in the fund.

    A fund that runs today goes on running today, so that no year ends early; the days on which
    awards and payments were booked (`used`, the first and the last) stay in it.
    """
    days = list(used or ())
    if now.starts_on <= today <= now.ends_on:
        days.append(today)
    if not days:
        return
    first, last = min(days), max(days)
    if terms.starts_on > first and terms.starts_on != now.starts_on:
        raise Invalid(
            f"{now.name} was in use on {said_day(first)}: it begins on that day or earlier.",
            field="starts_on",
        )
    if terms.ends_on < last and terms.ends_on != now.ends_on:
        raise Invalid(
            f"{now.name} is in use until {said_day(last)}: it ends on that day or later.",
            field="ends_on",
        )


def check_name(name: str, *, others: Iterable[Period]) -> None:
    """Raise Invalid for no name, Conflict for that of another fund."""
    if not name.strip():
        raise Invalid("Enter a name.", field="name")
    if fold(name) in {fold(other.name) for other in others}:
        raise Conflict(f"There is already a fund called {name}.", field="name")


def _check_above(approve_above_p: int | None) -> None:
    if approve_above_p is not None and not 0 <= approve_above_p <= rules.MAX_P:
        raise Invalid("Enter an amount of £0.00 or more.", field="approve_above")
