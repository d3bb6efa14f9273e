"""How scores are given and added up, and which interests forbid taking part. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction

from models.errors import Invalid

MOST_POINTS = 5
WORDS = {
    0: "Not met",
    1: "Hardly met",
    2: "Met in part",
    3: "Met",
    4: "Well met",
    5: "Met in full",
}
MOST_CRITERIA = 12
MOST_WORDS = 4_000
# Every answer but "none" forbids taking part.
INTERESTS = {
    "none": "I have no interest in this application",
    "self": "I am the candidate, or I applied myself",
    "household": "I live in the candidate's household",
    "branch": "We hold office in the same branch",
    "staff": "I am, or was, on the staff of whoever applies",
    "other": "Something else might make me partial",
}


@dataclass(frozen=True)
class Wanted:
    """A criterion as it is to stand."""

    label: str
    weight: int
    guidance: str | None = None


STANDARD = (
    Wanted("Chance of winning or holding the seat", 40, "Last result, margin, what has changed."),
    Wanted("Candidate's work with the union", 30, "Membership, offices, training, campaigns."),
    Wanted("Plan and costs", 20, "What is bought, for whom, at which price."),
    Wanted("Members living or working in the contest", 10),
)


@dataclass(frozen=True)
class Given:
    """One assessor's points for one criterion, and why."""

    criterion_id: int
    points: int
    justification: str
    by_id: int
    by: str
    at: datetime


@dataclass(frozen=True)
class Sheet:
    """One assessor's scores, by criterion; `total` is out of 100, None while one is missing."""

    by_id: int
    by: str
    scores: Mapping[int, Given]
    total: int | None


@dataclass(frozen=True)
class Assessment:
    """All sheets of one application; `spread` is how far the totals lie apart."""

    sheets: tuple[Sheet, ...] = ()
    flag_from: int = 101

    @property
    def totals(self) -> tuple[int, ...]:
        """The totals of the complete sheets."""
        return tuple(sheet.total for sheet in self.sheets if sheet.total is not None)

    @property
    def mean(self) -> int | None:
        """The mean of the totals, rounded; None without any."""
        return round(Fraction(sum(self.totals), len(self.totals))) if self.totals else None

    @property
    def spread(self) -> int:
        """How far the highest total lies above the lowest."""
        return max(self.totals) - min(self.totals) if self.totals else 0

    @property
    def is_flagged(self) -> bool:
        """True where the totals are so far apart that somebody must look at it again."""
        return len(self.totals) > 1 and self.spread >= self.flag_from


def assess(
    weights: Mapping[int, int], given: Iterable[Given], *, flag_from: int = 101
) -> Assessment:
    """The sheets of what was given, oldest first: of one assessor the latest points count."""
    by_person: dict[int, dict[int, Given]] = {}
    for one in given:
        by_person.setdefault(one.by_id, {})[one.criterion_id] = one
    sheets = tuple(
        Sheet(person, next(iter(scores.values())).by, scores, total(weights, scores))
        for person, scores in by_person.items()
    )
    return Assessment(sheets, flag_from)


def total(weights: Mapping[int, int], scores: Mapping[int, Given]) -> int | None:
    """The weighted points out of 100, rounded; None while a criterion has no points."""
    if not weights or weights.keys() - scores.keys():
        return None
    points = sum(weight * scores[number].points for number, weight in weights.items())
    return round(Fraction(100 * points, MOST_POINTS * sum(weights.values())))


def check_scores(
    criteria: Sequence[int], points: Mapping[int, int | None], reasons: Mapping[int, str]
) -> None:
    """Raise Invalid unless every criterion has points from 0 to 5 and a reason in words."""
    if not criteria:
        raise Invalid("This round has no criteria yet. The national office sets them.")
    for number in criteria:
        given = points.get(number)
        if given is None or not 0 <= given <= MOST_POINTS:
            raise Invalid("Choose the points for every criterion.", field=f"points_{number}")
        words = reasons.get(number, "").strip()
        if not words:
            raise Invalid("Say why, for every criterion.", field=f"reason_{number}")
        if len(words) > MOST_WORDS:
            raise Invalid(f"Say it in at most {MOST_WORDS:,} characters.", field=f"reason_{number}")


def check_criteria(wanted: Sequence[Wanted]) -> None:
    """Raise Invalid for criteria that cannot be scored by."""
    if not wanted:
        raise Invalid("Name at least one criterion.")
    if len(wanted) > MOST_CRITERIA:
        raise Invalid(f"A round has at most {MOST_CRITERIA} criteria.")
    for number, one in enumerate(wanted):
        if not one.label.strip():
            raise Invalid("Say what this criterion asks.", field=f"lines-{number}-label")
        if len(one.label) > 160:
            raise Invalid("Say it in at most 160 characters.", field=f"lines-{number}-label")
        if not 1 <= one.weight <= 100:
            raise Invalid("A weight is from 1 to 100.", field=f"lines-{number}-weight")
    names = [one.label.strip().casefold() for one in wanted]
    if len(set(names)) < len(names):
        raise Invalid("Two criteria have the same name.")


def conflict_words(answer: str) -> str | None:
    """Why a declared interest forbids taking part, or None."""
    if answer == "none":
        return None
    return f"You declared an interest: “{INTERESTS[answer]}”. Somebody else must take part."
