"""Who has a majority on a council, as far as the seats held are known. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass

KINDS = {
    "majority": "Majority",
    "minority": "Minority administration",
    "joint": "Joint administration",
    "none": "No overall control",
    "shadow": "Shadow authority",
}


@dataclass(frozen=True)
class Composition:
    """The seats of a council by party, the largest first; `seats` is None where the number of
    seats is not known for every ward."""

    held: tuple[tuple[str, int], ...]
    seats: int | None = None

    @property
    def known(self) -> int:
        """How many seats are held by somebody whom the office knows."""
        return sum(number for _, number in self.held)

    @property
    def vacant(self) -> int | None:
        """Seats that nobody is known to hold."""
        return None if self.seats is None else max(0, self.seats - self.known)

    @property
    def words(self) -> str:
        """What the seats say: a majority, none, or that too few are known."""
        if not self.held:
            return "Nobody is on the books"
        party, most = self.held[0]
        if self.seats is None:
            return "The number of seats is not known"
        if most * 2 > self.seats:
            return f"{party or 'Independent'}: majority of {most * 2 - self.seats}"
        if self.known < self.seats and (most + self.seats - self.known) * 2 > self.seats:
            return f"Too few seats are known ({self.known} of {self.seats})"
        return f"No party has a majority ({self.seats // 2 + 1} are needed)"


def composition(counts: Mapping[str, int], seats: int | None) -> Composition:
    """The composition from counts by party; Labour and Labour & Co-operative sit together."""
    together: dict[str, int] = {}
    for party, number in counts.items():
        name = "Labour Party" if party.startswith("Labour and Co-op") else party
        together[name] = together.get(name, 0) + number
    order = sorted(together.items(), key=lambda one: (-one[1], one[0]))
    return Composition(tuple(order), seats)
