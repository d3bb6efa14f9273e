"""When somebody is reminded of what an award still asks for. Pure: facts in, reminders out.

Each reminder goes once. One that nobody needs any more, because what it asks for is in, is left
out; so is one that is long past, for a worker that stood still must not flood anybody.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from models.days import said_day
from models.evidence.due import Days

LONG_PAST = timedelta(days=30)


@dataclass(frozen=True)
class Plan:
    """One kind of reminder: so many days before (or, below nothing, after) the day it is about."""

    kind: str
    about: str
    before: int
    words: str


PLANS = (
    Plan("bills", "bills", 7, "All bills must be with the election agent by {day}."),
    Plan("paid", "paid", 7, "All bills must be paid by {day}; later payment needs the court."),
    Plan("return", "return", 7, "The agent hands in the return of election expenses by {day}."),
    Plan("report", "report", 7, "The spending report with its receipts is due by {day}."),
    Plan("report-late", "report", -1, "The spending report was due on {day}. Please send it now."),
    Plan(
        "report-very-late",
        "report",
        -14,
        "The spending report was due on {day} and is not in. No further grant can be paid "
        "before it is.",
    ),
    Plan(
        "register",
        "register",
        14,
        "The new councillor registers the union's support in the register of interests by {day}.",
    ),
    Plan("register-late", "register", -1, "The register of interests was to be done by {day}."),
)


@dataclass(frozen=True)
class Chase:
    """One award as chasing sees it; `had` are the kinds of reminder that went already."""

    days: Days
    standing: bool
    not_nominated: bool = False
    report_in: bool = False
    return_noted: bool = False
    register_by: date | None = None
    registered: bool = False
    had: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Due:
    """A reminder to send now, and the day it is about."""

    kind: str
    day: date
    words: str


def reminders_due(chase: Chase, today: date) -> tuple[Due, ...]:
    """Which reminders go today, in the order of PLANS."""
    if not chase.standing or chase.not_nominated:
        return ()
    days = _days(chase)
    found = []
    for plan in PLANS:
        day = days.get(plan.about)
        if day is None or plan.kind in chase.had:
            continue
        send_on = day - timedelta(days=plan.before)
        if send_on <= today <= send_on + LONG_PAST and not _outrun(plan, day, today):
            words = plan.words.format(day=said_day(day))
            found.append(Due(plan.kind, day, words))
    return tuple(found)


def _outrun(plan: Plan, day: date, today: date) -> bool:
    """True for a reminder of a day that is over: the later one says so."""
    return plan.before > 0 and today > day


def _days(chase: Chase) -> dict[str, date | None]:
    """The days that still matter."""
    law = chase.days
    returned = chase.return_noted
    return {
        "bills": law.bills.on if law.bills and not returned else None,
        "paid": law.paid.on if law.paid and not returned else None,
        "return": law.returned.on if law.returned and not returned else None,
        "report": None if chase.report_in else law.report,
        "register": None if chase.registered else chase.register_by,
    }
