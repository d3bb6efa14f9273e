"""What an address gives as text, understood: for filters that a page and its workbook share."""

from datetime import date


def number(text: str | None) -> int | None:
    """A whole number, or None for anything else."""
    try:
        return int(text) if text else None
    except ValueError:
        return None


def numbers(text: str) -> tuple[int, ...]:
    """Whole numbers with commas between them; what is none is left out."""
    found = (number(part) for part in text.split(",")[:200])
    return tuple(one for one in found if one is not None and abs(one) < 2**62)


def day(text: str | None) -> date | None:
    """A day written 2027-05-06, or None for anything else."""
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        return None
