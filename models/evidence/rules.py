"""What must hold of what comes after an award. Pure: values in, problems out."""

from dataclasses import dataclass
from datetime import date

from models.days import said_day
from models.funding.rules import Problem

MOST_VOTES = 10_000_000


@dataclass(frozen=True)
class Result:
    """What became of a candidate, as somebody found it out. None is not known yet."""

    nominated: bool | None
    elected: bool | None
    votes: int | None
    on: date | None
    source: str
    took_office_on: date | None = None


def result_problem(result: Result, *, poll_on: date | None, today: date) -> Problem | None:
    """What is wrong with a result, or None. Nobody is elected whom nobody nominated."""
    if result.nominated is None:
        return Problem("nominated", "Say whether the candidate was nominated.")
    if result.on is None:
        return Problem("on", "Enter the day on which this was known.")
    if result.on > today:
        return Problem("on", "This day is in the future.")
    if not result.source.strip():
        return Problem("source", "Say where this is from, such as the council's own page.")
    if not result.nominated and (result.elected or result.votes):
        return Problem("nominated", "Who was not nominated has no votes and no result.")
    return _after_poll_problem(result, poll_on)


def _after_poll_problem(result: Result, poll_on: date | None) -> Problem | None:
    on, known = result.on, result.elected is not None or result.votes is not None
    if known and on is not None and poll_on is not None and on < poll_on:
        return Problem("on", f"The poll is on {said_day(poll_on)}: there is no result before it.")
    if result.votes is not None and not 0 <= result.votes <= MOST_VOTES:
        return Problem("votes", "This is no number of votes.")
    if result.took_office_on is None:
        return None
    if not result.elected:
        return Problem("took_office_on", "Only who is elected takes office.")
    if on is not None and result.took_office_on < on:
        return Problem("took_office_on", "Nobody takes office before the result.")
    return None


def registered_problem(registered_on: date | None, *, result_on: date, today: date) -> str | None:
    """Why this cannot be the day of the entry in the register of interests, or None."""
    if registered_on is None:
        return "Enter the day on which the register was filled in."
    if registered_on > today:
        return "This day is in the future."
    if registered_on < result_on:
        return "This is before the result."
    return None
