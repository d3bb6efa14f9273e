"""When a round takes applications, and what a round may look like. Pure; pence; moments in UTC."""

import re
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol
from zoneinfo import ZoneInfo

from models.days import said_day
from models.errors import Invalid
from models.money import in_pounds

LONDON = ZoneInfo("Europe/London")
CODE = re.compile(r"[A-Z0-9][A-Z0-9-]{1,19}", re.ASCII)
MOST_P = 10**12
MOST_SCORES = 5


@dataclass(frozen=True)
class Phase:
    """Where a round stands, in words and with a tone."""

    key: str
    label: str
    tone: str


PHASES = {
    phase.key: phase
    for phase in (
        Phase("planned", "Being prepared", "neutral"),
        Phase("announced", "Opens later", "info"),
        Phase("open", "Open", "ok"),
        Phase("late", "Closed, late ones with a reason", "warning"),
        Phase("closed", "Closed", "neutral"),
    )
}


class Timed(Protocol):
    """What is needed to say where a round stands."""

    @property
    def published_at(self) -> datetime | None:
        """When it was put up; None while it is being prepared."""

    @property
    def opens_at(self) -> datetime:
        """From when on it takes applications."""

    @property
    def closes_at(self) -> datetime:
        """Until when it takes them without a reason."""

    @property
    def late_allowed(self) -> bool:
        """True if it takes late ones with a reason."""


@dataclass(frozen=True)
class Terms:
    """What the national office says about a round. `poll_on` is open for by-elections."""

    name: str
    code: str
    opens_at: datetime
    closes_at: datetime
    election: str = ""
    poll_on: date | None = None
    late_allowed: bool = False
    fast_track: bool = False
    max_grant_p: int | None = None
    scores_needed: int = 0
    spread_flag: int = 30
    submission_endorses: bool = True


def phase_of(round_: Timed, now: datetime) -> Phase:
    """Where a round stands at a moment; it is still open at the very minute it closes."""
    if round_.published_at is None:
        return PHASES["planned"]
    if now < round_.opens_at:
        return PHASES["announced"]
    if now <= round_.closes_at:
        return PHASES["open"]
    return PHASES["late" if round_.late_allowed else "closed"]


def time_problem(round_: Timed, now: datetime, late_reason: str | None) -> str | None:
    """Why the round takes no application at this moment, in a sentence; None where it does."""
    phase = phase_of(round_, now).key
    if phase == "planned":
        return "This round is still being prepared. The national office has to open it first."
    if phase == "announced":
        return f"This round opens on {in_london(round_.opens_at)}. Come back then."
    if phase == "closed":
        return (
            f"This round closed on {in_london(round_.closes_at)} and takes no late applications. "
            "Ask the national office."
        )
    if phase == "late" and not (late_reason or "").strip():
        return f"This round closed on {in_london(round_.closes_at)}. Say why you are late."
    return None


def poll_problem(poll_on: date | None, round_poll_on: date | None) -> str | None:
    """Why this day of the poll does not belong into a round, or None."""
    if None in (poll_on, round_poll_on) or poll_on == round_poll_on:
        return None
    return f"This round is for the poll on {_day(round_poll_on)}. Choose another round, or the day."


class Within(Protocol):
    """The fund that a round is of."""

    name: str
    starts_on: date
    ends_on: date
    max_grant_p: int


def check_fund(terms: Terms, fund: Within, *, old: Terms | None = None) -> None:
    """Raise Invalid, at its field, for terms that are not within the round's fund.

    Days that were so before (`old`) may stay; a grant above the fund's largest may not.
    """
    if terms.max_grant_p is not None and terms.max_grant_p > fund.max_grant_p:
        raise Invalid(
            f"{fund.name} grants one candidate at most {in_pounds(fund.max_grant_p)}. Enter that "
            "or less; to grant more, ask for another largest grant of the fund first.",
            field="max_grant",
        )
    if old is not None and old.closes_at == terms.closes_at:
        return
    closes_on = terms.closes_at.astimezone(LONDON).date()
    if not fund.starts_on <= closes_on <= fund.ends_on:
        raise Invalid(
            f"{fund.name} runs from {_day(fund.starts_on)} to {_day(fund.ends_on)}. A round closes "
            "within the days of its fund.",
            field="closes_at",
        )


def check_terms(terms: Terms, *, now: datetime, today: date, old: Terms | None = None) -> Terms:
    """The terms themselves; Invalid, at its field, for what no round can have.

    What was so before (`old`) may have passed by now; only what is new must lie ahead.
    """
    _check_words(terms)
    if terms.opens_at >= terms.closes_at:
        raise Invalid("A round closes after it opens.", field="closes_at")
    if (old is None or old.closes_at != terms.closes_at) and terms.closes_at <= now:
        raise Invalid("This moment has passed. A round closes in the future.", field="closes_at")
    _check_poll(terms, today=today, old=old)
    if terms.max_grant_p is not None and not 0 < terms.max_grant_p <= MOST_P:
        raise Invalid("The highest grant must be more than nothing.", field="max_grant")
    if not 0 <= terms.scores_needed <= MOST_SCORES:
        raise Invalid(f"Ask for at most {MOST_SCORES} scores.", field="scores_needed")
    if not 1 <= terms.spread_flag <= 100:
        raise Invalid("Enter points from 1 to 100.", field="spread_flag")
    return terms


def _check_words(terms: Terms) -> None:
    if not terms.name.strip():
        raise Invalid("Give the round a name.", field="name")
    if not CODE.fullmatch(terms.code):
        raise Invalid(
            "A code has 2 to 20 capital letters, digits and hyphens, like LOCAL-27.", field="code"
        )


def _check_poll(terms: Terms, *, today: date, old: Terms | None) -> None:
    if terms.poll_on is None:
        if not terms.fast_track:
            raise Invalid(
                "Give the day of the poll. Only a round for by-elections has none of its own.",
                field="poll_on",
            )
        return
    if (old is None or old.poll_on != terms.poll_on) and terms.poll_on < today:
        raise Invalid("This poll is over. Give a day still to come.", field="poll_on")
    if terms.closes_at.astimezone(LONDON).date() > terms.poll_on:
        raise Invalid("A round closes no later than the day of its poll.", field="closes_at")


def in_london(moment: datetime) -> str:
    """A moment in words: "12 March 2027, 17:00"."""
    local = moment.astimezone(LONDON)
    return f"{said_day(local)}, {local:%H:%M}"


def _day(day: date | None) -> str:
    return said_day(day) if day else ""
