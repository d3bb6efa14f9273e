"""Which poll a term's end belongs to, and when the next term usually ends. Pure."""

from collections.abc import Collection
from datetime import date, timedelta

# A term's expected end may be written as the poll, the fourth day after it, or a little later …
GRACE = timedelta(days=14)
# … or some days too early, by whoever knew the week and not the day.
EARLY = timedelta(days=6)
THURSDAY, MAY, WEEK = 3, 5, 7
YEARS = {"mp": 5, "msp": 5, "mla": 5}
YEARS_OF_NATION = {"Scotland": 5, "Wales": 5}
USUAL_YEARS = 4


def poll_of(end: date, polls: Collection[date]) -> date:
    """The one poll day to which a term's end belongs: of the ordinary polls on the books the
    latest within the grace before it, else one that follows at once, else the Thursday."""
    before = [day for day in polls if day <= end <= day + GRACE]
    if before:
        return max(before)
    after = [day for day in polls if end < day <= end + EARLY]
    return min(after) if after else end - timedelta(days=(end.weekday() - THURSDAY) % WEEK)


def ends_of(poll_on: date, polls: Collection[date]) -> list[date]:
    """All ends that belong to a poll day."""
    span = range(-EARLY.days, GRACE.days + 1)
    around = (poll_on + timedelta(days=step) for step in span)
    return [day for day in around if poll_of(day, polls) == poll_on]


def is_usual(day: date) -> bool:
    """True for a day on which polls are usually held."""
    return day.weekday() == THURSDAY


def next_end(
    poll_on: date,
    *,
    post: str,
    nation: str | None = None,
    was: date | None = None,
    council_ends: date | None = None,
) -> date:
    """When the term that begins with a poll usually ends: at the next ordinary poll, so many days
    after it as the term before it was written; never after the end of its council."""
    years = YEARS.get(post) or (
        YEARS_OF_NATION.get(nation or "", USUAL_YEARS) if post == "councillor" else USUAL_YEARS
    )
    year = poll_on.year + years
    next_poll = _first_thursday(year) if poll_on.month == MAY else _thursday_before(poll_on, year)
    late = was - poll_on if was is not None and poll_on <= was <= poll_on + GRACE else timedelta(4)
    usual = next_poll + late
    return min(usual, council_ends) if council_ends and council_ends > poll_on else usual


def _first_thursday(year: int) -> date:
    first = date(year, MAY, 1)
    return first + timedelta(days=(THURSDAY - first.weekday()) % WEEK)


def _thursday_before(poll_on: date, year: int) -> date:
    day = date(year, poll_on.month, min(poll_on.day, 28))
    return day - timedelta(days=(day.weekday() - THURSDAY) % WEEK)
