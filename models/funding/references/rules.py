"""How two references of a bank are the same one. Pure: text in, text out."""

import re
import unicodedata

from models.folding import without_unseen

MOST = 60
# Of what stands between the letters, a statement and a letter write one or the other.
BETWEEN = "-/."
OURS = re.compile(r"(?P<award>[A-Z]+-?\d{4}-?\d+)(?:-?P\d+)?")


def key_of(reference: str) -> str:
    """A reference as it is kept: without spaces and unseen marks, whatever its letters' case."""
    seen = without_unseen(unicodedata.normalize("NFKC", without_unseen(reference)))
    return "".join(seen.split()).casefold()


def bare_key(reference: str) -> str:
    """A reference as it is compared: its key without hyphens, slashes and dots too."""
    return key_of(reference).translate(dict.fromkeys(map(ord, BETWEEN)))


def has_sign(reference: str) -> bool:
    """Whether there is anything in it that stands on a statement: a plain letter or digit."""
    return any(mark.isascii() and mark.isalnum() for mark in reference)


def award_named(reference: str) -> str | None:
    """The application's reference where this is one of ours or of one of its payments."""
    found = OURS.fullmatch(key_of(reference).upper())
    return found["award"] if found else None
