"""Who may be the same human being, and by which key. Pure."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Protocol


class Named(Protocol):
    """What the rule needs to know of a person."""

    @property
    def id(self) -> Any:
        """The record's id."""

    @property
    def name(self) -> str:
        """The everyday name."""


@dataclass(frozen=True)
class Match:
    """Somebody who may be the same: the person (None where the reader may not know who), and
    the key by which they were found."""

    person: Named | None
    because: str


def first_matches(
    keys: Iterable[tuple[str, Sequence[Named]]], *, seen: Callable[[Any], bool]
) -> list[Match]:
    """Each person once, by the strongest key that found them; strangers without a name."""
    found: dict[Any, Match] = {}
    for because, people in keys:
        for person in people:
            found.setdefault(person.id, Match(person if seen(person) else None, because))
    return list(found.values())


def in_words(matches: Sequence[Match]) -> str:
    """The warning: who it may be, and why."""
    parts = [
        f"{match.person.name} has {match.because}"
        if match.person is not None
        else f"somebody in another region has {match.because}"
        for match in matches
    ]
    said = "; ".join(parts)
    return f"This may be somebody who is on the books: {said}. Look first, then say so below."
