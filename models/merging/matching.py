"""Which two records may be about one human being: blocks, then a score with reasons. Pure.

Only records that share a block are compared. A score is the sum of its reasons, from 0 to 100;
nothing is merged by a score: it orders a queue that a person works through.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import combinations

from rapidfuzz import fuzz

THRESHOLD = 50
# An address that so many share is an office's; a block that is so large says nothing.
BIGGEST = {"email": 6, "phone": 6}
BIGGEST_ELSE = 150
ALIKE = 84

REASONS = {
    "number": "Same membership number but for spaces, dashes or zeros",
    "email": "Same e-mail address",
    "phone": "Same telephone number",
    "name": "Same name",
    "short-form": "Same family name, first name in a short form",
    "initial": "Same family name and initial",
    "spelling": "Name spelt almost alike",
    "family-changed": "Same first name, another family name",
    "ward": "Same council and ward",
    "council": "Same council",
    "branch": "Same branch",
    "postcode": "Same postcode",
    "first-differs": "Another first name",
    "name-differs": "Another name",
    "numbers-differ": "Different membership numbers",
    "wards-differ": "Different wards of one council",
}
POINTS = {
    "number": 60,
    "email": 45,
    "phone": 30,
    "name": 35,
    "short-form": 30,
    "initial": 25,
    "spelling": 22,
    "family-changed": 8,
    "ward": 30,
    "council": 20,
    "branch": 15,
    "postcode": 25,
    "first-differs": -25,
    "name-differs": -45,
    "numbers-differ": -25,
    "wards-differ": -5,
}
_SHORT = (
    "robert bob bobby rob",
    "william bill will billy",
    "richard dick rick",
    "james jim jimmy jamie",
    "john jack",
    "elizabeth liz beth lizzie betty",
    "margaret maggie meg peggy",
    "catherine kate cathy katherine kathy",
    "michael mike mick",
    "christopher chris",
    "anthony tony",
    "patricia pat",
    "patrick paddy",
    "thomas tom",
    "edward ted eddie",
    "david dave",
    "stephen steve steven",
    "andrew andy",
    "daniel dan",
    "susan sue",
    "deborah debbie",
    "joseph joe",
    "mohammed muhammad mohamed",
    "alexander alex",
    "samuel sam",
    "jennifer jenny",
    "matthew matt",
    "nicholas nick",
    "peter pete",
    "charles charlie",
    "barbara babs",
    "philip phil",
)
SHORT_FORMS = {word: row.split()[0] for row in _SHORT for word in row.split()}

Block = tuple[object, ...]
Reason = tuple[str, int]


@dataclass(frozen=True)
class Record:
    """What is compared of one person. Names are folded, numbers and points are keys; a seat is
    (council id, ward id or None)."""

    id: int
    given: str
    family: str
    known: str = ""
    numbers: frozenset[str] = frozenset()
    emails: frozenset[str] = frozenset()
    phones: frozenset[str] = frozenset()
    postcodes: frozenset[str] = frozenset()
    seats: frozenset[tuple[int, int | None]] = frozenset()
    branches: frozenset[int] = frozenset()

    @property
    def firsts(self) -> frozenset[str]:
        """The first words of the given and the everyday name."""
        names = (self.given.split()[:1], self.known.split()[:1])
        return frozenset(word for words in names for word in words)


@dataclass(frozen=True)
class Likeness:
    """How likely two records are one person, and why; `low` is the smaller id."""

    low: int
    high: int
    score: int
    reasons: tuple[Reason, ...]


def bare_number(number: str) -> str:
    """A membership number without what people add or leave out; "" where too little is left."""
    bare = "".join(c for c in number if c.isalnum()).lstrip("0")
    return bare if len(bare) >= 4 else ""


def blocks(record: Record) -> Iterator[Block]:
    """The blocks a record is in: two records are compared if they share one."""
    yield from (("number", bare) for one in record.numbers if (bare := bare_number(one)))
    yield from (("email", one) for one in record.emails)
    yield from (("phone", one) for one in record.phones)
    if not record.family:
        return
    councils = {council for council, _ in record.seats}
    within = [("council", council) for council in councils]
    within += [("branch", branch) for branch in record.branches]
    places: list[Block] = [*within, *(("postcode", one) for one in record.postcodes)]
    letters = {part[0] for part in record.family.split()}
    for initial in initials(record) or {""}:
        for place in places:
            yield (*place, initial, record.family)
            yield from ((*place, "alike", initial, letter) for letter in letters)


def initials(record: Record) -> set[str]:
    """The first letters of every first name, and of every form that it is known to have."""
    names = {SHORT_FORMS.get(first, first) for first in record.firsts}
    forms = {word for word, name in SHORT_FORMS.items() if name in names}
    return {word[0] for word in record.firsts | forms}


def likely(records: Iterable[Record], *, about: frozenset[int] | None = None) -> list[Likeness]:
    """The pairs that reach the threshold, the likeliest first; only pairs with somebody of
    `about` where that is given."""
    by_id = {record.id: record for record in records}
    members: dict[Block, list[int]] = defaultdict(list)
    for record in by_id.values():
        for block in set(blocks(record)):
            members[block].append(record.id)
    seen: set[tuple[int, int]] = set()
    for block, ids in members.items():
        if len(ids) <= BIGGEST.get(str(block[0]), BIGGEST_ELSE):
            seen.update(combinations(sorted(ids), 2))
    if about is not None:
        seen = {pair for pair in seen if about.intersection(pair)}
    found = [compare(by_id[low], by_id[high]) for low, high in seen]
    return sorted(
        (one for one in found if one.score >= THRESHOLD),
        key=lambda one: (-one.score, one.low, one.high),
    )


def compare(one: Record, other: Record) -> Likeness:
    """The score of two records and its reasons; the same whichever comes first."""
    low, high = sorted((one, other), key=lambda record: record.id)
    reasons = tuple((code, POINTS[code]) for code in _codes(low, high))
    total = sum(points for _, points in reasons)
    return Likeness(low.id, high.id, max(0, min(100, total)), reasons)


def _codes(a: Record, b: Record) -> Iterator[str]:
    ours = {bare_number(number) for number in a.numbers} - {""}
    theirs = {bare_number(number) for number in b.numbers} - {""}
    if ours & theirs:
        yield "number"
    if a.emails & b.emails:
        yield "email"
    if a.phones & b.phones:
        yield "phone"
    yield _names(a, b)
    yield from _places(a, b)
    if ours and theirs and not ours & theirs:
        yield "numbers-differ"


def _places(a: Record, b: Record) -> Iterator[str]:
    councils = {council for council, _ in a.seats} & {council for council, _ in b.seats}
    if councils:
        shared = {seat for seat in a.seats & b.seats if seat[1] is not None}
        named = [{w for c, w in one.seats if c in councils and w} for one in (a, b)]
        if shared:
            yield "ward"
        elif all(named):
            yield "wards-differ"
        else:
            yield "council"
    if a.branches & b.branches:
        yield "branch"
    if a.postcodes & b.postcodes:
        yield "postcode"


def _names(a: Record, b: Record) -> str:
    family_same = a.family == b.family
    family_alike = family_same or _alike(a.family, b.family) or _barrelled(a.family, b.family)
    first = _first_names(a, b)
    if first == "same":
        if family_same:
            return "name"
        return "spelling" if family_alike else "family-changed"
    if family_same and first in ("short-form", "initial"):
        return first
    if family_alike and first in ("alike", "short-form"):
        return "spelling"
    return "first-differs" if family_alike else "name-differs"


def _first_names(a: Record, b: Record) -> str:
    pairs = [(one, other) for one in a.firsts for other in b.firsts]
    if any(one == other for one, other in pairs):
        return "same"
    if any(SHORT_FORMS.get(one, one) == SHORT_FORMS.get(other, other) for one, other in pairs):
        return "short-form"
    if not pairs or any(one[0] == other[0] and 1 in (len(one), len(other)) for one, other in pairs):
        return "initial"
    return "alike" if any(_alike(one, other) for one, other in pairs) else "other"


def _alike(one: str, other: str) -> bool:
    return min(len(one), len(other)) >= 4 and fuzz.ratio(one, other) >= ALIKE


def _barrelled(one: str, other: str) -> bool:
    """A married name beside a double-barrelled one: "jones" and "smith jones"."""
    ours, theirs = set(one.split()), set(other.split())
    return bool(ours and theirs) and (ours <= theirs or theirs <= ours)
