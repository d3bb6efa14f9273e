"""Which council stood on a day, and which one took over from a council that ended. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from models.days import said_day
from models.folding import fold

# What names of councils have besides the place: "Dorset County Council" and "Dorset" are one place.
_KIND = frozenset(
    [
        "borough",
        "city",
        "council",
        "county",
        "district",
        "metropolitan",
        "of",
        "royal",
        "the",
        "unitary",
    ]
)
_LONGEST_CHAIN = 8


@dataclass(frozen=True)
class Ended:
    """A council that ended: its name, the day, and the councils (by id) that took it over."""

    id: int
    name: str
    on: date
    by: tuple[tuple[int, str], ...] = ()

    def sentence(self, successors: tuple[str, ...]) -> str:
        """What a person is told who names this council for something after its end."""
        said = f"{self.name} ended on {said_day(self.on)}."
        if not successors:
            return said
        others = ", ".join(successors[:-1])
        names = f"{others} and {successors[-1]}" if others else successors[-1]
        return f"{said} It was taken over by {names}: enter that council instead."


def place_of(name: str) -> str:
    """The place in a council's name, without the kind of council."""
    return " ".join(word for word in fold(name).split() if word not in _KIND)


def standing_after(
    ended: Ended, councils: Mapping[int, Ended], on: date
) -> tuple[tuple[int, str], ...]:
    """Who stood on that day of those that took this council over, directly or in turn."""
    found: dict[int, str] = {}
    ahead = list(ended.by)
    for _ in range(_LONGEST_CHAIN):
        later: list[tuple[int, str]] = []
        for one_id, name in ahead:
            over = councils.get(one_id)
            if over is None or on <= over.on:
                found.setdefault(one_id, name)
            else:
                later.extend(over.by)
        ahead = later
    return tuple(found.items())


def heir(ended: Ended, successors: tuple[tuple[int, str], ...]) -> tuple[int, str] | None:
    """The one council that took over and is of the same place: an old name means it for sure."""
    if len(successors) == 1 and place_of(successors[0][1]) == place_of(ended.name):
        return successors[0]
    return None
