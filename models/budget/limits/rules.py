"""Which delegated limit holds for a person, a region and a day. Pure; amounts are pence."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from models.accounts.roles import Permit, Role, permits_of
from models.errors import Invalid
from models.money import in_pounds

MOST_P = 1_000_000_000_00


class Limit(Protocol):
    """A limit as it is stored."""

    role: str | None
    user_id: int | None
    region_id: int | None
    amount_p: int
    starts_on: date
    ends_on: date | None


@dataclass(frozen=True)
class Found:
    """What somebody may award; `amount_p` is None where only the cap of the budget holds."""

    amount_p: int | None

    def refusal(self, amount_p: int, *, earlier_p: int = 0) -> str | None:
        """Why this is too much beside what the candidate has for the contest already, or None."""
        if self.amount_p is None or amount_p + earlier_p <= self.amount_p:
            return None
        limit = (
            f"Your limit for one candidate in one contest is {in_pounds(self.amount_p)}"
            if self.amount_p
            else "No limit up to which you may award is set for you"
        )
        earlier = f", and {in_pounds(earlier_p)} is awarded already" if earlier_p else ""
        return f"{limit}{earlier}. Approve it and pass it up: somebody above you decides."


def deciding_roles() -> tuple[Role, ...]:
    """The roles that may award at all."""
    return tuple(role for role in Role if Permit.FUNDING_DECIDE in permits_of(role))


def find(
    limits: Iterable[Limit], *, user_id: int | None, role: str, region_id: int, on: date
) -> Found:
    """The limit of a person in a region on a day: their own before their role's, the region's
    before the general one, of two alike the larger. Without any, a national officer has no limit
    but the cap, and nobody else may award."""
    fitting = [
        limit
        for limit in limits
        if ((limit.user_id is not None and limit.user_id == user_id) or limit.role == role)
        and limit.region_id in (None, region_id)
        and limit.starts_on <= on
        and (limit.ends_on is None or on <= limit.ends_on)
    ]
    if not fitting:
        return Found(None if role == Role.NATIONAL_OFFICER else 0)
    closest = max(map(_closeness, fitting))
    return Found(max(limit.amount_p for limit in fitting if _closeness(limit) == closest))


def _closeness(limit: Limit) -> tuple[bool, bool]:
    return limit.user_id is not None, limit.region_id is not None


def check(
    role: str | None, user_id: int | None, amount_p: int, starts_on: date, ends_on: date | None
) -> None:
    """Raise Invalid for a limit that makes no sense."""
    if (role is None) == (user_id is None):
        raise Invalid("Choose either a role or a person.", field="whose")
    if role is not None and role not in deciding_roles():
        raise Invalid("This role awards nothing, so it needs no limit.", field="whose")
    if not 0 <= amount_p <= MOST_P:
        raise Invalid("Enter an amount of nothing or more.", field="amount")
    if ends_on is not None and ends_on < starts_on:
        raise Invalid("It ends before it begins.", field="ends_on")
