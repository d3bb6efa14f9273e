"""Which name was nearly typed. Pure."""

from collections.abc import Mapping

from rapidfuzz import fuzz, process

ALIKE = 84.0
SHORTEST = 4


def nearest(key: str, names: Mapping[int, str], limit: int) -> list[int]:
    """The ids of the folded names that a folded text is like, in any order of its words, the
    nearest first; none for a text too short to say."""
    if len(key) < SHORTEST:
        return []
    found = process.extract(
        key, names, scorer=fuzz.token_sort_ratio, score_cutoff=ALIKE, limit=limit
    )
    return [int(place) for _name, _score, place in sorted(found, key=lambda one: (-one[1], one[0]))]
