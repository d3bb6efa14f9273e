"""When things happened in the demonstration, reckoned from today."""

from datetime import UTC, date, datetime, time, timedelta
from random import Random

from models import clock

FIRST_RECORD = timedelta(days=600)


def poll_day(year: int) -> date:
    """The ordinary day of local elections: the first Thursday of May."""
    return thursday_from(date(year, 5, 1))


def thursday_from(day: date) -> date:
    """That day, or the Thursday after it."""
    return day + timedelta(days=(3 - day.weekday()) % 7)


def term_around(today: date, base_year: int, years: int) -> tuple[date, date]:
    """The term that runs today of a seat that is polled in `base_year` and every `years` years."""
    year = today.year - (today.year - base_year) % years
    if poll_day(year) > today:
        year -= years
    return poll_day(year), poll_day(year + years)


def next_poll(today: date) -> date:
    """The next ordinary day of local elections."""
    year = today.year if poll_day(today.year) > today else today.year + 1
    return poll_day(year)


def office_hours(rng: Random, day: date) -> datetime:
    """Some moment of a day when people are at work, but never later than now."""
    at = time(rng.randint(9, 17), rng.choice((0, 10, 25, 40, 55)))
    return min(datetime.combine(day, at, clock.LONDON).astimezone(UTC), clock.now())


def between(rng: Random, first: date, last: date) -> date:
    """Some day from the first to the last, both included; weekends move to the Friday before."""
    day = first + timedelta(days=rng.randint(0, max(0, (last - first).days)))
    friday = day - timedelta(days=max(0, day.weekday() - 4))
    return max(first, friday)
