"""How two references of a bank are the same one. Pure: text in, text out."""

import re
import unicodedata

MOST = 60
OURS = re.compile(r"(?P<award>[A-Z]+-?\d{4}-?\d+)(?:-?P\d+)?")


def key_of(reference: str) -> str:
    """A reference as it is compared: without its spaces, whatever the case of its letters."""
    return "".join(unicodedata.normalize("NFKC", reference).split()).casefold()


def award_named(reference: str) -> str | None:
    """The application's reference where this is one of ours or of one of its payments."""
    found = OURS.fullmatch(key_of(reference).upper())
    return found["award"] if found else None
