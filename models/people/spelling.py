"""The words by which a person is found, and how near what was typed comes to them. Pure."""

import string
from collections.abc import Callable, Collection, Iterable, Sequence

from rapidfuzz.distance import OSA

from models.folding import APOSTROPHES, fold

WORDS, LONGEST = 6, 80
EMAIL, NUMBER = "@", "#"  # marks words of an e-mail address and a membership number
ENDINGS = frozenset({"uk", "com", "org", "net", "gov", "co", "ac", "cymru", "scot", "wales"})
APART = str.maketrans(dict.fromkeys(APOSTROPHES, " "))
PARTICLES = frozenset({"o", "mc", "mac", "fitz", "van", "de", "st", "ap", "ab", "ni", "nic", "ui"})
EXACT, BEGUN, NEARLY, INITIAL, UNSEEN = 1.0, 0.9, 0.85, 0.62, 0.0


def tokens(text: str) -> list[str]:
    """What was typed, as folded words; at most six, each as long as is stored."""
    return [word[:LONGEST] for word in fold(text).split()[:WORDS]]


def words_of_name(*names: str | None) -> set[str]:
    """The words of a name: each, O'Brien as one word and as two, and what has several words
    (Smith-Jones, Mac Giolla) also as one."""
    found: set[str] = set()
    for name in filter(None, names):
        for spelt in (name, name.translate(APART)):
            parts = fold(spelt).split()
            found.update(parts)
            if 1 < len(parts) < 4:
                found.add("".join(parts))
    return {word[:LONGEST] for word in found}


def words_of_email(address: str) -> set[str]:
    """The marked words of an e-mail address, its common endings left out."""
    parts = fold(address).split()
    return {EMAIL + word[: LONGEST - 1] for word in parts if word not in ENDINGS}


def word_of_number(number: str) -> str:
    """The marked word of a membership number."""
    return (NUMBER + fold(number).replace(" ", ""))[:LONGEST]


def joined(words: Sequence[str]) -> list[str]:
    """The words with a particle drawn to its name, as "mc donald" is meant: "mcdonald"."""
    found: list[str] = []
    for word in words:
        if found and found[-1] in PARTICLES:
            found[-1] += word
        else:
            found.append(word)
    return found


def one_off(word: str) -> set[str]:
    """Every text that one slip of the fingers makes of a word: a letter too few, too many,
    another, or two that changed places."""
    cuts = [(word[:n], word[n:]) for n in range(len(word) + 1)]
    letters = string.ascii_lowercase
    found = {a + b[1:] for a, b in cuts if b}
    found.update(a + b[1] + b[0] + b[2:] for a, b in cuts if len(b) > 1)
    found.update(a + c + b[1:] for a, b in cuts if b for c in letters)
    found.update(a + c + b for a, b in cuts for c in letters)
    return found - {word}


def slips(word: str) -> int:
    """How many slips are forgiven in a word of this length."""
    return 0 if len(word) < 3 else 1 if len(word) < 6 else 2 if len(word) < 9 else 3


def nearest(word: str, known: Iterable[str], most: int = 24) -> list[str]:
    """Those of the known words that the word may have been meant as, the nearest first."""
    far = slips(word)
    found = ((OSA.distance(word, one, score_cutoff=far), one) for one in set(known))
    return [one for distance, one in sorted(found, key=_by_first(word)) if distance <= far][:most]


def _by_first(word: str) -> Callable[[tuple[int, str]], tuple[int, bool, str]]:
    return lambda pair: (pair[0], pair[1][:1] != word[:1], pair[1])


def nearness(asked: Sequence[str], keys: Sequence[str]) -> float:
    """How well the typed words fit a name of these folded parts (given, family, everyday name),
    from 0 to about 1: each word whole, begun, by its initial or nearly; then less for words of the
    name that nobody typed."""
    single = [word for key in keys for word in key.split()]
    whole = {*single, *(key.replace(" ", "") for key in keys)}
    if not asked or not whole:
        return UNSEEN
    begun = {word: _begun(word, whole) for word in asked}
    fit = sum(begun[word] or _nearly(word, whole) for word in asked) / len(asked)
    left = sum(not any(one.startswith(word) for word in asked) for one in set(single))
    return fit - 0.02 * min(left, 4)


def _begun(word: str, words: Collection[str]) -> float:
    if word in words:
        return EXACT
    return BEGUN if any(one.startswith(word) for one in words) else UNSEEN


def _nearly(word: str, words: Collection[str]) -> float:
    close = max(OSA.normalized_similarity(word, one) for one in words)
    initial = INITIAL if word[:1] in words else UNSEEN
    return max(NEARLY * close if close > 0.5 else UNSEEN, initial)
