"""Text as it is compared, and the one list each of apostrophes and of letters with a stroke. Pure,
so that rules can use it."""

import re
import unicodedata

# However an apostrophe is typed: straight, curly, turned, a grave or acute accent, a prime.
APOSTROPHES = "'’‘`´′ʼʹʻ‛＇"
# What Unicode does not take apart, as people type it. (Case folding makes ss of ß.)
LETTERS = {"ø": "o", "ł": "l", "æ": "ae", "œ": "oe", "ð": "d", "đ": "d", "þ": "th"}
_WHOLE = str.maketrans({**dict.fromkeys(APOSTROPHES, ""), "&": " and "})
_STROKES = str.maketrans(LETTERS)
_ODD = re.compile(rf"(?<=[^\W\d_])[{APOSTROPHES[2:]}](?=[^\W\d_])")


def without_unseen(text: str) -> str:
    """The text without the marks that nobody sees: zero width, direction, soft hyphen. Two texts
    that look alike are one wherever texts are compared."""
    if text.isascii():
        return text
    return "".join(c for c in text if unicodedata.category(c) != "Cf")


def fold(text: str) -> str:
    """The text as it is compared: lower case, no accents or strokes, single spaces, plain
    punctuation, no apostrophes, nothing that is not seen."""
    plain = without_unseen(text).casefold().translate(_WHOLE)
    if not plain.isascii():
        decomposed = unicodedata.normalize("NFKD", plain).translate(_STROKES)
        plain = "".join(c for c in decomposed if not unicodedata.combining(c))
    return " ".join("".join(c if c.isalnum() else " " for c in plain).split())


def plain_apostrophes(text: str) -> str:
    """The text with the odd apostrophes inside words written ’, as in O’Gorman for O`Gorman."""
    return _ODD.sub("’", text)
