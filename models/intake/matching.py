"""Who on the books a row of a file is about: the key ladder. Pure.

Membership number, then e-mail address, then name within council, post and ward. Never by name
alone: what is found by less is doubtful, and a doubtful row is refused with the reason.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache

from models.folding import fold as folded

fold = lru_cache(maxsize=50_000)(folded)

BY_NUMBER = "membership number"
BY_EMAIL = "e-mail address"
BY_NAME = "name, council and ward"
BY_REACH = "name with telephone or address"
ELSEWHERE = "somebody in another region"


@dataclass(frozen=True)
class KnownPoint:
    """A way to reach somebody that has not ended."""

    id: int
    kind: str
    value: str
    key: str


@dataclass(frozen=True)
class KnownTerm:
    """An office on the books. `roles` are (kind, folded detail)."""

    id: int
    person_id: int
    council_id: int
    post: str
    ward_id: int | None
    ward: str | None
    ward_key: str
    party_id: int | None
    party: str | None
    elected_on: date | None
    expected_end: date | None
    actual_end: date | None
    roles: frozenset[tuple[str, str]] = frozenset()


@dataclass(frozen=True)
class KnownPerson:
    """Somebody on the books. `visible` says whether the importing user may know of them."""

    id: int
    names: Mapping[str, str | None]
    visible: bool = True
    archived: bool = False
    home_region_id: int | None = None
    points: tuple[KnownPoint, ...] = ()
    membership_id: int | None = None
    number: str | None = None
    numbers: tuple[str, ...] = ()
    branch_id: int | None = None
    membership_status: str | None = None
    network: str | None = None
    tags: frozenset[str] = frozenset()

    @property
    def name(self) -> str:
        """The everyday name."""
        given = self.names.get("known_as") or self.names.get("given_name") or ""
        return f"{given} {self.names.get('family_name') or ''}".strip()


@dataclass
class Books:
    """What is on the books, as far as the rows at hand can concern it."""

    people: dict[int, KnownPerson] = field(default_factory=dict)
    by_number: dict[str, int] = field(default_factory=dict)
    by_email: dict[str, list[int]] = field(default_factory=dict)
    by_reach: dict[tuple[str, str], list[int]] = field(default_factory=dict)
    by_seat: dict[tuple[int, str, str], list[KnownTerm]] = field(default_factory=dict)
    by_holder: dict[tuple[int, int, str], list[KnownTerm]] = field(default_factory=dict)

    def term_of(self, person_id: int, council_id: int, post: str) -> KnownTerm | None:
        """The office the person holds there now, or else the last one held."""
        terms = self.by_holder.get((person_id, council_id, post), [])
        return max(
            terms,
            key=lambda term: (term.actual_end is None, term.actual_end or date.max, term.id),
            default=None,
        )


def books_of(people: Iterable[KnownPerson], terms: Iterable[KnownTerm]) -> Books:
    """The books, indexed by every key of the ladder."""
    books = Books()
    for person in people:
        books.people[person.id] = person
        for number in person.numbers:
            books.by_number[number] = person.id
        for point in person.points:
            if point.kind == "email":
                books.by_email.setdefault(point.key, []).append(person.id)
            else:
                kind = "address" if point.kind == "address" else "phone"
                books.by_reach.setdefault((kind, point.key), []).append(person.id)
    for term in terms:
        holder = books.people.get(term.person_id)
        if holder is not None:
            family = fold(holder.names.get("family_name") or "")
            books.by_seat.setdefault((term.council_id, term.post, family), []).append(term)
            key = (term.person_id, term.council_id, term.post)
            books.by_holder.setdefault(key, []).append(term)
    return books


@dataclass(frozen=True)
class Keys:
    """By what a row may be recognised. `ward_key` is "" where no ward is named."""

    given_name: str
    family_name: str
    known_as: str = ""
    number: str = ""
    email: str = ""
    reach: tuple[tuple[str, str], ...] = ()
    council_id: int | None = None
    council: str = ""
    post: str = ""
    ward_key: str = ""


@dataclass(frozen=True)
class Found:
    """Who it is and by which key; or why that is doubtful; or, with neither, nobody."""

    person_id: int | None = None
    by: str = ""
    doubt: str = ""
    field: str = ""


NOBODY = Found()


def find(keys: Keys, books: Books, *, claimed: frozenset[int] = frozenset()) -> Found:
    """Climb the ladder; the first key that finds somebody decides.

    `claimed` are people whom other rows of the same file are about: a weak key does not
    mistake them for this one.
    """
    for rung in (_by_number, _by_email, _by_name, _by_reach):
        found = rung(keys, books, claimed)
        if found is not NOBODY:
            return found
    return NOBODY


def _by_number(keys: Keys, books: Books, _claimed: frozenset[int]) -> Found:
    holder = books.people.get(books.by_number.get(keys.number, 0)) if keys.number else None
    if holder is None:
        return NOBODY
    if not holder.visible:
        return _elsewhere(f"The membership number {keys.number}", "number")
    if not (same_name(keys, holder) or _half_the_name(keys, holder)):
        return Found(
            doubt=f"The membership number {keys.number} is that of {holder.name}; this row says "
            f"{_said(keys)}. One of the two is wrong.",
            field="number",
        )
    return _known(holder, BY_NUMBER)


def _by_email(keys: Keys, books: Books, claimed: frozenset[int]) -> Found:
    ids = sorted(set(books.by_email.get(keys.email, ()))) if keys.email else []
    holders = [books.people[one] for one in ids]
    named = [holder for holder in holders if same_name(keys, holder)]
    others = [holder for holder in holders if holder.id not in claimed]
    if len(named) > 1:
        return Found(
            doubt=f"{len(named)} people on the books have this name and the e-mail address "
            f"{keys.email}. Give the membership number.",
            field="email",
        )
    if named:
        if not named[0].visible:
            return _elsewhere(f"The e-mail address {keys.email}", "email")
        return _other_number(keys, named[0]) or _known(named[0], BY_EMAIL)
    if not others:
        return NOBODY
    if not others[0].visible:
        return _elsewhere(f"The e-mail address {keys.email}", "email")
    return Found(
        doubt=f"The e-mail address {keys.email} is that of {others[0].name}; this row says "
        f"{_said(keys)}. One of the two is wrong.",
        field="email",
    )


def _by_name(keys: Keys, books: Books, claimed: frozenset[int]) -> Found:
    if keys.council_id is None:
        return NOBODY
    seats = books.by_seat.get((keys.council_id, keys.post, fold(keys.family_name)), ())
    there = [term for term in seats if same_name(keys, books.people[term.person_id])]
    exact = {term.person_id for term in there if term.ward_key == keys.ward_key}
    if len(exact) > 1:
        return Found(
            doubt=f"{len(exact)} people called {_said(keys)} are on the books for this ward of "
            f"{keys.council}. Give the membership number or the e-mail address.",
            field="name",
        )
    if exact:
        person = books.people[exact.pop()]
        return _other_number(keys, person) or _known(person, BY_NAME)
    open_ones = [t for t in there if t.actual_end is None and t.person_id not in claimed]
    if not open_ones:
        return NOBODY
    ward = open_ones[0].ward or "no ward"
    return Found(
        doubt=f"A {_said(keys)} sits on {keys.council} already, for {ward}. The name alone does "
        "not say whether it is the same person: give the membership number or the e-mail "
        "address, or correct the ward.",
        field="ward",
    )


def _by_reach(keys: Keys, books: Books, _claimed: frozenset[int]) -> Found:
    """In a list of people: the same name at the same telephone or address."""
    ids = {one for key in keys.reach for one in books.by_reach.get(key, ())}
    named = [books.people[one] for one in sorted(ids) if same_name(keys, books.people[one])]
    if len(named) > 1:
        return Found(
            doubt=f"{len(named)} people called {_said(keys)} are on the books with this telephone "
            "number or address. Give the membership number or the e-mail address.",
            field="name",
        )
    if not named:
        return NOBODY
    return _other_number(keys, named[0]) or _known(named[0], BY_REACH)


def same_name(keys: Keys, person: KnownPerson) -> bool:
    """Whether family name and first given (or everyday) name are the same."""
    if fold(keys.family_name) != fold(person.names.get("family_name") or ""):
        return False
    theirs = {first_name(person.names.get("given_name")), first_name(person.names.get("known_as"))}
    return bool({first_name(keys.given_name), first_name(keys.known_as)} & (theirs - {""})) or (
        not fold(keys.given_name) and theirs == {""}
    )


def _half_the_name(keys: Keys, person: KnownPerson) -> bool:
    """A number is strong: a married name, or a given name written otherwise, is believed."""
    if fold(keys.family_name) == fold(person.names.get("family_name") or ""):
        return True
    first = first_name(keys.given_name)
    return bool(first) and first == first_name(person.names.get("given_name"))


def first_name(name: str | None) -> str:
    """The first word of a given name, folded; "" where there is none."""
    return (fold(name or "").split() or [""])[0]


def _other_number(keys: Keys, person: KnownPerson) -> Found | None:
    if keys.number and person.numbers and keys.number not in person.numbers:
        return Found(
            doubt=f"{person.name} has the membership number {person.number} on the books; this "
            f"row says {keys.number}.",
            field="number",
        )
    return None


def _known(person: KnownPerson, by: str) -> Found:
    if not person.visible:
        return _elsewhere("The name", "name")
    if person.archived:
        return Found(
            doubt=f"{person.name} is on the books but archived. Take the record back first.",
            field="name",
        )
    return Found(person_id=person.id, by=by)


def _elsewhere(what: str, at: str) -> Found:
    return Found(
        doubt=f"{what} is on the books for {ELSEWHERE}. Ask the national office.", field=at
    )


def _said(keys: Keys) -> str:
    return f"{keys.given_name} {keys.family_name}".strip()
