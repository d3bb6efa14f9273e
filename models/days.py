"""Days in words: the one way in which rules, pages and letters name a day."""

from datetime import date


def said_day(day: date) -> str:
    """A day as people say it: 14 May 2026. Of a moment, its own day: say it in London time."""
    return f"{day.day} {day:%B %Y}"
