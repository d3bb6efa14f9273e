"""Pure rules of the forecast: odds by stage, what waits weighted by them, the burn-down, costs.

All amounts are pence; odds are exact fractions, rounded to the penny once, at the end.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

# How many applications the stated default counts for beside what really happened.
WEIGHT = 10
# The share of what an awarded application asked for that it is usually given.
USUAL_SHARE = Fraction(9, 10)


@dataclass(frozen=True)
class Stage:
    """A state in which money is asked for, with the chance stated for it while nothing is known."""

    key: str
    usual: Fraction


STAGES = {
    stage.key: stage
    for stage in (
        Stage("returned", Fraction(4, 10)),
        Stage("submitted", Fraction(5, 10)),
        Stage("endorsed", Fraction(6, 10)),
        Stage("recommended", Fraction(85, 100)),
        Stage("referred", Fraction(8, 10)),
    )
}


@dataclass(frozen=True)
class History:
    """What became of the applications that were at a stage and have come to their end.

    `asked_p` and `given_p` are of those that were awarded.
    """

    ended: int = 0
    awarded: int = 0
    asked_p: int = 0
    given_p: int = 0


@dataclass(frozen=True)
class Odds:
    """The odds of one stage: the chance of an award, and the share of the amount it is given."""

    stage: str
    history: History
    chance: Fraction
    share: Fraction

    @property
    def weight(self) -> Fraction:
        """What one pound asked for at this stage counts in the forecast."""
        return self.chance * self.share


@dataclass(frozen=True)
class Asked:
    """One application that waits: its stage, its amount, and where it belongs."""

    stage: str
    requested_p: int
    groups: Mapping[str, str]


@dataclass(frozen=True)
class Spent:
    """One award: its figures, and where it belongs."""

    committed_p: int
    paid_p: int
    returned_p: int
    groups: Mapping[str, str]

    @property
    def used_p(self) -> int:
        """What it takes of the budget."""
        return self.committed_p + self.paid_p - self.returned_p


@dataclass(frozen=True)
class Line:
    """One row of the forecast. `cap_p` is None where no money is allocated by this grouping."""

    name: str
    cap_p: int | None = None
    committed_p: int = 0
    paid_p: int = 0
    returned_p: int = 0
    asked_p: int = 0
    expected_p: int = 0

    @property
    def used_p(self) -> int:
        """What is used already."""
        return self.committed_p + self.paid_p - self.returned_p

    @property
    def forecast_p(self) -> int:
        """What is used once everything that waits came out as usual."""
        return self.used_p + self.expected_p

    @property
    def available_p(self) -> int | None:
        """What can be awarded now; None where nothing is allocated by this grouping."""
        return None if self.cap_p is None else self.cap_p - self.used_p

    @property
    def left_p(self) -> int | None:
        """What would be left then; None where nothing is allocated by this grouping."""
        return None if self.cap_p is None else self.cap_p - self.forecast_p


def odds_of(stage: Stage, history: History, *, weight: int = WEIGHT) -> Odds:
    """The odds of a stage: its history, drawn toward the stated default.

    The default counts like `weight` applications, so that a short history moves it little and a
    long one decides it.
    """
    chance = (history.awarded + weight * stage.usual) / Fraction(history.ended + weight)
    given = Fraction(history.given_p, history.asked_p) if history.asked_p else USUAL_SHARE
    share = (history.awarded * given + weight * USUAL_SHARE) / (history.awarded + weight)
    return Odds(stage.key, history, chance, share)


def all_odds(histories: Mapping[str, History]) -> dict[str, Odds]:
    """The odds of every stage, in the order of the stages."""
    return {key: odds_of(stage, histories.get(key, History())) for key, stage in STAGES.items()}


def expected_p(asked: Iterable[Asked], odds: Mapping[str, Odds]) -> int:
    """What of all this will be awarded, as far as the odds tell, to the penny."""
    return round(sum((one.requested_p * odds[one.stage].weight for one in asked), Fraction()))


def lines_by(
    group: str,
    spent: Sequence[Spent],
    asked: Sequence[Asked],
    odds: Mapping[str, Odds],
    caps: Mapping[str, int] | None = None,
) -> list[Line]:
    """The forecast by one grouping: first what has a cap, in the order given, then by amount."""
    used: dict[str, list[Spent]] = {}
    waits: dict[str, list[Asked]] = {}
    for award in spent:
        used.setdefault(award.groups[group], []).append(award)
    for one in asked:
        waits.setdefault(one.groups[group], []).append(one)
    others = sorted((used.keys() | waits.keys()) - set(caps or ()))
    found = [
        _line(
            name,
            None if caps is None else caps.get(name, 0),
            used.get(name, []),
            waits.get(name, []),
            odds,
        )
        for name in (*(caps or ()), *others)
    ]
    if caps is None:
        found.sort(key=lambda line: (-line.forecast_p, line.name))
    return found


def _line(
    name: str,
    cap_p: int | None,
    spent: Sequence[Spent],
    asked: Sequence[Asked],
    odds: Mapping[str, Odds],
) -> Line:
    return Line(
        name=name,
        cap_p=cap_p,
        committed_p=sum(one.committed_p for one in spent),
        paid_p=sum(one.paid_p for one in spent),
        returned_p=sum(one.returned_p for one in spent),
        asked_p=sum(one.requested_p for one in asked),
        expected_p=expected_p(asked, odds),
    )


@dataclass(frozen=True)
class Point:
    """One month's end: what would be left by the plan, what is left, what is expected to be left.

    None where a line has no value: before there is a plan, or in the future.
    """

    month: date
    plan_p: int | None
    actual_p: int | None
    expected_p: int | None


def burn_down(
    months: Sequence[date],
    *,
    cap_p: int,
    plan: Mapping[date, int],
    used: Mapping[date, int],
    today: date,
    expected_p: int,
) -> list[Point]:
    """What is left at the end of each month until polling day.

    `used` is what each month's entries took. What waits is taken to be decided evenly over the
    months from now to the last.
    """
    now = today.replace(day=1)
    ahead = [month for month in months if month > now]
    spent_before = sum(amount for month, amount in used.items() if month < months[0])
    points, planned, spent = [], 0, spent_before
    for month in months:
        planned += plan.get(month, 0)
        spent += used.get(month, 0)
        points.append(
            Point(
                month=month,
                plan_p=cap_p - planned if plan else None,
                actual_p=cap_p - spent if month <= now else None,
                expected_p=_expected(month, now, ahead, cap_p - spent, expected_p),
            )
        )
    return points


def _expected(
    month: date, now: date, ahead: Sequence[date], left_p: int, waits_p: int
) -> int | None:
    """What is expected to be left: nothing is said of the past."""
    if month < now:
        return None
    done = sum(1 for each in ahead if each <= month)
    parts = len(ahead) or 1
    return left_p - (waits_p if not ahead else round(Fraction(waits_p * done, parts)))


@dataclass(frozen=True)
class Contest:
    """What one contest cost, and whether it was won; None is not known yet."""

    region: str
    key: str
    used_p: int
    won: bool | None


@dataclass(frozen=True)
class Cost:
    """What contests cost together. `known_p` is what those cost whose results are in."""

    name: str
    contests: int = 0
    used_p: int = 0
    known: int = 0
    known_p: int = 0
    won: int = 0

    @property
    def per_contest_p(self) -> int | None:
        """The cost of one contest; None without any."""
        return round(Fraction(self.used_p, self.contests)) if self.contests else None

    @property
    def per_win_p(self) -> int | None:
        """What all contests with a result cost, for each that was won; None without a win."""
        return round(Fraction(self.known_p, self.won)) if self.won else None


def costs_of(contests: Sequence[Contest]) -> list[Cost]:
    """What contests cost by region, by its name, and together in the last row."""
    names = sorted({one.region for one in contests})
    rows = [_cost(name, [one for one in contests if one.region == name]) for name in names]
    return [*rows, _cost("Together", contests)] if rows else []


def _cost(name: str, contests: Sequence[Contest]) -> Cost:
    known = [one for one in contests if one.won is not None]
    return Cost(
        name=name,
        contests=len({one.key for one in contests}),
        used_p=sum(one.used_p for one in contests),
        known=len({one.key for one in known}),
        known_p=sum(one.used_p for one in known),
        won=len({one.key for one in known if one.won}),
    )
