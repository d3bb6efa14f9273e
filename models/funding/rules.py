"""What an application must say before it can be submitted, awarded or paid. Pure; pence."""

from dataclasses import dataclass
from datetime import date

from models.money import in_pounds

MOST_P = 1_000_000_000_00


@dataclass(frozen=True)
class Post:
    """An office somebody stands for; `place` says where: "ward", "council" or "constituency"."""

    key: str
    label: str
    place: str


POSTS = {
    post.key: post
    for post in (
        Post("councillor", "Councillor", "ward"),
        Post("mayor", "Mayor", "council"),
        Post("mp", "MP", "constituency"),
        Post("msp", "MSP", "constituency"),
        Post("ms", "MS (Senedd)", "constituency"),
        Post("pcc", "Police and crime commissioner", "council"),
    )
}


@dataclass(frozen=True)
class Line:
    """One thing the money would pay for."""

    what: str
    amount_p: int


@dataclass(frozen=True)
class Answers:
    """The answers of an application, as far as they are known. Amounts are pence.

    `electorate`, `joint` (1 alone, 2 two, 3 three or more) and `area` are asked for the law,
    `late_reason` where the round is closed.
    """

    person_id: int | None = None
    post: str = "councillor"
    council_id: int | None = None
    ward_id: int | None = None
    constituency_id: int | None = None
    poll_on: date | None = None
    requested_p: int | None = None
    purpose: str | None = None
    lines: tuple[Line, ...] = ()
    electorate: int | None = None
    joint: int | None = None
    area: str | None = None
    late_reason: str | None = None

    @property
    def asked_p(self) -> int | None:
        """The amount asked for: what was typed, else the sum of the cost lines."""
        return self.requested_p if self.requested_p is not None else self.sum_p or None

    @property
    def sum_p(self) -> int:
        """What the cost lines add up to."""
        return sum(line.amount_p for line in self.lines)


@dataclass(frozen=True)
class Problem:
    """One thing that is missing or wrong, and the form field where it is put right.

    `section` names the part of the round's form it is in; empty for the application's own facts.
    """

    field: str
    message: str
    section: str = ""


@dataclass(frozen=True)
class Limits:
    """What the answers are held against. `council_region_id` is None where nobody mapped it."""

    max_grant_p: int
    today: date
    region_id: int
    council_region_id: int | None = None


def problems(answers: Answers, limits: Limits) -> tuple[Problem, ...]:
    """Everything that stands between these answers and the national office, in page order."""
    found = []
    if answers.person_id is None:
        found.append(Problem("person", "Say who the candidate is."))
    found += _place_problems(answers, limits)
    found += _day_problems(answers, limits)
    if not answers.lines:
        found.append(Problem("lines", "Add at least one cost line: what, and how much."))
    found += amount_problems(answers, limits.max_grant_p)
    if not answers.purpose:
        found.append(Problem("purpose", "Say what the money is for."))
    return tuple(found)


def _place_problems(answers: Answers, limits: Limits) -> list[Problem]:
    post = POSTS.get(answers.post)
    if post is None:
        return [Problem("post", "Say which post the candidate stands for.")]
    if post.place == "constituency":
        missing = answers.constituency_id is None
        return [Problem("constituency", "Say which constituency it is.")] if missing else []
    found = []
    if answers.council_id is None:
        found.append(Problem("council", "Say which council the contest is for."))
    elif limits.council_region_id not in (None, limits.region_id):
        found.append(Problem("council", "This council is in another region of the union."))
    if post.place == "ward" and answers.ward_id is None:
        found.append(Problem("ward", "Say which ward the contest is in."))
    return found


def _day_problems(answers: Answers, limits: Limits) -> list[Problem]:
    if answers.poll_on is None:
        return [Problem("poll_on", "Give the date of the poll.")]
    if answers.poll_on < limits.today:
        return [Problem("poll_on", "This poll is over. Give the date of a poll still to come.")]
    return []


def amount_problems(answers: Answers, max_grant_p: int) -> list[Problem]:
    """What is wrong with the amount asked for, held against its lines and the highest grant."""
    asked_p = answers.asked_p
    if asked_p is None:
        return [Problem("amount", "Say how much you ask for.")]
    if asked_p < 1:
        return [Problem("amount", "The amount must be more than nothing.")]
    if asked_p > max_grant_p:
        return [
            Problem(
                "amount",
                f"The highest grant for one candidate is {in_pounds(max_grant_p)}; "
                f"you ask for {in_pounds(asked_p)}.",
            )
        ]
    if answers.lines and asked_p > answers.sum_p:
        return [
            Problem(
                "amount",
                f"You ask for {in_pounds(asked_p)}, but the cost lines add up to "
                f"{in_pounds(answers.sum_p)}.",
            )
        ]
    return []


def award_problem(amount_p: int, *, requested_p: int, max_grant_p: int) -> str | None:
    """Why this amount cannot be awarded, or None: more than nothing, at most what was asked."""
    if amount_p < 1:
        return "Enter an amount of more than nothing, or decline the application."
    if amount_p > requested_p:
        return f"The region asked for {in_pounds(requested_p)}; you cannot award more."
    if amount_p > max_grant_p:
        return f"The highest grant for one candidate is {in_pounds(max_grant_p)}."
    return None


def reduction_problem(amount_p: int, *, awarded_p: int, paid_p: int) -> str | None:
    """Why an award cannot be reduced to this, or None: less than it is, not below what is paid."""
    if amount_p >= awarded_p:
        return f"The award is {in_pounds(awarded_p)}; enter less than that."
    if amount_p < 1:
        return "Enter more than nothing. To take all of it back, let it lapse."
    if amount_p < paid_p:
        return f"{in_pounds(paid_p)} of it is paid already; it cannot be less than that."
    return None


def payment_problem(paid_on: date, *, awarded_on: date, today: date) -> str | None:
    """Why this cannot be the day of the payment, or None: from the award on, until today."""
    if paid_on > today:
        return "The day of the payment cannot be in the future."
    if paid_on < awarded_on:
        return "The payment cannot be older than the award."
    return None


def contest_key(answers: Answers) -> str:
    """One text for one contest: post, place and day of the poll; for complete answers only."""
    place = {
        "ward": f"ward {answers.ward_id}",
        "council": f"council {answers.council_id}",
        "constituency": f"constituency {answers.constituency_id}",
    }[POSTS[answers.post].place]
    return f"{answers.post}|{place}|{answers.poll_on}"


def place_words(ward: str | None, council: str | None, constituency: str | None) -> str:
    """A contest's place: "Abbey, Ambridge", a constituency, or what a draft says instead."""
    return constituency or ", ".join(name for name in (ward, council) if name) or "No place yet"
