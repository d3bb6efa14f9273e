"""What people and programs write in a cell instead of a value: one list each, for every reader.

No other file has such a list of its own; a reader that needs one asks here. Pure.
"""

from collections.abc import Iterable

from models.folding import fold

# Nothing is known. Folded, so that "n/a", "N.A." and "n a" are one.
ABSENT = frozenset(
    {
        "n a",
        "na",
        "nan",
        "nil",
        "none",
        "none given",
        "null",
        "unknown",
        "not known",
        "not applicable",
        "not available",
        "not given",
        "not provided",
        "not recorded",
        "not stated",
        "tba",
        "tbc",
        "to be advised",
        "to be announced",
        "to be confirmed",
        "to follow",
        "see above",
        "please see above",
        "ex directory",
    }
)
# Of these some are what people are called, as a given or a family name.
ALSO_NAMES = frozenset({"na", "nan", "nil", "none", "null", "tba"})
ABSENT_MARKS = frozenset("-–—−‐?.…_/ ")
# Something is known, but it is no value: somebody has asked, or is to be asked.
WAITING = frozenset(
    {
        "applied",
        "applicant",
        "applying",
        "application",
        "asked",
        "awaited",
        "awaiting",
        "due",
        "former",
        "invited",
        "joined",
        "joining",
        "lapsed",
        "left",
        "member",
        "non member",
        "pending",
        "processing",
        "resigned",
        "retired",
        "waiting",
    }
)
YES = frozenset({"yes", "y", "true", "t", "1", "x", "on"})
NO = frozenset({"no", "n", "false", "f", "0", "off"})
ELECTED = frozenset(
    {"elected", "elected unopposed", "unopposed", "e", "won", "winner", "returned", "successful"}
)
NOT_ELECTED = frozenset({"not elected", "unelected", "ne", "lost", "defeated", "unsuccessful"})
TICKS = frozenset("*✓✔☑")


def is_absent(text: str) -> bool:
    """Whether a cell says that nothing is known: blank, a dash, "n/a", "tbc"."""
    return set(text) <= ABSENT_MARKS or fold(text) in ABSENT


def is_absent_name(text: str) -> bool:
    """The same of a cell that holds a name: people are called Na, None and Tba, not "n/a"."""
    return is_absent(text) and fold(text) not in ALSO_NAMES


def nobody_called(names: Iterable[str]) -> bool:
    """Whether all these parts of a name together are only what a program writes for nothing, as
    "None None"; one of them beside a true name is a name."""
    return all(is_absent(name) for name in names)


def yes_or_no(text: str) -> bool | None:
    """What a cell answers; None where it answers neither."""
    key = fold(text)
    if key in YES or (text.strip() and set(text.strip()) <= TICKS):
        return True
    return False if key in NO else None


def elected_or_not(text: str) -> bool | None:
    """What a cell of results answers: "elected", "(E)", "not elected", or yes and no."""
    key = fold(text)
    if key in ELECTED:
        return True
    return False if key in NOT_ELECTED else yes_or_no(text)
