"""How the names of wards are spelt: the words around them, and what is one and the same. Pure.

The one list of such words for every reader: imports, forms, results and seats.
"""

import re
from functools import lru_cache

from models.folding import fold

# Behind the name, the longer ones first.
BEHIND = ("electoral division", "electoral ward", "county division", "division", "ward", "ed")
_WORDS = "|".join(BEHIND)
_BEHIND = re.compile(rf"\s*(?:\(\s*(?:{_WORDS})\s*\)|[\s,-]\s*(?:{_WORDS}))$", re.IGNORECASE)
# Before it: "Ward 6: Cowal".
_BEFORE = re.compile(
    r"^(?:electoral )?(?:ward|division)(?: no\.?)? \d{1,3}\s*(?:[:.,–-]\s*|\s)(?=\D)", re.IGNORECASE
)
SAME = {"saint": "st", "saints": "sts"}


def without_ward(text: str) -> str:
    """A ward's name without the words around it: “Abbey Ward”, “Ward 6: Abbey” and “Abbey (ED)”
    are Abbey."""
    text = " ".join(text.split())
    bare = _BEFORE.sub("", _BEHIND.sub("", text))
    return bare.strip(" ,-") or text


@lru_cache(maxsize=50_000)
def ward_key(text: str) -> str:
    """A ward's name as it is compared: without these words, Saint as St, “&” as “and”."""
    return " ".join(SAME.get(word, word) for word in fold(without_ward(text)).split())


@lru_cache(maxsize=50_000)
def ward_keys(text: str) -> tuple[str, ...]:
    """The keys under which a ward may be known, the surest first; of a name in two languages
    (“Grangetown/Trelluest”) also each of them."""
    both = [part for part in re.split(r"\s*/\s*", without_ward(text)) if fold(part)]
    keys = [fold(text), ward_key(text)]
    if len(both) == 2:
        keys += [ward_key(part) for part in both]
    return tuple(dict.fromkeys(key for key in keys if key))
