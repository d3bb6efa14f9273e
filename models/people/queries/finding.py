"""Finding people by what somebody typed: whole words first, then beginnings, then what was nearly
typed. Each step is bounded and goes by an index; the region of the reader is part of it."""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import bindparam, select

from models import clock
from models.accounts.permits import Actor
from models.base import db, is_sqlite
from models.people import spelling
from models.people.keys import email_key
from models.people.queries.matching import count, counted, is_key
from models.people.queries.near import near_words
from models.people.queries.wanting import (
    ALIKE,
    AS_EVER,
    BEGUN,
    ENOUGH,
    INITIAL,
    LOOSE,
    MANY,
    ONCE,
    WHOLE,
    Step,
    addresses,
    asked,
    candidates,
    counts,
    namesakes,
    plans,
)
from models.people.tables import Person

_PEOPLE = select(Person).where(Person.id.in_(bindparam("ids", expanding=True)))
_AT_LAST = select(plans(AS_EVER))
_PEOPLE_AT_LAST = _PEOPLE.add_columns(plans(AS_EVER))
_ONE_WORD = (Step(((0, WHOLE),)), Step(((0, BEGUN),)))
Row = Any


def found_people(user: Actor, typed: str, limit: int) -> list[Person]:
    """The people this user may see whom the text names, the best first, then by name."""
    words = spelling.tokens(typed)
    if not words:
        return []
    db.session.flush()  # what was written a moment ago is found
    ranked = {row.id: _rank(row, words, place) for place, row in _found(user, typed, words, limit)}
    best = [rank[-1] for rank in sorted(ranked.values())[:limit]]
    people = {one.id: one for one in _read(best)}
    return [people[person_id] for person_id in best]


def _read(ids: Sequence[int]) -> Iterable[Person]:
    if is_sqlite(db.session.connection()):
        return db.session.scalars(_PEOPLE, {"ids": ids}) if ids else []
    if ids:
        return db.session.scalars(_PEOPLE_AT_LAST, {"ids": ids})
    db.session.execute(_AT_LAST)
    return []


def _rank(row: Row, words: Sequence[str], place: int) -> tuple[int, float, str, str, int]:
    keys = [row.given_key, row.family_key]
    if row.known_as:
        keys.append(" ".join(spelling.tokens(row.known_as)))
    near = -round(spelling.nearness(words, keys), 3)
    return (place, near, row.family_key, row.given_key, row.id)


def _found(user: Actor, typed: str, words: list[str], limit: int) -> list[tuple[int, Row]]:
    """Candidates with their place: a number or an address stands before a name."""
    found: dict[int, tuple[int, Row]] = {}

    def take(place: int, rows: Iterable[Row]) -> None:
        for row in rows:
            found.setdefault(row.id, (place, row))

    if is_key(typed) or (len(words) > 1 and " " not in typed):
        take(0, _by_number(user, typed))
        take(1, _by_address(user, typed, words))
        if "@" in typed or len(found) >= limit:
            return list(found.values())
    readings = list(dict.fromkeys((tuple(words), tuple(spelling.joined(words)))))
    for place, rows in _by_words(user, typed, readings, limit, found):
        take(place, rows)
    return list(found.values())


def _by_words(
    user: Actor,
    typed: str,
    readings: Sequence[tuple[str, ...]],
    limit: int,
    found: Mapping[int, tuple[int, Row]],
) -> Iterator[tuple[int, Sequence[Row]]]:
    """Who has the words of a reading, with their place; what was `found` ends the search."""
    often = {reading: _how_often(reading) for reading in readings if len(reading) > 1}
    common = [reading for reading in often if min(often[reading][BEGUN]) >= ENOUGH]
    for reading in common:
        yield 2, _by_both(user, reading)
    if sum(_is_whole(row, readings[0]) for _place, row in found.values()) >= limit:
        return
    for reading in common:
        often[reading][BEGUN] = count(reading, BEGUN, MANY)
        if min(often[reading][BEGUN]) >= MANY:  # else all who have beginnings are looked through
            yield 2, _by_names(user, reading, WHOLE, often[reading])
    for reading in readings:
        if reading not in often:
            yield 2, _ask(user, _ONE_WORD, asked(reading))
        elif len(found) < limit or min(often[reading][BEGUN]) < MANY:
            yield 2, _by_names(user, reading, BEGUN, often[reading])
    if not found and not any(c.isdigit() for c in typed):
        last = readings[-1]
        yield 3, _by_near(user, last, often[last][WHOLE] if last in often else [0], limit)


def _is_whole(row: Row, words: Sequence[str]) -> bool:
    return {*row.given_key.split(), *row.family_key.split()}.issuperset(words)


def _ask(user: Actor, steps: Sequence[Step], given: dict[str, Any]) -> Sequence[Row]:
    if not steps:
        return []
    query = candidates(tuple(steps), user.region_ids, clock.today())
    return db.session.execute(query, given).all()


def _by_number(user: Actor, typed: str) -> Sequence[Row]:
    if "@" in typed or not is_key(typed):
        return []
    number = spelling.word_of_number(typed)
    return _ask(user, _ONE_WORD, asked([number]))


def _by_address(user: Actor, typed: str, words: Sequence[str]) -> Sequence[Row]:
    """By the beginning of an e-mail address, then by the beginnings of its parts."""
    if "@" not in typed and "." not in typed:
        return []
    address = email_key(typed)
    found = _by_point(user, address)
    parts = [spelling.EMAIL + one for one in words if one not in spelling.ENDINGS]
    if found or not parts:
        return found
    often = count(parts, BEGUN)
    mailbox, at, domain = address.partition("@")
    if min(often) >= ENOUGH:
        found = _by_point(user, mailbox, at + domain) if at and mailbox else []
        often = often if found else count(parts, BEGUN, MANY)
    return found or _by_parts(user, parts, BEGUN, often)


def _by_point(user: Actor, begun: str, within: str = "") -> Sequence[Row]:
    """By the beginning of an e-mail address that has another text anywhere in it."""
    like = re.sub(r"([\\%_])", r"\\\1", within)
    query = addresses(user.region_ids, clock.today())
    return db.session.execute(query, {**asked([begun]), "within": f"%{like}%"}).all()


def _by_both(user: Actor, words: Sequence[str]) -> Sequence[Row]:
    """Whose given and family name begin with two words: the quick way to a common name."""
    if len(words) != 2:
        return []
    return db.session.execute(namesakes(user.region_ids, clock.today()), asked(words)).all()


def _by_names(
    user: Actor, words: Sequence[str], way: str, often: dict[str, Sequence[int]]
) -> Sequence[Row]:
    """Who has all of these words, whole or begun."""
    begun = often[BEGUN]
    if not all(often[way]):
        return []
    return _by_parts(
        user, words, way, begun if way == BEGUN else list(zip(often[way], begun, strict=True))
    )


def _by_parts(user: Actor, words: Sequence[str], way: str, often: Sequence[Any]) -> Sequence[Row]:
    rarest = _rarest(often)
    wants = tuple((n, way) for n in range(len(words)))
    together = _together(often, rarest) if way == BEGUN else ()
    return _ask(user, [Step(wants, rarest, together=together)], asked(words))


def _together(often: Sequence[int], rarest: int) -> tuple[int, ...]:
    """The words beside the rarest of which it is quicker to read everybody than to ask each."""
    if often[rarest] < ENOUGH:
        return ()
    return tuple(n for n, count in enumerate(often) if n != rarest and count < MANY)


def _rarest(often: Sequence[Any]) -> int:
    return min(range(len(often)), key=lambda n: often[n])


def _how_often(words: Sequence[str]) -> dict[str, Sequence[int]]:
    """How many people have each word whole, and begun, up to some."""
    wants = tuple((n, way) for way in (WHOLE, BEGUN) for n in range(len(words)))
    mode = "" if is_sqlite(db.session.connection()) else ONCE
    row = db.session.execute(counts(wants, mode), asked(words)).one()
    return {WHOLE: row[: len(words)], BEGUN: row[len(words) : len(wants)]}


def _by_near(user: Actor, words: Sequence[str], whole: Sequence[int], limit: int) -> Sequence[Row]:
    """Who has all of these words nearly; of three and more, one may be missing."""
    sure = {word for word, count in zip(words, whole, strict=True) if count and len(words) > 1}
    meant = near_words(words, sure)
    often = _near_often(words, meant)
    if not any(BEGUN in one or ALIKE in one for one in often):
        return []
    given = asked(words, meant)
    totals = [sum(one.values()) for one in often]
    if len(words) > 1 and min(totals) >= ENOUGH:
        likeliest = [_likeliest(*one) for one in zip(words, meant, often, strict=True)]
        if len(by_name := _by_both(user, likeliest)) >= limit:
            return by_name
        totals = [sum(one.values()) for one in _near_often(words, meant, MANY)]
    rarest = _rarest(totals)
    steps = _loosely(often, rarest, together=_together(totals, rarest)) if all(totals) else []
    found = _ask(user, steps, given)
    if found or len(words) < 3 or sum(map(bool, totals)) < len(words) - 1:
        return found
    rare = sorted((count, n) for n, count in enumerate(totals) if count)
    drivers = [n for count, n in rare[:2] if count < ENOUGH] or [rare[0][1]]
    return _ask(user, [step for n in drivers for step in _loosely(often, n, missing=1)], given)


def _likeliest(word: str, meant: Sequence[str], often: Collection[str]) -> str:
    """What a word is most likely the beginning of: itself, what it was meant as, its initial."""
    if BEGUN in often:
        return word
    return meant[0] if ALIKE in often else word[:1]


def _near_often(
    words: Sequence[str], meant: Sequence[Sequence[str]], enough: int = ENOUGH
) -> list[dict[str, int]]:
    """In which ways each word is there nearly, and how often; only if in none, by its initial."""
    ways = (BEGUN, ALIKE, INITIAL)
    wants = [(n, way) for n in range(len(words)) for way in ways]
    there = dict(zip(wants, counted(words, wants, meant, enough), strict=True))
    found = []
    for n, near in enumerate(meant):
        often = {way: there[n, way] for way in ways if there[n, way] and (near or way != ALIKE)}
        initial = often.pop(INITIAL, 0)
        found.append(often or ({INITIAL: initial} if initial else {}))
    return found


def _loosely(
    often: Sequence[dict[str, int]],
    driver: int,
    missing: int = 0,
    together: tuple[int, ...] = (),
) -> list[Step]:
    """From one word, in each of its ways; the others in any."""
    numbers = range(len(often))
    return [
        Step(tuple((n, way if n == driver else LOOSE) for n in numbers), driver, missing, together)
        for way in often[driver]
    ]
