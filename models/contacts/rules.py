"""What a contact and a follow-up may be: words and rules, pure."""

from calendar import monthrange
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from models.errors import Invalid

PEOPLE_LIMIT = 50
SUMMARY_LIMIT = 4000
WHAT_LIMIT = 200
CLOCKS_DIFFER = timedelta(minutes=5)
SOON = timedelta(days=7)


@dataclass(frozen=True)
class Choice:
    """A key that is stored, the words people read, and the drawing beside them."""

    key: str
    label: str
    icon: str = "point"


CHANNELS = (
    Choice("phone", "Phone call", "phone"),
    Choice("email", "E-mail", "mail"),
    Choice("message", "Text or chat", "message"),
    Choice("meeting", "Meeting", "users"),
    Choice("video", "Video call", "video"),
    Choice("event", "Event", "calendar"),
    Choice("letter", "Letter", "send"),
)
OUTCOMES = (
    Choice("spoke", "Spoke"),
    Choice("message-left", "Left a message"),
    Choice("no-answer", "No answer"),
    Choice("agreed", "Agreed to help"),
    Choice("declined", "Said no"),
    Choice("waiting", "Will come back to us"),
)
# The quick choices of a due date: how far off, in words.
DUE_CHOICES = (
    Choice("tomorrow", "Tomorrow"),
    Choice("week", "In a week"),
    Choice("month", "In a month"),
)

_CHANNELS = {choice.key: choice for choice in CHANNELS}
_OUTCOMES = {choice.key: choice for choice in OUTCOMES}


def channel_of(key: str) -> Choice:
    """The channel; one that is no longer offered is shown by its key."""
    return _CHANNELS.get(key) or Choice(key, key.capitalize())


def outcome_label(key: str | None) -> str | None:
    """The outcome in words; None where none was given."""
    return None if key is None else _OUTCOMES.get(key, Choice(key, key.capitalize())).label


def check_contact(
    *, at: datetime, now: datetime, channel: str, summary: str, outcome: str | None
) -> None:
    """Raise Invalid, naming the field, unless this may be logged."""
    if at > now + CLOCKS_DIFFER:
        raise Invalid("A contact cannot be in the future. Check the date and time.", field="at")
    if channel not in _CHANNELS:
        raise Invalid("Choose how you were in contact.", field="channel")
    if not summary.strip():
        raise Invalid("Say in a few words what it was about.", field="summary")
    if len(summary) > SUMMARY_LIMIT:
        raise Invalid(f"Keep the summary under {SUMMARY_LIMIT:,} characters.", field="summary")
    if outcome is not None and outcome not in _OUTCOMES:
        raise Invalid("Choose an outcome from the list.", field="outcome")


def check_people(ids: Collection[int]) -> None:
    """Raise Invalid unless a contact is with at least one person and at most fifty."""
    if not ids:
        raise Invalid("Say who you were in contact with.", field="who")
    if len(ids) > PEOPLE_LIMIT:
        raise Invalid(f"A contact can have at most {PEOPLE_LIMIT} people.", field="who")


def check_follow_up(*, what: str, due_on: date, today: date) -> None:
    """Raise Invalid, naming the field, unless this may be promised."""
    if not what.strip():
        raise Invalid("Say what is to be done.", field="what")
    if len(what) > WHAT_LIMIT:
        raise Invalid(f"Keep it under {WHAT_LIMIT} characters.", field="what")
    check_due(due_on, today=today)


def check_due(due_on: date, *, today: date) -> None:
    """Raise Invalid for a due date that has passed, or is more than five years off."""
    if due_on < today:
        raise Invalid("The due date has passed. Choose today or later.", field="due_on")
    if due_on > today + timedelta(days=5 * 366):
        raise Invalid("Choose a due date within five years.", field="due_on")


def due_after(choice: str, today: date) -> date:
    """The day that a quick choice means; a month on is the same day, or the month's last."""
    if choice == "tomorrow":
        return today + timedelta(days=1)
    if choice == "week":
        return today + timedelta(days=7)
    year, month = (today.year, today.month + 1) if today.month < 12 else (today.year + 1, 1)
    return date(year, month, min(today.day, monthrange(year, month)[1]))


def due_label(status: str, due_on: date, today: date) -> tuple[str, str]:
    """How a follow-up stands, as words and a tone: ("Overdue 5 days", "bad")."""
    if status != "open":
        return ("Done", "ok") if status == "done" else ("Cancelled", "neutral")
    days = (due_on - today).days
    if days < 0:
        return (f"Overdue {-days} {'day' if days == -1 else 'days'}", "bad")
    if days <= 1:
        return ("Due today", "bad") if days == 0 else ("Due tomorrow", "warning")
    if days <= SOON.days:
        return (f"{days} days left", "warning")
    return (f"Due {due_on.day} {due_on:%b %Y}", "neutral")


def may_change(
    *, author_id: int, region_id: int | None, reader_id: int | None, regions: frozenset[int] | None
) -> bool:
    """True for the author, for the same region, and for whoever sees all regions."""
    return reader_id == author_id or regions is None or region_id in regions
