"""What an address or a form gives as text, understood by its kind: text, key, id, count, day.

A page and its workbook read their filters through `Given`, so that both understand alike, and so
that the page can say what was left out.
"""

import re
from collections.abc import Container, Mapping
from datetime import date
from typing import Any, TypeVar

MOST_ID = 2**31 - 1  # the largest id that both databases keep in an id column
FIRST_DAY, LAST_DAY = date(1900, 1, 1), date(2200, 12, 31)
MOST_IDS, SHOWN = 200, 40
T = TypeVar("T")

# C0 but tab and newline, C1, and halves of a surrogate pair: no database takes all of them, and
# nobody types them. Nor marks that nobody sees: soft hyphens, zero widths, turns of direction.
UNTYPED = re.compile(
    r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff"
    r"\u00ad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]"
)
# What is left and shows nothing by itself: joiners, which emoji and some scripts need, and fillers.
UNSEEN = re.compile(
    r"[\s\u034f\u115f\u1160\u17b4\u17b5\u200c\u200d\u2800\u3164\ufe00-\ufe0f\uffa0]*"
)
LINE_ENDS = re.compile(r"\r\n?|\x85")
DIGITS = re.compile(r"[0-9]{1,10}")
ISO_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def cleaned(text: str) -> str:
    """The text without what no hand types and nobody sees: control characters but tab and newline,
    half letters, zero-width marks but joiners, marks of direction, soft hyphens.

    Each end of a line is one newline.
    """
    return UNTYPED.sub("", LINE_ENDS.sub("\n", text))


def is_blank(text: str) -> bool:
    """True where nothing of a cleaned text can be seen: blanks, joiners and fillers alone."""
    return UNSEEN.fullmatch(text) is not None


def whole(text: Any, *, least: int = 0, most: int = MOST_ID) -> int | None:
    """A whole number in plain digits within its bounds, or None for anything else."""
    written = str(text).strip() if text is not None else ""
    if not DIGITS.fullmatch(written):
        return None
    found = int(written)
    return found if least <= found <= most else None


def day(text: str | None) -> date | None:
    """A day written 2027-05-06, from 1900 to 2200, or None for anything else."""
    written = (text or "").strip()
    if not ISO_DAY.fullmatch(written):
        return None
    try:
        found = date.fromisoformat(written)
    except ValueError:
        return None
    return found if FIRST_DAY <= found <= LAST_DAY else None


class Given(dict[str, str]):
    """The arguments of an address, each read by its kind.

    What makes no sense is None, as if it had not been asked, and stands in `left_out` by its name.
    """

    def __init__(self, arguments: Mapping[str, Any]) -> None:
        super().__init__({name: str(typed) for name, typed in arguments.items()})
        self.left_out: dict[str, str] = {}
        many = getattr(arguments, "getlist", None)
        self._lists = {name: many(name) for name in arguments} if many else {}

    @classmethod
    def of(cls, arguments: "Mapping[str, Any] | Given") -> "Given":
        """The arguments as they are if they are read already, so that refusals stay together."""
        return arguments if isinstance(arguments, Given) else cls(arguments)

    def text(self, name: str, *, most: int = 200) -> str | None:
        """Words to look for, at most so long; None where there are none."""
        typed = " ".join(cleaned(self._typed(name)).split())
        return self._kept(name, typed if len(typed) <= most else None)

    def key(self, name: str) -> str | None:
        """One of the words that a page knows; the page says which."""
        return self.text(name, most=60)

    def one_of(self, name: str, known: Container[str]) -> str | None:
        """One of the words that are known here; any other is left out."""
        typed = self.key(name)
        return self._kept(name, typed if typed in known else None)

    def id(self, name: str) -> int | None:
        """The number of a record. Nothing has the number 0, so that it finds nothing."""
        return self._kept(name, whole(self._typed(name)))

    def ids(self, name: str) -> tuple[int, ...] | None:
        """Numbers with commas between them or given one by one; None where none was asked for.

        A number that makes no sense is left out, and the others stand.
        """
        typed = [part for text in self._all(name) for part in text.split(",")][:MOST_IDS]
        found = [whole(part) for part in typed]
        for part, number in zip(typed, found, strict=True):
            if number is None and part.strip():
                self.refuse(name, part)
        kept = tuple(number for number in found if number is not None)
        return kept if kept or any(part.strip() for part in typed) else None

    def count(self, name: str, *, least: int = 0, most: int = 100_000) -> int | None:
        """How many: a page, days, lines."""
        return self._kept(name, whole(self._typed(name), least=least, most=most))

    def day(self, name: str) -> date | None:
        """A day between 1900 and 2200."""
        return self._kept(name, day(self._typed(name)))

    def refuse(self, name: str, typed: str) -> None:
        """Note that this was asked for and is left out."""
        self.left_out.setdefault(name, typed)

    @property
    def said(self) -> str:
        """What was left out, as the end of a sentence: council “-1” and page “²”."""
        things = [
            f"{name.replace('_', ' ')} “{typed[:SHOWN]}{'…' if len(typed) > SHOWN else ''}”"
            for name, typed in self.left_out.items()
        ]
        return " and ".join([", ".join(things[:-1]), things[-1]] if len(things) > 1 else things)

    def kept(self, *names: str) -> dict[str, str]:
        """What was asked under these names as it was typed, without what was left out."""
        return {name: typed for name in names if (typed := self._typed(name))}

    def _typed(self, name: str) -> str:
        return "" if name in self.left_out else self.get(name, "")

    def _all(self, name: str) -> list[str]:
        return self._lists.get(name) or [self._typed(name)]

    def _kept(self, name: str, understood: T | None) -> T | None:
        typed = self._typed(name)
        if understood is None and typed.strip():
            self.refuse(name, typed)
        return understood or None if isinstance(understood, str) else understood
