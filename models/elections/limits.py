"""What may be spent in one contest, worked out from the figures in force. Pure; pence."""

from dataclasses import dataclass
from datetime import date

from models.days import said_day
from models.elections.rules import NATIONS, Figure, FigureBook, per_elector_p, reduced_p
from models.errors import Invalid, NotFound, Refused

MOST_ELECTORS = 10_000_000
MOST_JOINT = 100
AREAS = ("borough", "county")
SLUGS = {"England": "england", "Wales": "wales", "Scotland": "scotland", "Northern Ireland": "ni"}


@dataclass(frozen=True)
class Kind:
    """A kind of limit. An empty `key` stands for the key of the contest's nation."""

    label: str
    key: str
    election: str
    by_area: bool = False
    joint: bool = False


KINDS = {
    "local": Kind("a candidate's limit at a local election", "", "local", joint=True),
    "parliament": Kind(
        "a candidate's limit at a general election (short campaign)",
        "limit.ukpge.short",
        "parliament",
        by_area=True,
    ),
    "parliament-long": Kind(
        "a candidate's limit at a general election (long campaign, at most)",
        "limit.ukpge.long",
        "parliament",
        by_area=True,
    ),
    "by-election": Kind(
        "a candidate's limit at a by-election to the UK Parliament",
        "limit.byelection",
        "parliament",
    ),
    "s75-ward": Kind("what the union may spend itself in a ward", "s75.ward", "local"),
    "s75-constituency": Kind(
        "what the union may spend itself in a constituency", "s75.constituency", "parliament"
    ),
}


@dataclass(frozen=True)
class Question:
    """Which limit is asked for. `joint` is the number of joint candidates, 1 for one alone."""

    kind: str
    on: date
    electors: int | None = None
    joint: int = 1
    area: str | None = None
    nation: str = "England"


@dataclass(frozen=True)
class Limit:
    """The answer, with the figures it stands on; `reduction` is that of joint candidates."""

    pence: int
    question: Question
    figure: Figure
    reduction: Figure | None = None


def limit_of(question: Question, book: FigureBook) -> Limit:
    """The limit in pence.

    Invalid where the question makes no sense, NotFound where no rule is in force on the day, and
    Refused where the rule is there but its figure is not known.
    """
    kind = _checked(question)
    figure = _figure(question, kind, book)
    pence = _pence(question, figure)
    reduction = _reduction(question, book) if question.joint > 1 else None
    if reduction is not None:
        pence = reduced_p(pence, reduction.parts or 0, reduction.whole or 1)
    return Limit(pence, question, figure, reduction)


def _checked(question: Question) -> Kind:
    kind = KINDS.get(question.kind)
    if kind is None:
        raise Invalid(f"There is no limit “{question.kind}”. There are: {', '.join(KINDS)}.")
    if question.nation not in NATIONS:
        raise Invalid(f"Name one of the nations: {', '.join(NATIONS)}.", field="nation")
    check_electors(question.electors)
    if not 1 <= question.joint <= MOST_JOINT:
        raise Invalid(
            f"Give the number of joint candidates, from 1 to {MOST_JOINT}.", field="joint"
        )
    if question.joint > 1 and not kind.joint:
        raise Invalid("Only candidates at a local election can be joint.", field="joint")
    if question.area is not None and not kind.by_area:
        raise Invalid("Borough or county is asked for UK Parliament only.", field="area")
    if kind.by_area and question.area not in AREAS:
        raise Invalid("Say whether the constituency is a borough or a county one.", field="area")
    return kind


def is_electorate(electors: int | None) -> bool:
    """True for a number of electors that a contest can have."""
    return electors is not None and 1 <= electors <= MOST_ELECTORS


def check_electors(electors: int | None) -> None:
    """Raise Invalid for a number of electors that no contest has."""
    if electors is not None and not is_electorate(electors):
        raise Invalid(
            f"Enter the number of electors, from 1 to {MOST_ELECTORS:,}.", field="electors"
        )


def _figure(question: Question, kind: Kind, book: FigureBook) -> Figure:
    key = kind.key or f"limit.local.{SLUGS[question.nation]}"
    election = f"{kind.election}-{question.area}" if kind.by_area else kind.election
    figure = book.on(key, question.on, nation=question.nation, election=election)
    where = f", {question.nation}" if not kind.key else ""
    if figure is None:
        raise NotFound(
            f"No rule is known to be in force on {said_day(question.on)} for {kind.label}{where}."
        )
    if not figure.known:
        raise Refused(
            f"The figure for {kind.label}{where} is not known yet. "
            "The national office can enter it on the page Law."
        )
    return figure


def _pence(question: Question, figure: Figure) -> int:
    if figure.unit == "amount":
        return figure.amount_p or 0
    if question.electors is None:
        raise Invalid("Give the number of electors.", field="electors")
    return per_elector_p(figure.base_p or 0, figure.elector_tenths or 0, question.electors)


def _reduction(question: Question, book: FigureBook) -> Figure:
    key = "limit.local.joint.two" if question.joint == 2 else "limit.local.joint.more"
    figure = book.known(key, question.on, nation=question.nation)
    if figure is None:
        raise NotFound(
            f"No rule for joint candidates is known to be in force on {said_day(question.on)}."
        )
    return figure
