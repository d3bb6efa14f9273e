"""Which thresholds a gift lifts its recipient over. Pure; pence; always strictly more than."""

from dataclasses import dataclass
from datetime import date

from models.elections.rules import Figure, FigureBook
from models.money import in_pounds

# Which thresholds count for which kind of recipient, the lowest first.
RECIPIENTS = {
    "candidate": ("candidate.donation.over", "ppera.donation.min", "ppera.donee.report"),
    "unit": ("ppera.donation.min", "ppera.unit.report", "ppera.party.report"),
    "association": ("ppera.donation.min", "ppera.association.report"),
}


@dataclass(frozen=True)
class Lift:
    """One threshold that a gift passes, with what the recipient has had before and after."""

    figure: Figure
    before_p: int
    after_p: int

    def words(self, recipient: str) -> str:
        """The lift as a sentence: who, over what, from how much to how much."""
        earlier = f" ({in_pounds(self.before_p)} before)" if self.before_p else ""
        return (
            f"This award lifts {recipient} over {in_pounds(self.figure.amount_p or 0)}: "
            f"{in_pounds(self.after_p)} from the union in the calendar year{earlier}. "
            f"{self.figure.rule}"
        )


def thresholds(recipient_kind: str, day: date, book: FigureBook) -> tuple[Figure, ...]:
    """The thresholds that count for this kind of recipient on a day, the lowest first."""
    found = (book.known(key, day) for key in RECIPIENTS[recipient_kind])
    figures = [figure for figure in found if figure is not None]
    return tuple(sorted(figures, key=lambda figure: figure.amount_p or 0))


def lifts(
    recipient_kind: str, *, before_p: int, amount_p: int, day: date, book: FigureBook
) -> tuple[Lift, ...]:
    """The thresholds not passed before and passed by this amount; the lowest first."""
    after_p = before_p + amount_p
    return tuple(
        Lift(figure, before_p, after_p)
        for figure in thresholds(recipient_kind, day, book)
        if before_p <= (figure.amount_p or 0) < after_p
    )
