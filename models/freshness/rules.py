"""How a fact ages. Pure: days and counts in, a share in per cent out.

A fact loses half of its worth in each half-life of its kind. It is *due* once a whole half-life
has passed since somebody last found it true; a fact that nobody ever checked has
lost all of it.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from models.errors import Invalid

DUE = 50
NEVER = 100
QUARTERS = 24
SHORTEST, LONGEST = 7, 3650
SCORE_OF_A_DEAD_FACT = 1000
LINK_DAYS = 14
REST = timedelta(days=14)


@dataclass(frozen=True)
class Kind:
    """A kind of fact, and the half-life it starts with, in days."""

    key: str
    label: str
    days: int

    @property
    def is_point(self) -> bool:
        """True for a way to reach somebody."""
        return self.key in POINTS


KINDS = {
    kind.key: kind
    for kind in (
        Kind("email", "E-mail address", 365),
        Kind("mobile", "Mobile number", 365),
        Kind("phone", "Telephone number", 545),
        Kind("address", "Postal address", 545),
        Kind("membership", "Membership of the union", 180),
        Kind("office", "Office held", 365),
    )
}
POINTS = frozenset({"email", "mobile", "phone", "address"})


@dataclass(frozen=True)
class Verdict:
    """What a look at a fact came to."""

    key: str
    label: str
    dead: bool


VERDICTS = {
    verdict.key: verdict
    for verdict in (
        Verdict("verified", "Found right", dead=False),
        Verdict("confirmed", "Confirmed by themselves", dead=False),
        Verdict("unreachable", "Could not be reached", dead=True),
        Verdict("bounced", "Mail bounced", dead=True),
        Verdict("returned", "Post came back", dead=True),
    )
}


@dataclass(frozen=True)
class Weight:
    """Why a person matters more: so many points on top of one."""

    key: str
    label: str
    points: int


WEIGHTS = {
    weight.key: weight
    for weight in (
        Weight("office", "Holds an office", 2),
        Weight("leading", "Leads or whips", 2),
        Weight("joined", "Joined", 1),
        Weight("campaign", "Live campaign", 2),
    )
}
LEADING_ROLES = ("leader", "deputy-leader", "cabinet", "group-leader", "group-whip")


def lost(age_days: int | None, half_life: int) -> int:
    """How much of a fact's worth is gone, in per cent: 0 for today's, 50 after one half-life."""
    if age_days is None:
        return NEVER
    left: float = 0.5 ** (max(age_days, 0) / half_life)
    return round(100 * (1 - left))


def steps(today: date, half_life: int) -> tuple[tuple[date, int], ...]:
    """For a query: facts last found true on or before the day have lost so many per cent.

    The oldest day first, in quarters of a half-life; what is newer than the last day has lost
    less than the first quarter takes.
    """
    found = []
    for quarter in range(QUARTERS, 0, -1):
        age = -(-half_life * quarter // 4)
        found.append((today - timedelta(days=age), lost(age, half_life)))
    return tuple(found)


def share_fresh(facts: int, fresh: int) -> int | None:
    """The score: fresh facts of a hundred; None where there are no facts."""
    return round(100 * fresh / facts) if facts else None


def check_days(days: int | None) -> int:
    """The half-life, if it makes sense; raises Invalid in words otherwise."""
    if days is None or not SHORTEST <= days <= LONGEST:
        raise Invalid(f"Enter a number of days between {SHORTEST} and {LONGEST:,}.", field="days")
    return days
