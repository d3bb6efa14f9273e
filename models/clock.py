"""The only clock. Everything inside is UTC; a day is a day in London."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")

_set_to: ContextVar[datetime | None] = ContextVar("set_to", default=None)


def now() -> datetime:
    """This moment, aware, in UTC."""
    return _set_to.get() or datetime.now(UTC)


@contextmanager
def set_to(moment: datetime) -> Iterator[None]:
    """Everything inside happens at this moment: for the demonstration, which has a past.

    The audit is written at the commit, outside, and keeps the true time.
    """
    token = _set_to.set(moment)
    try:
        yield
    finally:
        _set_to.reset(token)


def today() -> date:
    """Today's date as the office sees it, in London."""
    return now().astimezone(LONDON).date()


def london_day(moment: datetime) -> date:
    """The day on which a moment falls in London."""
    return moment.astimezone(LONDON).date()


def midnight(day: date) -> datetime:
    """The moment at which a day begins in London."""
    return datetime.combine(day, time(), LONDON)
