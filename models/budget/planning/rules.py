"""Pure rules of the plan: its months, and what they add up to."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from models.errors import Invalid
from models.money import in_pounds

MOST_MONTHS = 60


def first_of(day: date) -> date:
    """The first day of a day's month."""
    return day.replace(day=1)


def months(first: date, last: date) -> list[date]:
    """The first day of each month from one day's month to another's, both included."""
    return list(_months(first_of(first), last))[:MOST_MONTHS]


def _months(month: date, last: date) -> Iterator[date]:
    while month <= last:
        yield month
        month = date(month.year + month.month // 12, month.month % 12 + 1, 1)


def check_plan(plan: Mapping[date, int], allowed: Sequence[date], cap_p: int) -> None:
    """Raise Invalid for a month outside the period, an amount below nothing, or above the cap."""
    known = set(allowed)
    for month, amount_p in plan.items():
        if month not in known:
            raise Invalid(f"{month:%B %Y} is not in the fund's period.")
        if amount_p < 0:
            raise Invalid("A planned amount cannot be below £0.00.", field=field_of(month))
    total_p = sum(plan.values())
    if total_p > cap_p:
        raise Invalid(
            f"The plan comes to {in_pounds(total_p)}; {in_pounds(cap_p)} is allocated. "
            "Lower a month, or raise the allocation first."
        )


def spread(cap_p: int, count: int) -> list[int]:
    """A sum over so many months, equally; what does not divide goes to the first."""
    if count <= 0:
        return []
    each, rest = divmod(cap_p, count)
    return [each + rest, *([each] * (count - 1))]


def field_of(month: date) -> str:
    """The name of a month's box in the form."""
    return f"month_{month:%Y_%m}"
