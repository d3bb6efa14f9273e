"""Days that follow from a poll: working days, and what is due when. Pure.

The bank holidays are our own small table (holidays.py). Whatever touches a year outside it is
provisional: it may still change, and says so.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from models.elections.holidays import FIRST_DAY, HOLIDAYS, LAST_DAY
from models.elections.rules import FigureBook

ONE = timedelta(days=1)


@dataclass(frozen=True)
class KeyDate:
    """A day, what it is, and whether a bank holiday not yet announced could move it."""

    key: str
    label: str
    on: date
    provisional: bool


def is_working(day: date, nation: str) -> bool:
    """True for a weekday that is neither a bank holiday of the nation nor Christmas Eve."""
    if day.weekday() >= 5 or (day.month, day.day) == (12, 24):
        return False
    return day not in HOLIDAYS[nation]


def working_days_before(day: date, count: int, nation: str) -> date:
    """The day that lies so many working days before another."""
    while count:
        day -= ONE
        count -= is_working(day, nation)
    return day


def next_working(day: date, nation: str) -> date:
    """The day itself, or the next working day after it."""
    while not is_working(day, nation):
        day += ONE
    return day


def is_provisional(*days: date) -> bool:
    """True if one of the days lies outside the years whose bank holidays we hold."""
    return any(not FIRST_DAY <= day <= LAST_DAY for day in days)


def notice_date(poll_on: date, nation: str, book: FigureBook) -> KeyDate | None:
    """The last day for the notice of a local election; None where its rule is not held."""
    figure = book.known("timetable.local.notice", poll_on, nation=nation)
    if figure is None or figure.days is None:
        return None
    on = working_days_before(poll_on, figure.days, nation)
    return KeyDate("notice", "Notice of election by", on, is_provisional(on, poll_on))


def money_dates(poll_on: date, nation: str, book: FigureBook) -> tuple[KeyDate, ...]:
    """When bills are in and paid and the return is due, reckoned from a result the day after."""
    result_on = poll_on + ONE
    found = []
    for key, label in (
        ("bills", "Bills with the agent by"),
        ("paid", "Bills paid by"),
        ("days", "Spending return by"),
    ):
        figure = book.known(f"return.local.{key}", poll_on, nation=nation)
        if figure is not None and figure.days is not None:
            on = next_working(result_on + timedelta(days=figure.days), nation)
            found.append(KeyDate(key, label, on, is_provisional(on)))
    return tuple(found)


def register_by(took_office_on: date, nation: str, book: FigureBook) -> date | None:
    """The last day for a new councillor's register of interests; None where no rule is held."""
    figure = book.known("dpi.days", took_office_on, nation=nation)
    if figure is None or figure.days is None:
        return None
    return took_office_on + timedelta(days=figure.days)
