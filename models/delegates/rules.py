"""What a term as delegate may look like. Pure."""

from dataclasses import dataclass
from datetime import date

from models.delegates.workflow import OPEN
from models.errors import Invalid

# So many days before its end a term is warned of.
WARNED_DAYS = 60


@dataclass(frozen=True)
class TermDates:
    """The days of a term, as far as they are known."""

    starts_on: date | None = None
    ends_on: date | None = None
    certified_on: date | None = None


def checked_dates(dates: TermDates, *, status: str, today: date) -> None:
    """Raise Invalid, on the field at fault, where the days of a term make no sense."""
    if dates.starts_on and dates.ends_on and dates.ends_on <= dates.starts_on:
        raise Invalid("The annual meeting must come after the start.", field="ends_on")
    if dates.certified_on is not None and dates.certified_on > today:
        raise Invalid("That day has not come yet.", field="certified_on")
    if dates.certified_on is not None and status == "nominated":
        raise Invalid("Somebody who is nominated has not been certified yet.", field="certified_on")


def checked_status(status: str) -> None:
    """Raise Invalid unless a term may begin in this status."""
    if status not in OPEN:
        raise Invalid("Choose how far they are.", field="status")


def checked_day(on: date, dates: TermDates, *, ends: bool, today: date) -> None:
    """Raise Invalid where a step cannot have been taken on this day."""
    if on > today:
        raise Invalid("That day has not come yet.", field="on")
    if ends and dates.starts_on is not None and dates.starts_on <= today and on < dates.starts_on:
        raise Invalid("The term ends before it begins.", field="on")


def clp_of(constituency: str) -> str:
    """What the constituency party is called."""
    return f"{constituency} CLP"


def ends_soon(ends_on: date | None, today: date) -> bool:
    """True from 60 days before the annual meeting until it."""
    return ends_on is not None and 0 <= (ends_on - today).days <= WARNED_DAYS


def is_over(ends_on: date | None, today: date) -> bool:
    """True where the annual meeting has passed."""
    return ends_on is not None and ends_on < today
