"""Days that follow a poll for one award: bills, payment, return, and our own report. Pure."""

from dataclasses import dataclass
from datetime import date, timedelta

from models.elections.dates import ONE, KeyDate, money_dates, next_working
from models.elections.rules import FigureBook

REPORT_AFTER = timedelta(days=35)


@dataclass(frozen=True)
class Days:
    """The days of one award; None where the poll or the rule is not known.

    `report` is the day for our spending report: that of the candidate's own return, or where the
    law's days are not held 35 days after the result.
    """

    bills: KeyDate | None = None
    paid: KeyDate | None = None
    returned: KeyDate | None = None
    report: date | None = None

    @property
    def in_law(self) -> tuple[KeyDate, ...]:
        """The days that the law sets, in their order."""
        return tuple(day for day in (self.bills, self.paid, self.returned) if day is not None)


def days_after(poll_on: date | None, *, post: str, nation: str, book: FigureBook) -> Days:
    """What is due when after a poll; the law's days are held for councillors only."""
    if poll_on is None:
        return Days()
    held = money_dates(poll_on, nation, book) if post == "councillor" else ()
    by_key = {day.key: day for day in held}
    returned = by_key.get("days")
    report = returned.on if returned else next_working(poll_on + ONE + REPORT_AFTER, nation)
    return Days(by_key.get("bills"), by_key.get("paid"), returned, report)
