"""Text as it is compared. Pure, so that rules can use it."""

import unicodedata


def fold(text: str) -> str:
    """The text as it is compared: lower case, no accents, single spaces, plain punctuation."""
    decomposed = unicodedata.normalize("NFKD", text.casefold().replace("&", " and "))
    kept = (c for c in decomposed if not unicodedata.combining(c))
    words = "".join(c if c.isalnum() else " " if c not in "'’" else "" for c in kept)
    return " ".join(words.split())
