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


def fold(text: str) -> str:
    """The text as it is compared: lower case, no accents or strokes, single spaces, plain
    punctuation, no apostrophes."""
    plain = text.casefold().translate(_WHOLE)
    if not plain.isascii():
        decomposed = unicodedata.normalize("NFKD", plain).translate(_STROKES)
        plain = "".join(c for c in decomposed if not unicodedata.combining(c))
    return " ".join("".join(c if c.isalnum() else " " for c in plain).split())


def plain_apostrophes(text: str) -> str:
    """The text with the odd apostrophes inside words written ’, as in O’Gorman for O`Gorman."""
    return _ODD.sub("’", text)
