"""What is missing after an award, by the day. Pure: facts in, rows of the work queue out."""

from dataclasses import dataclass
from datetime import date, timedelta

SOON = timedelta(days=14)
LETTER_AFTER = timedelta(days=7)

KINDS = {
    "letter": "Send the letter",
    "result": "Record the result",
    "report": "Get the spending report",
    "receipts": "Get the missing receipts",
    "judge": "Judge the report",
    "unspent": "Get the unspent money back",
    "declaration": "Note the agent's return",
    "register": "Remind of the register of interests",
}


@dataclass(frozen=True)
class Case:
    """One award as the queue sees it. Days are None where they are not known."""

    status: str
    awarded_on: date | None = None
    poll_on: date | None = None
    letter_sent: bool = False
    result_known: bool = False
    not_nominated: bool = False
    register_by: date | None = None
    registered: bool = False
    report_due: date | None = None
    return_due: date | None = None
    report_status: str | None = None
    papers_missing: int = 0
    return_noted: bool = False


@dataclass(frozen=True)
class Missing:
    """One thing to do: its kind, the day it is due, and whether it is that already."""

    kind: str
    due_on: date | None
    overdue: bool

    @property
    def label(self) -> str:
        """What to do, in words."""
        return KINDS[self.kind]


def missing_of(case: Case, today: date) -> tuple[Missing, ...]:
    """What is missing of one award, in the order of KINDS."""
    if case.not_nominated and case.status == "awarded":
        return ()  # it lapses; nothing was paid
    found: list[tuple[str, date | None]] = []
    if not case.letter_sent and case.status in ("awarded", "paid") and case.awarded_on:
        found.append(("letter", case.awarded_on + LETTER_AFTER))
    polled = case.poll_on is not None and today > case.poll_on
    if polled and not case.result_known:
        found.append(("result", case.poll_on + SOON if case.poll_on else None))
    found += _report(case, today, polled=polled)
    if polled and case.return_due and not case.return_noted and today >= case.return_due - SOON:
        found.append(("declaration", case.return_due))
    if case.register_by is not None and not case.registered:
        found.append(("register", case.register_by))
    return tuple(Missing(kind, due, due is not None and today > due) for kind, due in found)


def _report(case: Case, today: date, *, polled: bool) -> list[tuple[str, date | None]]:
    if case.status != "paid":
        return []
    if case.report_status == "submitted":
        return [("judge", None)]
    if case.report_status == "accepted":
        return [("unspent", None)]
    due = case.report_due
    found: list[tuple[str, date | None]] = []
    if polled and due is not None and today >= due - SOON:
        found.append(("report", due))
    if case.papers_missing:
        found.append(("receipts", due))
    return found
